# If you add org.camp2iac:Scale to a tier or remove it, these blocks keep the tier's first instance with its
# ports, volumes and floating IP. Terraform only renames them in its state. Otherwise, the blocks have no effect.

# one has one instance. If it could have several before, one-1 becomes that one.
moved {
  from = openstack_networking_port_v2.one_main["one-1"]
  to   = openstack_networking_port_v2.one_main
}

moved {
  from = openstack_compute_instance_v2.one["one-1"]
  to   = openstack_compute_instance_v2.one
}

moved {
  from = openstack_networking_floatingip_v2.one["one-1"]
  to   = openstack_networking_floatingip_v2.one
}
