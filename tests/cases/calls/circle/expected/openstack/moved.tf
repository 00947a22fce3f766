# If you add org.camp2iac:Scale to a tier or remove it, these blocks keep the tier's first instance with its
# ports, volumes and floating IP. Terraform only renames them in its state. Otherwise, the blocks have no effect.

# back has one instance. If it could have several before, back-1 becomes that one.
moved {
  from = openstack_networking_port_v2.back_main["back-1"]
  to   = openstack_networking_port_v2.back_main
}

moved {
  from = openstack_compute_instance_v2.back["back-1"]
  to   = openstack_compute_instance_v2.back
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
