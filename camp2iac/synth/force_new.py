"""Which arguments of a resource Terraform cannot change in place: another value makes another resource.

The schemas that providers give do not tell. Known of the services behind them: what a thing is made of and its API has
no way to change. ``*``: every argument. Types that no target of ours makes are not here.
"""

from __future__ import annotations

from collections.abc import Mapping

ALL = "*"
_SCOPE = ("region",)

REPLACING: Mapping[str, frozenset[str]] = {
    type_: frozenset((*arguments, *(() if type_.startswith(("random_", "heroku_")) else _SCOPE)))
    for type_, arguments in {
        # Nova: a server is resized, renamed, labelled and rebuilt; all else it is born with.
        "openstack_compute_instance_v2": (
            "availability_zone",
            "availability_zone_hints",
            "block_device",
            "config_drive",
            "key_pair",
            "network",
            "scheduler_hints",
            "user_data",
        ),
        "openstack_compute_keypair_v2": (ALL,),
        "openstack_compute_servergroup_v2": (ALL,),
        "openstack_compute_volume_attach_v2": (ALL,),
        # Cinder: a volume grows, and changes its type.
        "openstack_blockstorage_volume_v3": (
            "availability_zone",
            "image_id",
            "snapshot_id",
            "source_vol_id",
        ),
        # Neutron: what something lies in, or is given by, stays.
        "openstack_networking_network_v2": ("availability_zone_hints", "external", "segments"),
        "openstack_networking_subnet_v2": ("cidr", "ip_version", "network_id", "no_gateway", "subnetpool_id"),
        "openstack_networking_router_v2": ("availability_zone_hints", "distributed"),
        "openstack_networking_router_interface_v2": (ALL,),
        "openstack_networking_port_v2": ("mac_address", "network_id"),
        "openstack_networking_floatingip_v2": ("address", "dns_domain", "dns_name", "pool", "subnet_id"),
        "openstack_networking_secgroup_v2": ("delete_default_rules",),
        "openstack_networking_secgroup_rule_v2": (ALL,),
        # Octavia: parents, protocols and ports.
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
        # Swift: what things are called; a URL is a signature.
        "openstack_objectstorage_object_v1": ("container_name", "name"),
        "openstack_objectstorage_tempurl_v1": (ALL,),
        # Designate
        "openstack_dns_zone_v2": ("name", "type"),
        "openstack_dns_recordset_v2": ("name", "type", "zone_id"),
        "random_password": (ALL,),
        # Heroku
        "heroku_addon": ("app_id", "config", "name"),
        "heroku_addon_attachment": (ALL,),
        "heroku_app": ("internal_routing", "locked", "organization", "region", "space"),
        "heroku_app_config_association": ("app_id",),
        "heroku_build": (ALL,),
        "heroku_domain": ("app_id", "hostname"),
        "heroku_drain": (ALL,),
        "heroku_formation": ("app_id",),
        "heroku_pipeline_coupling": (ALL,),
    }.items()
}


def replaces(type_: str, argument: str) -> bool:
    """Whether another value of an argument, or of a nested block, makes another resource."""
    known = REPLACING.get(type_, frozenset())
    return argument in known or ALL in known
