# If you add org.camp2iac:Scale to a tier or remove it, these blocks keep the tier's first instance with its
# ports, volumes and floating IP. Terraform only renames them in its state. Otherwise, the blocks have no effect.

# apart has one instance. If it could have several before, apart-1 becomes that one.
moved {
  from = openstack_networking_port_v2.apart_main["apart-1"]
  to   = openstack_networking_port_v2.apart_main
}

moved {
  from = openstack_compute_instance_v2.apart["apart-1"]
  to   = openstack_compute_instance_v2.apart
}

# gate can have several instances. If it had only one before, that one becomes gate-1.
moved {
  from = openstack_networking_port_v2.gate_outer
  to   = openstack_networking_port_v2.gate_outer["gate-1"]
}

moved {
  from = openstack_networking_port_v2.gate_inner
  to   = openstack_networking_port_v2.gate_inner["gate-1"]
}

moved {
  from = openstack_compute_instance_v2.gate
  to   = openstack_compute_instance_v2.gate["gate-1"]
}

# vault has one instance. If it could have several before, vault-1 becomes that one.
moved {
  from = openstack_networking_port_v2.vault_inner["vault-1"]
  to   = openstack_networking_port_v2.vault_inner
}

moved {
  from = openstack_compute_instance_v2.vault["vault-1"]
  to   = openstack_compute_instance_v2.vault
}
