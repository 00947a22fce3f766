"""The arguments of OpenStack's resources that force a replacement, because its services cannot change them."""

from __future__ import annotations

from camp2iac.synth.force_new import ALL, Replacing, table
from camp2iac.targets.kit.replacing import RANDOM

COMMON = ("region", "tenant_id", "project_id", "value_specs")
"""Arguments of every type that has them: the region and the project."""

_CERTIFICATE = ("allowed_uses", "is_ca_certificate", "set_subject_key_id", "validity_period_hours")

_ROWS: dict[str, tuple[str, ...]] = {
    # Nova can resize, rename, label and rebuild a server. It cannot change anything else.
    "openstack_compute_instance_v2": (
        "availability_zone",
        "availability_zone_hints",
        "block_device",
        "config_drive",
        "hypervisor_hostname",
        "key_pair",
        "network",
        "network_mode",
        "scheduler_hints",
        "user_data",
    ),
    "openstack_compute_keypair_v2": (ALL,),
    "openstack_compute_servergroup_v2": (ALL,),
    "openstack_compute_volume_attach_v2": (ALL,),
    # Cinder can extend a volume and change its type.
    "openstack_blockstorage_volume_v3": (
        "availability_zone",
        "backup_id",
        "consistency_group_id",
        "image_id",
        "scheduler_hints",
        "snapshot_id",
        "source_replica",
        "source_vol_id",
    ),
    # Neutron cannot change parents and addresses.
    "openstack_networking_network_v2": ("availability_zone_hints", "transparent_vlan"),
    "openstack_networking_subnet_v2": (
        "cidr",
        "ip_version",
        "ipv6_address_mode",
        "ipv6_ra_mode",
        "network_id",
        "prefix_length",
        "subnetpool_id",
    ),
    "openstack_networking_router_v2": ("availability_zone_hints", "distributed"),
    "openstack_networking_router_interface_v2": (ALL,),
    "openstack_networking_port_v2": ("device_id", "device_owner", "mac_address", "network_id"),
    "openstack_networking_floatingip_v2": ("address", "dns_domain", "dns_name", "pool"),
    "openstack_networking_secgroup_v2": ("delete_default_rules",),
    "openstack_networking_secgroup_rule_v2": (ALL,),
    # Octavia cannot change parents, protocols and ports.
    "openstack_lb_loadbalancer_v2": (
        "availability_zone",
        "flavor_id",
        "loadbalancer_provider",
        "vip_address",
        "vip_network_id",
        "vip_port_id",
        "vip_subnet_id",
    ),
    "openstack_lb_listener_v2": ("loadbalancer_id", "protocol", "protocol_port"),
    "openstack_lb_pool_v2": ("listener_id", "loadbalancer_id", "protocol"),
    "openstack_lb_monitor_v2": ("pool_id", "type"),
    "openstack_lb_member_v2": ("address", "pool_id", "protocol_port", "subnet_id"),
    # Swift cannot rename objects, and a URL is a signature. The provider renames a container in place.
    "openstack_objectstorage_container_v1": ("storage_class", "storage_policy"),
    "openstack_objectstorage_object_v1": ("container_name", "name"),
    "openstack_objectstorage_tempurl_v1": (ALL,),
    # Keystone
    "openstack_identity_ec2_credential_v3": (ALL,),
    # Designate
    "openstack_dns_zone_v2": ("attributes", "name", "type"),
    "openstack_dns_recordset_v2": ("name", "type", "zone_id"),
    # A key and what is signed never change. Only when a certificate is renewed changes in place.
    "tls_private_key": (ALL,),
    "tls_cert_request": (ALL,),
    "tls_self_signed_cert": (
        *_CERTIFICATE,
        "dns_names",
        "ip_addresses",
        "private_key_pem",
        "set_authority_key_id",
        "subject",
    ),
    "tls_locally_signed_cert": (*_CERTIFICATE, "ca_cert_pem", "ca_private_key_pem", "cert_request_pem"),
}

REPLACING: Replacing = {**table(_ROWS, *COMMON), **RANDOM}
