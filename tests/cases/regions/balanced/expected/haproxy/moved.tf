# If you add org.camp2iac:Scale to a tier or remove it, these blocks keep the tier's first instance with its
# ports, volumes and floating IP. Terraform only renames them in its state. Otherwise, the blocks have no effect.

# far can have several instances. If it had only one before, that one becomes far-1.
moved {
  from = openstack_networking_port_v2.far_main_regiontwo
  to   = openstack_networking_port_v2.far_main_regiontwo["far-1"]
}

moved {
  from = openstack_compute_instance_v2.far
  to   = openstack_compute_instance_v2.far["far-1"]
}

moved {
  from = openstack_networking_floatingip_v2.far
  to   = openstack_networking_floatingip_v2.far["far-1"]
}

# far-balancer has one instance. If it could have several before, far-balancer-1 becomes that one.
moved {
  from = openstack_networking_port_v2.far_balancer_main_regiontwo["far-balancer-1"]
  to   = openstack_networking_port_v2.far_balancer_main_regiontwo
}

moved {
  from = openstack_compute_instance_v2.far_balancer["far-balancer-1"]
  to   = openstack_compute_instance_v2.far_balancer
}

moved {
  from = openstack_networking_floatingip_v2.far_balancer["far-balancer-1"]
  to   = openstack_networking_floatingip_v2.far_balancer
}

# near has one instance. If it could have several before, near-1 becomes that one.
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

# reader can have several instances. If it had only one before, that one becomes reader-1.
moved {
  from = openstack_networking_secgroup_rule_v2.reader_to_far["far-balancer-1"]
  to   = openstack_networking_secgroup_rule_v2.reader_to_far
}

moved {
  from = openstack_networking_port_v2.reader_main
  to   = openstack_networking_port_v2.reader_main["reader-1"]
}

moved {
  from = openstack_compute_instance_v2.reader
  to   = openstack_compute_instance_v2.reader["reader-1"]
}

# web can have several instances. If it had only one before, that one becomes web-1.
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

# web-balancer has one instance. If it could have several before, web-balancer-1 becomes that one.
moved {
  from = openstack_networking_port_v2.web_balancer_main_regiontwo["web-balancer-1"]
  to   = openstack_networking_port_v2.web_balancer_main_regiontwo
}

moved {
  from = openstack_compute_instance_v2.web_balancer["web-balancer-1"]
  to   = openstack_compute_instance_v2.web_balancer
}

moved {
  from = openstack_networking_floatingip_v2.web_balancer["web-balancer-1"]
  to   = openstack_networking_floatingip_v2.web_balancer
}
