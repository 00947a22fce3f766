"""Placement: where a service runs, with or without whom."""

from __future__ import annotations

from typing import Literal

from camp2iac.camp.nodes import Mapping, Node, Scalar, Sequence
from camp2iac.diagnostics import Diagnostic, Label, Span
from camp2iac.topology import statement_kinds as kinds
from camp2iac.topology.characteristics.reading import ServiceReading

INTERNET = "Internet"  # not a network of the plan: the way from outside


def read(reading: ServiceReading, given: Mapping, _span: Span) -> None:
    """Record each key of a Placement; CAMP360 where it asks for the Internet and for no floating address."""
    for key, entry in given.entries.items():
        where, value = entry.key.span, entry.value
        if isinstance(value, Sequence):
            _LISTS[key](reading, value, where)
        elif isinstance(value, Scalar):
            _place(reading, key, value, where)
    _internet(reading, given.get("networks"))


def _place(reading: ServiceReading, key: str, value: Scalar, where: Span) -> None:
    if key == "floating":
        yes = bool(value.value)
        reading.say(kinds.FLOATING, yes, f"Placement: {'' if yes else 'not '}floating", where)
    elif key == "together":
        _together(reading, value.value, where)
    elif key == "spread":
        spread: Literal["soft", "hard"] = "hard" if value.text == "hard" else "soft"
        reading.say(kinds.SPREAD, spread, f"Placement: spread {spread}", where)
    else:
        reading.say(_TEXTS[key], value.text, f"Placement: {key} {value.text}", value.span if key == "tier" else where)


# Keys of Placement whose value is a text, each to the kind of its statements.
_TEXTS = {"tier": kinds.TIER, "region": kinds.REGION, "zone": kinds.ZONE, "key_pair": kinds.KEY_PAIR}


def _together(reading: ServiceReading, value: object, where: Span) -> None:
    asked: dict[object, Literal["soft", "hard", "no"]] = {True: "hard", False: "no", "soft": "soft", "hard": "hard"}
    wanted = asked[value]
    words = {"hard": "together", "soft": "together, if it can be", "no": "not together"}[wanted]
    reading.say(kinds.TOGETHER, wanted, f"Placement: {words}", where)


def _security_groups(reading: ServiceReading, given: Sequence, where: Span) -> None:
    groups = tuple(sorted(item.text for item in given if isinstance(item, Scalar)))
    reading.say(kinds.SECURITY_GROUPS, groups, f"Placement: security groups {', '.join(groups)}", where)


def _networks(reading: ServiceReading, given: Sequence, where: Span) -> None:
    items = [item for item in given.items if isinstance(item, Scalar) and item.text != INTERNET]
    if names := tuple(item.text for item in items):
        reading.say(kinds.NETWORKS, names, f"Placement: networks {', '.join(names)}", where)
        reading.networks.update((item.text, item.span) for item in items)


_LISTS = {"security_groups": _security_groups, "networks": _networks}


def _internet(reading: ServiceReading, networks: Node | None) -> None:
    """``Internet`` among the networks: a floating address (CAMP360 where the plan says that there is to be none)."""
    items = networks.items if isinstance(networks, Sequence) else ()
    outside = next((item for item in items if isinstance(item, Scalar) and item.text == INTERNET), None)
    if outside is None:
        return
    floating = reading.statements.first(reading.service, kinds.FLOATING)
    if floating is None:
        reading.say(kinds.FLOATING, True, f"Placement: network {INTERNET}", outside.span)
    elif not floating.value:
        reading.diagnostics.add(
            Diagnostic(
                "CAMP360",
                f"{reading.service.name} is to be on the network {INTERNET}, and to have no floating address",
                outside.span,
                label="this is a floating address",
                related=(Label(floating.span, "and this says there is none"),),
                help=f"leave out one of them: {INTERNET}, or  floating: false",
            )
        )
