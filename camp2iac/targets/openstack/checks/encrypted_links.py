"""Links with TLS or an error: ``encrypt_links: true`` never leaves one plain (CAMP485). Calls are HTTP (CAMP486)."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic, Label
from camp2iac.targets.openstack.checks import Stage
from camp2iac.targets.openstack.layout import encrypted_links
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.topology.model import Component, Link, Service

STAGE = Stage.BESIDE
_KEY = "encrypt_links"
_DATABASES = ("mariadb", "postgresql")  # those that instances claim runs in


def check(layout: OpenStackLayout) -> Iterator[Diagnostic]:
    """Check every link from one tier to another."""
    if not layout.settings.encrypt_links:
        return
    for link, service in encrypted_links.leaving(layout.plan):
        if link.callee:
            yield _call(layout, link)
        elif not encrypted_links.possible(service):
            yield _refused(layout, link, f"camp2iac cannot encrypt links to {service.product.title}", service)
    for component in layout.plan.components.values():
        host = layout.plan.services[component.host]
        for link in component.links:
            if link.service in layout.encrypted and host.product.databases:
                why = f"camp2iac does not configure {host.product.title} for TLS"
                yield _refused(layout, link, why, layout.plan.services[link.service])
        yield from _claims(layout, component)


def _claims(layout: OpenStackLayout, component: Component) -> Iterator[Diagnostic]:
    """Instances claim what runs once in the first database that they share. MariaDB's client would do it in plain."""
    plan = layout.plan
    scale = plan.tiers[component.tier].scale
    once = component.schedules or any(process.type == "release" for process in component.processes)
    if not once or scale is None or scale.value.maximum == 1:
        return
    databases = (link for link in component.links if plan.services[link.service].product.name in _DATABASES)
    first = next(databases, None)
    if first and first.service in layout.encrypted and plan.services[first.service].product.name == "mariadb":
        why = "its instances claim there what runs once, with a client that cannot verify it"
        yield _refused(layout, first, why, plan.services[first.service])


def _refused(layout: OpenStackLayout, link: Link, why: str, service: Service) -> Diagnostic:
    component = layout.plan.components[link.component]
    beside = layout.plan.tiers[component.tier].services[0]
    return Diagnostic(
        "CAMP485",
        f"the link from {component.name} to {service.name} would be plain: {why}",
        link.span,
        label="this link leaves the instance",
        related=_asked(layout),
        notes=("encrypt_links: true never leaves a link between tiers plain",),
        help=f"run both on the same instances, for example in {service.name}:\n"
        f"- characteristic_type: org.camp2iac:Placement\n  tier: {beside}\n"
        f"or remove  {_KEY}  from {_file(layout)}",
    )


def _call(layout: OpenStackLayout, link: Link) -> Diagnostic:
    component, callee = (layout.plan.components[id_] for id_ in (link.component, link.callee))
    return Diagnostic(
        "CAMP486",
        f"the call from {component.name} to {callee.name} is not encrypted",
        link.span,
        label="plain HTTP between tiers",
        related=_asked(layout),
        help="run both on the same instances, or let the application encrypt what it sends",
    )


def _asked(layout: OpenStackLayout) -> tuple[Label, ...]:
    span = layout.environment.span(_KEY)
    return (Label(span, "asks for encrypted links"),) if span else ()


def _file(layout: OpenStackLayout) -> str:
    given = layout.settings.file
    return given if given not in ("", "--set") else "the environment file"
