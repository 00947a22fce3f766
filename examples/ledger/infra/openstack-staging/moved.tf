# If you add org.camp2iac:Scale to a tier or remove it, these blocks keep the tier's first instance with its
# ports, volumes and floating IP. Terraform only renames them in its state. Otherwise, the blocks have no effect.

# ledger can have several instances. If it had only one before, that one becomes ledger-1.
moved {
  from = openstack_networking_port_v2.ledger_main
  to   = openstack_networking_port_v2.ledger_main["ledger-1"]
}

moved {
  from = openstack_compute_instance_v2.ledger
  to   = openstack_compute_instance_v2.ledger["ledger-1"]
}

moved {
  from = openstack_lb_member_v2.ledger
  to   = openstack_lb_member_v2.ledger["ledger-1"]
}
