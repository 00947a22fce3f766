"""The draft of a plan: what an importer fills, and what is written as ``camp.yaml`` and environment files.

The text has the form that ``camp2iac init`` writes: comments say which line of the source a part comes from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias, Union

from camp2iac.detect.modelines import environment_modeline, plan_modeline
from camp2iac.detect.plan import PlanText, comment, scalar
from camp2iac.record import Record, field
from camp2iac.topology.ids import slug

WRITTEN = "# Written by  camp2iac import"
"""How the second line of a file begins that an import wrote."""

_WIDEST = 100  # characters of a mapping or list in one line
_ID = re.compile(r"id:[A-Za-z][\w.-]*")
_AMOUNT = re.compile(r"\d+(\.\d+)? [KMGT]i?B", re.ASCII)  # YAML reads it as a string
_REFERENCE = re.compile(r"\b(?:IP|IPALL|PORT|PASSWORD)\(")
_PROFILE = ("org.camp2iac:Parameters", "org.camp2iac:Secrets", "org.camp2iac:Networks")


class NotedValue(Record, frozen=True):
    """A value with a comment: where it comes from, or why it is so."""

    value: DraftValue
    why: str


DraftValue: TypeAlias = Union[  # noqa: UP007 - Python 3.10 cannot join names of types with |
    str, int, float, bool, Sequence["DraftValue"], Mapping[str, "DraftValue"], NotedValue, None
]


class DraftCharacteristic(Record):
    """A characteristic of a service."""

    type: str
    values: dict[str, DraftValue] = field(default_factory=dict)
    why: str = ""


class DraftRequirement(Record):
    """A requirement of an artifact. ``fulfillment``: ``id:web``; empty if it has none."""

    type: str
    values: dict[str, DraftValue] = field(default_factory=dict)
    fulfillment: str = ""
    why: str = ""


class DraftArtifact(Record):
    """An artifact. ``content``: its ``href``, or the mapping in full."""

    name: str
    type: str
    content: str | dict[str, DraftValue]
    requirements: list[DraftRequirement] = field(default_factory=list)
    why: str = ""

    def requirement(self, type_: str, why: str = "") -> DraftRequirement:
        """Its first requirement of a type, which is added if there is none."""
        found = next((each for each in self.requirements if each.type == type_), None)
        if found is None:
            found = DraftRequirement(type_, why=why)
            self.requirements.append(found)
        return found


class DraftService(Record):
    """A service. ``href``: of a service elsewhere."""

    id: str
    characteristics: list[DraftCharacteristic] = field(default_factory=list)
    href: str = ""
    why: str = ""

    def characteristic(self, type_: str, why: str = "") -> DraftCharacteristic:
        """Its first characteristic of a type, which is added if there is none."""
        found = next((each for each in self.characteristics if each.type == type_), None)
        if found is None:
            found = DraftCharacteristic(type_, why=why)
            self.characteristics.append(found)
        return found


class DraftPlan(Record):
    """A plan.

    ``keys``: other keys of the plan, such as ``org.camp2iac:Networks``, name to value. ``environments``: the settings
    that an environment file must have, by the name of the platform. ``files``: other files of the plan that the source
    contains, path to bytes, such as a script. ``steps``: what the user must do before the plan can be applied.
    ``withheld``: files and folders of the source that are never content, because they can have secrets.
    """

    name: str
    description: str = ""
    artifacts: list[DraftArtifact] = field(default_factory=list)
    services: list[DraftService] = field(default_factory=list)
    keys: dict[str, dict[str, DraftValue]] = field(default_factory=dict)
    environments: dict[str, dict[str, DraftValue]] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    steps: list[str] = field(default_factory=list)
    withheld: list[str] = field(default_factory=list)

    def id_for(self, name: str) -> str:
        """An id for an artifact or a service that is not taken: ``web``, or ``web-2``."""
        taken = {each.id for each in self.services} | {each.name for each in self.artifacts}
        base = slug(name)
        return next(each for each in (base, *(f"{base}-{n}" for n in range(2, 100_000))) if each not in taken)

    def secret(self, name: str, description: str = "", generate: int = 0) -> dict[str, DraftValue]:
        """The reference to a secret, which the plan then declares. ``generate``: its length, if Terraform makes it."""
        found: dict[str, DraftValue] = {"generate": generate} if generate else {"description": description or name}
        self.keys.setdefault("org.camp2iac:Secrets", {}).setdefault(name, found)
        return {"secret": name}

    def parameter(self, name: str, description: str = "", default: DraftValue = None) -> dict[str, DraftValue]:
        """The reference to a parameter, which the plan then declares."""
        found: dict[str, DraftValue] = {"description": description or name}
        if default is not None:
            found["default"] = default
        self.keys.setdefault("org.camp2iac:Parameters", {}).setdefault(name, found)
        return {"parameter": name}

    def content(self) -> tuple[str, ...]:
        """The files and folders beside the plan that it names as content, sorted; ``""`` is the whole folder."""
        found = set()
        for artifact in self.artifacts:
            content = {"href": artifact.content} if isinstance(artifact.content, str) else artifact.content
            for key in ("href", "root"):
                named = content.get(key)
                named = named.value if isinstance(named, NotedValue) else named
                if named == "pdp:!":
                    found.add("")
                elif isinstance(named, str) and ":" not in named:
                    found.add(named.rstrip("/"))
        return tuple(sorted(found - set(self.files)))

    def text(self, format_: str, source: str) -> str:
        """The text of ``camp.yaml``. ``source``: the file that it comes from, for a comment."""
        out = PlanText()
        out.lines.append(plan_modeline())
        out.lines.append(f"{WRITTEN} {format_}  {comment(f'from {source}. Change it as you like.')}")
        out.put(0, "camp_version: CAMP 1.1")
        out.put(0, f"name: {scalar(self.name)}")
        if self.description:
            out.put(0, f"description: {scalar(self.description)}")
        if self.artifacts:
            out.lines += ["", "artifacts:"]
        for number, artifact in enumerate(self.artifacts):
            if number:
                out.lines.append("")
            _artifact(out, artifact)
        if self.services:
            out.lines += ["", "services:"]
        for service in self.services:
            _service(out, service)
        order = {key: number for number, key in enumerate(_PROFILE)}
        for key in sorted(self.keys, key=lambda key: (order.get(key, len(order)), key)):
            out.lines += ["", f"{scalar(key)}:"]
            write_mapping(out, 1, self.keys[key])
        return "\n".join(out.lines) + "\n"

    def environment(self, target: str) -> str:
        """The text of the environment file for a platform."""
        out = PlanText()
        out.lines += [environment_modeline(target), WRITTEN, f"target: {scalar(target)}"]
        write_mapping(out, 0, self.environments.get(target, {}))
        if self.environments.get(target):
            out.lines.insert(3, "")
        out.lines += ["", f"# All settings: camp2iac schema environment --target {target}"]
        return "\n".join(out.lines) + "\n"


def text_value(text: str) -> DraftValue:
    """A string of the source as a value of the plan, also if it looks like a reference such as ``IP(web)``."""
    return {"value": text} if _REFERENCE.search(text) else text


def _artifact(out: PlanText, artifact: DraftArtifact) -> None:
    out.put(1, f"- name: {scalar(artifact.name)}", artifact.why)
    out.put(2, f"artifact_type: {scalar(artifact.type)}")
    content = {"href": artifact.content} if isinstance(artifact.content, str) else artifact.content
    _pair(out, 2, "content", content)
    if artifact.requirements:
        out.put(2, "requirements:")
    for each in artifact.requirements:
        out.put(3, f"- requirement_type: {scalar(each.type)}", each.why)
        write_mapping(out, 4, each.values)
        if each.fulfillment:
            plain = _ID.fullmatch(each.fulfillment)
            out.put(4, f"fulfillment: {each.fulfillment if plain else scalar(each.fulfillment)}")


def _service(out: PlanText, service: DraftService) -> None:
    out.put(1, f"- id: {scalar(service.id)}", service.why)
    if service.href:
        out.put(2, f"href: {scalar(service.href)}")
    if service.characteristics:
        out.put(2, "characteristics:")
    for each in service.characteristics:
        out.put(3, f"- characteristic_type: {scalar(each.type)}", each.why)
        write_mapping(out, 4, each.values)


def write_mapping(out: PlanText, depth: int, values: Mapping[str, DraftValue]) -> None:
    """Write the keys of a mapping, each on lines of its own."""
    for key, value in values.items():
        _pair(out, depth, scalar(key), value)


def _pair(out: PlanText, depth: int, key: str, value: DraftValue) -> None:
    """A key and its value: in one line if possible."""
    value, why = _without_note(value)
    line = _flow(value)
    if line is not None and (isinstance(value, str) or len(line) + 2 * depth + len(key) <= _WIDEST):
        out.put(depth, f"{key}: {line}", why)
    elif isinstance(value, Mapping):
        out.put(depth, f"{key}:", why)
        write_mapping(out, depth + 1, value)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        out.put(depth, f"{key}:", why)
        for item in value:
            _item(out, depth + 1, item)


def _item(out: PlanText, depth: int, value: DraftValue) -> None:
    value, why = _without_note(value)
    line = _flow(value)
    if isinstance(value, Mapping) and value and (line is None or len(line) > _WIDEST):
        (first, other), *rest = value.items()
        inner = PlanText()
        _pair(inner, depth + 1, scalar(first), other)
        write_mapping(inner, depth + 1, dict(rest))
        inner.lines[0] = f"{'  ' * depth}- {inner.lines[0].lstrip()}"
        out.lines += inner.lines
    else:
        out.put(depth, f"- {line if line is not None else '[]'}", why)


def _without_note(value: DraftValue) -> tuple[DraftValue, str]:
    """A value, and the comment that belongs to it."""
    return (value.value, value.why) if isinstance(value, NotedValue) else (value, "")


def _flow(value: DraftValue) -> str | None:
    """A value in one line; None if a comment belongs into it."""
    if isinstance(value, NotedValue):
        return None
    if isinstance(value, Mapping):
        pairs = [(scalar(key), _flow(each)) for key, each in value.items()]
        return None if any(each is None for _, each in pairs) else _braces(f"{key}: {each}" for key, each in pairs)
    if isinstance(value, Sequence) and not isinstance(value, str):
        items = [_flow(each) for each in value]
        return None if any(each is None for each in items) else f"[{', '.join(filter(None, items))}]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "null"
    if isinstance(value, str):
        return value if _AMOUNT.fullmatch(value) else scalar(value)
    return repr(value)


def _braces(pairs: Iterator[str]) -> str:
    inner = ", ".join(pairs)
    return f"{{ {inner} }}" if inner else "{}"


def shortened(words: str) -> str:
    """Words of the source for a comment or a description, in one line."""
    return comment(words)
