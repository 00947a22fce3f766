"""Check that IP(), IPALL(), PORT(), PASSWORD(), parameters and secrets name things that exist (CAMP205, CAMP206)."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator

from camp2iac.camp import edits
from camp2iac.catalogue import Catalogue
from camp2iac.diagnostics import Diagnostic
from camp2iac.diagnostics.suggest import choices, nearest
from camp2iac.topology.model import PortRange, Reference, Statement, TextValue, Topology


def check(topology: Topology, catalogue: Catalogue) -> Iterator[Diagnostic]:
    """Check every reference in every value."""
    names = {*topology.tiers, *topology.services, *topology.components}
    for owner, value in values(topology):
        for reference in value.references:
            if reference.kind in ("parameter", "secret"):
                declared = topology.parameters if reference.kind == "parameter" else topology.secrets
                if reference.name not in declared:
                    yield from undeclared(owner, reference, sorted(declared))
            elif reference.name not in names:
                yield from _unknown(owner, reference, sorted(names))
            elif reference.network is not None and reference.network not in topology.networks:
                yield from _unknown(owner, reference, sorted(topology.networks))

    for tier in topology.tiers.values():
        for statement in tier.ports:
            yield from _sources(statement, topology)


def _sources(statement: Statement[tuple[PortRange, ...]], topology: Topology) -> Iterator[Diagnostic]:
    """Check the sources of a tier's open ports."""
    owner = statement.subject.name
    named = {(ports.source, ports.source_span or statement.span, ports.asked) for ports in statement.value}
    for source, span, asked in sorted(named):
        if asked:
            if source not in topology.parameters:
                unknown = Reference("parameter", source, span)
                yield from undeclared(owner, unknown, sorted(topology.parameters))
        elif source != "anywhere" and source not in topology.tiers and not _is_cidr(source):
            best = nearest(source, (*topology.tiers, "anywhere"))
            yield Diagnostic(
                "CAMP205",
                f"the ports of {owner} are open to a tier that is not in this plan: {source}",
                span,
                label="neither a tier nor a CIDR",
                context=(statement.span,),
                help="" if best else "write a CIDR, a tier of the plan, or anywhere",
                fixes=edits.part(span, source, best, f"from: {best}"),
                mistake=source,
            )


def _is_cidr(text: str) -> bool:
    try:
        ipaddress.ip_network(text)
    except ValueError:
        return False
    return True


def values(topology: Topology) -> Iterator[tuple[str, TextValue]]:
    """Each value that can have references, with the name of its owner."""
    for component in topology.components.values():
        for variable in component.variables:
            yield component.name, variable.value
        for statement in component.options.values():
            yield component.name, statement.value
        for link in component.links:
            for statement in link.options.values():
                yield component.name, statement.value
    for service in topology.services.values():
        for statement in service.attributes.values():
            yield service.name, statement.value
        for job in service.jobs:
            for statement in job.options.values():
                yield job.id, statement.value


def _unknown(owner: str, reference: Reference, names: list[str]) -> Iterator[Diagnostic]:
    network = reference.network is not None and reference.name not in names and reference.network not in names
    wrong = reference.network if network and reference.network else reference.name
    what = {"IP": "a tier", "IPALL": "a tier", "PORT": "a service", "PASSWORD": "a service"}[reference.kind]
    best = nearest(wrong, names)
    yield Diagnostic(
        "CAMP205",
        f"{owner} refers to the {_WORDS[reference.kind]} of {what if not network else 'a network'} "
        f"that is not in this plan: {wrong}",
        reference.span,
        label="nothing has this name",
        notes=("if you mean the literal text, write  { value: TEXT }",),
        help="" if best else f"the plan has {choices(wrong, names)}",
        fixes=edits.part(reference.span, wrong, best, f"{reference.kind}({best})"),
        mistake=wrong,
    )


_WORDS = {"IP": "address", "IPALL": "addresses", "PORT": "port", "PASSWORD": "password"}


def undeclared(owner: str, reference: Reference, names: list[str]) -> Iterator[Diagnostic]:
    """CAMP206: a parameter or secret that the plan does not declare. ``names``: those that it declares."""
    best = nearest(reference.name, names)
    kind = reference.kind
    section = "org.camp2iac:Parameters" if kind == "parameter" else "org.camp2iac:Secrets"
    form = "{ description: What it is for }" if kind == "parameter" else "{ generate: 32 }"
    yield Diagnostic(
        "CAMP206",
        f"{owner} uses a {kind} that the plan does not declare: {reference.name}",
        reference.span,
        label=f"no {kind} of this name",
        help="" if best else f"declare it in the plan:\n{section}:\n  {reference.name}: {form}",
        fixes=edits.part(reference.span, reference.name, best, f"{kind}: {best}"),
        mistake=f"{kind} {reference.name}",
    )
