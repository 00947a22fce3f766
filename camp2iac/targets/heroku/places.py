"""What Heroku has a place for: the kinds of statements, what can become of each, and why."""

from __future__ import annotations

from camp2iac.targets.base import Outcome
from camp2iac.targets.kit import Place

_KEPT, _DEGRADED, _LOST = Outcome.KEPT, Outcome.DEGRADED, Outcome.LOST
_ROUTER = "Heroku's router serves one HTTP endpoint of each app"
_CHOICE = "Heroku alone decides which machines run what"

PLACES = (
    Place(
        "artifact",
        (_KEPT, _DEGRADED, _LOST),
        "Heroku builds what it has a buildpack for, and adds nothing to an archive that it fetches.",
    ),
    Place("option", (_KEPT, _DEGRADED, _LOST), "The buildpack or the add-on decides some of them."),
    Place(
        "env",
        (_KEPT, _DEGRADED, _LOST),
        "Addresses, ports and passwords do not exist: the environment file gives other values.",
    ),
    Place("process", (_KEPT, _LOST), "A component without a buildpack is left out."),
    Place(
        "connect",
        (_DEGRADED, _KEPT, _LOST),
        "Add-ons write their URLs in their own form, such as postgres:// or rediss://.",
    ),
    Place(
        "load", (_DEGRADED, _LOST), "The release command loads SQL into PostgreSQL. You load everything else by hand."
    ),
    Place("expose.port", (_DEGRADED, _LOST), f"{_ROUTER}. The dyno listens on $PORT."),
    Place("expose.as", (_KEPT, _DEGRADED, _LOST), f"{_ROUTER}, on ports 80 and 443."),
    Place("expose.public", (_KEPT, _LOST), "Only an app in a Private Space can be internal."),
    Place(
        "expose.default",
        (_LOST,),
        "An app is public unless the plan says `public: false` and a Private Space hides it.",
    ),
    Place("expose.hosts", (_KEPT, _DEGRADED, _LOST), "Automatic certificates are for single names, not for wildcards."),
    Place(
        "expose.tls",
        (_KEPT, _DEGRADED, _LOST),
        "The router always answers with TLS as well. Wildcards and internal apps get no certificate.",
    ),
    Place("not exposed", (_LOST, _KEPT), "An app is public: whoever knows its name reaches it."),
    Place("product", (_KEPT, _LOST), "Heroku has no add-on or buildpack for some products."),
    Place("version", (_KEPT, _DEGRADED, _LOST), "Some vendors and buildpacks choose the release."),
    Place("attribute", (_LOST, _KEPT), "Add-ons and buildpacks take few settings."),
    Place("href", (_KEPT,)),
    Place(
        "scale",
        (_KEPT, _DEGRADED, _LOST),
        "An add-on is one. Heroku's autoscaling takes its limits from the dashboard.",
    ),
    Place(
        "compute", (_DEGRADED, _KEPT, _LOST), "Dynos and add-on plans have fixed sizes; a dyno has no disk that lasts."
    ),
    Place(
        "volume",
        (_DEGRADED, _KEPT, _LOST),
        "The add-on's plan decides its storage. A dyno's disk is empty after each restart.",
    ),
    Place("ports", (_LOST,), "Only Heroku's router reaches a dyno, by HTTP on one port."),
    Place("balance", (_DEGRADED, _LOST), "Heroku's router spreads requests by chance and asks no health path."),
    Place("tier", (_DEGRADED,), "Each component is an app of its own, and each service an add-on."),
    Place("networks", (_LOST, _DEGRADED), "Apps share Heroku's network. A Private Space is one network."),
    Place("region", (_LOST, _KEPT), "Heroku has regions of its own, and an environment is in one of them."),
    Place("zone", (_LOST,), f"{_CHOICE}, in which zone."),
    Place("spread", (_LOST,), f"{_CHOICE}."),
    Place("together", (_LOST,), f"{_CHOICE}."),
    Place("floating", (_LOST, _KEPT), "Apps are behind Heroku's router and have no address of their own."),
    Place("key_pair", (_LOST,), "Nobody logs in to a dyno or an add-on with a key."),
    Place("security_groups", (_LOST,), "Heroku has no security groups."),
    Place("network", (_LOST, _DEGRADED), "Apps share Heroku's network. A Private Space is one network."),
    Place("parameter", (_KEPT,)),
    Place("secret", (_KEPT,)),
    Place("extension", (_LOST,), "camp2iac cannot know what they mean."),
)
