"""Tiers: services that share machines, and what is said of those machines."""

from __future__ import annotations

from typing import Any

from camp2iac.camp import edits
from camp2iac.diagnostics import Diagnostic, Diagnostics, Label
from camp2iac.diagnostics.suggest import choices, nearest
from camp2iac.record import Record, replace
from camp2iac.topology.characteristics import Characteristics
from camp2iac.topology.ids import slug
from camp2iac.topology.match import EXTERNAL, Match
from camp2iac.topology.model import Network, Statement, Tier
from camp2iac.topology.usage import ServiceDraft


class Tiers(Record):
    """The tiers by id, sorted; ``of``: the tier of each service; ``statements``: repetitions within a tier."""

    tiers: dict[str, Tier]
    of: dict[str, str]
    statements: list[Statement[Any]]


_SINGLE = (
    "scale",
    "compute",
    "region",
    "zone",
    "spread",
    "together",
    "networks",
    "floating",
    "key_pair",
    "balance",
    "security_groups",
)


def make(
    drafts: dict[str, ServiceDraft],
    found: dict[str, Characteristics],
    matches: dict[str, Match],
    networks: dict[str, Network],
    diagnostics: Diagnostics,
) -> Tiers:
    """Sort services into tiers. What two of them say differently of the same machines is an error (CAMP322)."""
    members: dict[str, list[ServiceDraft]] = {}
    of: dict[str, str] = {}
    for draft in sorted(drafts.values(), key=lambda draft: draft.span):
        tier = found[draft.id].tier if draft.id in found else None
        of[draft.id] = slug(tier.value) if tier else draft.id
        if draft.id in matches and matches[draft.id].product is not EXTERNAL and not _elsewhere(draft):
            members.setdefault(of[draft.id], []).append(draft)
    made: dict[str, Tier] = {}
    for id_, services in sorted(members.items()):
        traits = [(draft, found.get(draft.id) or Characteristics()) for draft in services]
        single: dict[str, Any] = {key: _one(key, id_, traits, diagnostics) for key in _SINGLE}
        for _, trait in traits:
            _known_networks(trait, networks, diagnostics)
        made[id_] = Tier(
            id=id_,
            services=tuple(draft.id for draft in services),
            volumes=tuple(volume for _, trait in traits for volume in trait.volumes),
            ports=tuple(ports for _, trait in traits for ports in trait.ports),
            span=services[0].spec.id.span if services[0].spec and services[0].spec.id else services[0].span,
            **single,
        )
    return Tiers(made, of, [])


def _elsewhere(draft: ServiceDraft) -> bool:
    return draft.spec is not None and draft.spec.href is not None


def _one(
    key: str, tier: str, traits: list[tuple[ServiceDraft, Characteristics]], diagnostics: Diagnostics
) -> Statement[Any] | None:
    """What the services of a tier say of one thing. The first counts; the same again is marked as the same."""
    first: Statement[Any] | None = None
    for _, trait in traits:
        statement: Statement[Any] | None = getattr(trait, key)
        if statement is None:
            continue
        if first is None:
            first = statement
        elif statement.value == first.value:
            setattr(trait, key, replace(statement, same=first))
        else:
            diagnostics.add(
                Diagnostic(
                    "CAMP322",
                    f"the services of tier {tier} share machines, but differ: {first.words} and {statement.words}",
                    statement.span,
                    label=f"{statement.node} says this",
                    related=(Label(first.span, f"{first.node} says this"),),
                    help="say it once, for one of them, or give one a tier of its own",
                )
            )
    return first


def _known_networks(trait: Characteristics, networks: dict[str, Network], diagnostics: Diagnostics) -> None:
    for name, span in trait.network_spans.items():
        if name in networks:
            continue
        best = nearest(name, networks)
        if networks:
            help_ = f"the plan has {choices(name, networks)}"
        else:
            help_ = f"declare it on the plan:  org.camp2iac:Networks: {{ {name}: {{ cidr: 10.20.1.0/24 }} }}"
        related = (Label(networks[best].span, "did you mean this one?"),) if best else ()
        owner = trait.networks.node if trait.networks else "a service"
        diagnostics.add(
            Diagnostic(
                "CAMP332",
                f"{owner} is on a network that the plan does not have: {name}",
                span,
                label="no network of this name",
                related=related,
                help="" if best else help_,
                fixes=edits.part(span, name, best),
            )
        )
