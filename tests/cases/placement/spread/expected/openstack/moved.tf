# If you add org.camp2iac:Scale to a tier or remove it, these blocks keep the tier's first instance with its
# ports, volumes and floating IP. Terraform only renames them in its state. Otherwise, the blocks have no effect.

# cache can have several instances. If it had only one before, that one becomes cache-1.
moved {
  from = openstack_networking_port_v2.cache_main
  to   = openstack_networking_port_v2.cache_main["cache-1"]
}

moved {
  from = openstack_compute_instance_v2.cache
  to   = openstack_compute_instance_v2.cache["cache-1"]
}

# stock has one instance. If it could have several before, stock-1 becomes that one.
moved {
  from = openstack_networking_port_v2.stock_main["stock-1"]
  to   = openstack_networking_port_v2.stock_main
}

moved {
  from = openstack_blockstorage_volume_v3.stock_archive["stock-1"]
  to   = openstack_blockstorage_volume_v3.stock_archive
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
  from = openstack_compute_volume_attach_v2.stock_archive["stock-1"]
  to   = openstack_compute_volume_attach_v2.stock_archive
}

moved {
  from = openstack_compute_volume_attach_v2.stock_data["stock-1"]
  to   = openstack_compute_volume_attach_v2.stock_data
}

# web can have several instances. If it had only one before, that one becomes web-1.
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
