# If you add org.camp2iac:Scale to a tier or remove it, these blocks keep the tier's first instance with its
# ports, volumes and floating IP. Terraform only renames them in its state. Otherwise, the blocks have no effect.

# cache has one instance. If it could have several before, cache-1 becomes that one.
moved {
  from = openstack_networking_port_v2.cache_main["cache-1"]
  to   = openstack_networking_port_v2.cache_main
}

moved {
  from = openstack_compute_instance_v2.cache["cache-1"]
  to   = openstack_compute_instance_v2.cache
}

# database has one instance. If it could have several before, database-1 becomes that one.
moved {
  from = openstack_networking_port_v2.database_main["database-1"]
  to   = openstack_networking_port_v2.database_main
}

moved {
  from = openstack_compute_instance_v2.database["database-1"]
  to   = openstack_compute_instance_v2.database
}

# node has one instance. If it could have several before, node-1 becomes that one.
moved {
  from = openstack_networking_port_v2.node_main["node-1"]
  to   = openstack_networking_port_v2.node_main
}

moved {
  from = openstack_compute_instance_v2.node["node-1"]
  to   = openstack_compute_instance_v2.node
}

moved {
  from = openstack_networking_floatingip_v2.node["node-1"]
  to   = openstack_networking_floatingip_v2.node
}
