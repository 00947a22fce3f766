# Keeps the first machine of each tier, with its ports, volumes and addresses, when org.camp2iac:Scale is added to
# the tier or taken away: Terraform changes the addresses in its state, and destroys nothing. Where the state has
# nothing to be moved, these blocks do nothing.

# machine may be several machines. If it was one until now, that one is machine-1 from now on.
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

# machine-tier is one machine. If it was several until now, machine-tier-1 is the one that stays.
moved {
  from = openstack_networking_port_v2.machine_tier_tier_external_here_here["machine-tier-1"]
  to   = openstack_networking_port_v2.machine_tier_tier_external_here_here
}

moved {
  from = openstack_compute_instance_v2.machine_tier_tier["machine-tier-1"]
  to   = openstack_compute_instance_v2.machine_tier_tier
}
