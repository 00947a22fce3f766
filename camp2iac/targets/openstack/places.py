"""What OpenStack has a place for: the kinds of statements, what can become of each, and why."""

from __future__ import annotations

from camp2iac.targets.base import Outcome
from camp2iac.targets.kit import Place

_KEPT, _DEGRADED, _LOST = Outcome.KEPT, Outcome.DEGRADED, Outcome.LOST

PLACES = (
    Place("artifact", (_KEPT,)),
    Place(
        "option", (_KEPT, _DEGRADED), "camp2iac serves WSGI applications with gunicorn, whatever server the plan names."
    ),
    Place("env", (_KEPT, _LOST), "A component that is only files runs nothing that reads variables."),
    Place("process", (_KEPT, _DEGRADED), "release and clock run on every machine of a tier with several."),
    Place("connect", (_KEPT, _LOST), "A component that is only files runs nothing that reads variables."),
    Place("load", (_KEPT,)),
    Place("expose.port", (_KEPT,)),
    Place("expose.as", (_KEPT, _DEGRADED), "Without a balancer, users ask the port on which the process listens."),
    Place("expose.public", (_KEPT,)),
    Place("expose.default", (_KEPT,)),
    Place("expose.hosts", (_DEGRADED, _KEPT), "camp2iac makes DNS records where the environment names the zone."),
    Place("expose.tls", (_KEPT,)),
    Place("not exposed", (_KEPT,)),
    Place("product", (_KEPT, _LOST), "A service that exists elsewhere is used as it is."),
    Place("version", (_KEPT, _LOST), "A service that exists elsewhere is used as it is."),
    Place("attribute", (_KEPT, _LOST), "A service that exists elsewhere is used as it is."),
    Place("href", (_KEPT,)),
    Place("scale", (_KEPT,)),
    Place("compute", (_KEPT,)),
    Place("volume", (_KEPT,)),
    Place("ports", (_KEPT,)),
    Place("balance", (_KEPT, _DEGRADED), "Without Octavia, one machine with HAProxy stands before the tier."),
    Place("tier", (_KEPT,)),
    Place("networks", (_KEPT,)),
    Place("region", (_KEPT, _DEGRADED), "The environment may put a tier into another region."),
    Place("zone", (_KEPT, _DEGRADED), "The environment may put a tier into another zone."),
    Place("spread", (_KEPT,)),
    Place("together", (_KEPT, _LOST), "A tier that is also to be spread over hosts is spread."),
    Place("floating", (_KEPT, _LOST), "What the plan exposes to the public without a balancer needs an address."),
    Place("key_pair", (_KEPT, _DEGRADED), "The environment may name another key pair."),
    Place("security_groups", (_KEPT,)),
    Place("network", (_KEPT,)),
    Place("parameter", (_KEPT,)),
    Place("secret", (_KEPT,)),
    Place("extension", (_LOST,), "camp2iac cannot know what they mean."),
)
