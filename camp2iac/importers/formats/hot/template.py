"""Heat templates: their resources and parameters, with those of the templates that their groups name."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from camp2iac.camp.nodes import Scalar
from camp2iac.importers import ImportSource, SourcePart
from camp2iac.record import Record, field

_DEEPEST = 4
GROUPS = ("OS::Heat::AutoScalingGroup", "OS::Heat::InstanceGroup", "OS::Heat::ResourceGroup")
ANSWERED = "the plan has no such resource"


class HotResource(Record):
    """A resource. ``group``: the group of which it is a member."""

    name: str
    type: str
    part: SourcePart
    template: HotTemplate
    group: HotResource | None = None

    def property(self, *names: str) -> SourcePart | None:
        """The first of some properties."""
        properties = self.part.get("properties")
        found = (properties.get(name) for name in names) if properties is not None else ()
        return next((each for each in found if each is not None), None)

    def properties(self) -> Iterator[tuple[str, SourcePart]]:
        """All properties."""
        properties = self.part.get("properties")
        if properties is not None:
            yield from properties.entries()

    def kept(self, to: str) -> None:
        """Record what the resource becomes."""
        type_ = self.part.get("type")
        if type_ is not None:
            type_.kept(to)


class HotTemplate(Record):
    """A template. ``given``: the values of its parameters, of a nested template. ``above``: the template of these."""

    part: SourcePart
    resources: dict[str, HotResource] = field(default_factory=dict)
    parameters: dict[str, SourcePart] = field(default_factory=dict)
    given: dict[str, SourcePart] = field(default_factory=dict)
    above: HotTemplate | None = None
    used: set[str] = field(default_factory=set)

    def all(self) -> Iterator[HotResource]:
        """Its resources."""
        yield from self.resources.values()

    def of(self, *types: str) -> Iterator[HotResource]:
        """Its resources of some types."""
        return (each for each in self.resources.values() if each.type in types)


def read_template(source: ImportSource, path: str) -> list[HotTemplate] | None:
    """A template, and those below it; None if it is not one or cannot be read."""
    part = source.document(path)
    if part is None or not part.is_mapping or part.get("heat_template_version") is None:
        return None
    found: list[HotTemplate] = []
    _read(source, part, None, None, found)
    return found


def _read(
    source: ImportSource,
    part: SourcePart,
    above: HotTemplate | None,
    group: HotResource | None,
    found: list[HotTemplate],
) -> None:
    template = HotTemplate(part, above=above)
    found.append(template)
    if group is not None:
        template.given = _given(group)
    for key, value in part.entries():
        if key == "resources":
            for name, resource in value.entries():
                _add(source, template, name, resource, group, found)
        elif key == "parameters":
            template.parameters = dict(value.entries())
        elif key in ("heat_template_version", "description"):
            value.kept("the version of CAMP" if key == "heat_template_version" else "description")
        elif key == "outputs":
            value.left_out("the module has outputs of its own")
        else:
            value.left_out("the plan has no such statement")


def _add(
    source: ImportSource,
    template: HotTemplate,
    name: str,
    part: SourcePart,
    group: HotResource | None,
    found: list[HotTemplate],
) -> None:
    resource = HotResource(name, _type(part), part, template, group)
    template.resources[name] = resource
    if resource.type not in GROUPS or len(found) > _DEEPEST:
        return
    inner = resource.property("resource", "resource_def", "launch_configuration_name")
    if inner is None or not inner.is_mapping:
        return
    type_ = _type(inner)
    if "::" in type_:
        template.resources[f"{name}/member"] = HotResource(name, type_, inner, template, resource)
    elif type_ and ":" not in type_:
        at = inner.get("type")
        path = source.folder.inside(type_, posixpath.dirname(part.file), at.span if at is not None else None)
        if path is None or not source.folder.is_file(path):
            inner.left_out("the source has no such template", "add the file to the source")
            return
        nested = source.document(path)
        if nested is not None and nested.is_mapping and nested.file != part.file:
            if at is not None:
                at.kept("the resources of the template")
            _read(source, nested, template, resource, found)


def _type(part: SourcePart) -> str:
    type_ = part.get("type")
    return type_.node.text if type_ is not None and isinstance(type_.node, Scalar) else ""


def _given(group: HotResource) -> dict[str, SourcePart]:
    inner = group.property("resource", "resource_def")
    properties = inner.get("properties") if inner is not None else None
    return dict(properties.entries()) if properties is not None and properties.is_mapping else {}
