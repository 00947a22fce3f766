# If you add org.camp2iac:Scale to a tier or remove it, these blocks keep the tier's first instance with its
# ports, volumes and floating IP. Terraform only renames them in its state. Otherwise, the blocks have no effect.

# web can have several instances. If it had only one before, that one becomes web-1.
moved {
  from = openstack_networking_port_v2.web_main
  to   = openstack_networking_port_v2.web_main["web-1"]
}

moved {
  from = openstack_compute_instance_v2.web
  to   = openstack_compute_instance_v2.web["web-1"]
}

moved {
  from = openstack_lb_member_v2.web
  to   = openstack_lb_member_v2.web["web-1"]
}

# worker can have several instances. If it had only one before, that one becomes worker-1.
moved {
  from = openstack_networking_port_v2.worker_main
  to   = openstack_networking_port_v2.worker_main["worker-1"]
}

moved {
  from = openstack_blockstorage_volume_v3.worker_spool
  to   = openstack_blockstorage_volume_v3.worker_spool["worker-1"]
}

moved {
  from = openstack_compute_instance_v2.worker
  to   = openstack_compute_instance_v2.worker["worker-1"]
}

moved {
  from = openstack_compute_volume_attach_v2.worker_spool
  to   = openstack_compute_volume_attach_v2.worker_spool["worker-1"]
}
