"""An environment of PaaS Manager as tiers, services, artifacts, and the operator's values."""

from __future__ import annotations

from camp2iac.catalogue import Catalogue
from camp2iac.importers import DraftPlan
from camp2iac.importers.formats.paas_manager.macros import Macros
from camp2iac.importers.formats.paas_manager.products import Products
from camp2iac.importers.formats.paas_manager.source import SourceEnvironment, SourceTier
from camp2iac.importers.tiers import CHECK_SIZE, ImportedApplication, ImportedTier, flavor_size, plain_name, unique
from camp2iac.record import Record, field

_AFFINITY = {"affinity": "together", "anti-affinity": "spread"}


class _Shared(Record):
    """The networks of all tiers: region and name in the source to the name in the plan."""

    names: dict[tuple[str, str], str] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)


def convert(found: SourceEnvironment, catalogue: Catalogue) -> DraftPlan:
    """The plan, with an outcome for each statement of the source."""
    plan = DraftPlan(plain_name(found.name, "application"), " ".join(found.description.split())[:500])
    application = ImportedApplication(plan)
    shared, macros = _Shared(), Macros()
    pairs: list[tuple[SourceTier, ImportedTier]] = []
    for tier in found.tiers:
        imported = application.tier(tier.name, tier.part.where)
        pairs.append((tier, imported))
        macros.tiers.setdefault(tier.name, imported.name)
        if imported.name == tier.name:
            tier.part.kept(f"tier {imported.name}")
        else:
            tier.part.changed(f"tier {imported.name}", "ids have lower-case letters, digits and dashes")
        _counts(tier, imported)
        _placement(tier, imported)
        macros.networks[imported.name] = _networks(tier, imported, application, shared)
        _operator(tier, imported, application)
    Products(application, pairs, catalogue, macros).install(found.artifacts)
    return application.finish()


def _counts(tier: SourceTier, imported: ImportedTier) -> None:
    counts = {key: count for key, (count, _) in tier.counts.items()}
    least = counts.get("min", min(counts.values(), default=1))
    first = max(counts.get("initial", least), least)
    most = max(counts.get("max", first), first, 1)
    right = {"min": least, "initial": first, "max": most}
    for key, (count, part) in tier.counts.items():
        if right[key] == count:
            part.kept(f"Scale, {key}")
        else:
            part.changed(f"Scale, {key}", "min <= initial <= max, and max is at least 1")
    if counts and (least, first, most) != (1, 1, 1):
        imported.scale = dict(right)


def _placement(tier: SourceTier, imported: ImportedTier) -> None:
    imported.compute = dict(tier.compute)
    if tier.floating is not None:
        imported.placement["floating"] = True
        tier.floating.kept("Placement, floating")
    if "affinity" in tier.values:
        word, part = tier.values["affinity"]
        key = _AFFINITY.get(word.lower())
        if key is None:
            part.wrong("affinity, anti-affinity or None")
        else:
            imported.placement[key] = "hard"
            part.kept(f"Placement, {key}")


def _networks(
    tier: SourceTier, imported: ImportedTier, application: ImportedApplication, shared: _Shared
) -> dict[str, str]:
    mine: dict[str, str] = {}
    for network in tier.networks:
        if network.public:
            imported.placement["floating"] = True
            network.part.kept("Placement, floating")
            continue
        # A network is in one region: the same name in two regions is two networks
        key = (tier.values["region"][0] if "region" in tier.values else "", network.name)
        if key not in shared.names:
            shared.names[key] = unique(plain_name(network.name, "network"), shared.taken)
        name = mine[network.name] = shared.names[key]
        values = application.networks.setdefault(name, {})
        network.part.kept(f"Networks, {name}")
        if network.cidr is not None:
            values.setdefault("cidr", network.cidr.text())
            network.cidr.changed(f"Networks, {name}, cidr", "PaaS Manager chose another one")
    if mine:
        imported.placement["networks"] = list(dict.fromkeys(mine.values()))
    return mine


def _operator(tier: SourceTier, imported: ImportedTier, application: ImportedApplication) -> None:
    for key in ("region", "image", "key_pair"):
        if key in tier.values:
            imported.operator[key], part = tier.values[key]
            part.kept(f"environment, {key}")
    if "flavor" not in tier.values:
        return
    flavor, part = tier.values["flavor"]
    name = flavor_size(application, flavor, part.where)
    imported.operator["size"] = name
    part.changed(f"environment, sizes, {name}", "the source has only the name or id of the flavor", CHECK_SIZE)
