"""Metadata of instances and volumes, and tags of the resources that have tags."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from camp2iac.synth.module import Attribute, Value, call, expr, ref, template
from camp2iac.synth.remarks import joined
from camp2iac.targets.kit import ModuleBuilder
from camp2iac.targets.openstack.layout import metadata
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup
from camp2iac.targets.openstack.machine import content


def of(group: MachineGroup, more: Mapping[str, Value] = MappingProxyType({})) -> Value:
    """The metadata of an instance or volume. ``more``: what its software reads."""
    own: dict[str, Value] = {str(key): value for key, value in metadata.of_group(group).items()}
    own |= more
    return call("merge", ref("local.metadata"), own)


def add(made: ModuleBuilder, layout: OpenStackLayout) -> None:
    """The locals ``metadata`` and ``tags``."""
    topology, settings = layout.topology, layout.settings
    known: dict[str, Value] = {str(key): value for key, value in metadata.of_all(topology, layout.environment).items()}
    tags = "tags" in known
    file = topology.file
    where = f"{file}: name. environment: the environment file's name" if layout.environment.file else f"{file}: name"
    more = f"{file}: tags" if tags else ""
    given = settings.comment("metadata") if settings.metadata else ""
    every = expr("[for key, value in ", ref("local.metadata"), " : ", template(expr("key"), "=", expr("value")), "]")
    pair = template(expr("key"), "=", ref("local.metadata", "[key]"))
    own = expr("[for key in ", ("application", "environment"), " : ", pair, "]")
    made.locals(
        layout.regions.home.file,
        Attribute("metadata", {**known, **settings.metadata}, comment=joined(where, more, given)),
        Attribute("tags", own, comment="The first two, for resources with tags.")
        if tags or settings.metadata
        else Attribute("tags", every, comment="The same, for resources with tags."),
        content.left_out(),
    )
