"""The possible outcomes of each kind of statement on OpenStack, with the reasons."""

from __future__ import annotations

from camp2iac.targets.base import Outcome
from camp2iac.targets.kit import Place

_KEPT, _DEGRADED, _LOST = Outcome.KEPT, Outcome.DEGRADED, Outcome.LOST

PLACES = (
    Place("artifact", (_KEPT,)),
    Place(
        "option", (_KEPT, _DEGRADED), "camp2iac serves WSGI applications with gunicorn, whatever server the plan names."
    ),
    Place("env", (_KEPT, _LOST), "A component that consists only of files has no process that reads variables."),
    Place(
        "process",
        (_KEPT, _DEGRADED),
        "clock runs on every instance of the tier. release runs on one if the instances share a database.",
    ),
    Place("schedule", (_KEPT, _DEGRADED), "Without a database that instances share, only the first instance runs it."),
    Place("packages", (_KEPT, _LOST), "A container has its own packages."),
    Place("connect", (_KEPT, _LOST), "A component that consists only of files has no process that reads variables."),
    Place("load", (_KEPT,)),
    Place("expose.port", (_KEPT,)),
    Place("expose.as", (_KEPT, _DEGRADED), "Without a load balancer, users connect to the port of the process."),
    Place("expose.public", (_KEPT,)),
    Place("expose.default", (_KEPT,)),
    Place("expose.hosts", (_DEGRADED, _KEPT), "camp2iac creates DNS records if the environment file has the zone."),
    Place("expose.tls", (_KEPT,)),
    Place("not exposed", (_KEPT,)),
    Place("product", (_KEPT,)),
    Place("version", (_KEPT, _LOST), "camp2iac does not configure a service that exists elsewhere."),
    Place("attribute", (_KEPT, _LOST), "camp2iac does not configure a service that exists elsewhere."),
    Place("href", (_KEPT,)),
    Place("scale", (_KEPT,)),
    Place("compute", (_KEPT,)),
    Place("volume", (_KEPT,)),
    Place("ports", (_KEPT,)),
    Place("balance", (_KEPT, _DEGRADED), "Without Octavia, camp2iac uses one instance with HAProxy."),
    Place("tier", (_KEPT, _DEGRADED), "A product that is a server also runs on the tier of a process."),
    Place("networks", (_KEPT,)),
    Place("region", (_KEPT, _DEGRADED), "The environment file can place a tier in another region."),
    Place("zone", (_KEPT, _DEGRADED), "The environment file can place a tier in another zone."),
    Place("spread", (_KEPT,)),
    Place("together", (_KEPT, _LOST), "If a tier has both spread and together, camp2iac uses spread."),
    Place("floating", (_KEPT, _LOST), "A public component without a load balancer needs floating IPs."),
    Place("key_pair", (_KEPT, _DEGRADED), "The environment file can set another key pair."),
    Place("security_groups", (_KEPT,)),
    Place("network", (_KEPT,)),
    Place("parameter", (_KEPT,)),
    Place("secret", (_KEPT,)),
    Place("previously", (_KEPT,)),
    Place("extension", (_LOST,), "camp2iac does not know what extensions mean."),
)
