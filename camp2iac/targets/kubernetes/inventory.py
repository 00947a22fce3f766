"""What reports show of deployed resources on Kubernetes: attributes of the Kubernetes provider.

Its blocks ``metadata``, ``spec`` and ``status`` are lists of one object.
"""

from __future__ import annotations

from camp2iac.targets.deployed import AttributeText, DeployedType, Inventory
from camp2iac.targets.kubernetes import resource_types as types

_text = AttributeText
_NAMED = (_text("{name}", "metadata"),)
_IMAGE = _text("{image}", "spec.template.spec.container")
_PODS = _text("replicas: {replicas}", "spec")
_BALANCER = (_text("{hostname}", "status.load_balancer.ingress"), _text("{ip}", "status.load_balancer.ingress"))

INVENTORY = Inventory(
    {
        types.NAMESPACE: DeployedType("namespace", state=_NAMED),
        types.DEPLOYMENT: DeployedType("Deployment", state=(_PODS, _IMAGE)),
        types.STATEFUL_SET: DeployedType("StatefulSet", state=(_PODS, _IMAGE)),
        types.JOB: DeployedType("Job", state=(_IMAGE,)),
        types.CRON_JOB: DeployedType("CronJob", state=(_text("{schedule} {timezone}", "spec"),)),
        types.SERVICE: DeployedType(
            "Service",
            answers=(_text("{name}.{namespace}", "metadata"), *_BALANCER),
            state=(_text("{protocol} {port}", "spec.port"),),
        ),
        types.INGRESS: DeployedType("Ingress", answers=(_text("{host}", "spec.rule"), *_BALANCER)),
        types.SERVICE_ACCOUNT: DeployedType("service account", state=_NAMED),
        types.CONFIG_MAP: DeployedType("ConfigMap", state=_NAMED),
        types.SECRET: DeployedType("Secret", state=_NAMED),
        types.NETWORK_POLICY: DeployedType("network policy", state=_NAMED),
        types.AUTOSCALER: DeployedType("autoscaler", state=(_text("{min_replicas} to {max_replicas} pods", "spec"),)),
        types.DISRUPTION_BUDGET: DeployedType("disruption budget", state=_NAMED),
        types.MANIFEST: DeployedType("object", state=(_text("{kind}", "object"), _text("{name}", "object.metadata"))),
        types.PUSHED: DeployedType("image", state=(_text("{name}"),)),
        types.CLAIM: DeployedType("volume", state=(*_NAMED, _text("{storage}", "spec.resources.requests"))),
    }
)
