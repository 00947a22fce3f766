"""TOSCA documents: their nodes, types and inputs, with those of the documents that they import."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from camp2iac.importers import ImportSource, SourcePart
from camp2iac.record import Record, field

_DEEPEST = 20  # of imports, and of types that derive from each other
_PREFIXES = ("tosca.nodes.", "tosca:", "tosca.")
_LEFT = {
    "outputs": "the module has outputs of its own",
    "substitution_mappings": "a plan is a whole application",
}
# The types of the simple profile that have a meaning here, without the prefix
KINDS = {
    "BlockStorage": "storage",
    "Compute": "compute",
    "Container.Application": "application",
    "Container.Runtime": "software",
    "Database": "database",
    "DBMS": "software",
    "LoadBalancer": "balancer",
    "ObjectStorage": "object storage",
    "SoftwareComponent": "software",
    "Storage.BlockStorage": "storage",
    "Storage.ObjectStorage": "object storage",
    "WebApplication": "application",
    "WebServer": "software",
    "network.Network": "network",
    "network.Port": "port",
}


class ToscaRequirement(Record):
    """A requirement of a node. ``node``: the name of the node that it names; empty for a filter or a type."""

    name: str
    node: str
    part: SourcePart
    relationship: SourcePart | None = None


class ToscaNode(Record):
    """A node template. ``kind``: of :data:`KINDS`; empty if its type is not known."""

    name: str
    type: str
    kind: str
    part: SourcePart
    requirements: list[ToscaRequirement] = field(default_factory=list)

    def property(self, name: str) -> SourcePart | None:
        """A property."""
        properties = self.part.get("properties")
        return properties.get(name) if properties is not None else None

    def properties(self) -> Iterator[tuple[str, SourcePart]]:
        """All properties."""
        properties = self.part.get("properties")
        if properties is not None:
            yield from properties.entries()

    def capability(self, *names: str) -> Iterator[tuple[str, SourcePart]]:
        """The properties of capabilities."""
        capabilities = self.part.get("capabilities")
        for name in names:
            found = capabilities.get(name) if capabilities is not None else None
            properties = found.get("properties") if found is not None else None
            if properties is not None:
                yield from properties.entries()

    def of(self, *names: str) -> Iterator[ToscaRequirement]:
        """Its requirements with one of these names."""
        return (each for each in self.requirements if each.name in names)


class ToscaDocument(Record):
    """A service template. ``rest``: policies, groups and relationship templates. ``definitions``: types of nodes."""

    nodes: dict[str, ToscaNode] = field(default_factory=dict)
    types: dict[str, SourcePart] = field(default_factory=dict)
    inputs: dict[str, SourcePart] = field(default_factory=dict)
    name: str = ""
    description: str = ""
    rest: list[SourcePart] = field(default_factory=list)
    definitions: list[SourcePart] = field(default_factory=list)

    def default(self, type_: str, name: str) -> SourcePart | None:
        """The default of a property, as a type of the document or one above it defines it."""
        for definition in self.ancestry(type_):
            properties = definition.get("properties")
            found = properties.get(name) if properties is not None else None
            if found is not None:
                return found.get("default")
        return None

    def ancestry(self, type_: str) -> Iterator[SourcePart]:
        """The definitions of a type and of those that it derives from."""
        for _ in range(_DEEPEST):
            definition = self.types.get(type_)
            if definition is None:
                return
            yield definition
            above = definition.get("derived_from")
            type_ = above.node.text if above is not None and hasattr(above.node, "text") else ""

    def kind(self, type_: str) -> str:
        """The kind of a type."""
        names = [type_]
        for definition in self.ancestry(type_):
            above = definition.get("derived_from")
            if above is not None and hasattr(above.node, "text"):
                names.append(above.node.text)
        for name in names:
            short = next((name.removeprefix(each) for each in _PREFIXES if name.startswith(each)), name)
            while short:
                if short in KINDS:
                    return KINDS[short]
                short = short.rpartition(".")[0]
        return ""


def read_document(source: ImportSource, path: str, document: ToscaDocument) -> bool:
    """Add a document and those that it imports. False if it is not a TOSCA document or cannot be read."""
    part = source.document(path)
    if part is None or not part.is_mapping or part.get("tosca_definitions_version") is None:
        return False
    _add(source, part, document, set(), main=True)
    for node in document.nodes.values():
        node.kind = document.kind(node.type)
    return True


def _add(source: ImportSource, part: SourcePart, document: ToscaDocument, seen: set[str], *, main: bool) -> None:
    seen.add(part.file)
    for key, value in part.entries():
        if key == "imports":
            _imports(source, value, document, seen)
        elif key == "node_types":
            for name, definition in value.entries():
                document.types.setdefault(name, definition)
            document.definitions.append(value)
        elif key in ("topology_template", "node_templates", "inputs"):
            topology = value if key == "topology_template" else part
            if main or key == "topology_template":
                _topology(topology, document)
        elif key == "description":
            document.description = document.description or (_text(value) if main else "")
            value.kept("description")
        elif key in ("metadata", "template_name"):
            named = value.get("template_name") if key == "metadata" else value
            document.name = document.name or _text(named)
            value.kept("name")
        elif key == "tosca_definitions_version":
            value.kept("the version of CAMP")
        else:
            value.left_out("the plan needs no such definition")


def _text(part: SourcePart | None) -> str:
    return part.node.text if part is not None and hasattr(part.node, "text") else ""


def _imports(source: ImportSource, part: SourcePart, document: ToscaDocument, seen: set[str]) -> None:
    for item in part.items() if part.is_list else (value for _, value in part.entries()):
        named = item
        if item.is_mapping:
            named = item.get("file") or next((value for _, value in item.entries()), item)
            named = named.get("file") or named
        path = _text(named)
        if not path or ":" in path:
            item.left_out("files are read from the source only", "add the file to the source, and name it")
            continue
        inside = source.folder.inside(path, posixpath.dirname(part.file), named.span)
        item.kept("the definitions of the file")
        if inside is None or inside in seen or len(seen) > _DEEPEST:
            continue
        found = source.document(inside, named.span)
        if found is not None and found.is_mapping:
            _add(source, found, document, seen, main=False)


def _topology(part: SourcePart, document: ToscaDocument) -> None:
    for key, value in part.entries():
        if key == "node_templates":
            for name, template in value.entries():
                if not template.is_mapping:
                    template.wrong("a node template")
                elif name in document.nodes:
                    template.left_out("another document has a node of this name")
                else:
                    document.nodes[name] = _node(name, template)
        elif key == "inputs":
            for name, definition in value.entries():
                if document.inputs.setdefault(name, definition) is not definition:
                    definition.left_out("another document has an input of this name")
        elif key == "description":
            document.description = document.description or _text(value)
            value.kept("description")
        elif key in ("policies", "groups", "relationship_templates"):
            document.rest.append(value)
        elif key in _LEFT:
            value.left_out(_LEFT[key])


def _node(name: str, part: SourcePart) -> ToscaNode:
    type_ = part.get("type")
    node = ToscaNode(name, _text(type_), "", part)
    requirements = part.get("requirements")
    listed = list(requirements.items()) if requirements is not None and requirements.is_list else []
    if requirements is not None and requirements.is_mapping:
        listed = [requirements]
    for item in listed:
        for key, value in item.entries():
            target, relationship = value, None
            if value.is_mapping:
                target, relationship = value.get("node") or value, value.get("relationship")
            node.requirements.append(ToscaRequirement(key, _text(target), value, relationship))
    return node
