"""Ports: ports that a tier opens in addition to those of its links."""

from __future__ import annotations

import re
from typing import Literal

from camp2iac.camp.nodes import Mapping, Node, Scalar, Sequence
from camp2iac.diagnostics import Diagnostic, Fix, Span
from camp2iac.diagnostics.located import located
from camp2iac.topology import addresses
from camp2iac.topology import statement_kinds as kinds
from camp2iac.topology.characteristics.reading import ServiceReading
from camp2iac.topology.model import PortRange


def read(reading: ServiceReading, given: Mapping, span: Span) -> None:
    """Record the Ports. CAMP311: not a port; CAMP334: a source that is not a network."""
    sources = _sources(given["from"], reading)
    ranges: list[PortRange] = []
    spoken: list[str] = []
    protocols: tuple[Literal["tcp", "udp"], ...] = ("tcp", "udp")
    for protocol in protocols:
        value = given.get(protocol)
        for item in value.items if isinstance(value, Sequence) else (value,) if value else ():
            found = _range(item)
            if found is None:
                written = item.text if isinstance(item, Scalar) else "a list"
                reading.diagnostics.add(
                    Diagnostic(
                        "CAMP311",
                        f"the {protocol} port of {reading.service.name} is not a port or a range: {written}",
                        item.span,
                        label="a port such as 8080, or a range such as 9000-9010, belongs here",
                        context=(span,),
                        help=f"write, for example,  {protocol}: 8080",
                    )
                )
                continue
            ranges += [PortRange(protocol, *found, name, place, asked) for _, place, asked, name in sources]
            spoken.append(f"{protocol} {found[0]}" + (f"-{found[1]}" if found[1] != found[0] else ""))
    if ranges:
        known = ", ".join(f"parameter {statement}" if asked else statement for statement, _, asked, _ in sources)
        reading.say(kinds.PORTS, tuple(ranges), f"Ports: {', '.join(spoken)} from {known}", span)


def _sources(given: Node, reading: ServiceReading) -> list[tuple[str, Span, bool, str]]:
    """The sources: as written, the place, whether it is a parameter, and in the cloud's form.

    They are sorted, because their order has no meaning.
    """
    found = []
    for item in given.items if isinstance(given, Sequence) else (given,):
        named = item.get("parameter") if isinstance(item, Mapping) else item
        if not isinstance(named, Scalar):
            continue
        asked = isinstance(item, Mapping)
        block = None if asked else addresses.network(named.text)
        if block and addresses.inside(named.text):
            reading.diagnostics.add(
                Diagnostic(
                    "CAMP334",
                    f"the ports of {reading.service.name} have a source that is neither an address nor a network: "
                    f"{named.text}",
                    named.span,
                    label=f"this opens the ports to all of {block}",
                    help=f"write  {block}  for the network, or  {named.text.partition('/')[0]}  for the address",
                    fixes=tuple(Fix(text, named.span, text) for text in (block, named.text.partition("/")[0])),
                )
            )
        found.append((named.text, named.span, asked, located(block or named.text, named.span)))
    return sorted(found)


_RANGE = r"\s*([1-9][0-9]{0,4})\s*(?:-\s*([1-9][0-9]{0,4})\s*)?"


def _range(node: Node) -> tuple[int, int] | None:
    if not isinstance(node, Scalar):
        return None
    match = re.fullmatch(_RANGE, node.text)
    if match is None:
        return None
    low, high = int(match[1]), int(match[2] or match[1])
    return (located(low, node.span), located(high, node.span)) if 1 <= low <= high <= 65535 else None
