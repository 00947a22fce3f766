# If you add org.camp2iac:Scale to a tier or remove it, these blocks keep the tier's first instance with its
# ports, volumes and floating IP. Terraform only renames them in its state. Otherwise, the blocks have no effect.

# aside has one instance. If it could have several before, aside-1 becomes that one.
moved {
  from = openstack_networking_port_v2.aside_main["aside-1"]
  to   = openstack_networking_port_v2.aside_main
}

moved {
  from = openstack_compute_instance_v2.aside["aside-1"]
  to   = openstack_compute_instance_v2.aside
}

# queue has one instance. If it could have several before, queue-1 becomes that one.
moved {
  from = openstack_networking_port_v2.queue_main["queue-1"]
  to   = openstack_networking_port_v2.queue_main
}

moved {
  from = openstack_blockstorage_volume_v3.queue_data["queue-1"]
  to   = openstack_blockstorage_volume_v3.queue_data
}

moved {
  from = openstack_compute_instance_v2.queue["queue-1"]
  to   = openstack_compute_instance_v2.queue
}

moved {
  from = openstack_compute_volume_attach_v2.queue_data["queue-1"]
  to   = openstack_compute_volume_attach_v2.queue_data
}

# shop has one instance. If it could have several before, shop-1 becomes that one.
moved {
  from = openstack_networking_port_v2.shop_main["shop-1"]
  to   = openstack_networking_port_v2.shop_main
}

moved {
  from = openstack_compute_instance_v2.shop["shop-1"]
  to   = openstack_compute_instance_v2.shop
}

moved {
  from = openstack_networking_floatingip_v2.shop["shop-1"]
  to   = openstack_networking_floatingip_v2.shop
}
