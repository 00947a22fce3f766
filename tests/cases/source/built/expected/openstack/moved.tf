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

# clock has one instance. If it could have several before, clock-1 becomes that one.
moved {
  from = openstack_networking_port_v2.clock_main["clock-1"]
  to   = openstack_networking_port_v2.clock_main
}

moved {
  from = openstack_compute_instance_v2.clock["clock-1"]
  to   = openstack_compute_instance_v2.clock
}

# depot has one instance. If it could have several before, depot-1 becomes that one.
moved {
  from = openstack_networking_port_v2.depot_main["depot-1"]
  to   = openstack_networking_port_v2.depot_main
}

moved {
  from = openstack_compute_instance_v2.depot["depot-1"]
  to   = openstack_compute_instance_v2.depot
}

# rack has one instance. If it could have several before, rack-1 becomes that one.
moved {
  from = openstack_networking_port_v2.rack_main["rack-1"]
  to   = openstack_networking_port_v2.rack_main
}

moved {
  from = openstack_compute_instance_v2.rack["rack-1"]
  to   = openstack_compute_instance_v2.rack
}

# site has one instance. If it could have several before, site-1 becomes that one.
moved {
  from = openstack_networking_port_v2.site_main["site-1"]
  to   = openstack_networking_port_v2.site_main
}

moved {
  from = openstack_compute_instance_v2.site["site-1"]
  to   = openstack_compute_instance_v2.site
}

# tool has one instance. If it could have several before, tool-1 becomes that one.
moved {
  from = openstack_networking_port_v2.tool_main["tool-1"]
  to   = openstack_networking_port_v2.tool_main
}

moved {
  from = openstack_compute_instance_v2.tool["tool-1"]
  to   = openstack_compute_instance_v2.tool
}
