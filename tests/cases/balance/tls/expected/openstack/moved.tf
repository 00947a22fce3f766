# Keeps the first machine of each tier, with its ports, volumes and addresses, when org.camp2iac:Scale is added to
# the tier or taken away: Terraform changes the addresses in its state, and destroys nothing. Where the state has
# nothing to be moved, these blocks do nothing.

# web may be several machines. If it was one until now, that one is web-1 from now on.
moved {
  from = openstack_networking_port_v2.web_main
  to   = openstack_networking_port_v2.web_main["web-1"]
}

moved {
  from = openstack_compute_instance_v2.web
  to   = openstack_compute_instance_v2.web["web-1"]
}

moved {
  from = openstack_lb_member_v2.web
  to   = openstack_lb_member_v2.web["web-1"]
}

moved {
  from = openstack_lb_member_v2.web_443
  to   = openstack_lb_member_v2.web_443["web-1"]
}
