"""Placement: where a service runs, and which services share a host with it."""

from __future__ import annotations

from typing import Literal

from camp2iac.camp import placed
from camp2iac.camp.nodes import Mapping, Node, Scalar, Sequence
from camp2iac.diagnostics import Diagnostic, Label, Span
from camp2iac.topology import statement_kinds as kinds
from camp2iac.topology.characteristics.reading import ServiceReading

INTERNET = "Internet"  # not a network of the plan: it asks for a floating IP


def read(reading: ServiceReading, given: Mapping, _span: Span) -> None:
    """Record each key of a Placement. CAMP360: it has the network Internet, but no floating IP."""
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
        reading.say(
            _TEXTS[key], placed.text(value), f"Placement: {key} {value.text}", value.span if key == "tier" else where
        )


# The keys of Placement that have a string, and the kinds of their statements.
_TEXTS = {"tier": kinds.TIER, "region": kinds.REGION, "zone": kinds.ZONE, "key_pair": kinds.KEY_PAIR}


def _together(reading: ServiceReading, value: object, where: Span) -> None:
    asked: dict[object, Literal["soft", "hard", "no"]] = {True: "hard", False: "no", "soft": "soft", "hard": "hard"}
    wanted = asked[value]
    words = {"hard": "together", "soft": "together if possible", "no": "not together"}[wanted]
    reading.say(kinds.TOGETHER, wanted, f"Placement: {words}", where)


def _security_groups(reading: ServiceReading, given: Sequence, where: Span) -> None:
    groups = tuple(sorted(placed.text(item) for item in given if isinstance(item, Scalar)))
    reading.say(kinds.SECURITY_GROUPS, groups, f"Placement: security groups {', '.join(groups)}", where)


def _networks(reading: ServiceReading, given: Sequence, where: Span) -> None:
    items = [item for item in given.items if isinstance(item, Scalar) and item.text != INTERNET]
    if names := tuple(item.text for item in items):
        reading.say(kinds.NETWORKS, names, f"Placement: networks {', '.join(names)}", where)
        reading.networks.update((item.text, item.span) for item in items)


_LISTS = {"security_groups": _security_groups, "networks": _networks}


def _internet(reading: ServiceReading, networks: Node | None) -> None:
    """Read ``Internet`` among the networks as a floating IP (CAMP360: the plan also says that there is none)."""
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
                f"{reading.service.name} has the network {INTERNET}, but no floating IP",
                outside.span,
                label="this network requires a floating IP",
                related=(Label(floating.span, "this turns off the floating IP"),),
                help=f"remove one of them: {INTERNET}, or  floating: false",
            )
        )
