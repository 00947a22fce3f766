"""Rename one part of a plan wherever the plan and its environment file name it, as its author would."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from camp2iac.camp import yaml as camp_yaml
from camp2iac.camp.nodes import Mapping
from camp2iac.diagnostics import Diagnostics, Span
from camp2iac.targets import environment as environments
from camp2iac.targets.base import Target
from camp2iac.targets.kit import given_names
from camp2iac.topology.renames.model import KEY

PROFILE = "org.camp2iac:"
DECLARED = {"network": "Networks", "parameter": "Parameters", "secret": "Secrets"}
MARKS = {
    "artifact": ("component", "component or process", "tier", "network or load balancer", "service"),
    "service": ("service", "tier", "network or load balancer"),
    "tier": ("tier", "network or load balancer"),
    "network": ("network", "network or load balancer"),
}
TIERED = ("tier", "network or load balancer", "service")
OVERRIDES = {
    "artifact": ("artifacts",),
    "service": ("services",),
    "network": (f"{PROFILE}Networks",),
    "secret": (f"{PROFILE}Secrets",),
}


@dataclass(frozen=True)
class Part:
    """A part of a plan that has a name. ``owner``: the service of a volume, or the artifact of a process type."""

    kind: str
    name: str
    owner: str = ""

    @property
    def id(self) -> str:
        """For the names of tests."""
        return f"{self.kind}-{self.owner and self.owner + '-'}{self.name}"


def parts(plan: dict[str, Any]) -> list[Part]:
    """What can be renamed in a plan."""
    found = [Part("plan", plan["name"])] if plan.get("name") else []
    found += [Part("artifact", each["name"]) for each in plan.get("artifacts", ()) if each.get("name")]
    for service in services(plan):
        if service.get("id"):
            found.append(Part("service", service["id"]))
        for each in service.get("characteristics", ()):
            type_ = each["characteristic_type"]
            if type_ == f"{PROFILE}Placement" and "tier" in each:
                found.append(Part("tier", each["tier"]))
            if type_ == f"{PROFILE}Volume" and service.get("id"):
                found.append(Part("volume", each.get("name", "data"), service["id"]))
    for artifact in plan.get("artifacts", ()):
        for name, given in processes(artifact):
            if isinstance(given, dict) and isinstance(given.get("tier"), str):
                found.append(Part("tier", given["tier"]))
            elif isinstance(given, dict) and artifact.get("name"):
                found.append(Part("process", name, artifact["name"]))
    for kind, section in DECLARED.items():
        found += [Part(kind, name) for name in plan.get(f"{PROFILE}{section}") or ()]
    return list(dict.fromkeys(found))


def services(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every service of a plan, also those inside requirements."""
    yield from plan.get("services") or ()
    for artifact in plan.get("artifacts", ()):
        for requirement in artifact.get("requirements") or ():
            if isinstance(requirement.get("fulfillment"), dict):
                yield requirement["fulfillment"]


def processes(artifact: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """The process types of an artifact in its plan."""
    for requirement in artifact.get("requirements") or ():
        if requirement["requirement_type"] == f"{PROFILE}Process":
            yield from (
                (name, given) for name, given in requirement.items() if name not in ("requirement_type", "fulfillment")
            )


def renamed(plan: dict[str, Any], part: Part, name: str) -> dict[str, Any]:
    """The plan with another name for a part, and what it was before."""
    made = copy.deepcopy(plan)
    tiered = names_a_tier(plan, part)
    ids = {each.get("id") for each in services(plan)}
    for service in services(made):
        _service(service, part, name, tiered)
    for artifact in made.get("artifacts", ()):
        if part == Part("artifact", artifact.get("name", "")):
            artifact["name"] = name
            artifact[KEY] = [part.name]
        for requirement in artifact.get("requirements") or ():
            to = requirement.get("fulfillment")
            if to == f"id:{part.name}" and (
                part.kind == "service" or (part.kind == "artifact" and part.name not in ids)
            ):
                requirement["fulfillment"] = f"id:{name}"
            if requirement["requirement_type"] == f"{PROFILE}Process":
                _processes(requirement, artifact.get("name", ""), part, name)
    if part.kind == "plan":
        made["name"], made[KEY] = name, part.name
    if part.kind in DECLARED:
        section = made[f"{PROFILE}{DECLARED[part.kind]}"]
        items = [(name if key == part.name else key, value) for key, value in section.items()]
        section.clear()
        section.update(items)
        section[name] = {**(section[name] or {}), KEY: part.name}
    if part.kind == "artifact":
        _folders(made, part, name)
    return _references(made, part, name, tiered)  # type: ignore[no-any-return]


def names_a_tier(plan: dict[str, Any], part: Part) -> bool:
    """Whether ``IP(NAME)``, ``from: NAME`` and keys of tiers mean this part."""
    ids = {each.get("id") for each in services(plan)}
    return part.kind in ("tier", "service") or (part.kind == "artifact" and part.name not in ids)


def _folders(plan: dict[str, Any], part: Part, name: str) -> None:
    """``/static/=NAME/static`` of a web server."""
    for service in services(plan):
        for each in service.get("characteristics", ()):
            for key, value in each.items():
                if isinstance(value, str) and each["characteristic_type"] == f"{PROFILE}Attributes":
                    each[key] = re.sub(rf"(/[^,=]*=){re.escape(part.name)}(?=[/,]|$)", rf"\g<1>{name}", value)


def _service(service: dict[str, Any], part: Part, name: str, tiered: bool) -> None:
    owner = service.get("id", "")
    if part.kind == "service" and owner == part.name:
        service["id"], service[KEY] = name, [part.name]
    for each in service.get("characteristics", ()):
        type_ = each["characteristic_type"]
        if type_ == f"{PROFILE}Placement":
            if each.get("tier") == part.name and part.kind in ("tier", "service"):
                each["tier"] = name
                if part.kind == "tier":
                    each[KEY] = part.name
            if part.kind == "network":
                each.update(networks=[name if item == part.name else item for item in each.get("networks", ())] or None)
                if each["networks"] is None:
                    del each["networks"]
        if part == Part("volume", each.get("name", "data"), owner) and type_ == f"{PROFILE}Volume":
            each["name"], each[KEY] = name, part.name
        if type_ == f"{PROFILE}Ports" and tiered:
            source = each.get("from")
            if isinstance(source, list):
                each["from"] = [name if item == part.name else item for item in source]
            elif source == part.name:
                each["from"] = name


def _processes(requirement: dict[str, Any], owner: str, part: Part, name: str) -> None:
    for key, given in list(requirement.items()):
        if isinstance(given, dict) and part.kind == "tier" and given.get("tier") == part.name:
            given["tier"], given[KEY] = name, part.name
        if part == Part("process", key, owner) and isinstance(given, dict):
            items = [(name if each == key else each, value) for each, value in requirement.items()]
            requirement.clear()
            requirement.update(items)
            given[KEY] = [part.name]


def _references(node: Any, part: Part, name: str, tiered: bool) -> Any:
    """``{ parameter: NAME }``, ``IP(NAME)`` and similar."""
    if isinstance(node, list):
        return [_references(each, part, name, tiered) for each in node]
    if isinstance(node, dict):
        if part.kind in ("parameter", "secret") and node.get(part.kind) == part.name and len(node) == 1:
            return {part.kind: name}
        if len(node) == 1 and "value" in node:
            return node
        return {key: value if key == KEY else _references(value, part, name, tiered) for key, value in node.items()}
    if isinstance(node, str) and tiered:
        return re.sub(rf"\b(IP|IPALL|PORT|PASSWORD)\({re.escape(part.name)}(?=[,)])", rf"\1({name}", node)
    if isinstance(node, str) and part.kind == "network":
        return re.sub(rf"\b((?:IP|IPALL)\([^,)]*, *){re.escape(part.name)}\)", rf"\g<1>{name})", node)
    return node


def environment(text: str, target: Target, part: Part, name: str, tiered: bool) -> str:
    """The environment file with the other name."""
    node = camp_yaml.parse(text, "environment", Diagnostics())
    if not isinstance(node, Mapping):
        return text
    spans = [
        each.span
        for each in given_names(environments.schema(target), node)
        if each.name == part.name and each.mark in MARKS.get(part.kind, ()) and (tiered or each.mark not in TIERED)
    ]
    sections = {"scale": ("tier", "service", "artifact"), "parameters": ("parameter",)}
    for section, kinds in sections.items():
        if (
            part.kind in kinds
            and (tiered or section != "scale")
            and isinstance(given := node.get(section), Mapping)
            and part.name in given
        ):
            spans.append(given.key(part.name).span)
    overrides = node.get("overrides")
    sections_of = OVERRIDES.get(part.kind, ()) if isinstance(overrides, Mapping) else ()
    named = [overrides.get(section) for section in sections_of if isinstance(overrides, Mapping)]
    spans += [given.key(part.name).span for given in named if isinstance(given, Mapping) and part.name in given]
    lines = text.splitlines(keepends=True)
    for span in sorted(spans, reverse=True):
        lines[span.line - 1] = _with(lines[span.line - 1], span, part.name, name)
    text = "".join(lines)
    return (
        re.sub(rf"\b(url|host|owner): {re.escape(part.name)}(?=[ ,}}]|$)", rf"\1: {name}", text, flags=re.MULTILINE)
        if part.kind == "artifact"
        else text
    )


def _with(line: str, span: Span, old: str, new: str) -> str:
    start = line.index(old, span.column - 1)
    return f"{line[:start]}{new}{line[start + len(old) :]}"


def load(text: str) -> dict[str, Any]:
    """A plan as plain data."""
    found: dict[str, Any] = yaml.safe_load(text)
    return found


def dump(plan: dict[str, Any]) -> str:
    """The plan's text."""
    return yaml.safe_dump(plan, sort_keys=False, allow_unicode=True, width=1000)
