# If you add org.camp2iac:Scale to a tier or remove it, these blocks keep the tier's first instance with its
# ports, volumes and floating IP. Terraform only renames them in its state. Otherwise, the blocks have no effect.

# mongo has one instance. If it could have several before, mongo-1 becomes that one.
moved {
  from = openstack_networking_port_v2.mongo_main["mongo-1"]
  to   = openstack_networking_port_v2.mongo_main
}

moved {
  from = openstack_compute_instance_v2.mongo["mongo-1"]
  to   = openstack_compute_instance_v2.mongo
}

# runtime has one instance. If it could have several before, runtime-1 becomes that one.
moved {
  from = openstack_networking_port_v2.runtime_main["runtime-1"]
  to   = openstack_networking_port_v2.runtime_main
}

moved {
  from = openstack_compute_instance_v2.runtime["runtime-1"]
  to   = openstack_compute_instance_v2.runtime
}

moved {
  from = openstack_networking_floatingip_v2.runtime["runtime-1"]
  to   = openstack_networking_floatingip_v2.runtime
}
