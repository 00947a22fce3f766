"""Connections: what opens, what closes, and what becomes public."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from camp2iac.compiler import Result
from camp2iac.record import replace
from camp2iac.review.difference.model import TrafficChange
from camp2iac.review.difference.renamed import current, pairs
from camp2iac.targets.facts import INTERNET, Contact
from camp2iac.topology.model import Topology


def compare(before: Result | None, after: Result | None, renamed: Mapping[str, str]) -> tuple[TrafficChange, ...]:
    """The changes, sorted: what opens before what closes, and what becomes public first.

    A port that gets another source opens for the new one and closes for the old one.
    """
    new = frozenset(_contacts(after))
    old = frozenset(current(_renamed(each, renamed), new) for each in _contacts(before))
    found = [_change(each, opens=True) for each in new - old]
    found += [_change(each, opens=False) for each in old - new]
    return tuple(sorted(found, key=_order))


def _contacts(result: Result | None) -> tuple[Contact, ...]:
    """The contacts of a result; what the plan says if its target does not know them."""
    if result is None:
        return ()
    return result.lowered.facts.contacts or tuple(_planned(result.topology))


def _planned(topology: Topology) -> Iterator[Contact]:
    """The exposures and links of the plan."""
    for component in topology.components.values():
        node = topology.planned_id(component.id)
        for exposure in component.exposures:
            if exposure.public is not None and exposure.public.value:
                yield Contact(INTERNET, node, exposure.protocol.upper(), public=True)
        for link in component.links:
            yield Contact(node, link.callee or link.service, topology.services[link.service].product.title)


def _renamed(contact: Contact, renamed: Mapping[str, str]) -> Iterator[Contact]:
    """A contact with the old names, then with the new ones."""
    for source, destination in pairs(contact.source, contact.destination, renamed):
        yield replace(contact, source=source, destination=destination)


def _change(contact: Contact, *, opens: bool) -> TrafficChange:
    source = f"the {contact.kind} {contact.source}" if contact.kind else contact.source
    if contact.value:
        source += f" ({contact.value})"
    return TrafficChange(source, contact.destination, contact.what, opens, contact.public)


def _order(change: TrafficChange) -> tuple[bool, bool, str, str, str]:
    return not change.opens, not change.public, change.destination, change.source, change.what
