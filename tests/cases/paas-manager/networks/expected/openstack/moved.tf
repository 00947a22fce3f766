# Keeps the first machine of each tier, with its ports, volumes and addresses, when org.camp2iac:Scale is added to
# the tier or taken away: Terraform changes the addresses in its state, and destroys nothing. Where the state has
# nothing to be moved, these blocks do nothing.

# apart is one machine. If it was several until now, apart-1 is the one that stays.
moved {
  from = openstack_networking_port_v2.apart_main["apart-1"]
  to   = openstack_networking_port_v2.apart_main
}

moved {
  from = openstack_compute_instance_v2.apart["apart-1"]
  to   = openstack_compute_instance_v2.apart
}

# gate may be several machines. If it was one until now, that one is gate-1 from now on.
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

# vault is one machine. If it was several until now, vault-1 is the one that stays.
moved {
  from = openstack_networking_port_v2.vault_inner["vault-1"]
  to   = openstack_networking_port_v2.vault_inner
}

moved {
  from = openstack_compute_instance_v2.vault["vault-1"]
  to   = openstack_compute_instance_v2.vault
}
