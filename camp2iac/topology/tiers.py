"""Tiers: services that share machines, and what is said of those machines."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from camp2iac.diagnostics import Diagnostic, Diagnostics, Label
from camp2iac.diagnostics.suggest import choices, nearest
from camp2iac.topology.draft import Draft
from camp2iac.topology.ids import slug
from camp2iac.topology.match import EXTERNAL, Match
from camp2iac.topology.model import Network, Said, Tier
from camp2iac.topology.traits import Traits


@dataclass(slots=True)
class Tiers:
    """The tiers by id, sorted; ``of``: the tier of each service; ``statements``: repetitions within a tier."""

    tiers: dict[str, Tier]
    of: dict[str, str]
    statements: list[Said[Any]]


_SINGLE = (
    "scale", "compute", "region", "zone", "spread", "together", "networks", "floating", "key_pair", "balance",
    "security_groups",
)  # fmt: skip


def make(
    drafts: dict[str, Draft],
    found: dict[str, Traits],
    matches: dict[str, Match],
    networks: dict[str, Network],
    diagnostics: Diagnostics,
) -> Tiers:
    """Sort services into tiers. What two of them say differently of the same machines is an error (CAMP322)."""
    members: dict[str, list[Draft]] = {}
    of: dict[str, str] = {}
    for draft in sorted(drafts.values(), key=lambda draft: draft.span):
        tier = found[draft.id].tier if draft.id in found else None
        of[draft.id] = slug(tier.value) if tier else draft.id
        if draft.id in matches and matches[draft.id].product is not EXTERNAL and not _elsewhere(draft):
            members.setdefault(of[draft.id], []).append(draft)
    made: dict[str, Tier] = {}
    for id_, services in sorted(members.items()):
        traits = [(draft, found.get(draft.id) or Traits()) for draft in services]
        said: dict[str, Any] = {key: _one(key, id_, traits, diagnostics) for key in _SINGLE}
        for _, trait in traits:
            _known_networks(trait, networks, diagnostics)
        made[id_] = Tier(
            id=id_,
            services=tuple(draft.id for draft in services),
            volumes=tuple(volume for _, trait in traits for volume in trait.volumes),
            ports=tuple(ports for _, trait in traits for ports in trait.ports),
            span=services[0].spec.id.span if services[0].spec and services[0].spec.id else services[0].span,
            **said,
        )
    return Tiers(made, of, [])


def _elsewhere(draft: Draft) -> bool:
    return draft.spec is not None and draft.spec.href is not None


def _one(key: str, tier: str, traits: list[tuple[Draft, Traits]], diagnostics: Diagnostics) -> Said[Any] | None:
    """What the services of a tier say of one thing. The first counts; the same again is marked as the same."""
    first: Said[Any] | None = None
    for _, trait in traits:
        said: Said[Any] | None = getattr(trait, key)
        if said is None:
            continue
        if first is None:
            first = said
        elif said.value == first.value:
            setattr(trait, key, replace(said, same=first))
        else:
            diagnostics.add(
                Diagnostic(
                    "CAMP322",
                    f"the services of tier {tier} share machines, but differ: {first.says} and {said.says}",
                    said.span,
                    label=f"{said.node} says this",
                    related=(Label(first.span, f"{first.node} says this"),),
                    help="say it once, for one of them, or give one a tier of its own",
                )
            )
    return first


def _known_networks(trait: Traits, networks: dict[str, Network], diagnostics: Diagnostics) -> None:
    for name, span in trait.network_spans.items():
        if name in networks:
            continue
        best = nearest(name, networks)
        if best:
            help_ = f"write  {best}"
        elif networks:
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
                help=help_,
            )
        )
