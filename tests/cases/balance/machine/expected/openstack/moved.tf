# Keeps the first machine of each tier, with its ports, volumes and addresses, when org.camp2iac:Scale is added to
# the tier or taken away: Terraform changes the addresses in its state, and destroys nothing. Where the state has
# nothing to be moved, these blocks do nothing.

# cache may be several machines. If it was one until now, that one is cache-1 from now on.
moved {
  from = openstack_networking_port_v2.cache_back
  to   = openstack_networking_port_v2.cache_back["cache-1"]
}

moved {
  from = openstack_compute_instance_v2.cache
  to   = openstack_compute_instance_v2.cache["cache-1"]
}

# cache-balancer is one machine. If it was several until now, cache-balancer-1 is the one that stays.
moved {
  from = openstack_networking_port_v2.cache_balancer_back["cache-balancer-1"]
  to   = openstack_networking_port_v2.cache_balancer_back
}

moved {
  from = openstack_compute_instance_v2.cache_balancer["cache-balancer-1"]
  to   = openstack_compute_instance_v2.cache_balancer
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

# web-balancer is one machine. If it was several until now, web-balancer-1 is the one that stays.
moved {
  from = openstack_networking_port_v2.web_balancer_front["web-balancer-1"]
  to   = openstack_networking_port_v2.web_balancer_front
}

moved {
  from = openstack_compute_instance_v2.web_balancer["web-balancer-1"]
  to   = openstack_compute_instance_v2.web_balancer
}

moved {
  from = openstack_networking_floatingip_v2.web_balancer["web-balancer-1"]
  to   = openstack_networking_floatingip_v2.web_balancer
}
