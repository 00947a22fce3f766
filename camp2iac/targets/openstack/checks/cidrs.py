"""Networks in the environment file that are not valid IPv4 networks."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Network

from camp2iac.camp import edits
from camp2iac.diagnostics import Diagnostic
from camp2iac.targets.base import Environment
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.targets.openstack.layout.networks import network_of


def check(layout: OpenStackLayout) -> Iterator[Diagnostic]:
    """CAMP620."""
    environment = layout.environment
    paths: list[tuple[str, ...]] = [("cidrs", name) for name in environment.get("cidrs", default={})]
    for region, statement in environment.get("regions", default={}).items():
        paths += [("regions", region, "cidrs", name) for name in (statement or {}).get("cidrs", {})]
    given: list[tuple[tuple[str, ...], str]] = [(path, str(environment.get(*path))) for path in paths]
    ssh: object = environment.get("ssh_from", default=())
    path: tuple[str, ...] = ("ssh_from",)
    if isinstance(ssh, dict):
        ssh, path = ssh["from"], ("ssh_from", "from")
    given += [(path, text) for text in ([ssh] if isinstance(ssh, str) else ssh if isinstance(ssh, list) else [])]
    for asked in environment.companions:
        for name, setting in asked.companion.settings.items():
            if setting.type == "cidrs":
                key = asked.companion.name
                long = isinstance(environment.get(key), dict)
                given += [((key, name) if long else (key,), each) for each in asked.networks(name)]
    for where, text in given:
        if network_of(text) is None:
            yield from _no_network(where, text, environment)


def _no_network(path: tuple[str, ...], text: str, environment: Environment) -> Iterator[Diagnostic]:
    try:
        near = str(IPv4Network(text, strict=False))
    except ValueError:
        near = ""
    yield Diagnostic(
        "CAMP620",
        f"{'.'.join(path)} in {environment.shown} is not an IPv4 network: {text}",
        environment.span(*path),
        label="has bits outside the prefix" if near else "not an IPv4 network",
        help="" if near else "write a network, such as  10.20.1.0/24",
        fixes=edits.exactly(environment.span(*path), text, near or None),
    )
