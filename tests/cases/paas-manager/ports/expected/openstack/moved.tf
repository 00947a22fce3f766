# Keeps the first machine of each tier, with its ports, volumes and addresses, when org.camp2iac:Scale is added to
# the tier or taken away: Terraform changes the addresses in its state, and destroys nothing. Where the state has
# nothing to be moved, these blocks do nothing.

# desk is one machine. If it was several until now, desk-1 is the one that stays.
moved {
  from = openstack_networking_port_v2.desk_main["desk-1"]
  to   = openstack_networking_port_v2.desk_main
}

moved {
  from = openstack_compute_instance_v2.desk["desk-1"]
  to   = openstack_compute_instance_v2.desk
}

# hall is one machine. If it was several until now, hall-1 is the one that stays.
moved {
  from = openstack_networking_port_v2.hall_main["hall-1"]
  to   = openstack_networking_port_v2.hall_main
}

moved {
  from = openstack_compute_instance_v2.hall["hall-1"]
  to   = openstack_compute_instance_v2.hall
}
