# Keeps the first machine of each tier, with its ports, volumes and addresses, when org.camp2iac:Scale is added to
# the tier or taken away: Terraform changes the addresses in its state, and destroys nothing. Where the state has
# nothing to be moved, these blocks do nothing.

# front may be several machines. If it was one until now, that one is front-1 from now on.
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

# mysql is one machine. If it was several until now, mysql-1 is the one that stays.
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
