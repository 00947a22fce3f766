# If you add org.camp2iac:Scale to a tier or remove it, these blocks keep the tier's first instance with its
# ports, volumes and floating IP. Terraform only renames them in its state. Otherwise, the blocks have no effect.

# cache has one instance. If it could have several before, cache-1 becomes that one.
moved {
  from = openstack_networking_port_v2.cache_main["cache-1"]
  to   = openstack_networking_port_v2.cache_main
}

moved {
  from = openstack_compute_instance_v2.cache["cache-1"]
  to   = openstack_compute_instance_v2.cache
}

# jobs has one instance. If it could have several before, jobs-1 becomes that one.
moved {
  from = openstack_networking_port_v2.jobs_main["jobs-1"]
  to   = openstack_networking_port_v2.jobs_main
}

moved {
  from = openstack_compute_instance_v2.jobs["jobs-1"]
  to   = openstack_compute_instance_v2.jobs
}

# machine has one instance. If it could have several before, machine-1 becomes that one.
moved {
  from = openstack_networking_port_v2.machine_tier_main["machine-1"]
  to   = openstack_networking_port_v2.machine_tier_main
}

moved {
  from = openstack_compute_instance_v2.machine_tier["machine-1"]
  to   = openstack_compute_instance_v2.machine_tier
}

moved {
  from = openstack_networking_floatingip_v2.machine_tier["machine-1"]
  to   = openstack_networking_floatingip_v2.machine_tier
}
