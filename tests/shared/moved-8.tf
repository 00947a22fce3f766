# If you add org.camp2iac:Scale to a tier or remove it, these blocks keep the tier's first instance with its
# ports, volumes and floating IP. Terraform only renames them in its state. Otherwise, the blocks have no effect.

# box has one instance. If it could have several before, box-1 becomes that one.
moved {
  from = openstack_networking_port_v2.box_main["box-1"]
  to   = openstack_networking_port_v2.box_main
}

moved {
  from = openstack_compute_instance_v2.box["box-1"]
  to   = openstack_compute_instance_v2.box
}

moved {
  from = openstack_networking_floatingip_v2.box["box-1"]
  to   = openstack_networking_floatingip_v2.box
}

# database has one instance. If it could have several before, database-1 becomes that one.
moved {
  from = openstack_networking_port_v2.database_main["database-1"]
  to   = openstack_networking_port_v2.database_main
}

moved {
  from = openstack_compute_instance_v2.database["database-1"]
  to   = openstack_compute_instance_v2.database
}

# proxy has one instance. If it could have several before, proxy-1 becomes that one.
moved {
  from = openstack_networking_port_v2.proxy_main["proxy-1"]
  to   = openstack_networking_port_v2.proxy_main
}

moved {
  from = openstack_compute_instance_v2.proxy["proxy-1"]
  to   = openstack_compute_instance_v2.proxy
}
