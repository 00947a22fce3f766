# If you add org.camp2iac:Scale to a tier or remove it, these blocks keep the tier's first instance with its
# ports, volumes and floating IP. Terraform only renames them in its state. Otherwise, the blocks have no effect.

# desk can have several instances. If it had only one before, that one becomes desk-1.
moved {
  from = openstack_networking_port_v2.desk_main
  to   = openstack_networking_port_v2.desk_main["desk-1"]
}

moved {
  from = openstack_compute_instance_v2.desk
  to   = openstack_compute_instance_v2.desk["desk-1"]
}

moved {
  from = openstack_networking_floatingip_v2.desk
  to   = openstack_networking_floatingip_v2.desk["desk-1"]
}

# entries has one instance. If it could have several before, entries-1 becomes that one.
moved {
  from = openstack_networking_port_v2.entries_main["entries-1"]
  to   = openstack_networking_port_v2.entries_main
}

moved {
  from = openstack_blockstorage_volume_v3.entries_data["entries-1"]
  to   = openstack_blockstorage_volume_v3.entries_data
}

moved {
  from = openstack_compute_instance_v2.entries["entries-1"]
  to   = openstack_compute_instance_v2.entries
}

moved {
  from = openstack_compute_volume_attach_v2.entries_data["entries-1"]
  to   = openstack_compute_volume_attach_v2.entries_data
}

# orders has one instance. If it could have several before, orders-1 becomes that one.
moved {
  from = openstack_networking_port_v2.orders_main["orders-1"]
  to   = openstack_networking_port_v2.orders_main
}

moved {
  from = openstack_compute_instance_v2.orders["orders-1"]
  to   = openstack_compute_instance_v2.orders
}

# pages has one instance. If it could have several before, pages-1 becomes that one.
moved {
  from = openstack_networking_port_v2.pages_main["pages-1"]
  to   = openstack_networking_port_v2.pages_main
}

moved {
  from = openstack_compute_instance_v2.pages["pages-1"]
  to   = openstack_compute_instance_v2.pages
}

# papers can have several instances. If it had only one before, that one becomes papers-1.
moved {
  from = openstack_networking_port_v2.papers_main
  to   = openstack_networking_port_v2.papers_main["papers-1"]
}

moved {
  from = openstack_blockstorage_volume_v3.papers_papers
  to   = openstack_blockstorage_volume_v3.papers_papers["papers-1"]
}

moved {
  from = openstack_compute_instance_v2.papers
  to   = openstack_compute_instance_v2.papers["papers-1"]
}

moved {
  from = openstack_compute_volume_attach_v2.papers_papers
  to   = openstack_compute_volume_attach_v2.papers_papers["papers-1"]
}

# sessions has one instance. If it could have several before, sessions-1 becomes that one.
moved {
  from = openstack_networking_port_v2.sessions_main["sessions-1"]
  to   = openstack_networking_port_v2.sessions_main
}

moved {
  from = openstack_blockstorage_volume_v3.sessions_data["sessions-1"]
  to   = openstack_blockstorage_volume_v3.sessions_data
}

moved {
  from = openstack_compute_instance_v2.sessions["sessions-1"]
  to   = openstack_compute_instance_v2.sessions
}

moved {
  from = openstack_compute_volume_attach_v2.sessions_data["sessions-1"]
  to   = openstack_compute_volume_attach_v2.sessions_data
}
