"""Services that exist elsewhere: the address in their ``href``, and the variables of those that connect to them."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from camp2iac.record import Record
from camp2iac.topology import schemes
from camp2iac.topology.match import EXTERNAL
from camp2iac.topology.model import Link, Service, TextValue

_SCHEME = r"[A-Za-z][A-Za-z0-9+.-]*"
CREDENTIALS = ("user", "password")
"""The attributes of a service elsewhere that its users get."""


class Address(Record, frozen=True):
    """The parts of a URL. ``authority``: the host as written, with the port if the URL has one. ``rest``: the path and
    what follows. ``port``: that of the URL, or the usual one of its scheme; None: neither is known.
    """

    scheme: str
    user: str
    password: str
    host: str
    port: int | None
    authority: str
    rest: str

    @property
    def database(self) -> str:
        """The first part of the path."""
        return unquote(re.split(r"[/?#]", self.rest.lstrip("/"))[0])


def address(href: str) -> Address | None:
    """The address in an ``href``; None if it is not a URL with a host, or if its port is not a number up to 65535."""
    try:
        parts = urlsplit(href)
        host, given = parts.hostname, parts.port
    except ValueError:
        return None
    if not host or not re.fullmatch(_SCHEME, parts.scheme):
        return None
    rest = href.partition("://")[2][len(parts.netloc) :]
    return Address(
        parts.scheme,
        unquote(parts.username or ""),
        unquote(parts.password or ""),
        host,
        given or schemes.port(parts.scheme),
        parts.netloc.rpartition("@")[2],
        rest,
    )


def of(service: Service) -> Address | None:
    """The address of a service elsewhere."""
    return address(service.href.value) if service.href is not None else None


def credential(service: Service, name: str) -> TextValue | None:
    """The user or the password of a service elsewhere, from its attributes."""
    statement = service.attributes.get(name) if service.href is not None else None
    return statement.value if statement is not None else None


def whole(service: Service) -> bool:
    """Whether the plan says all of its URL: it has no product, which could need credentials, or it has credentials.

    A password in the URL itself does not count: a platform that can ask for the URL asks for it.
    """
    if any(credential(service, name) is not None for name in CREDENTIALS):
        return True
    found = of(service)
    return service.product is EXTERNAL and not (found and found.password)


def names(service: Service, link: Link) -> tuple[tuple[str, str], ...]:
    """The variables of a link to a service without a product, beside its URL: the part of the address, and the name."""
    if service.product is not EXTERNAL:
        return ()
    found = of(service)
    base = link.variables[0].removesuffix("_URL")
    known = {"host": found is not None, "port": found is not None and found.port is not None}
    for name in CREDENTIALS:
        known[name] = credential(service, name) is not None or bool(found and getattr(found, name))
    return tuple((part, f"{base}_{part.upper()}") for part, has in known.items() if has)
