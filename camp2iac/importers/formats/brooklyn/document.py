"""Brooklyn blueprints: their entities, with those of items of a catalogue that they name."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.importers.formats.brooklyn.types import STRUCTURE, known, type_name, type_part
from camp2iac.importers.part import SourcePart
from camp2iac.record import Record, field

_DEEPEST = 12
_MOST = 200  # entities
_SPEC = "$brooklyn:entitySpec"
_MEMBERS = ("memberSpec", "dynamiccluster.memberspec", "cluster.memberspec")


class BrooklynEntity(Record):
    """An entity. ``parts``: where it is described, the nearest first: itself, and the catalogue items that it names.
    ``kind``: what it is, as in :mod:`.types`; empty if it is not known. ``member``: of a cluster."""

    parts: list[SourcePart]
    kind: str
    differs: str
    above: BrooklynEntity | None = None
    member: BrooklynEntity | None = None
    children: list[BrooklynEntity] = field(default_factory=list)
    id: str = ""  # of its service or artifact
    tier: str = ""
    product: str = ""

    @property
    def name(self) -> str:
        """How the blueprint names it."""
        for key in ("id", "name"):
            for part in self.parts:
                found = part.get(key)
                if found is not None and found.is_scalar and found.text().strip():
                    return found.text()
        return self.kind

    @property
    def named(self) -> str:
        """The id that other entities use."""
        found = (part.get("id") for part in self.parts)
        return next((each.text() for each in found if each is not None and each.is_scalar), "")

    def config(self, *names: str) -> SourcePart | None:
        """The first of some configuration keys."""
        return next((value for key, value in self.settings() if key in names), None)

    def settings(self) -> Iterator[tuple[str, SourcePart]]:
        """All configuration keys, those that count first."""
        for part in self.parts:
            config = part.get("brooklyn.config")
            if config is not None and config.is_mapping:
                yield from config.entries()
            for key, value in part.entries():
                if key not in STRUCTURE and not key.startswith("brooklyn."):
                    yield key, value


class BrooklynDocument(Record):
    """A blueprint. ``items``: of its catalogue, by id. ``entities``: all, each before its children."""

    root: SourcePart
    items: dict[str, SourcePart] = field(default_factory=dict)
    tops: list[BrooklynEntity] = field(default_factory=list)
    entities: list[BrooklynEntity] = field(default_factory=list)
    found: SourcePart | None = None  # that has the services

    def read(self) -> bool:
        """Read the entities. False if the document is not a blueprint."""
        top = self.root
        catalog = self.root.get("brooklyn.catalog")
        if catalog is not None and catalog.is_mapping:
            found = self._catalog(catalog, 0)
            if self.root.get("services") is None:
                top = next(
                    (each for each in found if each.get("services") is not None), found[-1] if found else catalog
                )
        self.found = top
        services = top.get("services") or top.get("brooklyn.children")
        if services is not None and services.is_list:
            listed = list(services.items())
        elif type_name(top):
            listed = [top]
        else:
            return False
        for each in listed:
            self._entity(each, None, self.tops, 0)
        return True

    def _catalog(self, part: SourcePart, depth: int) -> list[SourcePart]:
        """The entities of the items of a catalogue."""
        found = []
        items = part.get("items")
        for each in items.items() if items is not None and items.is_list and depth < _DEEPEST else ():
            found += self._catalog(each, depth + 1)
        item = part.get("item")
        if item is not None and item.is_mapping:
            kind = part.get("itemType") or part.get("item.type")
            if kind is None or not kind.is_scalar or kind.text() not in ("policy", "location", "enricher", "bundle"):
                found.append(item)
            id_ = part.get("id")
            id_ = id_ if id_ is not None else item.get("id")
            if id_ is not None and id_.is_scalar:
                self.items[id_.text()] = item
        return found

    def _parts(self, part: SourcePart) -> list[SourcePart]:
        """A description, and those of the catalogue that it begins from."""
        found = [part]
        while not known(type_name(found[-1]))[0] and len(found) < _DEEPEST:
            item = self.items.get(type_name(found[-1]).partition(":")[0])
            if item is None or any(item.place == each.place for each in found):
                break
            services = item.get("services")
            first = next(iter(services.items()), None) if services is not None and services.is_list else None
            found.append(first if first is not None and first.is_mapping else item)
        return found

    def _entity(self, part: SourcePart, above: BrooklynEntity | None, into: list[BrooklynEntity], depth: int) -> None:
        if not part.is_mapping:
            part.wrong("a mapping with the type of the entity")
            return
        if depth > _DEEPEST or len(self.entities) >= _MOST:
            part.left_out("the blueprint has too many entities", "import a part of it")
            return
        parts = self._parts(part)
        entity = BrooklynEntity(parts, *known(type_name(parts[-1])), above=above)
        into.append(entity)
        self.entities.append(entity)
        if entity.kind in ("cluster", "balanced"):
            spec = entity.config(*_MEMBERS)
            spec = (spec.get(_SPEC) or spec) if spec is not None else None
            if spec is not None and spec.is_mapping:
                below = self._parts(spec)
                entity.member = BrooklynEntity(below, *known(type_name(below[-1])), above=entity)
        for each in parts:
            children = each.get("brooklyn.children") or (each.get("services") if each is not self.found else None)
            for child in children.items() if children is not None and children.is_list else ():
                self._entity(child, entity, entity.children, depth + 1)

    def entity(self, name: str) -> BrooklynEntity | None:
        """The entity with an id."""
        return next((each for each in self.entities if each.named == name), None)


def types_of(entity: BrooklynEntity) -> Iterator[SourcePart]:
    """The types that its descriptions name."""
    for part in entity.parts:
        found = type_part(part)
        if found is not None:
            yield found
