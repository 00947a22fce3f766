# If you add org.camp2iac:Scale to a tier or remove it, these blocks keep the tier's first instance with its
# ports, volumes and floating IP. Terraform only renames them in its state. Otherwise, the blocks have no effect.

# board can have several instances. If it had only one before, that one becomes board-1.
moved {
  from = openstack_networking_port_v2.board_main
  to   = openstack_networking_port_v2.board_main["board-1"]
}

moved {
  from = openstack_compute_instance_v2.board
  to   = openstack_compute_instance_v2.board["board-1"]
}

moved {
  from = openstack_lb_member_v2.board
  to   = openstack_lb_member_v2.board["board-1"]
}

# notes has one instance. If it could have several before, notes-1 becomes that one.
moved {
  from = openstack_networking_port_v2.notes_main["notes-1"]
  to   = openstack_networking_port_v2.notes_main
}

moved {
  from = openstack_blockstorage_volume_v3.notes_data["notes-1"]
  to   = openstack_blockstorage_volume_v3.notes_data
}

moved {
  from = openstack_compute_instance_v2.notes["notes-1"]
  to   = openstack_compute_instance_v2.notes
}

moved {
  from = openstack_compute_volume_attach_v2.notes_data["notes-1"]
  to   = openstack_compute_volume_attach_v2.notes_data
}
