"""The profile's characteristics of a service, read into the topology's types: one statement each."""

from __future__ import annotations

import re
from typing import Any, Literal, cast

from camp2iac.camp.model import Characteristic
from camp2iac.camp.nodes import Mapping, Node, Scalar, Sequence
from camp2iac.diagnostics import Diagnostic, Diagnostics, Fix, Label, Span
from camp2iac.record import Record, field
from camp2iac.topology import addresses, quantities, values
from camp2iac.topology.duplicates import Once
from camp2iac.topology.model import Balance, Compute, PortRange, Scale, Statement, TextValue, Volume
from camp2iac.topology.profile import CHARACTERISTICS, known, sound
from camp2iac.topology.requirements import PROFILE

INTERNET = "Internet"  # not a network of the plan: the way from outside


class Characteristics(Record):
    """What the characteristics of one service say of machines."""

    scale: Statement[Scale] | None = None
    compute: Statement[Compute] | None = None
    tier: Statement[str] | None = None
    region: Statement[str] | None = None
    zone: Statement[str] | None = None
    spread: Statement[Literal["soft", "hard"]] | None = None
    together: Statement[Literal["soft", "hard", "no"]] | None = None
    networks: Statement[tuple[str, ...]] | None = None
    floating: Statement[bool] | None = None
    key_pair: Statement[str] | None = None
    volumes: list[Statement[Volume]] = field(default_factory=list)
    ports: list[Statement[tuple[PortRange, ...]]] = field(default_factory=list)
    balance: Statement[Balance] | None = None
    security_groups: Statement[tuple[str, ...]] | None = None
    attributes: dict[str, Statement[TextValue]] = field(default_factory=dict)
    network_spans: dict[str, Span] = field(default_factory=dict)

    def statements(self) -> list[Statement[Any]]:
        """All that was said."""
        single = (
            self.scale,
            self.compute,
            self.tier,
            self.region,
            self.zone,
            self.spread,
            self.together,
            self.networks,
            self.floating,
            self.key_pair,
            self.balance,
            self.security_groups,
        )
        return [
            *(statement for statement in single if statement),
            *self.volumes,
            *self.ports,
            *self.attributes.values(),
        ]


def read(characteristics: tuple[Characteristic, ...], node: str, diagnostics: Diagnostics) -> Characteristics:
    """Read the characteristics of the profile; others are left alone. ``node``: the service's name, for messages."""
    traits, once = Characteristics(), Once(node, diagnostics)
    for characteristic in characteristics:
        type_, given = characteristic.characteristic_type, characteristic.extensions
        if not type_.value.startswith(PROFILE):
            continue
        name = known(type_.value, type_.span, CHARACTERISTICS, "characteristic", diagnostics)
        if name is None or not sound(name, given, node, diagnostics, type_.span):
            continue
        fresh = [once.first(*statement) for statement in _single(name, given, type_.span)]
        if all(fresh):
            _READERS[name](traits, given, node, type_.span, diagnostics)
    return traits


def _single(name: str, given: Mapping, span: Span) -> list[tuple[str, Span, str]]:
    """What of a characteristic a service can have once: its words, its place, and what to do about two."""
    if name in ("Scale", "Compute", "Balance"):
        return [(name, span, f"write one {name} with all of its keys")]
    if name == "Volume":
        volume = _label(_text(given, "name") or "data")
        return [(f"the volume {volume}", span, "give one of them a name of its own, such as  name: uploads")]
    if name in ("Placement", "Attributes"):
        what = {"Placement": "Placement's {}", "Attributes": "the attribute {}"}[name]
        return [(what.format(key), entry.key.span, "keep one of them") for key, entry in given.entries.items()]
    return []  # several Ports open more ports


def _number(mapping: Mapping, key: str) -> int | None:
    value = mapping.get(key)
    return value.value if isinstance(value, Scalar) and isinstance(value.value, int) else None


def _text(mapping: Mapping, key: str) -> str | None:
    value = mapping.get(key)
    return value.text if isinstance(value, Scalar) else None


def _scale(traits: Characteristics, given: Mapping, node: str, span: Span, diagnostics: Diagnostics) -> None:
    low, start, high = (_number(given, key) for key in ("min", "initial", "max"))
    if low is not None and high is not None and low > high:
        diagnostics.add(
            Diagnostic(
                "CAMP312",
                f"{node} is to run at least {_times(low)} and at most {_times(high)}",
                given["min"].span,
                label="more than max",
                context=(span,),
                related=(Label(given["max"].span, "less than min"),),
                help=f"write a min of {high} or less, such as  min: {max(1, high // 2)},  or a max of {low} or more",
            )
        )
        return
    minimum = low if low is not None else min(1, *(n for n in (start, high) if n is not None))
    initial = start if start is not None else max(minimum, 1) if high is None else max(minimum, min(1, high))
    maximum = high if high is not None else max(initial, minimum)
    if not minimum <= initial <= maximum:
        bound, word = ("max", "more") if initial > maximum else ("min", "less")
        diagnostics.add(
            Diagnostic(
                "CAMP312",
                f"{node} is to run {_times(initial)} at first, but {_bounds(minimum, maximum)}",
                given["initial"].span,
                label=f"{word} than {bound}",
                context=(span,),
                related=(Label(given[bound].span, f"{bound} is here"),),
                help=f"write an initial from {minimum} to {maximum}, such as  initial: {minimum or maximum}",
            )
        )
        return
    spoken = f"{initial}" if minimum == maximum else f"{initial}, from {minimum} to {maximum}"
    traits.scale = Statement(Scale(minimum, initial, maximum), node, f"Scale: {spoken}", span)


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _bounds(minimum: int, maximum: int) -> str:
    return f"only {_times(minimum)}" if minimum == maximum else f"only {minimum} to {maximum} times"


def _compute(traits: Characteristics, given: Mapping, node: str, span: Span, _: Diagnostics) -> None:
    memory, disk = _text(given, "memory"), _text(given, "disk")
    compute = Compute(
        _number(given, "cores"),
        quantities.mebibytes(memory) if memory else None,
        quantities.mebibytes(disk) if disk else None,
        _text(given, "size"),
        _text(given, "os"),
    )
    parts = [
        f"{compute.cores} core{'' if compute.cores == 1 else 's'}" if compute.cores else "",
        memory or "",
        f"{disk} of disk" if disk else "",
        compute.size or "",
        compute.os or "",
    ]
    traits.compute = Statement(compute, node, f"Compute: {', '.join(part for part in parts if part)}", span)


def _placement(traits: Characteristics, given: Mapping, node: str, _span: Span, diagnostics: Diagnostics) -> None:
    for key, entry in given.entries.items():
        where = entry.key.span
        text = entry.value.text if isinstance(entry.value, Scalar) else ""
        says = f"Placement: {key} {text}"
        if key == "floating" and isinstance(entry.value, Scalar):
            yes = bool(entry.value.value)
            traits.floating = Statement(yes, node, f"Placement: {'' if yes else 'not '}floating", where)
        elif key == "together" and isinstance(entry.value, Scalar):
            _together(traits, entry.value.value, node, where)
        elif key == "security_groups" and isinstance(entry.value, Sequence):
            groups = tuple(sorted(item.text for item in entry.value if isinstance(item, Scalar)))
            traits.security_groups = Statement(groups, node, f"Placement: security groups {', '.join(groups)}", where)
        elif key == "networks" and isinstance(entry.value, Sequence):
            _networks(traits, entry.value, node, where)
        elif key == "tier":
            traits.tier = Statement(text, node, says, entry.value.span)
        else:
            setattr(traits, key, Statement(text, node, says, where))
    _internet(traits, given.get("networks"), node, diagnostics)


def _together(traits: Characteristics, value: object, node: str, where: Span) -> None:
    words: dict[object, Literal["soft", "hard", "no"]] = {True: "hard", False: "no", "soft": "soft", "hard": "hard"}
    wanted = words[value]
    says = {"hard": "together", "soft": "together, if it can be", "no": "not together"}[wanted]
    traits.together = Statement(wanted, node, f"Placement: {says}", where)


def _networks(traits: Characteristics, given: Sequence, node: str, where: Span) -> None:
    items = [item for item in given.items if isinstance(item, Scalar) and item.text != INTERNET]
    if names := tuple(item.text for item in items):
        traits.networks = Statement(names, node, f"Placement: networks {', '.join(names)}", where)
        traits.network_spans = {item.text: item.span for item in items}


def _internet(traits: Characteristics, networks: Node | None, node: str, diagnostics: Diagnostics) -> None:
    """``Internet`` among the networks: a floating address (CAMP360 where the plan says that there is to be none)."""
    items = networks.items if isinstance(networks, Sequence) else ()
    outside = next((item for item in items if isinstance(item, Scalar) and item.text == INTERNET), None)
    if outside is None:
        return
    if traits.floating is None:
        traits.floating = Statement(True, node, f"Placement: network {INTERNET}", outside.span)
    elif not traits.floating.value:
        diagnostics.add(
            Diagnostic(
                "CAMP360",
                f"{node} is to be on the network {INTERNET}, and to have no floating address",
                outside.span,
                label="this is a floating address",
                related=(Label(traits.floating.span, "and this says there is none"),),
                help=f"leave out one of them: {INTERNET}, or  floating: false",
            )
        )


def _volume(traits: Characteristics, given: Mapping, node: str, _span: Span, _: Diagnostics) -> None:
    name = _text(given, "name") or "data"
    size, mount, type_ = _text(given, "size") or "", _text(given, "mount"), _text(given, "type")
    parts = [
        name if "name" in given else "",
        f"size {size}",
        f"mount {mount}" if mount else "",
        f"type {type_}" if type_ else "",
    ]
    says = f"Volume: {', '.join(part for part in parts if part)}"
    volume = Volume(_label(name), quantities.gibibytes(size), mount, type_)
    traits.volumes.append(Statement(volume, node, says, given.key("size").span))


def _label(name: str) -> str:
    """A volume's name as a device and an address can bear it."""
    return name.lower().replace("_", "-").replace(".", "-")


def _ports(traits: Characteristics, given: Mapping, node: str, span: Span, diagnostics: Diagnostics) -> None:
    sources = _sources(given["from"], node, diagnostics)
    ranges: list[PortRange] = []
    spoken: list[str] = []
    protocols: tuple[Literal["tcp", "udp"], ...] = ("tcp", "udp")
    for protocol in protocols:
        value = given.get(protocol)
        for item in value.items if isinstance(value, Sequence) else (value,) if value else ():
            found = _range(item)
            if found is None:
                written = item.text if isinstance(item, Scalar) else "a list"
                diagnostics.add(
                    Diagnostic(
                        "CAMP311",
                        f"the {protocol} port of {node} is not a port or a range: {written}",
                        item.span,
                        label="such as 8080 or 9000-9010, from 1 to 65535",
                        context=(span,),
                        help=f"write for example  {protocol}: 8080",
                    )
                )
                continue
            ranges += [PortRange(protocol, *found, name, place, asked) for _, place, asked, name in sources]
            spoken.append(f"{protocol} {found[0]}" + (f"-{found[1]}" if found[1] != found[0] else ""))
    if ranges:
        known = ", ".join(f"parameter {statement}" if asked else statement for statement, _, asked, _ in sources)
        traits.ports.append(Statement(tuple(ranges), node, f"Ports: {', '.join(spoken)} from {known}", span))


def _sources(given: Node, node: str, diagnostics: Diagnostics) -> list[tuple[str, Span, bool, str]]:
    """Who may connect: as said, with its place, whether it is a parameter, and as the cloud writes it.

    Sorted, for their order means nothing.
    """
    found = []
    for item in given.items if isinstance(given, Sequence) else (given,):
        named = item.get("parameter") if isinstance(item, Mapping) else item
        if not isinstance(named, Scalar):
            continue
        asked = isinstance(item, Mapping)
        block = None if asked else addresses.network(named.text)
        if block and addresses.inside(named.text):
            diagnostics.add(
                Diagnostic(
                    "CAMP334",
                    f"the ports of {node} are open to an address with a network's prefix: {named.text}",
                    named.span,
                    label=f"opened to all of {block}",
                    help=f"write  {block}  for the network, or  {named.text.partition('/')[0]}  for that address alone",
                    fixes=tuple(Fix(text, named.span, text) for text in (block, named.text.partition("/")[0])),
                )
            )
        found.append((named.text, named.span, asked, block or named.text))
    return sorted(found)


_RANGE = re.compile(r"\s*([1-9][0-9]{0,4})\s*(?:-\s*([1-9][0-9]{0,4})\s*)?")


def _range(node: Node) -> tuple[int, int] | None:
    if not isinstance(node, Scalar):
        return None
    match = _RANGE.fullmatch(node.text)
    if match is None:
        return None
    low, high = int(match[1]), int(match[2] or match[1])
    return (low, high) if 1 <= low <= high <= 65535 else None


def _balance(traits: Characteristics, given: Mapping, node: str, span: Span, _: Diagnostics) -> None:
    algorithm, health = _text(given, "algorithm"), _text(given, "health")
    sticky = given.get("sticky")
    yes = isinstance(sticky, Scalar) and bool(sticky.value)
    balance = Balance(
        cast(Literal["round-robin", "least-connections", "source"], algorithm or "round-robin"), yes, health
    )
    parts = [algorithm or "", "sticky" if yes else "", f"health {health}" if health else ""]
    where = given.key("health").span if health else span
    traits.balance = Statement(balance, node, f"Balance: {', '.join(p for p in parts if p)}".removesuffix(": "), where)


def _attributes(traits: Characteristics, given: Mapping, node: str, _span: Span, _: Diagnostics) -> None:
    for key, entry in given.entries.items():
        value = values.text(entry.value)
        traits.attributes[key] = Statement(value, node, f"{key}: {values.words(value)}", entry.key.span)


_READERS = {
    "Scale": _scale,
    "Compute": _compute,
    "Placement": _placement,
    "Volume": _volume,
    "Ports": _ports,
    "Balance": _balance,
    "Attributes": _attributes,
}
