# If you add org.camp2iac:Scale to a tier or remove it, these blocks keep the tier's first instance with its
# ports, volumes and floating IP. Terraform only renames them in its state. Otherwise, the blocks have no effect.

# background can have several instances. If it had only one before, that one becomes background-1.
moved {
  from = openstack_networking_port_v2.background_front
  to   = openstack_networking_port_v2.background_front["background-1"]
}

moved {
  from = openstack_networking_port_v2.background_back
  to   = openstack_networking_port_v2.background_back["background-1"]
}

moved {
  from = openstack_blockstorage_volume_v3.background_drafts
  to   = openstack_blockstorage_volume_v3.background_drafts["background-1"]
}

moved {
  from = openstack_compute_instance_v2.background
  to   = openstack_compute_instance_v2.background["background-1"]
}

moved {
  from = openstack_compute_volume_attach_v2.background_drafts
  to   = openstack_compute_volume_attach_v2.background_drafts["background-1"]
}

# database has one instance. If it could have several before, database-1 becomes that one.
moved {
  from = openstack_networking_port_v2.database_back["database-1"]
  to   = openstack_networking_port_v2.database_back
}

moved {
  from = openstack_compute_instance_v2.database["database-1"]
  to   = openstack_compute_instance_v2.database
}

# web can have several instances. If it had only one before, that one becomes web-1.
moved {
  from = openstack_networking_port_v2.web_front
  to   = openstack_networking_port_v2.web_front["web-1"]
}

moved {
  from = openstack_networking_port_v2.web_back
  to   = openstack_networking_port_v2.web_back["web-1"]
}

moved {
  from = openstack_blockstorage_volume_v3.web_drafts
  to   = openstack_blockstorage_volume_v3.web_drafts["web-1"]
}

moved {
  from = openstack_compute_instance_v2.web
  to   = openstack_compute_instance_v2.web["web-1"]
}

moved {
  from = openstack_compute_volume_attach_v2.web_drafts
  to   = openstack_compute_volume_attach_v2.web_drafts["web-1"]
}

moved {
  from = openstack_lb_member_v2.web
  to   = openstack_lb_member_v2.web["web-1"]
}

# web-clock has one instance. If it could have several before, web-clock-1 becomes that one.
moved {
  from = openstack_networking_port_v2.web_clock_front["web-clock-1"]
  to   = openstack_networking_port_v2.web_clock_front
}

moved {
  from = openstack_networking_port_v2.web_clock_back["web-clock-1"]
  to   = openstack_networking_port_v2.web_clock_back
}

moved {
  from = openstack_blockstorage_volume_v3.web_clock_drafts["web-clock-1"]
  to   = openstack_blockstorage_volume_v3.web_clock_drafts
}

moved {
  from = openstack_compute_instance_v2.web_clock["web-clock-1"]
  to   = openstack_compute_instance_v2.web_clock
}

moved {
  from = openstack_compute_volume_attach_v2.web_clock_drafts["web-clock-1"]
  to   = openstack_compute_volume_attach_v2.web_clock_drafts
}
