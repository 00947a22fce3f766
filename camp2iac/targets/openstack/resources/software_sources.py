"""Repositories of vendors: the way of instances to them, and what the output's README says about them."""

from __future__ import annotations

from urllib.parse import urlsplit

from camp2iac.diagnostics.suggest import listed
from camp2iac.targets.kit import ModuleBuilder
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup
from camp2iac.targets.openstack.resources import security_groups

_WEB = (80, 443)  # instances may connect to these ports anyway


def add_rules(made: ModuleBuilder, layout: OpenStackLayout, group: MachineGroup) -> None:
    """The security group rules from a tier to mirrors with a port of their own."""
    sources = [chosen.source for id_ in group.tier.services if (chosen := layout.sources.get(id_)) and chosen.source]
    urls = (url for source in sources for url in (source.url, source.key.url))
    for port in sorted({port for url in urls if (port := urlsplit(url).port) and port not in _WEB}):
        security_groups.add_way_out(made, group, f"packages_{port}", "To the repository of a vendor", port)


def text(layout: OpenStackLayout) -> str:
    """The README's section about repositories of vendors. Empty: the plan needs none."""
    rows = []
    hosts: set[str] = set()
    for id_, chosen in layout.sources.items():
        source = chosen.source
        if source is None:
            continue
        hosts |= {urlsplit(url).hostname or "" for url in (source.url, source.key.url)}
        product = layout.topology.services[id_].product.title
        rows.append(
            f"| {id_} | {product} {chosen.release} | {source.title} | {source.url} | `{source.key.fingerprint}` |"
        )
    if not rows:
        return ""
    note = (
        "Instances install these releases from the repositories of their vendors, and everything else from the "
        "distribution. They refuse packages that this key did not sign. Automatic updates of the distribution do not "
        "include them. Instances connect to " + listed(sorted(hosts)) + "."
    )
    head = "| service | release | vendor | repository | key |"
    return "\n".join(["## Vendors", "", note, "", head, "|---|---|---|---|---|", *rows])
