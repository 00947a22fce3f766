# If you add org.camp2iac:Scale to a tier or remove it, these blocks keep the tier's first instance with its
# ports, volumes and floating IP. Terraform only renames them in its state. Otherwise, the blocks have no effect.

# desk has one instance. If it could have several before, desk-1 becomes that one.
moved {
  from = openstack_networking_port_v2.desk_main["desk-1"]
  to   = openstack_networking_port_v2.desk_main
}

moved {
  from = openstack_compute_instance_v2.desk["desk-1"]
  to   = openstack_compute_instance_v2.desk
}

# hall has one instance. If it could have several before, hall-1 becomes that one.
moved {
  from = openstack_networking_port_v2.hall_main["hall-1"]
  to   = openstack_networking_port_v2.hall_main
}

moved {
  from = openstack_compute_instance_v2.hall["hall-1"]
  to   = openstack_compute_instance_v2.hall
}
