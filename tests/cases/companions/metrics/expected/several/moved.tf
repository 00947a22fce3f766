# If you add org.camp2iac:Scale to a tier or remove it, these blocks keep the tier's first instance with its
# ports, volumes and floating IP. Terraform only renames them in its state. Otherwise, the blocks have no effect.

# cache has one instance. If it could have several before, cache-1 becomes that one.
moved {
  from = openstack_networking_port_v2.cache_main["cache-1"]
  to   = openstack_networking_port_v2.cache_main
}

moved {
  from = openstack_compute_instance_v2.cache["cache-1"]
  to   = openstack_compute_instance_v2.cache
}

# desk can have several instances. If it had only one before, that one becomes desk-1.
moved {
  from = openstack_networking_port_v2.desk_main
  to   = openstack_networking_port_v2.desk_main["desk-1"]
}

moved {
  from = openstack_compute_instance_v2.desk
  to   = openstack_compute_instance_v2.desk["desk-1"]
}

# desk-balancer has one instance. If it could have several before, desk-balancer-1 becomes that one.
moved {
  from = openstack_networking_port_v2.desk_balancer_main["desk-balancer-1"]
  to   = openstack_networking_port_v2.desk_balancer_main
}

moved {
  from = openstack_compute_instance_v2.desk_balancer["desk-balancer-1"]
  to   = openstack_compute_instance_v2.desk_balancer
}

moved {
  from = openstack_networking_floatingip_v2.desk_balancer["desk-balancer-1"]
  to   = openstack_networking_floatingip_v2.desk_balancer
}

# ledger has one instance. If it could have several before, ledger-1 becomes that one.
moved {
  from = openstack_networking_port_v2.ledger_main["ledger-1"]
  to   = openstack_networking_port_v2.ledger_main
}

moved {
  from = openstack_compute_instance_v2.ledger["ledger-1"]
  to   = openstack_compute_instance_v2.ledger
}

# pages has one instance. If it could have several before, pages-1 becomes that one.
moved {
  from = openstack_networking_port_v2.pages_main["pages-1"]
  to   = openstack_networking_port_v2.pages_main
}

moved {
  from = openstack_compute_instance_v2.pages["pages-1"]
  to   = openstack_compute_instance_v2.pages
}

# shelf has one instance. If it could have several before, shelf-1 becomes that one.
moved {
  from = openstack_networking_port_v2.shelf_main["shelf-1"]
  to   = openstack_networking_port_v2.shelf_main
}

moved {
  from = openstack_compute_instance_v2.shelf["shelf-1"]
  to   = openstack_compute_instance_v2.shelf
}
