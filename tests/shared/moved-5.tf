# If you add org.camp2iac:Scale to a tier or remove it, these blocks keep the tier's first instance with its
# ports, volumes and floating IP. Terraform only renames them in its state. Otherwise, the blocks have no effect.

# api has one instance. If it could have several before, api-1 becomes that one.
moved {
  from = openstack_networking_port_v2.api_main["api-1"]
  to   = openstack_networking_port_v2.api_main
}

moved {
  from = openstack_compute_instance_v2.api["api-1"]
  to   = openstack_compute_instance_v2.api
}

moved {
  from = openstack_networking_floatingip_v2.api["api-1"]
  to   = openstack_networking_floatingip_v2.api
}

# tools has one instance. If it could have several before, tools-1 becomes that one.
moved {
  from = openstack_networking_port_v2.tools_main["tools-1"]
  to   = openstack_networking_port_v2.tools_main
}

moved {
  from = openstack_compute_instance_v2.tools["tools-1"]
  to   = openstack_compute_instance_v2.tools
}
