"""What reports show of deployed resources on Kubernetes: attributes of the Kubernetes provider."""

from __future__ import annotations

from camp2iac.targets.deployed import AttributeText, DeployedType, Inventory
from camp2iac.targets.kubernetes import resource_types as types

_text = AttributeText
_NAMED = (_text("{name}", "metadata"),)

INVENTORY = Inventory(
    {
        types.NAMESPACE: DeployedType("namespace", state=_NAMED),
        types.DEPLOYMENT: DeployedType("Deployment", state=_NAMED),
        types.STATEFUL_SET: DeployedType("StatefulSet", state=_NAMED),
        types.JOB: DeployedType("Job", state=_NAMED),
        types.CRON_JOB: DeployedType("CronJob", state=(_text("{schedule} {timezone}", "spec"),)),
        types.SERVICE: DeployedType("Service", answers=(_text("{cluster_ip}", "spec"),)),
        types.INGRESS: DeployedType("Ingress", answers=(_text("{host}", "spec.rule"),)),
        types.SERVICE_ACCOUNT: DeployedType("service account", state=_NAMED),
        types.CONFIG_MAP: DeployedType("ConfigMap", state=_NAMED),
        types.SECRET: DeployedType("Secret", state=_NAMED),
        types.NETWORK_POLICY: DeployedType("network policy", state=_NAMED),
        types.AUTOSCALER: DeployedType("autoscaler", state=_NAMED),
        types.DISRUPTION_BUDGET: DeployedType("disruption budget", state=_NAMED),
        types.MANIFEST: DeployedType("object", state=_NAMED),
        types.PUSHED: DeployedType("image", state=(_text("{name}"),)),
        types.CLAIM: DeployedType("volume", state=_NAMED),
    }
)
