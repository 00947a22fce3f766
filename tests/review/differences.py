"""Differences as the comparison constructs them, for tests of the formats."""

from __future__ import annotations

from camp2iac.record import replace
from camp2iac.review.difference.model import (
    AbandonedData,
    Action,
    Cause,
    CostChange,
    Difference,
    Downtime,
    EnvironmentDifference,
    PartEdge,
    PartNode,
    PortabilityChange,
    Refusal,
    RegionChange,
    ReleaseChange,
    ResourceChange,
    SecretChange,
    SizeChange,
    SourceLine,
    StateChange,
    TrafficChange,
)

PARTS = (
    PartNode("the Internet", kind="outside"),
    PartNode("shop", "shop", "component"),
    PartNode("web", "web", "tier"),
    PartNode("database", "database", "service"),
    PartNode("queue", "queue", "service"),
)
EDGES = (
    PartEdge("the Internet", "web", "HTTPS"),
    PartEdge("web", "shop"),
    PartEdge("shop", "database", "PostgreSQL"),
    PartEdge("shop", "queue", "Redis"),
)


def cause(what: str, number: int, before: str, after: str, file: str = "camp.yaml", moved: int = 0) -> Cause:
    """A cause in a file; an empty text: there is no such line."""
    old = SourceLine(file, number, before) if before else None
    return Cause(what, old, SourceLine(file, number + moved, after) if after else None)


def of(*environments: EnvironmentDifference) -> Difference:
    """A difference of the shop."""
    return Difference("shop", "main (4f2c91a)", "work tree", environments)


def openstack(name: str = "production") -> EnvironmentDifference:
    """An environment in which nothing differs."""
    return EnvironmentDifference(name, "openstack", parts=PARTS, edges=EDGES)


def nothing() -> Difference:
    """No environment differs."""
    return of(openstack("staging"), openstack())


def text() -> Difference:
    """A text of the plan changes: instances are updated in place, and install a release."""
    why = (cause("shop, Env GREETING", 18, "GREETING: Welcome", "GREETING: Hello"),)
    rerun = [
        ResourceChange(
            f'openstack_compute_instance_v2.web["{number}"]',
            Action.RERUN,
            "web",
            "tier",
            "instance",
            arguments=("metadata",),
            causes=why,
        )
        for number in (1, 2)
    ]
    tags = ResourceChange(
        "openstack_objectstorage_object_v1.shop_release",
        Action.UPDATE,
        "shop",
        "component",
        "release",
        arguments=("content",),
        causes=why,
    )
    return of(replace(openstack(), resources=(*rerun, tags)))


def lost() -> Difference:
    """A Volume is removed: the data of the database go, in production; staging has no volume."""
    gone = (
        cause("database, Volume data", 31, "- volume: { name: data, size: 20 GiB }", ""),
        cause("database, Volume data", 12, "volumes: { data: { type: ssd } }", "", "environments/production.yaml"),
    )
    data = "PostgreSQL's data"
    resources = (
        ResourceChange(
            "openstack_blockstorage_volume_v3.database_data",
            Action.DESTROY,
            "database",
            "service",
            "volume data",
            causes=gone,
            data=data,
        ),
        ResourceChange(
            "openstack_compute_volume_attach_v2.database_data",
            Action.DESTROY,
            "database",
            "service",
            "attachment of volume data",
            causes=gone,
        ),
        ResourceChange(
            "openstack_compute_instance_v2.database",
            Action.REPLACE,
            "database",
            "tier",
            "instance",
            arguments=("user_data",),
            causes=gone,
        ),
        ResourceChange(
            'openstack_compute_instance_v2.web["1"]',
            Action.RERUN,
            "web",
            "tier",
            "instance",
            arguments=("metadata",),
            causes=(Cause("address of database"),),
        ),
    )
    production = replace(
        openstack(),
        resources=resources,
        downtimes=(Downtime("database", "its instance is recreated"), Downtime("shop", "it needs database")),
        sizes=(SizeChange("GiB of volumes", 20, 0),),
        portability=(
            PortabilityChange(
                "database", "Volume data", "kept", "", "PostgreSQL keeps its data on the disk of the instance"
            ),
        ),
    )
    web = replace(
        resources[2], address='openstack_compute_instance_v2.web["1"]', node="web", causes=gone[:1], arguments=("tags",)
    )
    staging = replace(openstack("staging"), resources=(replace(web, action=Action.UPDATE),))
    return of(production, staging)


def abandoned() -> Difference:
    """Another release of a database on the same volume."""
    why = "PostgreSQL 17 does not start with the data of PostgreSQL 15"
    data = AbandonedData("database", "volume data", "PostgreSQL's data", why)
    return of(replace(openstack(), abandoned=(data,), releases=(ReleaseChange("PostgreSQL of database", "15", "17"),)))


def scale() -> Difference:
    """Scale is taken from a tier, and its memory changes."""
    fewer = (cause("web, Scale", 12, "min: 3", "min: 1"),)
    memory = (cause("web, Compute", 9, "memory: 2 GiB", "memory: 4 GiB"),)
    web = ResourceChange("", Action.DESTROY, "web", "tier", "instance")
    resources = (
        *(
            replace(web, address=f'openstack_compute_instance_v2.web["{number}"]', causes=fewer, perhaps=number > 3)
            for number in (2, 3, 4)
        ),
        replace(
            web,
            address='openstack_compute_instance_v2.web["1"]',
            action=Action.REPLACE,
            arguments=("flavor_id",),
            causes=memory,
        ),
        replace(web, address="openstack_lb_loadbalancer_v2.web", words="load balancer", causes=fewer),
        replace(web, address="openstack_lb_listener_v2.web_https", words="listener", causes=fewer),
        *(
            replace(web, address=f'openstack_lb_member_v2.web["{number}"]', words="pool member", causes=fewer)
            for number in (1, 2, 3)
        ),
        replace(
            web,
            address="openstack_networking_floatingip_v2.web",
            previous="openstack_networking_floatingip_v2.web_balancer",
            action=Action.MOVE,
            words="floating IP",
            causes=fewer,
        ),
        replace(
            web,
            address="openstack_networking_secgroup_rule_v2.web_https",
            action=Action.CREATE,
            words="security group rule",
            causes=fewer,
        ),
        replace(
            web,
            address="openstack_networking_floatingip_associate_v2.web",
            action=Action.UPDATE,
            words="association of the floating IP",
            arguments=("port_id",),
            causes=fewer,
        ),
    )
    return of(
        replace(
            openstack(),
            resources=resources,
            downtimes=(Downtime("web", "its only instance is recreated"),),
            traffic=(
                TrafficChange("the Internet", "web", "HTTPS, TCP 443", opens=True, public=True),
                TrafficChange("load balancer", "web", "HTTP, TCP 8080", opens=False),
            ),
            sizes=(SizeChange("instances", 3, 1), SizeChange("cores", 6, 2), SizeChange("GiB of memory", 6, 4)),
            portability=(
                PortabilityChange("web", "Scale: min 1", "kept", "lost", "one instance is not replaced without a gap"),
            ),
        )
    )


def heroku() -> Difference:
    """An app is added on Heroku: it costs more, gets secrets, and uses the database."""
    added = (cause("worker, a new component", 40, "", "- id: worker"),)
    app = ResourceChange("heroku_app.worker", Action.CREATE, "worker", "component", "app", causes=added)
    return of(
        EnvironmentDifference(
            "heroku",
            "heroku",
            resources=(
                app,
                replace(app, address="heroku_build.worker", words="build"),
                replace(app, address='heroku_formation.worker["worker"]', words="dynos of process worker"),
                replace(app, address="heroku_addon_attachment.worker_database", words="attachment of add-on database"),
                ResourceChange(
                    "heroku_addon.database",
                    Action.UPDATE,
                    "database",
                    "service",
                    "add-on heroku-postgresql",
                    arguments=("plan",),
                    causes=(
                        cause(
                            "database, plan",
                            7,
                            "addons: { database: { plan: heroku-postgresql:essential-0, owner: shop } }",
                            "addons: { database: { plan: heroku-postgresql:standard-0, owner: shop } }",
                            "environments/heroku.yaml",
                        ),
                    ),
                ),
            ),
            traffic=(TrafficChange("worker", "database", "PostgreSQL, TCP 5432", opens=True),),
            secrets=(
                SecretChange("smtp_password", comes=True),
                SecretChange("smtp_password", comes=True, node="worker"),
                SecretChange("database_url", comes=True, node="worker"),
            ),
            portability=(
                PortabilityChange(
                    "worker", "Schedule 0 3 * * *", "", "degraded", "Heroku Scheduler has no cron syntax"
                ),
            ),
            costs=(
                CostChange("dynos of worker", 0, 7, "2026-11-01"),
                CostChange("add-on heroku-postgresql", 5, 50, "2026-11-01"),
            ),
            releases=(ReleaseChange("provider heroku/heroku", "5.2.8", "5.3.1"),),
            parts=(
                PartNode("the Internet", kind="outside"),
                PartNode("shop", "shop", "component"),
                PartNode("worker", "worker", "component"),
                PartNode("database", "database", "service"),
            ),
            edges=(
                PartEdge("the Internet", "shop", "HTTPS"),
                PartEdge("shop", "database", "PostgreSQL"),
                PartEdge("worker", "database", "PostgreSQL"),
            ),
        )
    )


def equal() -> Difference:
    """Two environments have the same difference; a third has none."""
    (changed,) = text().environments
    return of(replace(changed, name="staging"), changed, openstack("test"))


def added() -> Difference:
    """An environment is new; another one was removed, and one cannot be compared."""
    new = ResourceChange("openstack_compute_instance_v2.database", Action.CREATE, "database", "tier", "instance")
    resources = (
        new,
        replace(new, address="openstack_blockstorage_volume_v3.database_data", words="volume data", part="service"),
        replace(new, address='openstack_compute_instance_v2.web["1"]', node="web"),
        replace(new, address='openstack_compute_instance_v2.web["2"]', node="web"),
        replace(new, address="openstack_networking_network_v2.front", words="network front", node=""),
    )
    return of(
        replace(openstack("preview"), status="added", resources=resources, sizes=(SizeChange("instances", 0, 3),)),
        EnvironmentDifference("old", "heroku", "removed"),
        replace(openstack(), notes=("the previous version does not compile: error[CAMP201] in camp.yaml:9:25",)),
    )


def broken() -> Difference:
    """A version does not compile for one environment; another one does not change."""
    note = "production does not compile at work tree: stak is not a key (CAMP169)"
    return of(openstack("staging"), EnvironmentDifference("production", "openstack", compared=False, notes=(note,)))


def shrinks() -> Difference:
    """A volume shrinks, which Terraform plans as an update in place, and a network is protected."""
    what = "Keep the size. For a smaller one, add a volume with another name, copy the data, and remove this one."
    why = (cause("database, Volume", 31, "size: 20 GiB", "size: 10 GiB"),)
    address = "openstack_blockstorage_volume_v3.database_data"
    volume = ResourceChange(address, Action.UPDATE, "database", "service", "volume data", "", ("size",), why)
    network = ResourceChange("openstack_networking_network_v2.front", Action.DESTROY, "front", "tier", "network front")
    refusal = Refusal("database", "20 GiB", "10 GiB", what, "volume data", why)
    return of(
        replace(openstack("staging"), resources=(volume,), refusals=(refusal,)),
        replace(openstack(), resources=(volume, replace(network, refused=True)), refusals=(refusal,)),
    )


def many() -> Difference:
    """3,000 resources of 300 parts, which the release of camp2iac changes."""
    why = (Cause("camp2iac 0.9.0 → 0.10.0"),)
    resources = tuple(
        ResourceChange(
            f'openstack_compute_instance_v2.service{part}["{number}"]',
            Action.REPLACE if part % 3 == 0 else Action.UPDATE,
            f"service{part}",
            "tier",
            "instance",
            arguments=("user_data",),
            causes=why,
        )
        for part in range(300)
        for number in range(1, 11)
    )
    parts = tuple(PartNode(f"service{part}", kind="tier") for part in range(300))
    edges = tuple(PartEdge(f"service{part}", f"service{part + 1}", "HTTP") for part in range(299))
    return of(
        replace(
            openstack(),
            resources=resources,
            parts=parts,
            edges=edges,
            releases=(ReleaseChange("camp2iac", "0.9.0", "0.10.0"),),
        )
    )


def region() -> Difference:
    """The region changes: nothing moves."""
    why = (cause("environment, region", 2, "region: eu", "region: us", "environments/production.yaml"),)
    addresses = ("openstack_blockstorage_volume_v3.database_data", "openstack_compute_instance_v2.database")
    return of(replace(openstack(), regions=(RegionChange("eu", "us", ("database", "web"), addresses, why),)))


def state() -> Difference:
    """Nothing changes but the place of the state."""
    key = cause("environment, backend.s3.key", 4, "key: shop", "key: shop/prod", "environments/production.yaml")
    moves = StateChange("the folder of the output", "the backend s3")
    changes = StateChange("the backend s3", "the backend s3", ("key",), (key,))
    return of(
        EnvironmentDifference("production", "openstack", states=(moves,)),
        EnvironmentDifference("staging", "openstack", states=(changes,)),
    )


CASES = {
    each.__name__: each
    for each in (nothing, text, lost, abandoned, scale, heroku, equal, added, broken, shrinks, region, state, many)
}
