"""Variables that name a server elsewhere, which instances cannot reach: `EMAIL_HOST`, `LDAP_URL`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from camp2iac.diagnostics import Diagnostic
from camp2iac.targets.openstack.checks import Stage
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.topology import schemes
from camp2iac.topology.model import Component, Topology, Variable

STAGE = Stage.USE
_OPEN = frozenset((53, 80, 123, 443))  # name servers, time servers, HTTP and HTTPS at any address
_HOSTS = re.compile(r"(?:.*_)?(?:(EMAIL|MAIL|MAILER|SMTP)|(LDAP)|(IMAP))_(?:HOST|HOSTNAME|SERVER|ADDRESS)")
_NAME = r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?"
_LOCAL = r"localhost|127\..*|::1|\[::1\]|0\.0\.0\.0"
_URL = re.compile(r"([a-z][a-z0-9+.-]*)://[^\s/]", re.IGNORECASE)


def check(layout: OpenStackLayout) -> Iterator[Diagnostic]:
    """CAMP232."""
    topology = layout.topology
    for component in topology.components.values():
        values = {each.name: each.value.literal or "" for each in component.variables}
        for variable in component.variables:
            found = _server(variable, values)
            if found is not None and found[1] not in _OPEN and not _connected(topology, component, found):
                yield _closed(component, variable, found)


def _server(variable: Variable, values: dict[str, str]) -> tuple[str, int, str] | None:
    """The host, the port and the scheme that a variable names. None: it names none that is elsewhere."""
    text = values[variable.name]
    try:
        if (url := _URL.match(text)) is not None:
            split = urlsplit(text)
            host, scheme = split.hostname or "", url[1].lower().partition("+")[0]
            port = split.port or schemes.PORTS.get(scheme, 0)
        elif (named := _HOSTS.fullmatch(variable.name)) is not None:
            host, scheme = text, "smtp" if named[1] else "ldap" if named[2] else "imap"
            beside = values.get(re.sub(r"(HOST|HOSTNAME|SERVER|ADDRESS)$", "PORT", variable.name), "")
            port = int(beside) if beside.isdecimal() and len(beside) < 6 else 587 if named[1] else schemes.PORTS[scheme]
        else:
            return None
    except ValueError:
        return None
    known = port and re.fullmatch(_NAME, host) and "." in host and not re.fullmatch(_LOCAL, host, flags=re.IGNORECASE)
    return (host, port, scheme) if known else None


def _connected(topology: Topology, component: Component, found: tuple[str, int, str]) -> bool:
    """Whether a link opens the way: to a service elsewhere with that port, or with that host."""
    for link in component.links:
        href = topology.services[link.service].href if link.service in topology.services else None
        if href is None:
            continue
        try:
            split = urlsplit(href.value)
            port = split.port or schemes.PORTS.get(split.scheme.partition("+")[0], 0)
        except ValueError:
            continue
        if port == found[1]:
            return True
    return False


def _closed(component: Component, variable: Variable, found: tuple[str, int, str]) -> Diagnostic:
    host, port, scheme = found
    id_ = {"smtp": "mail", "smtps": "mail", "ldap": "directory", "ldaps": "directory"}.get(scheme, "elsewhere")
    return Diagnostic(
        "CAMP232",
        f"{component.name} cannot connect to {host}, port {port}: instances reach only HTTP and HTTPS elsewhere",
        variable.value.span,
        label=f"{variable.name} names this server",
        help=f"to open this port, add a service and a requirement to connect to it\n"
        f"  - id: {id_}\n    href: {scheme}://{host}:{port}\n"
        f"  - requirement_type: ConnectTo\n    fulfillment: id:{id_}",
    )
