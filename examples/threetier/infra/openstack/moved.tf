# If you add org.camp2iac:Scale to a tier or remove it, these blocks keep the tier's first instance with its
# ports, volumes and floating IP. Terraform only renames them in its state. Otherwise, the blocks have no effect.

# database has one instance. If it could have several before, database-1 becomes that one.
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

# orders has one instance. If it could have several before, orders-1 becomes that one.
moved {
  from = openstack_networking_port_v2.orders_back["orders-1"]
  to   = openstack_networking_port_v2.orders_back
}

moved {
  from = openstack_compute_instance_v2.orders["orders-1"]
  to   = openstack_compute_instance_v2.orders
}

# shop can have several instances. If it had only one before, that one becomes shop-1.
moved {
  from = openstack_networking_port_v2.shop_front
  to   = openstack_networking_port_v2.shop_front["shop-1"]
}

moved {
  from = openstack_networking_port_v2.shop_back
  to   = openstack_networking_port_v2.shop_back["shop-1"]
}

moved {
  from = openstack_compute_instance_v2.shop
  to   = openstack_compute_instance_v2.shop["shop-1"]
}

moved {
  from = openstack_lb_member_v2.shop
  to   = openstack_lb_member_v2.shop["shop-1"]
}

# stock can have several instances. If it had only one before, that one becomes stock-1.
moved {
  from = openstack_networking_port_v2.stock_back
  to   = openstack_networking_port_v2.stock_back["stock-1"]
}

moved {
  from = openstack_compute_instance_v2.stock
  to   = openstack_compute_instance_v2.stock["stock-1"]
}
