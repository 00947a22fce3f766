"""QoS driver for the lab: says that every rule type works, and does nothing."""

from neutron_lib import constants
from neutron_lib.api.definitions import portbindings
from neutron_lib.db import constants as db_consts
from neutron_lib.services.qos import base
from neutron_lib.services.qos import constants as qos

DRIVER = None
RATE = {
    qos.MAX_KBPS: {"type:range": [0, db_consts.DB_INTEGER_MAX_VALUE]},
    qos.MAX_BURST: {"type:range": [0, db_consts.DB_INTEGER_MAX_VALUE]},
    qos.DIRECTION: {"type:values": constants.VALID_DIRECTIONS},
}
MIN = {
    qos.MIN_KBPS: {"type:range": [0, db_consts.DB_INTEGER_MAX_VALUE]},
    qos.DIRECTION: {"type:values": constants.VALID_DIRECTIONS},
}
RULES = {
    qos.RULE_TYPE_BANDWIDTH_LIMIT: RATE,
    qos.RULE_TYPE_DSCP_MARKING: {qos.DSCP_MARK: {"type:values": constants.VALID_DSCP_MARKS}},
    qos.RULE_TYPE_MINIMUM_BANDWIDTH: MIN,
}


def register():
    global DRIVER
    if DRIVER is None:
        DRIVER = base.DriverBase(
            name="lab",
            vif_types=[portbindings.VIF_TYPE_OVS],
            vnic_types=[portbindings.VNIC_NORMAL, portbindings.VNIC_DIRECT],
            supported_rules=RULES,
            requires_rpc_notifications=False,
        )
