"""``heroku_domain``: additional host names, and the targets for their DNS records."""

from __future__ import annotations

from camp2iac.synth.module import Value, ref
from camp2iac.targets.heroku.layout import names
from camp2iac.targets.heroku.layout.apps import App
from camp2iac.targets.kit import ModuleBuilder


def add(made: ModuleBuilder, app: App) -> None:
    """Add a domain for each host name, and one output with all DNS targets."""
    component = app.component
    targets: dict[str, Value] = {}
    stated = {host for exposure in component.exposures if exposure.hosts for host in exposure.hosts.value}
    for host in app.hosts:
        address = made.resource(
            app.file,
            "heroku_domain",
            names.identifier(component.id, host.replace("*", "any")),
            comment=made.plan(f"{component.id}, Expose: hosts") if host in stated else made.by("domains"),
            origin=component.span,
            app_id=ref(app.address, ".id"),
            hostname=host,
        )
        targets[host] = ref(address, ".cname")
    if targets:
        made.output(
            f"{app.name}_dns",
            f"DNS targets of the host names of {component.id}: create a CNAME or ALIAS record for each.",
            targets,
            made.plan(f"{component.id}, Expose: hosts") if stated else made.by("domains"),
            component.span,
        )
