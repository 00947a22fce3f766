"""What Heroku keeps, degrades and loses, for each kind of statement, and why."""

from __future__ import annotations

from camp2iac.targets.base import Outcome
from camp2iac.targets.kit import Place

_KEPT, _DEGRADED, _LOST = Outcome.KEPT, Outcome.DEGRADED, Outcome.LOST
_ROUTER = "Heroku's router serves one HTTP endpoint of each app"
_CHOICE = "Heroku decides which hosts run what"

PLACES = (
    Place(
        "artifact",
        (_KEPT, _DEGRADED, _LOST),
        "Heroku builds what it has a buildpack for. camp2iac cannot add files to an archive that Heroku downloads.",
    ),
    Place("option", (_KEPT, _DEGRADED, _LOST), "The buildpack or the add-on decides some options."),
    Place(
        "env",
        (_KEPT, _DEGRADED, _LOST),
        "Heroku has no addresses, ports or passwords to refer to. The environment file sets other values.",
    ),
    Place(
        "process", (_KEPT, _LOST), "A component without a buildpack is not deployed. Some buildpacks run no `build`."
    ),
    Place("schedule", (_DEGRADED, _LOST), "Terraform cannot configure Heroku Scheduler. A person adds each job."),
    Place("packages", (_DEGRADED, _LOST), "A buildpack unpacks packages of Ubuntu, and runs no script of theirs."),
    Place(
        "connect",
        (_DEGRADED, _KEPT, _LOST),
        "The URLs of add-ons have their own schemes, such as postgres:// or rediss://. Calls go through the public "
        "router.",
    ),
    Place(
        "load", (_DEGRADED, _LOST), "The release command loads SQL into PostgreSQL. You load everything else manually."
    ),
    Place("expose.port", (_DEGRADED, _LOST), f"{_ROUTER}. The dyno listens on $PORT."),
    Place("expose.as", (_KEPT, _DEGRADED, _LOST), f"{_ROUTER}, on ports 80 and 443."),
    Place("expose.public", (_KEPT, _LOST), "Only an app in a Private Space can be internal."),
    Place(
        "expose.default",
        (_LOST,),
        "An app is public unless the plan has `public: false` and the app is in a Private Space.",
    ),
    Place(
        "expose.hosts",
        (_KEPT, _DEGRADED, _LOST),
        "Heroku issues automatic certificates only for single names, not for wildcards.",
    ),
    Place(
        "expose.tls",
        (_KEPT, _DEGRADED, _LOST),
        "The router always serves TLS as well. Wildcards and internal apps get no certificate.",
    ),
    Place("not exposed", (_LOST, _KEPT), "An app is public: everyone who knows its name can reach it."),
    Place(
        "product",
        (_KEPT, _DEGRADED, _LOST),
        "Heroku has no add-on or buildpack for some products, and Valkey for Redis.",
    ),
    Place("version", (_KEPT, _DEGRADED, _LOST), "Some vendors and buildpacks choose the release."),
    Place("attribute", (_LOST, _KEPT), "Add-ons and buildpacks have few settings."),
    Place("href", (_KEPT,)),
    Place(
        "scale",
        (_KEPT, _DEGRADED, _LOST),
        "There is one instance of an add-on. The limits of Heroku's autoscaling are set in the dashboard.",
    ),
    Place(
        "compute", (_DEGRADED, _KEPT, _LOST), "Dynos and add-on plans have fixed sizes. A dyno has no persistent disk."
    ),
    Place(
        "volume",
        (_DEGRADED, _KEPT, _LOST),
        "The add-on's plan decides its storage. A dyno's disk is empty after each restart.",
    ),
    Place("ports", (_LOST,), "Only Heroku's router reaches a dyno, over HTTP on one port."),
    Place("balance", (_DEGRADED, _LOST), "Heroku's router distributes requests randomly and has no health checks."),
    Place("tier", (_DEGRADED, _KEPT, _LOST), "Each component becomes its own app, and each service an add-on."),
    Place("networks", (_LOST, _DEGRADED), "Apps share Heroku's network. A Private Space is one network."),
    Place("region", (_LOST, _KEPT), "Heroku has its own regions, and an environment is in one of them."),
    Place("zone", (_LOST,), f"{_CHOICE}, and in which zone."),
    Place("spread", (_LOST,), f"{_CHOICE}."),
    Place("together", (_LOST,), f"{_CHOICE}."),
    Place("floating", (_LOST, _KEPT), "Apps are behind Heroku's router and have no addresses."),
    Place("key_pair", (_LOST,), "You cannot log in to a dyno or an add-on with a key."),
    Place("security_groups", (_LOST,), "Heroku has no security groups."),
    Place("network", (_LOST, _DEGRADED), "Apps share Heroku's network. A Private Space is one network."),
    Place("parameter", (_KEPT,)),
    Place("secret", (_KEPT,)),
    Place("previously", (_KEPT,)),
    Place("extension", (_LOST,), "camp2iac does not know what extensions mean."),
)
