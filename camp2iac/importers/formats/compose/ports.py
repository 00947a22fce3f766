"""``ports`` and ``expose``: endpoints for users, and ports for other services."""

from __future__ import annotations

import re

from camp2iac.importers.draft import DraftRequirement, DraftValue
from camp2iac.importers.formats.compose.state import ComposedService, ComposeState
from camp2iac.importers.part import SourcePart
from camp2iac.record import Record
from camp2iac.topology.schemes import PORTS

_SHORT = re.compile(
    r"(?:(?P<address>\[[0-9A-Fa-f:.]+\]|\d+(?:\.\d+){3}):)?(?:(?P<host>\d{1,5}(?:-\d{1,5})?)?:)?"
    r"(?P<target>\d{1,5}(?:-\d{1,5})?)(?:/(?P<protocol>\w+))?"
)
_BOTH = "write the other protocol in org.camp2iac:Ports of the service"
_FORM = "a port such as 8080:80"
_WEB = {"http", "https", "ws", "wss"}
_HIGHEST = 65535
_SERVERS = frozenset(port for scheme, port in PORTS.items() if scheme not in _WEB)


class PublishedPort(Record, frozen=True):
    """A port. ``published``: None if the host chooses it. ``address``: of the host, empty for all."""

    target: int
    published: int | None
    address: str
    protocol: str
    part: SourcePart


def read(state: ComposeState, made: ComposedService) -> list[PublishedPort]:
    """The published ports of a service. ``expose`` is read too, into its ports."""
    found: list[PublishedPort] = []
    layers = made.layers.get("ports")
    for part in layers.parts if layers is not None else ():
        for item in part.items("a list of ports"):
            port = _long(state, item) if item.is_mapping else _short(state, item)
            if port is not None:
                found.append(port)
    layers = made.layers.get("expose")
    exposed = []
    for part in layers.parts if layers is not None else ():
        for item in part.items("a list of ports"):
            text = state.expand(item, "a port").partition("/")[0]
            if text.isdecimal() and 0 < int(text) <= _HIGHEST:
                exposed.append(int(text))
                item.kept(f"{made.what}: port {text}")
            else:
                item.left_out("a plan has single ports")
    made.ports = list(dict.fromkeys([*(each.target for each in found), *exposed, *made.ports]))
    return found


def _short(state: ComposeState, item: SourcePart) -> PublishedPort | None:
    text = state.expand(item, _FORM).strip()
    match = _SHORT.fullmatch(text)
    if match is None:
        if state.project.source.diagnostics.failed:
            return None
        item.wrong(_FORM)
        return None
    if "-" in match["target"] or "-" in (match["host"] or ""):
        item.left_out("a plan has single ports for users", "write a requirement org.camp2iac:Expose for each port")
        return None
    host = int(match["host"]) if match["host"] else None
    return _checked(item, int(match["target"]), host, match["address"] or "", match["protocol"] or "tcp")


def _long(state: ComposeState, item: SourcePart) -> PublishedPort | None:
    values = {key: state.expand(part, "a single value") for key, part in item.entries()}
    target, published = values.get("target", ""), values.get("published", "")
    if not target.isdecimal():
        item.wrong("a mapping with the number of a port in target")
        return None
    if published and not published.isdecimal():
        item.left_out("a plan has single ports for users", "write a requirement org.camp2iac:Expose for each port")
        return None
    return _checked(
        item,
        int(target),
        int(published) if published else None,
        values.get("host_ip", ""),
        values.get("protocol", "tcp"),
    )


def _checked(item: SourcePart, target: int, published: int | None, address: str, protocol: str) -> PublishedPort | None:
    if not 0 < target <= _HIGHEST or not 0 < (published or 1) <= _HIGHEST:
        item.wrong("a port between 1 and 65535")
        return None
    if protocol.lower() not in ("tcp", "udp"):
        item.left_out(f"a plan has TCP and UDP, not {protocol[:20]}")
        return None
    return PublishedPort(target, published, address.strip("[]"), protocol.lower(), item)


def expose(made: ComposedService, found: list[PublishedPort]) -> None:
    """The endpoints of an artifact."""
    if made.artifact is None:
        for port in found:
            port.part.left_out(
                "services that connect reach the port; users do not",
                "to reach it yourself, use SSH: the README of the output says how",
            )
        return
    published: dict[int, str] = {}
    for port in found:
        public = not port.address.startswith(("127.", "::1"))
        number = port.published or port.target
        if number in published:
            if published[number] == port.protocol:
                port.part.kept(f"{made.what}: as the earlier port {number}")
            else:
                port.part.left_out(f"port {number} is an endpoint for {published[number].upper()} already", _BOTH)
            continue
        published[number] = port.protocol
        values: dict[str, DraftValue] = {"port": port.target}
        if number != port.target:
            values["as"] = number
        if public:
            values["public"] = True
        protocol = _protocol(port)
        if protocol != "http":
            values["protocol"] = protocol
        made.artifact.requirements.append(DraftRequirement("org.camp2iac:Expose", values, why=port.part.where))
        to = f"{made.what}: Expose, port {port.target} as {number}"
        if not public:
            port.part.changed(to, f"{port.address} is your own computer, so only the application reaches it")
        elif port.address and port.address not in ("0.0.0.0", "::"):  # noqa: S104 - compared
            port.part.changed(to, f"the address {port.address} is a decision of the operator")
        else:
            port.part.kept(to)
    if not found and made.ports:
        made.artifact.requirements.append(DraftRequirement("org.camp2iac:Expose", {"port": made.ports[0]}))


def _protocol(port: PublishedPort) -> str:
    if port.protocol == "udp":
        return "udp"
    return "tcp" if port.target in _SERVERS else "http"
