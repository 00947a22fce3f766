"""ML2 mechanism driver for the lab: binds every port at once, without an agent.

A port that gets a host (from nova, or from agents.py for router ports) is
bound to its first segment as an OVS port and goes ACTIVE, as a live agent would
have reported a moment later.  A host named 'fail-*' is refused, so that the
binding_failed path can be tested too.
"""

from neutron_lib import constants
from neutron_lib.api.definitions import portbindings
from neutron_lib.plugins.ml2 import api
from oslo_log import log

LOG = log.getLogger(__name__)


class LabMechanismDriver(api.MechanismDriver):
    resource_provider_uuid5_namespace = None

    def initialize(self):
        LOG.info("lab mechanism driver: every port binds")
        from ostack_lab import agents, qos, trunk  # late: they import neutron

        for part in (agents, qos, trunk):
            part.register()

    @property
    def connectivity(self):
        return portbindings.CONNECTIVITY_L2

    @property
    def supported_vnic_types(self):
        return [portbindings.VNIC_NORMAL, portbindings.VNIC_DIRECT]

    def bind_port(self, context):
        if context.host.startswith("fail-"):
            return
        for segment in context.segments_to_bind:
            context.set_binding(
                segment[api.ID],
                portbindings.VIF_TYPE_OVS,
                {
                    portbindings.CAP_PORT_FILTER: True,
                    portbindings.VIF_DETAILS_CONNECTIVITY: self.connectivity,
                    portbindings.OVS_HYBRID_PLUG: False,
                },
                status=constants.PORT_STATUS_ACTIVE,
            )
            return
