"""Trunk driver for the lab: accepts trunks and marks them ACTIVE; tags nothing."""

from neutron.services.trunk.drivers import base
from neutron_lib import constants
from neutron_lib.api.definitions import portbindings
from neutron_lib.callbacks import events, registry, resources

DRIVER = None


class LabTrunkDriver(base.DriverBase):
    is_loaded = True

    @registry.receives(resources.TRUNK_PLUGIN, [events.AFTER_INIT])
    def register(self, resource, event, trigger, payload=None):
        super().register(resource, event, trigger, payload=payload)
        registry.subscribe(self._activate, resources.TRUNK, events.AFTER_CREATE)

    def _activate(self, resource, event, trigger, payload):
        payload.latest_state.update(status=constants.ACTIVE)


def register():
    global DRIVER
    if DRIVER is None:
        DRIVER = LabTrunkDriver("lab", (portbindings.VIF_TYPE_OVS,), ("vlan",), None, can_trunk_bound_port=True)
