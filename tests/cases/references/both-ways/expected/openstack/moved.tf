# Keeps the first machine of each tier, with its ports, volumes and addresses, when org.camp2iac:Scale is added to
# the tier or taken away: Terraform changes the addresses in its state, and destroys nothing. Where the state has
# nothing to be moved, these blocks do nothing.

# api may be several machines. If it was one until now, that one is api-1 from now on.
moved {
  from = openstack_networking_port_v2.api_back
  to   = openstack_networking_port_v2.api_back["api-1"]
}

moved {
  from = openstack_compute_instance_v2.api
  to   = openstack_compute_instance_v2.api["api-1"]
}

# store is one machine. If it was several until now, store-1 is the one that stays.
moved {
  from = openstack_networking_port_v2.store_back["store-1"]
  to   = openstack_networking_port_v2.store_back
}

moved {
  from = openstack_compute_instance_v2.store["store-1"]
  to   = openstack_compute_instance_v2.store
}

# web may be several machines. If it was one until now, that one is web-1 from now on.
moved {
  from = openstack_networking_port_v2.web_front
  to   = openstack_networking_port_v2.web_front["web-1"]
}

moved {
  from = openstack_networking_port_v2.web_back
  to   = openstack_networking_port_v2.web_back["web-1"]
}

moved {
  from = openstack_compute_instance_v2.web
  to   = openstack_compute_instance_v2.web["web-1"]
}

moved {
  from = openstack_networking_floatingip_v2.web
  to   = openstack_networking_floatingip_v2.web["web-1"]
}
