"""What is lost when a resource of OpenStack is destroyed, by type. ``resources/tracking.py`` names what matters."""

from __future__ import annotations

from collections.abc import Mapping

from camp2iac.synth.tracked import Keeps
from camp2iac.targets.openstack import resource_types as types

KEEPS: Mapping[str, Keeps] = {
    types.VOLUME: Keeps.DATA,
    types.CONTAINER: Keeps.DATA,  # those of the plan. The one for content is filled again
    types.INSTANCE: Keeps.DATA,  # if a product of its tier has its data on the instance's own disk
    types.PASSWORD: Keeps.KEY,  # servers set it again when they are configured. For secrets of the plan, see tracking
    types.EC2_CREDENTIAL: Keeps.KEY,
    types.PRIVATE_KEY: Keeps.KEY,  # servers and clients get the new certificates together
    types.FLOATING_IP: Keeps.ADDRESS,
    types.LOAD_BALANCER: Keeps.ADDRESS,
    types.DNS_RECORD_SET: Keeps.ADDRESS,
    **dict.fromkeys(
        (
            types.FLAVOR,
            types.KEY_PAIR,  # the public half: instances keep it
            types.SERVER_GROUP,
            types.VOLUME_ATTACHMENT,
            types.IMAGE,
            types.NETWORK,
            types.PORT,
            types.ROUTER,
            types.ROUTER_INTERFACE,
            types.SECURITY_GROUP,
            types.SECURITY_GROUP_RULE,
            types.SUBNET,
            types.LISTENER,
            types.MEMBER,
            types.MONITOR,
            types.POOL,
            types.DNS_ZONE,  # the module only reads it
            types.OBJECT,  # a copy of the application's content
            types.TEMPORARY_URL,
            types.AUTH_SCOPE,
            types.COMPUTE_QUOTA,
            types.NETWORK_QUOTA,
            types.VOLUME_QUOTA,
            types.CA_CERTIFICATE,
            types.CERTIFICATE,
            types.CERTIFICATE_REQUEST,
        ),
        Keeps.NOTHING,
    ),
}
"""Each type of :mod:`.resource_types`. A test requires a line for each."""
