# If you add org.camp2iac:Scale to a tier or remove it, these blocks keep the tier's first instance with its
# ports, volumes and floating IP. Terraform only renames them in its state. Otherwise, the blocks have no effect.

# config has one instance. If it could have several before, config-1 becomes that one.
moved {
  from = openstack_networking_port_v2.config_main["config-1"]
  to   = openstack_networking_port_v2.config_main
}

moved {
  from = openstack_compute_instance_v2.config["config-1"]
  to   = openstack_compute_instance_v2.config
}

# router has one instance. If it could have several before, router-1 becomes that one.
moved {
  from = openstack_networking_port_v2.router_main["router-1"]
  to   = openstack_networking_port_v2.router_main
}

moved {
  from = openstack_compute_instance_v2.router["router-1"]
  to   = openstack_compute_instance_v2.router
}

moved {
  from = openstack_networking_floatingip_v2.router["router-1"]
  to   = openstack_networking_floatingip_v2.router
}

# shard can have several instances. If it had only one before, that one becomes shard-1.
moved {
  from = openstack_networking_port_v2.shard_main
  to   = openstack_networking_port_v2.shard_main["shard-1"]
}

moved {
  from = openstack_blockstorage_volume_v3.shard_part
  to   = openstack_blockstorage_volume_v3.shard_part["shard-1"]
}

moved {
  from = openstack_compute_instance_v2.shard
  to   = openstack_compute_instance_v2.shard["shard-1"]
}

moved {
  from = openstack_compute_volume_attach_v2.shard_part
  to   = openstack_compute_volume_attach_v2.shard_part["shard-1"]
}
