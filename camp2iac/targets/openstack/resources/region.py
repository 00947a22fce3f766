"""What the machines of a region share: the way out, networks, the group of all, images, key pair; one file a region."""

from __future__ import annotations

from collections.abc import Mapping

from camp2iac.diagnostics import Diagnostic, Diagnostics
from camp2iac.synth.module import Attribute, Block, Value, expr, ref, template
from camp2iac.targets.base import Environment
from camp2iac.targets.openstack.layout import images, key_pairs, names, networks
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup
from camp2iac.targets.openstack.layout.networks import Net
from camp2iac.targets.openstack.layout.regions import Region, Regions
from camp2iac.targets.openstack.layout.settings import OpenStackSettings
from camp2iac.targets.openstack.machine import content
from camp2iac.targets.openstack.resources import security_groups
from camp2iac.topology.ids import slug
from camp2iac.topology.model import Topology

_LONGEST = 255  # of a value in Nova's metadata
_OURS = ("application", "environment", "region", "tags", "tier")


def described(topology: Topology, environment: Environment, settings: OpenStackSettings) -> Block:
    """The locals that are written on all that is made: ``metadata``, and ``tags`` for what has tags."""
    known: dict[str, Value] = {"application": names.application(topology), "environment": slug(environment.name)}
    words = ", ".join(topology.tags)
    more: dict[str, Value] = {"tags": words} if words and len(words) <= _LONGEST else {}
    file = topology.file
    where = f"{file}: name; the environment is named by its file" if environment.file else f"{file}: name"
    where += f"\n{file}: tags" if more else ""
    where += f"\n{settings.comment('metadata')}" if settings.metadata else ""
    every = expr("[for key, value in ", ref("local.metadata"), " : ", template(expr("key"), "=", expr("value")), "]")
    pair = template(expr("key"), "=", expr("local.metadata[key]"))
    own = expr('[for key in ["application", "environment"] : ', pair, "]")
    return Block(
        "locals",
        body=(
            Attribute("metadata", {**known, **more, **settings.metadata}, comment=where),
            Attribute("tags", own, comment="The first two, for what has tags.")
            if more or settings.metadata
            else Attribute("tags", every, comment="The same, for what has tags."),
            content.left_out(),
        ),
    )


def check(environment: Environment, diagnostics: Diagnostics) -> None:
    """CAMP623: metadata of the operator's under a key that is ours."""
    for key in environment.get("metadata", default={}):
        if key in _OURS:
            diagnostics.add(
                Diagnostic(
                    "CAMP623",
                    f"{environment.shown} sets metadata that camp2iac writes itself: {key}",
                    environment.span("metadata", key),
                    label="there would be two values",
                    help=f"write another key, such as  my-{key}",
                )
            )


def blocks(region: Region, app: str, nets: Mapping[str, Net], shapes: Mapping[str, MachineGroup]) -> list[Block]:
    """All of a region."""
    here = [shape for shape in shapes.values() if shape.region is region]
    made = networks.way_out(region, app)
    for net in nets.values():
        made += networks.blocks(net, app) if net.region is region else []
    made += security_groups.everyone(app, region) if here else []
    made += security_groups.there(here)
    made += images.blocks(here)
    return region.place([*made, *key_pairs.made(region, app)])


def optional(regions: Regions) -> frozenset[str]:
    """The addresses of what is left out where nothing refers to it: ways out, key pairs, answered questions."""
    found = {"data.openstack_dns_zone_v2.main"}
    for region in regions.all:
        router, leads = f"{networks.ROUTER}.{region.label('main')}", region.label("external")
        found |= {router, f"data.{router}", f"data.{networks.NETWORK}.{leads}"}
        found |= {f"{key_pairs.KEY_PAIR}.{region.label('machine')}"}
        found |= {f"var.{networks.question(region)}", f"var.{key_pairs.question(region)}"}
    return frozenset(found)
