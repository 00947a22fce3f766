# If you add org.camp2iac:Scale to a tier or remove it, these blocks keep the tier's first instance with its
# ports, volumes and floating IP. Terraform only renames them in its state. Otherwise, the blocks have no effect.

# office has one instance. If it could have several before, office-1 becomes that one.
moved {
  from = openstack_networking_port_v2.office_main["office-1"]
  to   = openstack_networking_port_v2.office_main
}

moved {
  from = openstack_blockstorage_volume_v3.office_letters["office-1"]
  to   = openstack_blockstorage_volume_v3.office_letters
}

moved {
  from = openstack_compute_instance_v2.office["office-1"]
  to   = openstack_compute_instance_v2.office
}

moved {
  from = openstack_compute_volume_attach_v2.office_letters["office-1"]
  to   = openstack_compute_volume_attach_v2.office_letters
}

moved {
  from = openstack_networking_floatingip_v2.office["office-1"]
  to   = openstack_networking_floatingip_v2.office
}

# shop can have several instances. If it had only one before, that one becomes shop-1.
moved {
  from = openstack_networking_port_v2.shop_main
  to   = openstack_networking_port_v2.shop_main["shop-1"]
}

moved {
  from = openstack_compute_instance_v2.shop
  to   = openstack_compute_instance_v2.shop["shop-1"]
}

# shop-balancer has one instance. If it could have several before, shop-balancer-1 becomes that one.
moved {
  from = openstack_networking_port_v2.shop_balancer_main["shop-balancer-1"]
  to   = openstack_networking_port_v2.shop_balancer_main
}

moved {
  from = openstack_compute_instance_v2.shop_balancer["shop-balancer-1"]
  to   = openstack_compute_instance_v2.shop_balancer
}

moved {
  from = openstack_networking_floatingip_v2.shop_balancer["shop-balancer-1"]
  to   = openstack_networking_floatingip_v2.shop_balancer
}
