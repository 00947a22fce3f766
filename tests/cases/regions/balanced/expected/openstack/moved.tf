# Keeps the first machine of each tier, with its ports, volumes and addresses, when org.camp2iac:Scale is added to
# the tier or taken away: Terraform changes the addresses in its state, and destroys nothing. Where the state has
# nothing to be moved, these blocks do nothing.

# far may be several machines. If it was one until now, that one is far-1 from now on.
moved {
  from = openstack_networking_port_v2.far_main_regiontwo
  to   = openstack_networking_port_v2.far_main_regiontwo["far-1"]
}

moved {
  from = openstack_compute_instance_v2.far
  to   = openstack_compute_instance_v2.far["far-1"]
}

moved {
  from = openstack_lb_member_v2.far_6379
  to   = openstack_lb_member_v2.far_6379["far-1"]
}

moved {
  from = openstack_networking_floatingip_v2.far_machine
  to   = openstack_networking_floatingip_v2.far_machine["far-1"]
}

# near is one machine. If it was several until now, near-1 is the one that stays.
moved {
  from = openstack_networking_port_v2.near_main["near-1"]
  to   = openstack_networking_port_v2.near_main
}

moved {
  from = openstack_compute_instance_v2.near["near-1"]
  to   = openstack_compute_instance_v2.near
}

moved {
  from = openstack_networking_floatingip_v2.near["near-1"]
  to   = openstack_networking_floatingip_v2.near
}

# reader may be several machines. If it was one until now, that one is reader-1 from now on.
moved {
  from = openstack_networking_port_v2.reader_main
  to   = openstack_networking_port_v2.reader_main["reader-1"]
}

moved {
  from = openstack_compute_instance_v2.reader
  to   = openstack_compute_instance_v2.reader["reader-1"]
}

# web may be several machines. If it was one until now, that one is web-1 from now on.
moved {
  from = openstack_networking_secgroup_rule_v2.web_to_near["near-1"]
  to   = openstack_networking_secgroup_rule_v2.web_to_near
}

moved {
  from = openstack_networking_port_v2.web_main_regiontwo
  to   = openstack_networking_port_v2.web_main_regiontwo["web-1"]
}

moved {
  from = openstack_compute_instance_v2.web
  to   = openstack_compute_instance_v2.web["web-1"]
}

moved {
  from = openstack_lb_member_v2.web
  to   = openstack_lb_member_v2.web["web-1"]
}
