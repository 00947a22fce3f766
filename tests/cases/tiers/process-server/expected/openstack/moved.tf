# If you add org.camp2iac:Scale to a tier or remove it, these blocks keep the tier's first instance with its
# ports, volumes and floating IP. Terraform only renames them in its state. Otherwise, the blocks have no effect.

# back can have several instances. If it had only one before, that one becomes back-1.
moved {
  from = openstack_networking_port_v2.back_main
  to   = openstack_networking_port_v2.back_main["back-1"]
}

moved {
  from = openstack_compute_instance_v2.back
  to   = openstack_compute_instance_v2.back["back-1"]
}

# db has one instance. If it could have several before, db-1 becomes that one.
moved {
  from = openstack_networking_port_v2.db_main["db-1"]
  to   = openstack_networking_port_v2.db_main
}

moved {
  from = openstack_compute_instance_v2.db["db-1"]
  to   = openstack_compute_instance_v2.db
}

# php has one instance. If it could have several before, php-1 becomes that one.
moved {
  from = openstack_networking_port_v2.php_main["php-1"]
  to   = openstack_networking_port_v2.php_main
}

moved {
  from = openstack_compute_instance_v2.php["php-1"]
  to   = openstack_compute_instance_v2.php
}

moved {
  from = openstack_networking_floatingip_v2.php["php-1"]
  to   = openstack_networking_floatingip_v2.php
}
