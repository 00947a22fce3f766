# If you add org.camp2iac:Scale to a tier or remove it, these blocks keep the tier's first instance with its
# ports, volumes and floating IP. Terraform only renames them in its state. Otherwise, the blocks have no effect.

# database has one instance. If it could have several before, database-1 becomes that one.
moved {
  from = openstack_networking_port_v2.database_main["database-1"]
  to   = openstack_networking_port_v2.database_main
}

moved {
  from = openstack_compute_instance_v2.database["database-1"]
  to   = openstack_compute_instance_v2.database
}

# mail can have several instances. If it had only one before, that one becomes mail-1.
moved {
  from = openstack_networking_port_v2.mail_main
  to   = openstack_networking_port_v2.mail_main["mail-1"]
}

moved {
  from = openstack_compute_instance_v2.mail
  to   = openstack_compute_instance_v2.mail["mail-1"]
}

# watch has one instance. If it could have several before, watch-1 becomes that one.
moved {
  from = openstack_networking_port_v2.watch_main["watch-1"]
  to   = openstack_networking_port_v2.watch_main
}

moved {
  from = openstack_compute_instance_v2.watch["watch-1"]
  to   = openstack_compute_instance_v2.watch
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
