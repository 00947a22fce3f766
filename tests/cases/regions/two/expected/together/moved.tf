# Keeps the first machine of each tier, with its ports, volumes and addresses, when org.camp2iac:Scale is added to
# the tier or taken away: Terraform changes the addresses in its state, and destroys nothing. Where the state has
# nothing to be moved, these blocks do nothing.

# cache is one machine. If it was several until now, cache-1 is the one that stays.
moved {
  from = openstack_networking_port_v2.cache_main["cache-1"]
  to   = openstack_networking_port_v2.cache_main
}

moved {
  from = openstack_compute_instance_v2.cache["cache-1"]
  to   = openstack_compute_instance_v2.cache
}

# reader is one machine. If it was several until now, reader-1 is the one that stays.
moved {
  from = openstack_networking_port_v2.reader_main["reader-1"]
  to   = openstack_networking_port_v2.reader_main
}

moved {
  from = openstack_compute_instance_v2.reader["reader-1"]
  to   = openstack_compute_instance_v2.reader
}

# stock is one machine. If it was several until now, stock-1 is the one that stays.
moved {
  from = openstack_networking_port_v2.stock_back["stock-1"]
  to   = openstack_networking_port_v2.stock_back
}

moved {
  from = openstack_blockstorage_volume_v3.stock_data["stock-1"]
  to   = openstack_blockstorage_volume_v3.stock_data
}

moved {
  from = openstack_compute_instance_v2.stock["stock-1"]
  to   = openstack_compute_instance_v2.stock
}

moved {
  from = openstack_compute_volume_attach_v2.stock_data["stock-1"]
  to   = openstack_compute_volume_attach_v2.stock_data
}

moved {
  from = openstack_networking_floatingip_v2.stock["stock-1"]
  to   = openstack_networking_floatingip_v2.stock
}

# web may be several machines. If it was one until now, that one is web-1 from now on.
moved {
  from = openstack_networking_port_v2.web_main
  to   = openstack_networking_port_v2.web_main["web-1"]
}

moved {
  from = openstack_compute_instance_v2.web
  to   = openstack_compute_instance_v2.web["web-1"]
}

moved {
  from = openstack_networking_floatingip_v2.web
  to   = openstack_networking_floatingip_v2.web["web-1"]
}
