"""An environment file for the plan as it was: with the oldest names of what was renamed.

The target's schema marks names with ``x-names``, and with ``x-node`` where a check of the target knows more.
"""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.camp.nodes import Mapping as YamlMapping
from camp2iac.camp.nodes import MappingEntry, Node, Scalar, Sequence
from camp2iac.camp.schema_keywords import Schema
from camp2iac.record import Record, replace
from camp2iac.targets.base import Environment, Target
from camp2iac.targets.environment import schema
from camp2iac.targets.kit.environment_names import NAMES
from camp2iac.topology.ids import slug
from camp2iac.topology.model import Topology
from camp2iac.topology.renames.former import TIERS, FormerNames
from camp2iac.topology.renames.model import NodeKind

_NODE = "x-node"
_BALANCER = "-balancer"
_KINDS: dict[str, tuple[NodeKind, ...]] = {
    "component": ("artifact",),
    "component or process": ("artifact",),
    "service": ("service", "artifact"),
    "network": ("network",),
}


def former(environment: Environment, target: Target, topology: Topology) -> Environment:
    """The environment with the oldest names. ``topology``: of the plan with the current names."""
    form, names = schema(target), FormerNames.of(topology.renames)
    naming = _Environment(form, names, topology)
    values = naming.named(form, environment.values)
    assert isinstance(values, YamlMapping)  # noqa: S101 - a mapping stays a mapping
    for key in ("parameters", "scale"):
        if isinstance(given := values.get(key), YamlMapping):
            mark = "parameter" if key == "parameters" else "tier"
            entry = replace(values.entries[key], value=naming.keys(given, mark))
            values = replace(values, entries={**values.entries, key: entry})
    overrides = {names.name(name, "parameter"): text for name, text in environment.overrides.items()}
    return replace(environment, values=values, overrides=overrides)


class _Environment(Record, frozen=True):
    form: Schema
    names: FormerNames
    topology: Topology

    def named(self, form: Schema, node: Node) -> Node:
        """A value with the oldest names, as its schema marks them."""
        forms = list(self._forms(form))
        mark = next((found for each in forms if (found := each.get(NAMES) or each.get(_NODE))), "")
        if isinstance(node, YamlMapping):
            return self._mapping(forms, node, mark)
        if isinstance(node, Sequence):
            items = [each["items"] for each in forms if isinstance(each.get("items"), dict)]
            return replace(node, items=tuple(self.named(items[0], item) for item in node.items)) if items else node
        if mark and isinstance(node, Scalar):
            old = self.name(node.text, mark)
            return node if old == node.text else replace(node, value=old, text=old)
        return node

    def _forms(self, form: Schema) -> Iterator[Schema]:
        """A schema and those that it refers to."""
        yield form
        if "$ref" in form:
            yield from self._forms(self._definition(form["$ref"]))
        for each in form.get("anyOf", ()):
            yield from self._forms(each)

    def _mapping(self, forms: list[Schema], node: YamlMapping, mark: str) -> YamlMapping:
        own = {key: inner for each in forms for key, inner in each.get("properties", {}).items()}
        others = [each["additionalProperties"] for each in forms if isinstance(each.get("additionalProperties"), dict)]
        entries = {}
        for key, entry in node.entries.items():
            inner = own.get(key) or (others[0] if others else {})
            entry = replace(entry, value=self.named(inner, entry.value))
            entries[key] = entry
        made = replace(node, entries=entries)
        return self.keys(made, mark, tuple(own)) if mark else made

    def keys(self, node: YamlMapping, mark: str, without: tuple[str, ...] = ()) -> YamlMapping:
        """A mapping whose keys are names."""
        entries: dict[str, MappingEntry] = {}
        for key, entry in node.entries.items():
            old = key if key in without else self.name(key, mark)
            entries[old] = entry if old == key else replace(entry, key=replace(entry.key, value=old, text=old))
        return replace(node, entries=entries)

    def name(self, name: str, mark: str) -> str:
        """The oldest name of what a mark says."""
        if mark == "parameter":
            return self.names.name(name, "parameter")
        if mark == "network or load balancer" and name.endswith(_BALANCER):
            return f"{self._tier(name.removesuffix(_BALANCER))}{_BALANCER}"
        if mark == "tier":
            return self._tier(name)
        if (
            mark == "component or process"
            and len(self.topology.components) == 1
            and name not in self.topology.components
        ):
            return self.names.name(name, "process")
        return self.names.id(name, *_KINDS.get(mark.removesuffix(" or load balancer"), ()))

    def _tier(self, name: str) -> str:
        """The id of a tier; that of a process without a tier of its own begins with the id of its component."""
        old = self.names.id(name, *TIERS)
        if old != name:
            return old
        for component in self.topology.components.values():
            for process in component.processes:
                if process.on == name and not process.tier:
                    owner = self.names.id(component.id, "artifact")
                    return slug(f"{owner}-{self.names.name(process.type, 'process')}")
        return name

    def _definition(self, reference: str) -> Schema:
        found: Schema = self.form
        for key in reference.removeprefix("#/").split("/"):
            found = found[key]
        return found
