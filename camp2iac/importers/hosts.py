"""Addresses of services in the values of a source: ``postgres://shop:secret@db:5432/shop``, ``http://api:3000``.

A description of containers names services by their host names. The plan has references, such as ``IP(db)``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from camp2iac.record import Record


class NamedHost(Record, frozen=True):
    """A service by its host name. ``id``: in the plan. ``password``: whether the plan generates its password.
    ``user``: what the plan calls the user, empty if as in the source or if it has none."""

    name: str
    id: str
    password: bool = False
    user: str = ""


class HostReference(Record, frozen=True):
    """A place in a value that names a service. ``port``: after the name, if there is one. ``scheme``: of the URL."""

    name: str
    port: int | None
    scheme: str


_LOGIN = re.compile(r"(?!jdbc:)(redis|valkey|amqp|mongodb|postgres|mysql|mariadb)", re.IGNORECASE)
_PLACE = re.compile(
    r"(?P<scheme>(?<![\w.+-])[A-Za-z][\w.+:-]{0,40}://|^|(?<=,)|(?<=@tcp\()|(?<==))"
    r"(?P<user>[^\s:@/,]*(?::[^\s@/,]*)?@(?:tcp\()?)?"
    r"(?P<host>[A-Za-z0-9][\w.-]{0,62})"
    r"(?::(?P<port>\d{1,5}))?(?=$|[/?,;)&])"
)


def references(value: str, names: Iterable[str]) -> list[HostReference]:
    """The services that a value names. ``names``: of all services of the source."""
    known = set(names)
    return [
        HostReference(found["host"], int(found["port"]) if found["port"] else None, found["scheme"].removesuffix("://"))
        for found in _PLACE.finditer(value[:4000])
        if found["host"] in known
    ]


def rewritten(value: str, host: Callable[[str], NamedHost | None]) -> str:
    """A value with references instead of the names of services, their ports and passwords.

    ``host``: the service of a name; None if the name stays. ``PORT(id)`` is used if the value has a port.
    """

    def replaced(found: re.Match[str]) -> str:
        named = host(found["host"])
        if named is None:
            return found[0]
        user = found["user"] or ""
        if ":" in user and named.password:
            before, _, _ = user.partition(":")
            end = "@tcp(" if user.endswith("@tcp(") else "@"
            user = f"{(named.user or before) if before else ''}:PASSWORD({named.id}){end}"
        elif named.password and found["scheme"].endswith("://") and _LOGIN.match(found["scheme"]):
            user = f"{named.user}:PASSWORD({named.id})@"
        elif user and named.user:
            user = f"{named.user}@"
        port = f":PORT({named.id})" if found["port"] else ""
        return f"{found['scheme']}{user}IP({named.id}){port}"

    return _PLACE.sub(replaced, value[:4000]) + value[4000:]
