"""The ports that tiers open in addition to their links (``org.camp2iac:Ports``)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from camp2iac.diagnostics import Span
from camp2iac.record import replace
from camp2iac.targets.openstack.layout import names, parameters
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup
from camp2iac.targets.openstack.layout.security_group_rules import ANYWHERE, Flow, Ports, SecurityGroupRule, between
from camp2iac.targets.openstack.layout.traffic import Traffic
from camp2iac.topology.model import PortRange


def opened_ports(traffic: Traffic) -> Iterator[SecurityGroupRule]:
    """The security group rules for these ports."""
    for group in traffic.groups.values():
        ranges = [(opened, each.span) for each in group.tier.ports for opened in each.value]
        for opened, span in _joined(ranges):
            yield from _opened(traffic, group, opened, span)


def _joined(ranges: Iterable[tuple[PortRange, Span]]) -> Iterator[tuple[PortRange, Span]]:
    """Merge ranges that overlap. Adjacent ranges stay separate, so that a new one does not change another rule."""
    before: PortRange | None = None
    place: Span | None = None
    for opened, span in sorted(ranges, key=lambda item: (item[0].asked, *_who(item[0]), item[0].first, item[1])):
        if before and place and _who(before) == _who(opened) and opened.first <= before.last:
            before, place = replace(before, last=max(before.last, opened.last)), min(place, span)
            continue
        if before and place:
            yield before, place
        before, place = opened, span
    if before and place:
        yield before, place


def _who(opened: PortRange) -> tuple[str, str, bool]:
    source = "anywhere" if opened.source == ANYWHERE else opened.source
    return source, opened.protocol, opened.asked


def _opened(traffic: Traffic, group: MachineGroup, opened: PortRange, span: Span) -> Iterable[SecurityGroupRule]:
    numbers = (str(opened.first),) if opened.first == opened.last else (str(opened.first), str(opened.last))
    ports = Ports(opened.protocol, opened.first, opened.last)
    flow = Flow(f"{opened.protocol.upper()} {'-'.join(numbers)}", ports, f"{group.id}, Ports", span)
    user = None if opened.asked else traffic.groups.get(opened.source)
    if user is not None:
        return between(user, group, "-".join((group.id, opened.protocol, *numbers)), flow)
    source, *_ = _who(opened)
    anywhere = source == "anywhere" and not opened.asked
    rule = SecurityGroupRule(
        tier=group.id,
        label=names.label(group.id, opened.protocol, *numbers, *(() if anywhere else ("from", source))),
        description=f"{flow.what} from {'any address' if anywhere else source}",
        direction="ingress",
        ports=ports,
        reasons=(flow.reason,),
        origin=span,
        cidr=parameters.block(traffic.topology, source) if opened.asked else ANYWHERE if anywhere else source,
        parameter=opened.asked,
        source=source if opened.asked else "",
        what=flow.what,
    )
    return (rule,)
