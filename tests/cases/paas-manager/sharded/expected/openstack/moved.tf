# Keeps the first machine of each tier, with its ports, volumes and addresses, when org.camp2iac:Scale is added to
# the tier or taken away: Terraform changes the addresses in its state, and destroys nothing. Where the state has
# nothing to be moved, these blocks do nothing.

# config is one machine. If it was several until now, config-1 is the one that stays.
moved {
  from = openstack_networking_port_v2.config_main["config-1"]
  to   = openstack_networking_port_v2.config_main
}

moved {
  from = openstack_compute_instance_v2.config["config-1"]
  to   = openstack_compute_instance_v2.config
}

# router is one machine. If it was several until now, router-1 is the one that stays.
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

# shard may be several machines. If it was one until now, that one is shard-1 from now on.
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
