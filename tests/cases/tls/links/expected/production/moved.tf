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

# ledger has one instance. If it could have several before, ledger-1 becomes that one.
moved {
  from = openstack_networking_port_v2.ledger_main["ledger-1"]
  to   = openstack_networking_port_v2.ledger_main
}

moved {
  from = openstack_compute_instance_v2.ledger["ledger-1"]
  to   = openstack_compute_instance_v2.ledger
}

# mail has one instance. If it could have several before, mail-1 becomes that one.
moved {
  from = openstack_networking_port_v2.mail_main["mail-1"]
  to   = openstack_networking_port_v2.mail_main
}

moved {
  from = openstack_compute_instance_v2.mail["mail-1"]
  to   = openstack_compute_instance_v2.mail
}

moved {
  from = openstack_networking_floatingip_v2.mail["mail-1"]
  to   = openstack_networking_floatingip_v2.mail
}

# queue has one instance. If it could have several before, queue-1 becomes that one.
moved {
  from = openstack_networking_port_v2.queue_main["queue-1"]
  to   = openstack_networking_port_v2.queue_main
}

moved {
  from = openstack_compute_instance_v2.queue["queue-1"]
  to   = openstack_compute_instance_v2.queue
}

# web can have several instances. If it had only one before, that one becomes web-1.
moved {
  from = openstack_networking_port_v2.web_main
  to   = openstack_networking_port_v2.web_main["web-1"]
}

moved {
  from = openstack_compute_instance_v2.web
  to   = openstack_compute_instance_v2.web["web-1"]
}

moved {
  from = openstack_networking_floatingip_v2.web
  to   = openstack_networking_floatingip_v2.web["web-1"]
}
