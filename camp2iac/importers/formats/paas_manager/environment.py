"""An environment of PaaS Manager, in JSON or XML: its tiers, and what else it says."""

from __future__ import annotations

from collections.abc import Callable

from camp2iac.importers import SourcePart
from camp2iac.importers.formats.paas_manager import forms
from camp2iac.importers.formats.paas_manager.source import SourceEnvironment
from camp2iac.importers.formats.paas_manager.tier import read_tier

_TIER_KEYS = {"min", "max", "initial", "flavor", "image", "floatingip"}
_DEEPEST = 4
_INSTANCE = "it is the state of what ran"
_LEFT = {
    "date": _INSTANCE,
    "href": _INSTANCE,
    "id": "it is a number in the database of PaaS Manager",
    "ovf": "it is an older form of the same",
    "org": "the credentials that Terraform uses name the project",
    "status": _INSTANCE,
    "taskid": _INSTANCE,
    "tierinstances": _INSTANCE,
    "vapp": _INSTANCE,
    "vdc": "the credentials that Terraform uses name the project",
}


def environments(part: SourcePart, depth: int = 0) -> list[SourcePart]:
    """The environments of a document. They can be in a list or wrapped, and a single tier is one."""
    if depth > _DEEPEST:
        return []
    if part.is_list:
        return [each for item in part.items() for each in environments(item, depth + 1)]
    if not part.is_mapping:
        return []
    keys = dict(forms.entries(part))
    inner = keys.get("environment")
    wrapped = inner is not None and not keys.keys() & {"blueprintname", "name", "tierinstances"}
    if not wrapped and (keys.keys() & {"tiers", "products", "blueprintname", "name"} or keys.keys() & _TIER_KEYS):
        return [part]
    return [each for key, value in keys.items() for each in _wrapped(key, value, depth)]


def _wrapped(key: str, part: SourcePart, depth: int) -> list[SourcePart]:
    listed = key in ("environments", "environment", "instances", "instance")
    return environments(part, depth + 1) if listed else []


def read_environment(part: SourcePart, found: SourceEnvironment) -> None:
    """Add what an environment says to ``found``."""
    if {key for key, _ in forms.entries(part)} & _TIER_KEYS:
        found.tiers.append(read_tier(part))
        return
    for key, value in forms.entries(part):
        reader = _READERS.get(key)
        if forms.is_nothing(value):
            value.kept("nothing: it is empty")
        elif reader is not None:
            reader(value, found)
        else:
            value.left_out(_LEFT.get(key, "the format has no such key"))


def _name(part: SourcePart, found: SourceEnvironment) -> None:
    found.name = found.name or forms.text(part)
    part.kept("name")


def _description(part: SourcePart, found: SourceEnvironment) -> None:
    found.description = found.description or forms.text(part)
    part.kept("description")


def _tiers(part: SourcePart, found: SourceEnvironment) -> None:
    for item in forms.items(part):
        nested = forms.find(item, "tiers")
        if nested is not None:
            _tiers(nested, found)
        elif item.is_mapping:
            found.tiers.append(read_tier(item))
        else:
            item.wrong("a mapping with the keys of a tier")


def _environment(part: SourcePart, found: SourceEnvironment) -> None:
    if part.is_mapping:
        read_environment(part, found)
    else:
        part.wrong("a mapping with the keys of an environment")


def _application(part: SourcePart, found: SourceEnvironment) -> None:
    for item in forms.items(part):
        artifacts = forms.find(item, "artifacts")
        if artifacts is not None:
            found.artifacts += forms.items(artifacts)
        for key, value in forms.entries(item):
            if key != "artifacts":
                value.left_out("the plan is the application")


_READERS: dict[str, Callable[[SourcePart, SourceEnvironment], None]] = {
    "application": _application,
    "blueprintname": _name,
    "description": _description,
    "environment": _environment,
    "name": _name,
    "tiers": _tiers,
}
