# If you add org.camp2iac:Scale to a tier or remove it, these blocks keep the tier's first instance with its
# ports, volumes and floating IP. Terraform only renames them in its state. Otherwise, the blocks have no effect.

# api can have several instances. If it had only one before, that one becomes api-1.
moved {
  from = openstack_networking_port_v2.api_main
  to   = openstack_networking_port_v2.api_main["api-1"]
}

moved {
  from = openstack_compute_instance_v2.api
  to   = openstack_compute_instance_v2.api["api-1"]
}

moved {
  from = openstack_lb_member_v2.api_443
  to   = openstack_lb_member_v2.api_443["api-1"]
}

# background can have several instances. If it had only one before, that one becomes background-1.
moved {
  from = openstack_networking_port_v2.background_main
  to   = openstack_networking_port_v2.background_main["background-1"]
}

moved {
  from = openstack_compute_instance_v2.background
  to   = openstack_compute_instance_v2.background["background-1"]
}

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
