"""The passwords of services, generated or from the plan."""

from __future__ import annotations

from collections.abc import Mapping

from camp2iac.record import Record
from camp2iac.synth.module import Value
from camp2iac.targets.openstack.layout.values import has_value, password, value
from camp2iac.topology.model import Topology


class _Known(Record, frozen=True):
    ports: Mapping[str, int]
    passwords: Mapping[str, Value]
    members: Mapping[str, Value]


def passwords(
    topology: Topology, generated: frozenset[str], ports: Mapping[str, int], members: Mapping[str, Mapping[str, Value]]
) -> Mapping[str, Value]:
    """The password of each service that has one. A tier has that of its first service.

    ``members``: the values of IP() and IPALL() on each tier. A password that refers to itself has no value (CAMP406).
    """
    found: dict[str, Value] = {id_: password(id_) for id_ in sorted(generated)}
    waiting = {id_: said.value for id_, each in topology.services.items() if (said := each.attributes.get("password"))}
    while waiting:
        known = {id_: _Known(ports, found, members.get(topology.services[id_].tier, {})) for id_ in waiting}
        ready = [id_ for id_, text in waiting.items() if has_value(text, known[id_])]
        found |= {id_: value(waiting.pop(id_), topology, known[id_]) for id_ in ready}
        if not ready:
            break
    for tier in topology.tiers.values():
        inside = [service for service in tier.services if service in found]
        if inside:
            found.setdefault(tier.id, found[inside[0]])
    return found
