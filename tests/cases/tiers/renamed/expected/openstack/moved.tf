# Terraform renames what has another name in the plan now, in its state only. If it was renamed already, or never
# existed, these blocks have no effect.

# camp.yaml: the network inside, previously back
moved {
  from = openstack_networking_network_v2.back
  to   = openstack_networking_network_v2.inside
}

moved {
  from = openstack_networking_subnet_v2.back
  to   = openstack_networking_subnet_v2.inside
}

moved {
  from = openstack_networking_router_interface_v2.back
  to   = openstack_networking_router_interface_v2.inside
}

# camp.yaml: the artifact front and the service front, previously site, web
moved {
  from = openstack_networking_secgroup_v2.site
  to   = openstack_networking_secgroup_v2.web
}

moved {
  from = openstack_networking_secgroup_v2.web
  to   = openstack_networking_secgroup_v2.front
}

moved {
  from = openstack_networking_secgroup_rule_v2.site_from_anywhere_8000
  to   = openstack_networking_secgroup_rule_v2.web_from_anywhere_8000
}

moved {
  from = openstack_networking_secgroup_rule_v2.web_from_anywhere_8000
  to   = openstack_networking_secgroup_rule_v2.front_from_anywhere_8000
}

moved {
  from = openstack_compute_instance_v2.site
  to   = openstack_compute_instance_v2.web
}

moved {
  from = openstack_compute_instance_v2.web
  to   = openstack_compute_instance_v2.front
}

moved {
  from = openstack_compute_instance_v2.front["site-1"]
  to   = openstack_compute_instance_v2.front["web-1"]
}

moved {
  from = openstack_compute_instance_v2.front["site-2"]
  to   = openstack_compute_instance_v2.front["web-2"]
}

moved {
  from = openstack_compute_instance_v2.front["web-1"]
  to   = openstack_compute_instance_v2.front["front-1"]
}

moved {
  from = openstack_compute_instance_v2.front["web-2"]
  to   = openstack_compute_instance_v2.front["front-2"]
}

moved {
  from = openstack_networking_floatingip_v2.site
  to   = openstack_networking_floatingip_v2.web
}

moved {
  from = openstack_networking_floatingip_v2.web
  to   = openstack_networking_floatingip_v2.front
}

moved {
  from = openstack_networking_floatingip_v2.front["site-1"]
  to   = openstack_networking_floatingip_v2.front["web-1"]
}

moved {
  from = openstack_networking_floatingip_v2.front["site-2"]
  to   = openstack_networking_floatingip_v2.front["web-2"]
}

moved {
  from = openstack_networking_floatingip_v2.front["web-1"]
  to   = openstack_networking_floatingip_v2.front["front-1"]
}

moved {
  from = openstack_networking_floatingip_v2.front["web-2"]
  to   = openstack_networking_floatingip_v2.front["front-2"]
}

# camp.yaml: the artifact front and the service front, previously site, web; camp.yaml: the service store, previously database
moved {
  from = openstack_networking_secgroup_rule_v2.site_to_database
  to   = openstack_networking_secgroup_rule_v2.site_to_store
}

moved {
  from = openstack_networking_secgroup_rule_v2.site_to_store
  to   = openstack_networking_secgroup_rule_v2.web_to_database
}

moved {
  from = openstack_networking_secgroup_rule_v2.web_to_database
  to   = openstack_networking_secgroup_rule_v2.web_to_store
}

moved {
  from = openstack_networking_secgroup_rule_v2.web_to_store
  to   = openstack_networking_secgroup_rule_v2.front_to_database
}

moved {
  from = openstack_networking_secgroup_rule_v2.front_to_database
  to   = openstack_networking_secgroup_rule_v2.front_to_store
}

# camp.yaml: the artifact front and the service front, previously site, web; camp.yaml: the network inside, previously back
moved {
  from = openstack_networking_port_v2.site_back
  to   = openstack_networking_port_v2.site_inside
}

moved {
  from = openstack_networking_port_v2.site_inside
  to   = openstack_networking_port_v2.web_back
}

moved {
  from = openstack_networking_port_v2.web_back
  to   = openstack_networking_port_v2.web_inside
}

moved {
  from = openstack_networking_port_v2.web_inside
  to   = openstack_networking_port_v2.front_back
}

moved {
  from = openstack_networking_port_v2.front_back
  to   = openstack_networking_port_v2.front_inside
}

moved {
  from = openstack_networking_port_v2.front_inside["site-1"]
  to   = openstack_networking_port_v2.front_inside["web-1"]
}

moved {
  from = openstack_networking_port_v2.front_inside["site-2"]
  to   = openstack_networking_port_v2.front_inside["web-2"]
}

moved {
  from = openstack_networking_port_v2.front_inside["web-1"]
  to   = openstack_networking_port_v2.front_inside["front-1"]
}

moved {
  from = openstack_networking_port_v2.front_inside["web-2"]
  to   = openstack_networking_port_v2.front_inside["front-2"]
}

# camp.yaml: the service store, previously database
moved {
  from = random_password.database
  to   = random_password.store
}

moved {
  from = openstack_networking_secgroup_v2.database
  to   = openstack_networking_secgroup_v2.store
}

moved {
  from = openstack_compute_instance_v2.database
  to   = openstack_compute_instance_v2.store
}

moved {
  from = openstack_compute_instance_v2.store["database-1"]
  to   = openstack_compute_instance_v2.store["store-1"]
}

# camp.yaml: the service store, previously database; camp.yaml: the artifact front and the service front, previously site, web
moved {
  from = openstack_networking_secgroup_rule_v2.database_from_site
  to   = openstack_networking_secgroup_rule_v2.database_from_web
}

moved {
  from = openstack_networking_secgroup_rule_v2.database_from_web
  to   = openstack_networking_secgroup_rule_v2.database_from_front
}

moved {
  from = openstack_networking_secgroup_rule_v2.database_from_front
  to   = openstack_networking_secgroup_rule_v2.store_from_site
}

moved {
  from = openstack_networking_secgroup_rule_v2.store_from_site
  to   = openstack_networking_secgroup_rule_v2.store_from_web
}

moved {
  from = openstack_networking_secgroup_rule_v2.store_from_web
  to   = openstack_networking_secgroup_rule_v2.store_from_front
}

# camp.yaml: the service store, previously database; camp.yaml: the network inside, previously back
moved {
  from = openstack_networking_port_v2.database_back
  to   = openstack_networking_port_v2.database_inside
}

moved {
  from = openstack_networking_port_v2.database_inside
  to   = openstack_networking_port_v2.store_back
}

moved {
  from = openstack_networking_port_v2.store_back
  to   = openstack_networking_port_v2.store_inside
}

moved {
  from = openstack_networking_port_v2.store_inside["database-1"]
  to   = openstack_networking_port_v2.store_inside["store-1"]
}

# camp.yaml: the service store, previously database; camp.yaml: the volume records, previously data
moved {
  from = openstack_blockstorage_volume_v3.database_data
  to   = openstack_blockstorage_volume_v3.database_records
}

moved {
  from = openstack_blockstorage_volume_v3.database_records
  to   = openstack_blockstorage_volume_v3.store_data
}

moved {
  from = openstack_blockstorage_volume_v3.store_data
  to   = openstack_blockstorage_volume_v3.store_records
}

moved {
  from = openstack_blockstorage_volume_v3.store_records["database-1"]
  to   = openstack_blockstorage_volume_v3.store_records["store-1"]
}

moved {
  from = openstack_compute_volume_attach_v2.database_data
  to   = openstack_compute_volume_attach_v2.database_records
}

moved {
  from = openstack_compute_volume_attach_v2.database_records
  to   = openstack_compute_volume_attach_v2.store_data
}

moved {
  from = openstack_compute_volume_attach_v2.store_data
  to   = openstack_compute_volume_attach_v2.store_records
}

moved {
  from = openstack_compute_volume_attach_v2.store_records["database-1"]
  to   = openstack_compute_volume_attach_v2.store_records["store-1"]
}

# camp.yaml: the secret key, previously token
moved {
  from = random_password.token
  to   = random_password.key
}

# If you add org.camp2iac:Scale to a tier or remove it, these blocks keep the tier's first instance with its
# ports, volumes and floating IP. Terraform only renames them in its state. Otherwise, the blocks have no effect.
# front can have several instances. If it had only one before, that one becomes front-1.
moved {
  from = openstack_networking_port_v2.front_inside
  to   = openstack_networking_port_v2.front_inside["site-1"]
}

moved {
  from = openstack_compute_instance_v2.front
  to   = openstack_compute_instance_v2.front["site-1"]
}

moved {
  from = openstack_networking_floatingip_v2.front
  to   = openstack_networking_floatingip_v2.front["site-1"]
}

# store has one instance. If it could have several before, store-1 becomes that one.
moved {
  from = openstack_networking_port_v2.store_inside["store-1"]
  to   = openstack_networking_port_v2.store_inside
}

moved {
  from = openstack_blockstorage_volume_v3.store_records["store-1"]
  to   = openstack_blockstorage_volume_v3.store_records
}

moved {
  from = openstack_compute_instance_v2.store["store-1"]
  to   = openstack_compute_instance_v2.store
}

moved {
  from = openstack_compute_volume_attach_v2.store_records["store-1"]
  to   = openstack_compute_volume_attach_v2.store_records
}
