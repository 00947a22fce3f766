# If you add org.camp2iac:Scale to a tier or remove it, these blocks keep the tier's first instance with its
# ports, volumes and floating IP. Terraform only renames them in its state. Otherwise, the blocks have no effect.

# db has one instance. If it could have several before, db-1 becomes that one.
moved {
  from = openstack_networking_port_v2.db_main["db-1"]
  to   = openstack_networking_port_v2.db_main
}

moved {
  from = openstack_compute_instance_v2.db["db-1"]
  to   = openstack_compute_instance_v2.db
}

# vitals has one instance. If it could have several before, vitals-1 becomes that one.
moved {
  from = openstack_networking_port_v2.vitals_main["vitals-1"]
  to   = openstack_networking_port_v2.vitals_main
}

moved {
  from = openstack_compute_instance_v2.vitals["vitals-1"]
  to   = openstack_compute_instance_v2.vitals
}

moved {
  from = openstack_networking_floatingip_v2.vitals["vitals-1"]
  to   = openstack_networking_floatingip_v2.vitals
}
