"""The arguments that force a replacement of the cluster's resources, because its API cannot change them.

From the providers' sources (``ForceNew``). An argument with a dot is one in a block.
"""

from __future__ import annotations

from camp2iac.synth.force_new import Replacing, table
from camp2iac.targets.kit.replacing import BUILT_IN, RANDOM
from camp2iac.targets.kubernetes import resource_types as types

_SPEC = ("spec.selector",)
_STATEFUL = ("spec.pod_management_policy", "spec.service_name", "spec.volume_claim_template")
_CLAIM = ("spec.access_modes", "spec.storage_class_name", "spec.volume_mode", "spec.volume_name")

REPLACING: Replacing = {
    **table(
        {
            types.NAMESPACE: (),
            types.DEPLOYMENT: _SPEC,
            types.STATEFUL_SET: _SPEC + _STATEFUL,
            types.JOB: ("spec",),
            types.CRON_JOB: (),
            types.SERVICE: ("spec.cluster_ip",),
            types.SERVICE_ACCOUNT: ("automount_service_account_token",),
            types.CONFIG_MAP: ("immutable",),
            types.SECRET: ("immutable", "type"),
            types.CLAIM: _SPEC + _CLAIM,
            types.INGRESS: (),
            types.NETWORK_POLICY: (),
            types.AUTOSCALER: (),
            types.DISRUPTION_BUDGET: ("spec",),
            types.MANIFEST: (
                "manifest.apiVersion",
                "manifest.kind",
                "manifest.metadata.name",
                "manifest.metadata.namespace",
            ),
        },
        "metadata.name",
        "metadata.namespace",
    ),
    **table({types.PUSHED: ("build", "name", "triggers")}),
    **RANDOM,
    **BUILT_IN,
}
