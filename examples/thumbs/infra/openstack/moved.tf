# Keeps the first machine of each tier, with its ports, volumes and addresses, when org.camp2iac:Scale is added to
# the tier or taken away: Terraform changes the addresses in its state, and destroys nothing. Where the state has
# nothing to be moved, these blocks do nothing.

# cache is one machine. If it was several until now, cache-1 is the one that stays.
moved {
  from = openstack_networking_port_v2.cache_main["cache-1"]
  to   = openstack_networking_port_v2.cache_main
}

moved {
  from = openstack_compute_instance_v2.cache["cache-1"]
  to   = openstack_compute_instance_v2.cache
}

# jobs is one machine. If it was several until now, jobs-1 is the one that stays.
moved {
  from = openstack_networking_port_v2.jobs_main["jobs-1"]
  to   = openstack_networking_port_v2.jobs_main
}

moved {
  from = openstack_compute_instance_v2.jobs["jobs-1"]
  to   = openstack_compute_instance_v2.jobs
}

# machine is one machine. If it was several until now, machine-1 is the one that stays.
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
