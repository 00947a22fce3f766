# If you add org.camp2iac:Scale to a tier or remove it, these blocks keep the tier's first instance with its
# ports, volumes and floating IP. Terraform only renames them in its state. Otherwise, the blocks have no effect.

# front can have several instances. If it had only one before, that one becomes front-1.
moved {
  from = openstack_networking_port_v2.front_main
  to   = openstack_networking_port_v2.front_main["front-1"]
}

moved {
  from = openstack_compute_instance_v2.front
  to   = openstack_compute_instance_v2.front["front-1"]
}

moved {
  from = openstack_networking_floatingip_v2.front
  to   = openstack_networking_floatingip_v2.front["front-1"]
}

# mysql has one instance. If it could have several before, mysql-1 becomes that one.
moved {
  from = openstack_networking_port_v2.mysql_main["mysql-1"]
  to   = openstack_networking_port_v2.mysql_main
}

moved {
  from = openstack_blockstorage_volume_v3.mysql_data["mysql-1"]
  to   = openstack_blockstorage_volume_v3.mysql_data
}

moved {
  from = openstack_compute_instance_v2.mysql["mysql-1"]
  to   = openstack_compute_instance_v2.mysql
}

moved {
  from = openstack_compute_volume_attach_v2.mysql_data["mysql-1"]
  to   = openstack_compute_volume_attach_v2.mysql_data
}
