"""The types of the resources and data sources of this target."""

from __future__ import annotations

# Nova
FLAVOR = "openstack_compute_flavor_v2"
INSTANCE = "openstack_compute_instance_v2"
KEY_PAIR = "openstack_compute_keypair_v2"
SERVER_GROUP = "openstack_compute_servergroup_v2"
VOLUME_ATTACHMENT = "openstack_compute_volume_attach_v2"

# Glance, Cinder
IMAGE = "openstack_images_image_v2"
VOLUME = "openstack_blockstorage_volume_v3"

# Neutron
FLOATING_IP = "openstack_networking_floatingip_v2"
NETWORK = "openstack_networking_network_v2"
PORT = "openstack_networking_port_v2"
ROUTER = "openstack_networking_router_v2"
ROUTER_INTERFACE = "openstack_networking_router_interface_v2"
SECURITY_GROUP = "openstack_networking_secgroup_v2"
SECURITY_GROUP_RULE = "openstack_networking_secgroup_rule_v2"
SUBNET = "openstack_networking_subnet_v2"

# Octavia
LISTENER = "openstack_lb_listener_v2"
LOAD_BALANCER = "openstack_lb_loadbalancer_v2"
MEMBER = "openstack_lb_member_v2"
MONITOR = "openstack_lb_monitor_v2"
POOL = "openstack_lb_pool_v2"

# Designate, Swift
DNS_RECORD_SET = "openstack_dns_recordset_v2"
DNS_ZONE = "openstack_dns_zone_v2"
CONTAINER = "openstack_objectstorage_container_v1"
OBJECT = "openstack_objectstorage_object_v1"
TEMPORARY_URL = "openstack_objectstorage_tempurl_v1"

# Keystone and quotas
AUTH_SCOPE = "openstack_identity_auth_scope_v3"
EC2_CREDENTIAL = "openstack_identity_ec2_credential_v3"
COMPUTE_QUOTA = "openstack_compute_quotaset_v2"
NETWORK_QUOTA = "openstack_networking_quota_v2"
VOLUME_QUOTA = "openstack_blockstorage_quotaset_v3"

# the provider random
PASSWORD = "random_password"  # noqa: S105 - a type, not a password

# the provider tls
CA_CERTIFICATE = "tls_self_signed_cert"
CERTIFICATE = "tls_locally_signed_cert"
CERTIFICATE_REQUEST = "tls_cert_request"
PRIVATE_KEY = "tls_private_key"
