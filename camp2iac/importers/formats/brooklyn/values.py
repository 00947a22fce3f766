"""The values of Brooklyn's blueprints: literals, and what expressions make of them in a plan."""

from __future__ import annotations

import re

from camp2iac.camp.nodes import Scalar
from camp2iac.importers.draft import DraftValue, text_value
from camp2iac.importers.formats.brooklyn.document import BrooklynDocument, BrooklynEntity
from camp2iac.importers.formats.brooklyn.expressions import BrooklynCall, BrooklynCalls, is_expression, parse
from camp2iac.importers.formats.brooklyn.types import DATABASES, SCHEMES
from camp2iac.importers.part import SourcePart
from camp2iac.record import Record, field

_DEEPEST = 8
_LONGEST = 16_000
_MOST = 20_000  # steps for all values of a blueprint
_REFERENCE = re.compile(r"\b(?:IP|IPALL|PORT|PASSWORD)\(")
_PLACE = re.compile(r"%[sd]")
_FINDERS = ("component", "entity", "sibling", "child", "descendant", "ancestor")
_OWN = ("self", "this", "parent", "root", "scopeRoot", "config", "attributeWhenReady")
_ADDRESSES = ("host.address", "host.name", "host.subnet.hostname", "host.subnet.address")
_URLS = ("main.uri", "webapp.url", "main.uri.mapped.public", "main.uri.mapped.subnet")
_CREDENTIALS = re.compile(r"PORT\(([\w.-]+)\)/(\w{1,60})\?user=([A-Za-z]\w{0,30})&password=")


class BrooklynText(Record):
    """A value as a string of the plan. ``links``: the entities whose addresses it has."""

    text: str
    links: list[BrooklynEntity] = field(default_factory=list)

    @property
    def draft(self) -> DraftValue:
        """The value in the plan."""
        return self.text if self.links else text_value(self.text)


class BrooklynValues(Record):
    """Resolves values. ``passwords``: the entity whose password an external secret is, by the words of the source."""

    document: BrooklynDocument
    passwords: dict[tuple[str, str], BrooklynEntity] = field(default_factory=dict)
    _steps: int = 0

    def text(self, part: SourcePart | None, entity: BrooklynEntity, depth: int = 0) -> BrooklynText | None:
        """The value of a part; None if it is known only when the application runs."""
        self._steps += 1
        if part is None or depth > _DEEPEST or self._steps > _MOST:
            return None
        if isinstance(part.node, Scalar):
            text = part.node.text
            if not is_expression(text):
                return BrooklynText(text) if part.node.value is not None else None
            calls = parse(text)
            return self._calls(calls, entity, depth) if calls is not None else None
        entries = list(part.entries()) if part.is_mapping else []
        if len(entries) != 1:
            return None
        key, value = entries[0]
        if key == "$brooklyn:literal":
            return self.text(value, entity, depth + 1) if value.is_scalar else None
        if key == "$brooklyn:formatString" and value.is_list:
            found = [self.text(each, entity, depth + 1) for each in value.items()]
            return _formatted(found)
        return None

    def static(self, part: SourcePart | None, entity: BrooklynEntity) -> str | None:
        """The value if it has no address."""
        found = self.text(part, entity)
        return found.text if found is not None and not found.links else None

    def number(self, part: SourcePart | None, entity: BrooklynEntity) -> int | None:
        """The value as a number that is not negative."""
        text = (self.static(part, entity) or "").strip()
        return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else None

    def external(self, part: SourcePart | None) -> tuple[str, str] | None:
        """The secret elsewhere that a value is."""
        node = part.node if part is not None else None
        calls = parse(node.text) if isinstance(node, Scalar) and is_expression(node.text) else None
        if calls is None or len(calls.calls) != 1 or calls.calls[0].name != "external":
            return None
        return calls.calls[0].text(0), calls.calls[0].text(1)

    def entity(self, part: SourcePart, entity: BrooklynEntity) -> BrooklynEntity | None:
        """The entity that a value names."""
        node = part.node
        calls = parse(node.text) if isinstance(node, Scalar) and is_expression(node.text) else None
        found: BrooklynEntity | None = entity if calls is not None else None
        for call in calls.calls if calls is not None else ():
            found = self._found(call, found) if found is not None and call.name in _FINDERS + _OWN else None
        return found

    def _calls(self, calls: BrooklynCalls, entity: BrooklynEntity, depth: int) -> BrooklynText | None:
        self._steps += 1
        first, *rest = calls.calls
        if self._steps > _MOST:
            return None
        if first.name == "formatString":
            return _formatted([self._argument(each, entity, depth + 1) for each in first.arguments])
        if first.name == "literal":
            return BrooklynText(first.text()) if first.text() else None
        if first.name == "external":
            owner = self.passwords.get((first.text(0), first.text(1)))
            return BrooklynText(f"PASSWORD({owner.id})", [owner]) if owner is not None else None
        found: BrooklynEntity | None = entity
        for number, call in enumerate((first, *rest)):
            if found is None or call.name not in _FINDERS + _OWN:
                return None
            if call.name in ("config", "attributeWhenReady"):
                return self._last(call, found, depth) if number == len(rest) else None
            found = self._found(call, found)
        return None

    def _found(self, call: BrooklynCall, entity: BrooklynEntity) -> BrooklynEntity | None:
        if call.name in ("self", "this"):
            return entity
        if call.name == "parent":
            return entity.above
        if call.name in ("root", "scopeRoot"):
            root = self.document.found
            return BrooklynEntity([root], "group", "") if root is not None else None
        return self.document.entity(call.text(len(call.arguments) - 1))

    def _argument(self, argument: str | BrooklynCalls, entity: BrooklynEntity, depth: int) -> BrooklynText | None:
        if isinstance(argument, str):
            return BrooklynText(argument)
        return self._calls(argument, entity, depth) if depth <= _DEEPEST else None

    def _last(self, call: BrooklynCall, entity: BrooklynEntity, depth: int) -> BrooklynText | None:
        if call.name == "config":
            return self._config(call.text(), entity, depth)
        name, id_ = call.text(), entity.id
        if not id_:
            return None
        if name in _ADDRESSES:
            return BrooklynText(f"IP({id_})", [entity])
        if name.endswith("port") and entity.product:
            return BrooklynText(f"PORT({id_})", [entity])
        if name in _URLS and entity.product:
            return BrooklynText(f"http://IP({id_}):PORT({id_})/", [entity])
        if name == "datastore.url" and entity.product in DATABASES:
            return BrooklynText(f"{SCHEMES[entity.product]}://IP({id_}):PORT({id_})/", [entity])
        return self._config(name, entity, depth)  # Brooklyn publishes ports that are configured as sensors

    def _config(self, name: str, entity: BrooklynEntity, depth: int) -> BrooklynText | None:
        """A configuration key of an entity or those above it, or the default of a parameter."""
        above: BrooklynEntity | None = entity.member if entity.member is not None else entity
        while above is not None:
            value = above.config(name)
            if value is not None:
                return self.text(value, above, depth + 1)
            for part in above.parts:
                found = _default(part, name)
                if found is not None:
                    return self.text(found, above, depth + 1)
            above = above.above
        root = self.document.found
        return self.text(_default(root, name), entity, depth + 1) if root is not None else None


def _default(part: SourcePart, name: str) -> SourcePart | None:
    config, listed = part.get("brooklyn.config"), part.get("brooklyn.parameters")
    if config is not None and config.get(name) is not None:
        return config.get(name)
    for each in listed.items() if listed is not None and listed.is_list else ():
        called = each.get("name")
        if called is not None and called.is_scalar and called.text() == name:
            return each.get("default")
    return None


def _formatted(found: list[BrooklynText | None]) -> BrooklynText | None:
    """The string of a format and its arguments."""
    known = [each for each in found if each is not None]
    if not known or len(known) < len(found):
        return None
    pieces = _PLACE.split(known[0].text)
    links = [link for each in known for link in each.links]
    if len(pieces) != len(known) or (links and any(not each.links and _REFERENCE.search(each.text) for each in known)):
        return None
    text = pieces[0] + "".join(each.text + piece for each, piece in zip(known[1:], pieces[1:], strict=True))
    return BrooklynText(text, links) if len(text) <= _LONGEST else None


def credentials(value: BrooklynText) -> tuple[str, str, str] | None:
    """The service, the database and the user that a connection string names."""
    found = _CREDENTIALS.search(value.text)
    return (found[1], found[2], found[3]) if found is not None else None
