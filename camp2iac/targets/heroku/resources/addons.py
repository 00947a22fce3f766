"""``heroku_addon`` and ``heroku_addon_attachment``."""

from __future__ import annotations

from camp2iac.diagnostics.suggest import listed
from camp2iac.synth.module import Attribute, Block, body, expr, ref
from camp2iac.targets.heroku.layout import names
from camp2iac.targets.heroku.layout.apps import App
from camp2iac.targets.heroku.layout.attachments import Addon
from camp2iac.targets.heroku.layout.layout import HerokuLayout
from camp2iac.targets.heroku.layout.words import wrapped
from camp2iac.targets.kit import ModuleBuilder

_IN_PLACE = wrapped(
    "To upgrade the database in place, use heroku pg:upgrade. Terraform would replace it and destroy its data."
)


def add(made: ModuleBuilder, layout: HerokuLayout, addon: Addon) -> None:
    """Add the add-on of a service."""
    service = addon.service
    by = made.by("addons") if addon.place else ""
    chosen = f"plan from {by}" if by else "the smallest plan, because no environment file sets one"
    link = next(link for link in layout.topology.users(service.id) if link.component == addon.owner.id)
    why = made.plan(f"{addon.owner.id}, {link.statement.words}") + ". The app that owns the add-on gets "
    config, lifecycle = _version(made, addon)
    waits = None
    if addon.after is not None:
        first = layout.attachments.addons[addon.after]
        waits = Attribute(
            "depends_on",
            (ref(first.address),),
            wrapped(f"The first add-on of its kind in an app sets {first.creates}: that of {first.service.id}."),
        )
    made.resource(
        names.file(service),
        "heroku_addon",
        names.identifier(service.id),
        config,
        lifecycle,
        waits,
        comment=f"{made.plan(service.id)}; {chosen}",
        origin=service.span,
        app_id=Attribute(
            "app_id",
            ref(names.app(addon.owner), ".id"),
            wrapped(f"{why}{_creates(addon)}.", 92),
            link.span,
        ),
        plan=Attribute("plan", addon.plan, origin=addon.place),
    )


def add_attachments(made: ModuleBuilder, layout: HerokuLayout, app: App) -> None:
    """Add the attachments of an app: additional names of add-ons."""
    for attachment in layout.attachments.of(app.component.id):
        made.resource(
            app.file,
            "heroku_addon_attachment",
            names.identifier(app.component.id, attachment.name.lower()),
            comment=made.plan(
                f"{app.component.id}, {attachment.link.statement.words}: {attachment.variable or attachment.name}"
            ),
            origin=attachment.link.span,
            app_id=ref(app.address, ".id"),
            addon_id=ref(attachment.addon.address, ".id"),
            name=attachment.name,
        )


def add_extras(made: ModuleBuilder, layout: HerokuLayout, app: App) -> list[str]:
    """Add the add-ons that only the environment file asks for. Return their addresses."""
    found = []
    for extra in layout.settings.extras(app.component):
        name = names.identifier(app.component.id, str(extra["plan"]).partition(":")[0])
        config = {key: _text(value) for key, value in sorted((extra.get("config") or {}).items())}
        place = made.environment.span("extras", app.component.id)
        made.resource(
            app.file,
            "heroku_addon",
            name,
            comment=made.by("extras"),
            origin=place,
            app_id=ref(app.address, ".id"),
            plan=str(extra["plan"]),
            config=config or None,
        )
        found.append(f"heroku_addon.{name}")
    return found


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _creates(addon: Addon) -> str:
    """The variables that its creation sets in the owner's configuration."""
    return listed(addon.addon.variables) if addon.creates else "its variables"


def _version(made: ModuleBuilder, addon: Addon) -> tuple[Attribute | None, Block | None]:
    config: dict[str, str] = {}
    comment, origin = "", None
    if addon.version is not None and addon.service.version is not None:
        wanted = addon.service.version
        config["version"] = str(addon.version)
        comment = made.plan(f"{addon.service.id}, {addon.service.product.title}")
        comment += ": the newest release." if wanted.value.latest else f": the newest release in {wanted.value}."
        origin = wanted.span
    if addon.service.version is None or not (config or addon.addon.runs):
        return None, None
    text = (
        _IN_PLACE
        if addon.offer.noun == "database"
        else wrapped(f"To change this, Terraform would replace the {addon.offer.noun} and destroy its data.")
    )
    lifecycle = Block("lifecycle", (), body(ignore_changes=(expr("config"),)), text)
    return Attribute("config", dict(sorted(config.items())), comment, origin) if config else None, lifecycle
