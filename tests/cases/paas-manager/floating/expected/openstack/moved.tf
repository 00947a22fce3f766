# If you add org.camp2iac:Scale to a tier or remove it, these blocks keep the tier's first instance with its
# ports, volumes and floating IP. Terraform only renames them in its state. Otherwise, the blocks have no effect.

# bare has one instance. If it could have several before, bare-1 becomes that one.
moved {
  from = openstack_networking_port_v2.bare_main["bare-1"]
  to   = openstack_networking_port_v2.bare_main
}

moved {
  from = openstack_compute_instance_v2.bare["bare-1"]
  to   = openstack_compute_instance_v2.bare
}

moved {
  from = openstack_networking_floatingip_v2.bare["bare-1"]
  to   = openstack_networking_floatingip_v2.bare
}

# cache can have several instances. If it had only one before, that one becomes cache-1.
moved {
  from = openstack_networking_port_v2.cache_main
  to   = openstack_networking_port_v2.cache_main["cache-1"]
}

moved {
  from = openstack_compute_instance_v2.cache
  to   = openstack_compute_instance_v2.cache["cache-1"]
}

moved {
  from = openstack_networking_floatingip_v2.cache
  to   = openstack_networking_floatingip_v2.cache["cache-1"]
}
