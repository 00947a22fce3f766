# Keeps the first machine of each tier, with its ports, volumes and addresses, when org.camp2iac:Scale is added to
# the tier or taken away: Terraform changes the addresses in its state, and destroys nothing. Where the state has
# nothing to be moved, these blocks do nothing.

# web is one machine. If it was several until now, web-1 is the one that stays.
moved {
  from = openstack_networking_port_v2.web_main["web-1"]
  to   = openstack_networking_port_v2.web_main
}

moved {
  from = openstack_compute_instance_v2.web["web-1"]
  to   = openstack_compute_instance_v2.web
}

moved {
  from = openstack_networking_floatingip_v2.web["web-1"]
  to   = openstack_networking_floatingip_v2.web
}
