# If you add org.camp2iac:Scale to a tier or remove it, these blocks keep the tier's first instance with its
# ports, volumes and floating IP. Terraform only renames them in its state. Otherwise, the blocks have no effect.

# north has one instance. If it could have several before, north-1 becomes that one.
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

# south can have several instances. If it had only one before, that one becomes south-1.
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
