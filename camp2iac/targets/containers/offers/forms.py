"""The strings of ``docker.yaml`` with names in braces, and the names that each of them can contain."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from camp2iac.camp.nodes import Mapping as MappingNode
from camp2iac.camp.nodes import Node
from camp2iac.camp.nodes import Sequence as SequenceNode
from camp2iac.catalogue.forms import Place, fields
from camp2iac.diagnostics import Span
from camp2iac.diagnostics.suggest import listed
from camp2iac.record import Record

FIELDS = {
    "user": "the user of the application",
    "name": "its database, or its virtual host",
    "databases": "all databases that requirements name, with spaces between them",
    "port": "the port of the product",
    "app": "the name of the application",
    "id": "the id of the service",
}
"""Names in ``environment``, ``command``, ``health`` and ``files``, and their meaning."""
FILE_FIELDS = {
    **FIELDS,
    "password": "the password",
    "configuration": "the configuration that camp2iac generates for a load balancer",
}
LOAD_FIELDS = {
    "number": "the place of the artifact in the plan, with three digits",
    "database": "the database that it is loaded into",
    "id": "the id of the artifact",
}
VALUE_FIELDS = {"value": "the value of the attribute"}
ATTRIBUTE_FIELDS = ("configuration", "name", "password", "user")
"""The form fields that an attribute of the product can set."""

_KNOWN: Mapping[str, Mapping[str, str]] = {
    "environment": FIELDS,
    "command": FIELDS,
    "health": FIELDS,
    "files": FILE_FIELDS,
    "load": LOAD_FIELDS,
    "attributes": VALUE_FIELDS,
}


class ImageFault(Record, frozen=True):
    """``place``: the keys that lead to it. ``problem``: what is wrong. ``known``: the names that it can contain."""

    place: Place
    problem: str
    known: tuple[str, ...] = ()
    help: str = "use one of these names, or write {{ and }} for braces"

    @property
    def key(self) -> str:
        """The place as text: ``command[1]``."""
        return "".join(f"[{each}]" if isinstance(each, int) else f".{each}" for each in self.place)[1:]


def faults(content: object, attributes: Collection[str]) -> Iterator[ImageFault]:
    """Find what is wrong with the forms of a ``docker.yaml`` that was checked against its schema.

    ``attributes``: those of the product.
    """
    if not isinstance(content, Mapping):
        return
    if "image" in content and "tags" not in content:
        yield ImageFault(("image",), "it has no tags", help='write for example  tags: { "1.2": "1.2" }')
    for key, known in _KNOWN.items():
        for place, text in _texts(content.get(key), (key,)):
            if place[-1] != "form":
                yield from _faults(place, text, known)
    uses = content.get("attributes")
    for name in uses if isinstance(uses, Mapping) else ():
        if name not in attributes:
            help_ = f"write one of {listed(sorted(attributes))}" if attributes else "remove it"
            yield ImageFault(("attributes", str(name)), "the product has no such attribute", help=help_)


def span(node: Node, place: Place) -> Span:
    """Where a value is in the file. Of a name that is a key, the place of its value."""
    for key in place:
        if isinstance(node, MappingNode) and isinstance(key, str):
            node = node[key]
        elif isinstance(node, SequenceNode) and isinstance(key, int):
            node = node.items[key]
    return node.span


def _faults(place: Place, text: str, known: Mapping[str, str]) -> Iterator[ImageFault]:
    shown = tuple(f"{{{name}}}" for name in known)
    try:
        unknown = [name for name in fields(text) if name not in known]
    except ValueError as problem:
        yield ImageFault(place, str(problem), shown)
        return
    if "password" in unknown and known is FIELDS:
        help_ = "write it to a file with  files:  and read the file"
        yield ImageFault(place, "other users can read the password there", help=help_)
    else:
        yield from (ImageFault(place, f"it cannot contain {{{name}}}", shown) for name in unknown)


def _texts(value: object, place: Place) -> Iterator[tuple[Place, str]]:
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _texts(item, (*place, str(key)))
    elif isinstance(value, list | tuple):
        for number, item in enumerate(value):
            yield from _texts(item, (*place, number))
