"""What reports show of deployed resources on OpenStack: attributes of the OpenStack provider."""

from __future__ import annotations

from camp2iac.targets.deployed import AttributeText, DeployedType, Inventory

_text = AttributeText

INVENTORY = Inventory(
    {
        "openstack_blockstorage_volume_v3": DeployedType(
            "volume", state=(_text("{size} GiB"), _text("{volume_type}"), _text("attached at {device}", "attachment"))
        ),
        "openstack_compute_instance_v2": DeployedType(
            "instance",
            answers=(_text("{access_ip_v4}"), _text("{access_ip_v6}")),
            state=(_text("{power_state}"), _text("{flavor_name}"), _text("{image_name}"), _text("{availability_zone}")),
        ),
        "openstack_compute_keypair_v2": DeployedType("key pair", state=(_text("{fingerprint}"),)),
        "openstack_compute_servergroup_v2": DeployedType("server group"),
        "openstack_compute_volume_attach_v2": DeployedType("attached volume", state=(_text("{device}"),)),
        "openstack_dns_recordset_v2": DeployedType("DNS record", answers=(_text("{name}"),), state=(_text("{type}"),)),
        "openstack_identity_ec2_credential_v3": DeployedType("access key", secret_id=True),
        "openstack_lb_listener_v2": DeployedType("listener", answers=(_text("{protocol} port {protocol_port}"),)),
        "openstack_lb_loadbalancer_v2": DeployedType(
            "load balancer", answers=(_text("{vip_address}"),), state=(_text("{loadbalancer_provider}"),)
        ),
        "openstack_lb_member_v2": DeployedType("balanced instance", answers=(_text("{address}:{protocol_port}"),)),
        "openstack_lb_monitor_v2": DeployedType("health check", state=(_text("{type} {url_path}"),)),
        "openstack_lb_pool_v2": DeployedType("balancer's pool"),
        "openstack_networking_floatingip_v2": DeployedType("floating IP", answers=(_text("{address}"),)),
        "openstack_networking_network_v2": DeployedType("network"),
        "openstack_networking_port_v2": DeployedType("port", answers=(_text("{all_fixed_ips}"),)),
        "openstack_networking_router_interface_v2": DeployedType("router interface"),
        "openstack_networking_router_v2": DeployedType("router", answers=(_text("{ip_address}", "external_fixed_ip"),)),
        "openstack_networking_secgroup_rule_v2": DeployedType(
            "rule", state=(_text("{direction}"), _text("{protocol} {port_range_min}"))
        ),
        "openstack_networking_secgroup_v2": DeployedType("security group"),
        "openstack_networking_subnet_v2": DeployedType("subnet", answers=(_text("{cidr}"),)),
        "openstack_objectstorage_container_v1": DeployedType("object container", state=(_text("{name}"),)),
        "openstack_objectstorage_object_v1": DeployedType("object", state=(_text("{content_length} bytes"),)),
        "openstack_objectstorage_tempurl_v1": DeployedType("temporary URL", secret_id=True),
        "tls_cert_request": DeployedType("certificate request"),
        "tls_locally_signed_cert": DeployedType("certificate", state=(_text("valid until {validity_end_time}"),)),
        "tls_self_signed_cert": DeployedType(
            "certificate of the CA", state=(_text("valid until {validity_end_time}"),)
        ),
    }
)
