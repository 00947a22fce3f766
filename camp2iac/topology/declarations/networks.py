"""Networks that a plan declares."""

from __future__ import annotations

import ipaddress

from camp2iac.camp import edits, placed
from camp2iac.camp.nodes import Mapping, Scalar, Sequence
from camp2iac.diagnostics import Diagnostic, Diagnostics, Label
from camp2iac.topology import statement_kinds as kinds
from camp2iac.topology.declarations.values import text
from camp2iac.topology.model import Network
from camp2iac.topology.statements import Statements, Subject, SubjectKind


def read(given: Mapping, statements: Statements, diagnostics: Diagnostics) -> dict[str, Network]:
    """The networks by name, sorted. CAMP333: the cidr is not a network; CAMP335: a name server is given twice."""
    found = {}
    for name, entry in sorted(given.entries.items()):
        value = entry.value if isinstance(entry.value, Mapping) else Mapping({}, entry.value.span)
        cidr, existing, dns = text(value, "cidr"), text(value, "existing"), value.get("dns")
        servers = _servers(dns, name, diagnostics) if isinstance(dns, Sequence) else ()
        if cidr is not None and not _cidr(cidr, name, value, diagnostics):
            cidr = None  # reported; the name is known
        parts = [cidr or "", f"existing {existing}" if existing else "", f"dns {', '.join(servers)}" if servers else ""]
        words = " ".join([f"Network {name}", *(part for part in parts if part)])
        subject = Subject(SubjectKind.NETWORK, name, name)
        statement = statements.say(subject, kinds.NETWORK, name, words, entry.key.span)
        found[name] = Network(name, cidr, servers, existing, statement, entry.key.span)
    return found


def _servers(given: Sequence, network: str, diagnostics: Diagnostics) -> tuple[str, ...]:
    """The name servers of a network, in the order of the plan, which instances follow. Neutron accepts each once."""
    found: dict[str, Scalar] = {}
    for index, item in enumerate(given.items):
        if isinstance(item, Scalar) and found.setdefault(item.text, item) is not item:
            diagnostics.add(
                Diagnostic(
                    "CAMP335",
                    f"the network {network} has a name server twice: {item.text}",
                    item.span,
                    label="the second",
                    related=(Label(found[item.text].span, "the first"),),
                    help="remove the second",
                    fixes=edits.without_item(given, index, sure=True),
                )
            )
    return tuple(map(placed.text, found.values()))


def _cidr(cidr: str, name: str, value: Mapping, diagnostics: Diagnostics) -> bool:
    try:
        ipaddress.IPv4Network(cidr)
    except ValueError as problem:
        host = "host bits set" in str(problem)
        right = str(ipaddress.IPv4Network(cidr, strict=False)) if host else "10.20.1.0/24"
        diagnostics.add(
            Diagnostic(
                "CAMP333",
                f"the cidr of network {name} is not a network: {cidr}",
                value["cidr"].span,
                label="this is an address inside a network" if host else "not an IPv4 network",
                fixes=edits.value(value["cidr"].span, right, sure=host, write=f"cidr: {right}"),
            )
        )
        return False
    return True
