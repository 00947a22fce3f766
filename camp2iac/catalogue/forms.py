"""Forms: the strings of a ``product.yaml`` with names in braces, and the names that each of them can contain.

``{{`` and ``}}`` are braces. Any other name is a fault of the product.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterator, Mapping

from camp2iac.record import Record

Place = tuple[str | int, ...]

#: Attributes for the credentials of a service.
ELSEWHERE = ("user", "database", "vhost")


class Form(Record, frozen=True):
    """A string with names in braces.

    ``key``: its place, such as ``machine.files[].path``. ``names``: name to meaning. ``attributes``: it can also name
    attributes of the product.
    """

    key: str
    names: Mapping[str, str]
    attributes: bool = False

    def known(self, product: Mapping[str, object]) -> tuple[str, ...]:
        """Return the names that have a value in a product. ``product``: the content of its file."""
        lacks = {name for name, key in _NEEDS.items() if not product.get(key)}
        if self.names is _VENDOR:
            lacks = set()
        given = product.get("attributes")
        secret = {
            str(name): isinstance(form, Mapping) and bool(form.get("secret"))
            for name, form in (given.items() if isinstance(given, Mapping) else ())
        }
        own = attributes(secret) if self.attributes else ()
        return tuple(dict.fromkeys((*(name for name in self.names if name not in lacks), *own)))


_NEEDS = {"data": "data", "release": "available"}
_URL = {
    "user": "the user",
    "password": "the password",
    "host": "the address",
    "port": "the port of the service",
    "name": "the database",
}
_LOGIN = "`&user=...&password=...`, if drivers that do not decode parameters read the same"
_ENCRYPTED = {**_URL, "ca": "the path of the CA's certificate"}
_RELEASE = {"release": "the release on the operating system"}
_LIB = {"lib": "the folder of the product's files"}
_FILE = {**_LIB, "app": "the name of the application", "id": "the id of the service"}
_VENDOR = {
    "release": "the chosen release",
    "codename": "the name of the operating system's release: `bookworm`",
    "distribution": "the operating system without its release: `debian`",
}
_FOLDER = {"folder": "the folder of the component's files"}
FORMS = {
    form.key: form
    for form in (
        Form("link.url", _URL),
        Form("link.encrypted.url", _ENCRYPTED),
        Form("link.encrypted.jdbc", {**_ENCRYPTED, "login": _LOGIN}),
        Form(
            "machine.jdbc",
            {**_URL, "login": "both as parameters, if a driver that does not decode them reads the same"},
        ),
        Form("machine.unit.running", _RELEASE),
        Form("machine.unit.drop_in", _RELEASE),
        Form(
            "machine.unit.more[]",
            {**_LIB, "data": "the folder of its data", **_RELEASE, "port": "its port"},
            attributes=True,
        ),
        Form("machine.sandbox.writable[]", _RELEASE),
        Form("machine.path", _FOLDER),
        Form("machine.environment[]", _FOLDER),
        Form(
            "machine.web.command",
            {
                **_FOLDER,
                "application": "for Python: `module:callable`",
                "jar": "for Java: the program",
                "memory": "for Java: its limit of memory",
            },
            attributes=True,
        ),
        Form("machine.files[].path", _FILE),
        Form("machine.component_files[].path", {**_FILE, "component": "the id of the component"}),
        *(Form(f"machine.vendors[].{key}", _VENDOR) for key in ("url", "suite", "key.url", "version")),
        *(Form(f"machine.vendors[].{key}[]", _VENDOR) for key in ("pin", "packages")),
    )
}
#: Strings that nothing is filled into: they reach an instance unchanged.
_AS_IT_IS = (
    r"data|link\.encrypted\.user|options\.[^.]+\.label|machine\.(user|trust|selinux\..*|packages.*|linked.*|at\..*"
    r"|apt\..*\.(name|source)|files\[\]\.template|component_files\[\]\.template)"
)
_NAME = r"(?<![${])\{[a-z_]+\}"


class FormFault(Record, frozen=True):
    """``place``: the keys that lead to it. ``problem``: what is wrong. ``known``: the names that it can contain."""

    place: Place
    problem: str
    known: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The place as text: ``machine.unit.more[1]``."""
        return "".join(f"[{each}]" if isinstance(each, int) else f".{each}" for each in self.place)[1:]


def attributes(secret: Mapping[str, bool]) -> tuple[str, ...]:
    """Return the attributes that a form can name: not secrets, and not those for credentials."""
    return tuple(name for name, hidden in secret.items() if not hidden and name not in ELSEWHERE)


def fields(text: str) -> list[str]:
    """Return the names in a form.

    Raises:
        ValueError: a brace is not closed, or contains more than a name.
    """
    found = []
    for _, name, spec, conversion in string.Formatter().parse(text):
        if name is not None:
            if spec or conversion:
                raise ValueError(f"{{{name}}} is written with a format")
            found.append(name)
    return found


def faults(product: Mapping[str, object]) -> Iterator[FormFault]:
    """Find what is wrong with the forms of a ``product.yaml`` that was checked against its schema."""
    for place, text in _texts(product, ()):
        key = _key(place)
        form = FORMS.get(key)
        if form is None:
            if re.fullmatch(_AS_IT_IS, key) and (found := re.search(_NAME, text)):
                yield FormFault(place, f"{found[0]} is not filled in here")
            continue
        known = form.known(product)
        try:
            unknown = [name for name in fields(text) if name not in known]
        except ValueError as problem:
            yield FormFault(place, str(problem), known)
            continue
        yield from (FormFault(place, f"it cannot contain {{{name}}}", known) for name in unknown)


def _key(place: Place) -> str:
    """Return the key as in :data:`FORMS`. The keys of families are the same as those of all systems."""
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
