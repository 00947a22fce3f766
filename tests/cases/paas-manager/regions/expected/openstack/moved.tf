# Keeps the first machine of each tier, with its ports, volumes and addresses, when org.camp2iac:Scale is added to
# the tier or taken away: Terraform changes the addresses in its state, and destroys nothing. Where the state has
# nothing to be moved, these blocks do nothing.

# north is one machine. If it was several until now, north-1 is the one that stays.
moved {
  from = openstack_networking_secgroup_rule_v2.north_to_south_tcp_5060_5061
  to   = openstack_networking_secgroup_rule_v2.north_to_south_tcp_5060_5061["south-1"]
}

moved {
  from = openstack_networking_secgroup_rule_v2.north_to_south_udp_5060
  to   = openstack_networking_secgroup_rule_v2.north_to_south_udp_5060["south-1"]
}

moved {
  from = openstack_networking_port_v2.north_main["north-1"]
  to   = openstack_networking_port_v2.north_main
}

moved {
  from = openstack_compute_instance_v2.north["north-1"]
  to   = openstack_compute_instance_v2.north
}

moved {
  from = openstack_networking_floatingip_v2.north["north-1"]
  to   = openstack_networking_floatingip_v2.north
}

# south may be several machines. If it was one until now, that one is south-1 from now on.
moved {
  from = openstack_networking_secgroup_rule_v2.south_tcp_5060_5061_from_north["north-1"]
  to   = openstack_networking_secgroup_rule_v2.south_tcp_5060_5061_from_north
}

moved {
  from = openstack_networking_secgroup_rule_v2.south_udp_5060_from_north["north-1"]
  to   = openstack_networking_secgroup_rule_v2.south_udp_5060_from_north
}

moved {
  from = openstack_networking_port_v2.south_main_regiontwo
  to   = openstack_networking_port_v2.south_main_regiontwo["south-1"]
}

moved {
  from = openstack_compute_instance_v2.south
  to   = openstack_compute_instance_v2.south["south-1"]
}

moved {
  from = openstack_networking_floatingip_v2.south
  to   = openstack_networking_floatingip_v2.south["south-1"]
}
