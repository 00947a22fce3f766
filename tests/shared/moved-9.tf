# If you add org.camp2iac:Scale to a tier or remove it, these blocks keep the tier's first instance with its
# ports, volumes and floating IP. Terraform only renames them in its state. Otherwise, the blocks have no effect.

# import has one instance. If it could have several before, import-1 becomes that one.
moved {
  from = openstack_networking_port_v2.import_main["import-1"]
  to   = openstack_networking_port_v2.import_main
}

moved {
  from = openstack_compute_instance_v2.import["import-1"]
  to   = openstack_compute_instance_v2.import
}

moved {
  from = openstack_networking_floatingip_v2.import["import-1"]
  to   = openstack_networking_floatingip_v2.import
}

# web has one instance. If it could have several before, web-1 becomes that one.
moved {
  from = openstack_networking_port_v2.web_main["web-1"]
  to   = openstack_networking_port_v2.web_main
}

moved {
  from = openstack_compute_instance_v2.web["web-1"]
  to   = openstack_compute_instance_v2.web
}

moved {
  from = openstack_networking_floatingip_v2.web["web-1"]
  to   = openstack_networking_floatingip_v2.web
}
