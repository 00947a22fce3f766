"""Policies, groups and relationships of TOSCA: scaling and placement."""

from __future__ import annotations

from camp2iac.importers import SourcePart
from camp2iac.importers.formats.tosca.document import ToscaDocument
from camp2iac.importers.formats.tosca.instances import Instances
from camp2iac.importers.tiers import ImportedTier

_COUNTS = ("min_instances", "default_instances", "max_instances")


def add_policies(document: ToscaDocument, instances: Instances) -> None:
    """Apply the policies of a document to its tiers."""
    groups: dict[str, list[str]] = {}
    for part in document.rest:
        if part.name == "groups":
            for name, group in part.entries():
                groups[name] = _names(group.get("members"))
    for part in document.rest:
        if part.name == "policies":
            for item in part.items() if part.is_list else (part,):
                for _, policy in item.entries():
                    _policy(policy, groups, instances)
    for part in document.rest:
        why = "a group has a meaning only for the policies that name it"
        part.left_out(why if part.name == "groups" else "the plan has no such relationship")


def _policy(part: SourcePart, groups: dict[str, list[str]], instances: Instances) -> None:
    type_ = part.get("type")
    name = type_.text().lower() if type_ is not None and type_.is_scalar else ""
    targets = [each for target in _names(part.get("targets")) for each in groups.get(target, [target])]
    tiers = [instances.tiers[each] for each in targets if each in instances.tiers]
    if not tiers and not part.get("targets"):
        tiers = list(instances.tiers.values())
    if "scaling" in name and tiers:
        _scaling(part, tiers, instances)
    elif "placement" in name or "affinity" in name:
        _placement(part, name, tiers)
    else:
        part.left_out("no platform of camp2iac has such a policy")


def _scaling(part: SourcePart, tiers: list[ImportedTier], instances: Instances) -> None:
    properties = part.get("properties")
    counts = {key: value for key, value in properties.entries() if key in _COUNTS} if properties is not None else {}
    for tier in tiers:
        instances.scale(tier, counts, "")
    for key in ("type", "targets"):
        value = part.get(key)
        if value is not None:
            value.kept("Scale")
    part.left_out("no platform of camp2iac scales by rules", "write  scale  in the environment file")


def _placement(part: SourcePart, name: str, tiers: list[ImportedTier]) -> None:
    properties = part.get("properties")
    words = (
        name + " " + " ".join(map(str, properties.plain.values() if isinstance(properties.plain, dict) else ())).lower()
        if properties is not None
        else name
    )
    apart = "anti" in words or "spread" in words
    for tier in tiers:
        tier.placement["spread" if apart else "together"] = "hard"
    if tiers and ("affinity" in words or apart):
        part.changed(f"Placement, {'spread' if apart else 'together'}", "it applies to the instances of each tier")
    else:
        part.left_out("it names no instances of the source, or says nothing about hosts")


def _names(part: SourcePart | None) -> list[str]:
    if part is None:
        return []
    listed = part.items() if part.is_list else (part,)
    return [each.text() for each in listed if each.is_scalar]
