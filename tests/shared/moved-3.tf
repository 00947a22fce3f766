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
  from = openstack_lb_member_v2.desk_8080
  to   = openstack_lb_member_v2.desk_8080["desk-1"]
}

# ledger has one instance. If it could have several before, ledger-1 becomes that one.
moved {
  from = openstack_networking_port_v2.ledger_main["ledger-1"]
  to   = openstack_networking_port_v2.ledger_main
}

moved {
  from = openstack_blockstorage_volume_v3.ledger_data["ledger-1"]
  to   = openstack_blockstorage_volume_v3.ledger_data
}

moved {
  from = openstack_compute_instance_v2.ledger["ledger-1"]
  to   = openstack_compute_instance_v2.ledger
}

moved {
  from = openstack_compute_volume_attach_v2.ledger_data["ledger-1"]
  to   = openstack_compute_volume_attach_v2.ledger_data
}
