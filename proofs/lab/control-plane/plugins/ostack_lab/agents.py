"""What an L3 agent would have answered.

The lab runs no neutron agent.  The in-tree L3 plugin then works, but leaves an
associated floating IP DOWN and the ports of a router unbound.  Here a floating
IP's status follows its port_id, and router ports are bound to a made-up network
node, so both go ACTIVE just after the API call, as with a live agent.
"""

from contextlib import suppress

from neutron_lib import constants, exceptions
from neutron_lib import context as n_context
from neutron_lib.api.definitions import portbindings
from neutron_lib.callbacks import events, registry, resources
from neutron_lib.plugins import constants as plugin_constants
from neutron_lib.plugins import directory

NETWORK_NODE = "lab-network"
OWNERS = (constants.DEVICE_OWNER_ROUTER_INTF, constants.DEVICE_OWNER_ROUTER_GW)


def _bind_router_port(resource, event, trigger, payload):
    port = payload.latest_state
    if port.get("device_owner") in OWNERS and not port.get(portbindings.HOST_ID):
        with suppress(exceptions.PortNotFound):
            directory.get_plugin().update_port(
                n_context.get_admin_context(), port["id"], {"port": {portbindings.HOST_ID: NETWORK_NODE}}
            )


def _settle_floating_ip(resource, event, trigger, payload):
    fip = payload.latest_state
    want = constants.FLOATINGIP_STATUS_ACTIVE if fip.get("port_id") else constants.FLOATINGIP_STATUS_DOWN
    if fip.get("status") != want:
        directory.get_plugin(plugin_constants.L3).update_floatingip_status(
            n_context.get_admin_context(), payload.resource_id, want
        )


def register():
    for event in (events.AFTER_CREATE, events.AFTER_UPDATE):
        registry.subscribe(_bind_router_port, resources.PORT, event)
        registry.subscribe(_settle_floating_ip, resources.FLOATING_IP, event)
