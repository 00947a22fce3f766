# If you add org.camp2iac:Scale to a tier or remove it, these blocks keep the tier's first instance with its
# ports, volumes and floating IP. Terraform only renames them in its state. Otherwise, the blocks have no effect.

# login has one instance. If it could have several before, login-1 becomes that one.
moved {
  from = openstack_networking_port_v2.login_main["login-1"]
  to   = openstack_networking_port_v2.login_main
}

moved {
  from = openstack_compute_instance_v2.login["login-1"]
  to   = openstack_compute_instance_v2.login
}

moved {
  from = openstack_lb_member_v2.login_8080["login-1"]
  to   = openstack_lb_member_v2.login_8080
}

# prices can have several instances. If it had only one before, that one becomes prices-1.
moved {
  from = openstack_networking_port_v2.prices_main
  to   = openstack_networking_port_v2.prices_main["prices-1"]
}

moved {
  from = openstack_compute_instance_v2.prices
  to   = openstack_compute_instance_v2.prices["prices-1"]
}

moved {
  from = openstack_lb_member_v2.prices_8080
  to   = openstack_lb_member_v2.prices_8080["prices-1"]
}

# search can have several instances. If it had only one before, that one becomes search-1.
moved {
  from = openstack_networking_port_v2.search_main
  to   = openstack_networking_port_v2.search_main["search-1"]
}

moved {
  from = openstack_compute_instance_v2.search
  to   = openstack_compute_instance_v2.search["search-1"]
}

moved {
  from = openstack_lb_member_v2.search
  to   = openstack_lb_member_v2.search["search-1"]
}

# web has one instance. If it could have several before, web-1 becomes that one.
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
