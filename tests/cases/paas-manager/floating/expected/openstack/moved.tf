# Keeps the first machine of each tier, with its ports, volumes and addresses, when org.camp2iac:Scale is added to
# the tier or taken away: Terraform changes the addresses in its state, and destroys nothing. Where the state has
# nothing to be moved, these blocks do nothing.

# bare is one machine. If it was several until now, bare-1 is the one that stays.
moved {
  from = openstack_networking_port_v2.bare_main["bare-1"]
  to   = openstack_networking_port_v2.bare_main
}

moved {
  from = openstack_compute_instance_v2.bare["bare-1"]
  to   = openstack_compute_instance_v2.bare
}

moved {
  from = openstack_networking_floatingip_v2.bare["bare-1"]
  to   = openstack_networking_floatingip_v2.bare
}

# cache may be several machines. If it was one until now, that one is cache-1 from now on.
moved {
  from = openstack_networking_port_v2.cache_main
  to   = openstack_networking_port_v2.cache_main["cache-1"]
}

moved {
  from = openstack_compute_instance_v2.cache
  to   = openstack_compute_instance_v2.cache["cache-1"]
}

moved {
  from = openstack_networking_floatingip_v2.cache
  to   = openstack_networking_floatingip_v2.cache["cache-1"]
}
