"""The texts of a ``product.yaml`` in which names in braces are filled in, and the names that each of them knows.

``{{`` and ``}}`` are braces. A name that a text does not know is a fault of the entry: nothing would be there.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterator, Mapping

from camp2iac.record import Record

Place = tuple[str | int, ...]

#: Attributes that say who comes to a service and which database they have; credentials are made of them.
ELSEWHERE = ("user", "database", "vhost")


class Form(Record, frozen=True):
    """A text with names in it.

    ``key``: where it is, ``machine.files[].path``. ``names``: what is filled in: name to what it is. ``attributes``:
    attributes of the product are, too.
    """

    key: str
    names: Mapping[str, str]
    attributes: bool = False

    def known(self, product: Mapping[str, object]) -> tuple[str, ...]:
        """The names that a product has a value for; ``product``: what its file says."""
        lacks = {name for name, key in _NEEDS.items() if not product.get(key)}
        given = product.get("attributes")
        secret = {
            str(name): isinstance(form, Mapping) and bool(form.get("secret"))
            for name, form in (given.items() if isinstance(given, Mapping) else ())
        }
        own = attributes(secret) if self.attributes else ()
        return tuple(dict.fromkeys((*(name for name in self.names if name not in lacks), *own)))


_NEEDS = {"data": "data", "release": "available"}
_URL = {
    "user": "who logs in",
    "password": "the password",
    "host": "the address",
    "port": "where the service listens",
    "name": "the database",
}
_RELEASE = {"release": "the release that the operating system has"}
_LIB = {"lib": "the folder of the product's files"}
_FILE = {**_LIB, "app": "the application's name", "id": "the service's id"}
_FOLDER = {"folder": "where the component's files are"}
FORMS = {
    form.key: form
    for form in (
        Form("link.url", _URL),
        Form("machine.jdbc", _URL),
        Form("machine.unit.running", _RELEASE),
        Form("machine.unit.drop_in", _RELEASE),
        Form(
            "machine.unit.more[]",
            {**_LIB, "data": "the folder of its data", **_RELEASE, "port": "where it listens"},
            attributes=True,
        ),
        Form("machine.sandbox.writable[]", _RELEASE),
        Form("machine.path", _FOLDER),
        Form(
            "machine.web.command",
            {
                **_FOLDER,
                "application": "of Python: `module:callable`",
                "jar": "of Java: the program",
                "memory": "of Java: its limit",
            },
            attributes=True,
        ),
        Form("machine.files[].path", _FILE),
        Form("machine.component_files[].path", {**_FILE, "component": "the component's id"}),
    )
}
#: Nothing is filled in there, though it looks like it: texts that reach a machine as they are.
_AS_IT_IS = re.compile(
    r"data|options\.[^.]+\.label|machine\.(user|environment\[\]|selinux\..*|packages.*|linked.*|at\..*"
    r"|apt\..*\.(name|source)|files\[\]\.template|component_files\[\]\.template)"
)
_NAME = re.compile(r"(?<![${])\{[a-z_]+\}")


class FormFault(Record, frozen=True):
    """``place``: the keys that lead to the text. ``problem``: what is wrong. ``known``: the names that it knows."""

    place: Place
    problem: str
    known: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The place in words: ``machine.unit.more[1]``."""
        return "".join(f"[{each}]" if isinstance(each, int) else f".{each}" for each in self.place)[1:]


def attributes(secret: Mapping[str, bool]) -> tuple[str, ...]:
    """The attributes that a text may name: neither secrets nor what credentials are made of."""
    return tuple(name for name, hidden in secret.items() if not hidden and name not in ELSEWHERE)


def fields(text: str) -> list[str]:
    """The names in a form.

    Raises:
        ValueError: a brace has no other, or more than a name is between them.
    """
    found = []
    for _, name, spec, conversion in string.Formatter().parse(text):
        if name is not None:
            if spec or conversion:
                raise ValueError(f"{{{name}}} is written with a format")
            found.append(name)
    return found


def faults(product: Mapping[str, object]) -> Iterator[FormFault]:
    """What is wrong with the forms of a ``product.yaml`` that has been checked against its schema."""
    for place, text in _texts(product, ()):
        key = _key(place)
        form = FORMS.get(key)
        if form is None:
            if _AS_IT_IS.fullmatch(key) and (found := _NAME.search(text)):
                yield FormFault(place, f"{found[0]} is not filled in there")
            continue
        known = form.known(product)
        try:
            unknown = [name for name in fields(text) if name not in known]
        except ValueError as problem:
            yield FormFault(place, str(problem), known)
            continue
        yield from (FormFault(place, f"it does not know {{{name}}}", known) for name in unknown)


def _key(place: Place) -> str:
    """The key as :data:`FORMS` has it: a family's are those of all."""
    common = (place[0], *place[3:]) if place[:2] == ("machine", "families") else place
    return "".join("[]" if isinstance(each, int) else f".{each}" for each in common)[1:]


def _texts(value: object, place: Place) -> Iterator[tuple[Place, str]]:
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _texts(item, (*place, str(key)))
    elif isinstance(value, list | tuple):
        for number, item in enumerate(value):
            yield from _texts(item, (*place, number))
