"""What is lost when a resource of the cluster is destroyed, by type. ``resources/tracking.py`` names what matters."""

from __future__ import annotations

from collections.abc import Mapping

from camp2iac.synth.tracked import Keeps
from camp2iac.targets.kubernetes import resource_types as types

KEEPS: Mapping[str, Keeps] = {
    types.CLAIM: Keeps.DATA,
    types.MANIFEST: Keeps.DATA,  # if an operator keeps data in it
    types.DEPLOYMENT: Keeps.DATA,  # if it has a product that keeps data, and no volume
    types.PASSWORD: Keeps.KEY,  # generated secrets of the plan: see tracking
    types.STATEFUL_SET: Keeps.NOTHING,  # its claims are resources of their own
    **dict.fromkeys(
        (
            types.AUTOSCALER,
            types.CONFIG_MAP,
            types.CRON_JOB,
            types.DISRUPTION_BUDGET,
            types.INGRESS,
            types.JOB,
            types.NAMESPACE,  # what is in it goes too, and Terraform destroys its claims before
            types.NETWORK_POLICY,
            types.PUSHED,  # the registry keeps it
            types.REVISION,
            types.SECRET,
            types.SERVICE,
            types.SERVICE_ACCOUNT,
        ),
        Keeps.NOTHING,
    ),
}
"""Each type of :mod:`.resource_types`. A test requires a line for each."""
