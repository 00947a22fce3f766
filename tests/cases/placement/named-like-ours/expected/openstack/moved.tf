# If you add org.camp2iac:Scale to a tier or remove it, these blocks keep the tier's first instance with its
# ports, volumes and floating IP. Terraform only renames them in its state. Otherwise, the blocks have no effect.

# machine can have several instances. If it had only one before, that one becomes machine-1.
moved {
  from = openstack_networking_port_v2.machine_tier_external_here
  to   = openstack_networking_port_v2.machine_tier_external_here["machine-1"]
}

moved {
  from = openstack_networking_port_v2.machine_tier_external_here_here
  to   = openstack_networking_port_v2.machine_tier_external_here_here["machine-1"]
}

moved {
  from = openstack_compute_instance_v2.machine_tier
  to   = openstack_compute_instance_v2.machine_tier["machine-1"]
}

moved {
  from = openstack_networking_floatingip_v2.machine_tier
  to   = openstack_networking_floatingip_v2.machine_tier["machine-1"]
}

# machine-tier has one instance. If it could have several before, machine-tier-1 becomes that one.
moved {
  from = openstack_networking_port_v2.machine_tier_tier_external_here_here["machine-tier-1"]
  to   = openstack_networking_port_v2.machine_tier_tier_external_here_here
}

moved {
  from = openstack_compute_instance_v2.machine_tier_tier["machine-tier-1"]
  to   = openstack_compute_instance_v2.machine_tier_tier
}
