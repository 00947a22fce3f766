"""The possible outcomes of each kind of statement on Kubernetes, with the reasons."""

from __future__ import annotations

from camp2iac.targets.base import Outcome
from camp2iac.targets.kit import Place

_KEPT, _DEGRADED, _LOST = Outcome.KEPT, Outcome.DEGRADED, Outcome.LOST
_NO_IMAGE = "camp2iac knows no image for some products."
_IMAGE = "The official image decides which settings it has."
_CLUSTER = "A cluster is in one place, which the context of the environment file selects."

PLACES = (
    Place("artifact", (_KEPT, _LOST), _NO_IMAGE),
    Place("option", (_KEPT, _DEGRADED, _LOST), _IMAGE),
    Place("env", (_KEPT, _LOST), _NO_IMAGE),
    Place("process", (_KEPT, _LOST), _NO_IMAGE),
    Place("schedule", (_KEPT, _LOST), "A CronJob cannot require a day of the month and a day of the week."),
    Place("packages", (_KEPT, _LOST), "An image of your own has its own packages."),
    Place("connect", (_KEPT, _LOST), _NO_IMAGE),
    Place("load", (_KEPT, _LOST), "The official image decides what it loads when it first starts."),
    Place("expose.port", (_KEPT, _LOST), _NO_IMAGE),
    Place("expose.as", (_KEPT, _DEGRADED, _LOST), "An Ingress has the ports 80 and 443."),
    Place("expose.public", (_KEPT, _LOST), _NO_IMAGE),
    Place("expose.default", (_KEPT, _LOST), _NO_IMAGE),
    Place("expose.hosts", (_KEPT, _DEGRADED, _LOST), "A Route has one host, and a load balancer has none."),
    Place("expose.tls", (_KEPT, _DEGRADED, _LOST), "Certificates belong to the cluster or to the environment file."),
    Place("not exposed", (_KEPT,)),
    Place("product", (_KEPT, _DEGRADED, _LOST), f"{_NO_IMAGE} A pod loses the data of a service without a Volume."),
    Place("version", (_KEPT, _DEGRADED, _LOST), _IMAGE),
    Place("attribute", (_KEPT, _DEGRADED, _LOST), _IMAGE),
    Place("href", (_KEPT,)),
    Place("scale", (_KEPT, _DEGRADED, _LOST), "An autoscaler needs the number of cores, and pods without volumes."),
    Place("compute", (_KEPT, _DEGRADED), "The nodes of the cluster have their own sizes and operating systems."),
    Place("volume", (_KEPT, _DEGRADED, _LOST), "The cluster decides which kinds of storage it has."),
    Place("ports", (_KEPT, _DEGRADED), "A policy opens ports of pods. From outside, only ports of Expose are reached."),
    Place("balance", (_KEPT, _DEGRADED, _LOST), "The cluster's Services and its ingress controller choose the pod."),
    Place("tier", (_DEGRADED, _KEPT), "Each service and each process has pods of its own."),
    Place("networks", (_DEGRADED,), "A cluster has one network. Policies allow what the plan connects."),
    Place("region", (_LOST,), _CLUSTER),
    Place("zone", (_LOST,), _CLUSTER),
    Place("spread", (_KEPT, _LOST), "One pod cannot be spread."),
    Place("together", (_KEPT, _LOST), "One pod is on one node."),
    Place("floating", (_LOST, _KEPT), "Pods have no addresses outside the cluster."),
    Place("key_pair", (_LOST,), "You do not log in to a pod with a key."),
    Place("security_groups", (_LOST,), "A cluster has no security groups. Policies allow what the plan connects."),
    Place("network", (_DEGRADED,), "A cluster has one network. Policies allow what the plan connects."),
    Place("parameter", (_KEPT,)),
    Place("secret", (_KEPT,)),
    Place("previously", (_KEPT,)),
    Place("extension", (_LOST,), "camp2iac does not know what extensions mean."),
)
