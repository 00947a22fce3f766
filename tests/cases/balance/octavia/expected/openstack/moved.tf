# If you add org.camp2iac:Scale to a tier or remove it, these blocks keep the tier's first instance with its
# ports, volumes and floating IP. Terraform only renames them in its state. Otherwise, the blocks have no effect.

# cache can have several instances. If it had only one before, that one becomes cache-1.
moved {
  from = openstack_networking_port_v2.cache_back
  to   = openstack_networking_port_v2.cache_back["cache-1"]
}

moved {
  from = openstack_compute_instance_v2.cache
  to   = openstack_compute_instance_v2.cache["cache-1"]
}

moved {
  from = openstack_lb_member_v2.cache_6379
  to   = openstack_lb_member_v2.cache_6379["cache-1"]
}

# web can have several instances. If it had only one before, that one becomes web-1.
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
  from = openstack_lb_member_v2.web
  to   = openstack_lb_member_v2.web["web-1"]
}

moved {
  from = openstack_lb_member_v2.web_8443
  to   = openstack_lb_member_v2.web_8443["web-1"]
}
