"""The possible outcomes of each kind of statement on Docker, with the reasons."""

from __future__ import annotations

from camp2iac.targets.base import Outcome
from camp2iac.targets.kit import Place

_KEPT, _DEGRADED, _LOST = Outcome.KEPT, Outcome.DEGRADED, Outcome.LOST
_ONE = "All containers run on one computer."
_NO_IMAGE = "camp2iac knows no image for some products."
_IMAGE = "The official image decides which settings it has."

PLACES = (
    Place("artifact", (_KEPT, _LOST), _NO_IMAGE),
    Place("option", (_KEPT, _DEGRADED, _LOST), _IMAGE),
    Place("env", (_KEPT, _LOST), _NO_IMAGE),
    Place("process", (_KEPT, _LOST), _NO_IMAGE),
    Place("schedule", (_KEPT, _LOST), "camp2iac adds nothing to an image that it does not generate."),
    Place("packages", (_KEPT, _LOST), "An image of your own has its own packages."),
    Place("connect", (_KEPT, _LOST), _NO_IMAGE),
    Place("load", (_KEPT, _LOST), "The official image decides what it loads when it first starts."),
    Place("expose.port", (_KEPT, _LOST), _NO_IMAGE),
    Place("expose.as", (_DEGRADED, _KEPT, _LOST), "Ports below 1024 need rights on most computers."),
    Place("expose.public", (_KEPT, _LOST), _NO_IMAGE),
    Place("expose.default", (_KEPT, _LOST), _NO_IMAGE),
    Place("expose.hosts", (_LOST,), "Users connect to localhost."),
    Place("expose.tls", (_LOST, _KEPT), "Users connect to localhost, which has no certificate."),
    Place("not exposed", (_KEPT,)),
    Place("product", (_KEPT, _LOST), _NO_IMAGE),
    Place("version", (_KEPT, _LOST), _IMAGE),
    Place("attribute", (_KEPT, _DEGRADED, _LOST), _IMAGE),
    Place("href", (_KEPT,)),
    Place("scale", (_KEPT, _LOST), _NO_IMAGE),
    Place("compute", (_DEGRADED,), "Containers share the cores and the memory of the engine."),
    Place("volume", (_DEGRADED, _LOST), "The engine does not limit the size of a volume."),
    Place(
        "ports",
        (_DEGRADED, _LOST),
        "Containers of a network reach each other on all ports. Only ports of Expose are published.",
    ),
    Place("balance", (_KEPT, _LOST), "camp2iac balances only components that answer requests."),
    Place("tier", (_DEGRADED, _KEPT), "Each service and each process has a container of its own."),
    Place("networks", (_KEPT,)),
    Place("region", (_LOST,), _ONE),
    Place("zone", (_LOST,), _ONE),
    Place("spread", (_LOST,), _ONE),
    Place("together", (_LOST,), _ONE),
    Place("floating", (_LOST, _KEPT), _ONE),
    Place("key_pair", (_LOST,), "You do not log in to a container with a key."),
    Place("security_groups", (_LOST,), "Docker has no security groups, only networks."),
    Place("network", (_KEPT, _DEGRADED), "Containers use the engine's name server."),
    Place("parameter", (_KEPT,)),
    Place("secret", (_KEPT,)),
    Place("previously", (_KEPT,)),
    Place("extension", (_LOST,), "camp2iac does not know what extensions mean."),
)
