"""``heroku_app`` and its features."""

from __future__ import annotations

from camp2iac.diagnostics import Span
from camp2iac.synth.module import Attribute, Block, body, call, expr, ref
from camp2iac.targets.heroku.layout import names, values
from camp2iac.targets.heroku.layout.apps import App, internal
from camp2iac.targets.heroku.layout.layout import HerokuLayout
from camp2iac.targets.heroku.resources import spaces
from camp2iac.targets.kit import ModuleBuilder
from camp2iac.targets.kit.variables import validation
from camp2iac.topology.model import Tier


def add(made: ModuleBuilder, layout: HerokuLayout, app: App) -> None:
    """Add ``heroku_app`` and the variable for its name."""
    settings, component = layout.settings, app.component
    variable = f"{app.name}_app_name"
    default, key, place = settings.app_name(component)
    made.variable(
        variable,
        f"Name of the Heroku app that runs {component.id}. Must be unique across Heroku.",
        "string",
        default,
        validation(
            call("can", call("regex", "^[a-z][a-z0-9-]{1,28}[a-z0-9]$", ref(f"var.{variable}"))),
            "The name of a Heroku app has 3 to 30 characters: lower-case letters, digits and dashes. "
            "It starts with a letter and does not end with a dash.",
        ),
        comment=made.by(key) if key and made.by(key) else made.plan(component.id),
        origin=_key(made, key) or component.span,
    )
    region_span = made.environment.span("region")
    made.resource(
        app.file,
        "heroku_app",
        app.name,
        _team(made),
        comment=made.plan(component.id) + (f"; region from {made.environment.file}" if region_span else ""),
        origin=component.span,
        name=Attribute("name", ref(f"var.{variable}"), origin=place),
        region=Attribute("region", settings.region, origin=region_span),
        stack="container" if app.image else None if settings.fir else settings.stack,
        buildpacks=None
        if settings.fir or app.image
        else Attribute("buildpacks", app.buildpacks, origin=component.statement.span),
        acm=True if app.hosts else None,
        space=spaces.reference(settings),
        internal_routing=True if internal(component, settings) else None,
    )


def add_url(made: ModuleBuilder, layout: HerokuLayout, app: App) -> None:
    """Add the URL that other apps have in their configuration.

    Terraform plans the old URL for an app that it renames, so other apps would get the new one only at the next apply.
    The output of ``terraform_data`` is unknown while its input changes, and so is what depends on it.
    """
    if app.component.id not in layout.peers:
        return
    changes = made.resource(
        app.file,
        "terraform_data",
        values.renamed(app.component),
        comment="Its output is unknown while Terraform renames the app.",
        input=ref(app.address, ".name"),
    )
    why = "For other apps. Known after the apply if that renames the app, so that they get the new URL at once."
    url = expr(ref(changes, ".output"), ' == null ? "" : ', values.url(app.component))
    made.locals(app.file, Attribute(values.peer(app.component), url, comment=why))


def add_sticky(made: ModuleBuilder, layout: HerokuLayout, tier: Tier) -> None:
    """Add session affinity to the apps of a tier with sticky Balance."""
    if tier.balance is None or not tier.balance.value.sticky or layout.settings.fir:
        return
    for app in layout.on(tier):
        made.resource(
            app.file,
            "heroku_app_feature",
            names.identifier(app.component.id, "sticky"),
            comment=made.plan(f"{tier.balance.subject.heading}, Balance: sticky"),
            origin=tier.balance.span,
            app_id=ref(app.address, ".id"),
            name="http-session-affinity",
        )


def _team(made: ModuleBuilder) -> Block | None:
    team = made.environment.get("team")
    return Block("organization", (), body(name=team), "Heroku now calls this a team.") if team else None


def _key(made: ModuleBuilder, key: str) -> Span | None:
    node = made.environment.values
    return node.key(key).span if key and key in node else None
