# Keeps the first machine of each tier, with its ports, volumes and addresses, when org.camp2iac:Scale is added to
# the tier or taken away: Terraform changes the addresses in its state, and destroys nothing. Where the state has
# nothing to be moved, these blocks do nothing.

# database is one machine. If it was several until now, database-1 is the one that stays.
moved {
  from = openstack_networking_port_v2.database_back["database-1"]
  to   = openstack_networking_port_v2.database_back
}

moved {
  from = openstack_blockstorage_volume_v3.database_data["database-1"]
  to   = openstack_blockstorage_volume_v3.database_data
}

moved {
  from = openstack_compute_instance_v2.database["database-1"]
  to   = openstack_compute_instance_v2.database
}

moved {
  from = openstack_compute_volume_attach_v2.database_data["database-1"]
  to   = openstack_compute_volume_attach_v2.database_data
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
  from = openstack_lb_member_v2.web
  to   = openstack_lb_member_v2.web["web-1"]
}
