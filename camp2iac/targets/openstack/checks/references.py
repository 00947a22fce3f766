"""References to ports, passwords and addresses that do not exist."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from camp2iac.diagnostics import Diagnostic
from camp2iac.diagnostics.suggest import listed
from camp2iac.targets.kit.references import tier_of
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup
from camp2iac.topology.model import Reference


def check(layout: OpenStackLayout) -> Iterator[Diagnostic]:
    """CAMP406."""
    for _, text in layout.topology.texts:
        for reference in text.references:
            fault = _fault(layout, reference)
            if fault:
                yield Diagnostic(
                    "CAMP406",
                    f"{_words(reference)} has no value: {reference.name} {fault}",
                    reference.span,
                    label=fault,
                    help=_instead(layout, reference),
                )


def _fault(layout: OpenStackLayout, reference: Reference) -> str:
    match reference.kind:
        case "PORT" if reference.name not in layout.ports:
            return "listens on no port"
        case "PASSWORD" if reference.name not in layout.passwords:
            return "has no password"
        case "IP" | "IPALL":
            group = _group(layout, reference)
            if group is None:
                return "has no instances"
            if reference.network and reference.network not in _networks(group):
                return f"is not on the network {reference.network}"
    return ""


def _group(layout: OpenStackLayout, reference: Reference) -> MachineGroup | None:
    return layout.groups.get(tier_of(layout.topology, reference.name))


def _words(reference: Reference) -> str:
    where = f", {reference.network}" if reference.network else ""
    return f"{reference.kind}({reference.name}{where})"


def _networks(group: MachineGroup) -> list[str]:
    return [net.id for net in group.nets]


def _instead(layout: OpenStackLayout, reference: Reference) -> str:
    kind = reference.kind
    if kind in ("IP", "IPALL") and reference.network and (group := _group(layout, reference)):
        there = [f"{kind}({reference.name}, {net})" for net in _networks(group) if net in layout.topology.networks]
        return f"write  {listed(there or [f'{kind}({reference.name})'], 'or')}"
    have: Mapping[str, object] = {"PORT": layout.ports, "PASSWORD": layout.passwords}.get(kind, layout.groups)
    known = listed([f"{kind}({name})" for name in sorted(have)][:5], "or")
    return f"write  {known}" if known else "write the value itself"
