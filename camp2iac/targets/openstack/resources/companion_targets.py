"""Outputs ``NAME_targets``: the labelled ports of a companion on each instance, for Prometheus' ``file_sd_configs``."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.synth.module import Value, call, expr, ref, template
from camp2iac.targets.kit import ModuleBuilder
from camp2iac.targets.openstack.layout import names
from camp2iac.targets.openstack.layout.companion_parts import PlacedPart
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup
from camp2iac.targets.openstack.resource_types import PORT


def output(companion: str) -> str:
    """The name of the output."""
    return f"{names.label(companion)}_targets"


def listed(layout: OpenStackLayout) -> tuple[str, ...]:
    """The companions that have such an output."""
    found = (each for parts in layout.parts.values() for each in parts if any(port.labels for port in each.part.ports))
    return tuple(dict.fromkeys(each.asked.companion.name for each in found))


def add(made: ModuleBuilder, layout: OpenStackLayout) -> None:
    """The outputs of all companions."""
    for name in listed(layout):
        own = [each for parts in layout.parts.values() for each in parts if each.asked.companion.name == name]
        title = own[0].asked.companion.title
        made.output(
            output(name),
            f"{title} of each instance, for Prometheus' file_sd_configs.",
            call("flatten", tuple(_targets(layout, name))),
            layout.settings.comment(name),
            layout.environment.key_span(name),
        )


def _targets(layout: OpenStackLayout, companion: str) -> Iterator[Value]:
    """Tier by tier: one target, or a list by instance, for each port."""
    for id_, group in layout.groups.items():
        for each in layout.parts[id_]:
            if each.asked.companion.name == companion:
                yield from _of_part(layout, group, each)


def _of_part(layout: OpenStackLayout, group: MachineGroup, each: PlacedPart) -> Iterator[Value]:
    for port in each.part.ports:
        if not port.labels:
            continue
        labels: dict[str, Value] = {
            "app": layout.app,
            "tier": group.id,
            "component": each.service.id if each.service else "instance",
            **port.labels,
        }
        net = group.nets[0]
        if not group.many:
            local = ref(f"local.{group.local(net)}")
            yield _target(local, port.port, {**labels, "instance": f"{group.app}-{group.first}"})
            continue
        resource = ref(f"{PORT}.{group.label}_{net.label}")
        own = _target(
            ref(resource.address, "[name].all_fixed_ips[0]"),
            port.port,
            {**labels, "instance": template(f"{group.app}-", expr("name"))},
        )
        yield expr("[for name in keys(", group.machines, ") : ", own, "]")


def _target(address: Value, port: int, labels: dict[str, Value]) -> Value:
    return {"targets": (template(address, f":{port}"),), "labels": dict(sorted(labels.items()))}
