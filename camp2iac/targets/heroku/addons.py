"""Add-ons and attachments, and what becomes of a service's statements when it is an add-on."""

from __future__ import annotations

from typing import Any

from camp2iac.diagnostics.suggest import listed
from camp2iac.synth.module import Attribute, Block, body, expr, ref
from camp2iac.targets.base import Remedy
from camp2iac.targets.heroku import names, parameters, tables, values
from camp2iac.targets.heroku.lowering import Lowering
from camp2iac.targets.heroku.tables import AddonPlan
from camp2iac.targets.heroku.wiring import Addon
from camp2iac.targets.heroku.words import an, capital, wrapped
from camp2iac.topology.model import Component, Compute, Link, Service, Statement, Volume

_IN_PLACE = wrapped(
    "Heroku upgrades a database in place (heroku pg:upgrade). Terraform could only replace it, and its data with it."
)


def lower(low: Lowering, addon: Addon) -> None:
    """The add-on and its output."""
    service = addon.service
    by = low.by("addons") if addon.place else ""
    chosen = f"its plan by {by}" if by else "the smallest plan, as no environment names one"
    link = next(link for link in low.topology.users(service.id) if link.component == addon.owner.id)
    why = low.plan(f"{addon.owner.id}, {link.statement.words}") + ". The app that owns the add-on gets "
    config, lifecycle = _version(low, addon)
    waits = None
    if addon.after is not None:
        first = low.wiring.addons[addon.after]
        waits = Attribute(
            "depends_on",
            (ref(first.address),),
            wrapped(f"The first add-on of its kind in an app is {first.creates}: that is {first.service.id}."),
        )
    low.resource(
        low.file(service),
        "heroku_addon",
        names.identifier(service.id),
        config,
        lifecycle,
        waits,
        comment=f"{low.plan(service.id)}; {chosen}",
        origin=service.span,
        app_id=Attribute(
            "app_id",
            ref(low.app(addon.owner), ".id"),
            wrapped(f"{why}{_creates(addon)} with it.", 92),
            link.span,
        ),
        plan=Attribute("plan", addon.plan, origin=addon.place),
    )
    low.output(
        f"{names.identifier(service.id)}_addon",
        f"Name of the add-on that is {service.id}, for the Heroku CLI: heroku addons:info NAME.",
        ref(addon.address, ".name"),
        low.plan(service.id),
        service.span,
    )
    _report(low, addon)


def attachments(low: Lowering, component: Component) -> None:
    """The further names under which an app sees add-ons."""
    for attachment in low.wiring.of(component.id):
        low.resource(
            low.file(component),
            "heroku_addon_attachment",
            names.identifier(component.id, attachment.name.lower()),
            comment=low.plan(
                f"{component.id}, {attachment.link.statement.words}: {attachment.variable or attachment.name}"
            ),
            origin=attachment.link.span,
            app_id=ref(low.app(component), ".id"),
            addon_id=ref(attachment.addon.address, ".id"),
            name=attachment.name,
        )


def extras(low: Lowering, component: Component) -> list[str]:
    """Add-ons that the environment alone asks for. Gives their addresses."""
    found = []
    for extra in low.settings.extras(component):
        name = names.identifier(component.id, str(extra["plan"]).partition(":")[0])
        config = {key: _text(value) for key, value in sorted((extra.get("config") or {}).items())}
        place = low.context.environment.span("extras", component.id)
        low.resource(
            low.file(component),
            "heroku_addon",
            name,
            comment=low.by("extras"),
            origin=place,
            app_id=ref(low.app(component), ".id"),
            plan=str(extra["plan"]),
            config=config or None,
        )
        found.append(f"heroku_addon.{name}")
    return found


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _creates(addon: Addon) -> str:
    """What creating it writes into its owner's configuration, in words."""
    return listed(addon.addon.variables) if addon.creates else "its variables"


def _version(low: Lowering, addon: Addon) -> tuple[Attribute | None, Block | None]:
    config: dict[str, str] = {}
    comment, origin = "", None
    if addon.version is not None and addon.service.version is not None:
        wanted = addon.service.version
        config["version"] = str(addon.version)
        comment = low.plan(f"{addon.service.id}, {addon.service.product.title}")
        comment += f": the newest release in {wanted.value}."
        origin = wanted.span
    if not config:
        return None, None
    text = (
        _IN_PLACE
        if addon.offer.noun == "database"
        else wrapped(f"Terraform could only replace the {addon.offer.noun} to change this, and its data with it.")
    )
    lifecycle = Block("lifecycle", (), body(ignore_changes=expr("[config]")), text)
    return Attribute("config", dict(sorted(config.items())), comment, origin), lifecycle


def _report(low: Lowering, addon: Addon) -> None:
    service, ledger = addon.service, low.ledger
    release = f" {addon.version}" if addon.version else ""
    for statement in service.chosen_by:
        ledger.keep(statement, f"{addon.addon.name}{release}")
    if service.version is not None:
        if addon.version is not None:
            ledger.keep(service.version, str(addon.version))
        else:
            ledger.degrade(
                service.version,
                f"{addon.addon.name}'s choice",
                f"The vendor of {addon.addon.name} chooses the release.",
                Remedy("Look at it after the first apply: heroku addons:open ADDON"),
            )
    for name, attribute in service.attributes.items():
        option = addon.addon.options.get(name)
        if option is None:
            ledger.lose(
                attribute,
                f"Heroku makes name, user and password of {an(addon.offer.noun)}, and asks for no settings.",
                Remedy("None needed where the application reads them from the URL that it gets."),
            )
        elif not values.resolve(attribute.value, low.topology).missing:
            ledger.keep(attribute, f"option {option}")
    for link in low.topology.users(service.id):
        _report_link(low, addon, link)
    _report_size(low, addon, *_asked(low, service))


def _asked(low: Lowering, service: Service) -> tuple[Statement[Compute] | None, tuple[Statement[Volume], ...]]:
    """What a service itself asks for; Compute of a tier with components is for their dynos."""
    tier = low.topology.tiers[service.tier]
    volumes = tuple(statement for statement in tier.volumes if statement.subject.id == service.id)
    own = tier.compute is not None and tier.compute.subject.id == service.id
    return (tier.compute if own and not low.topology.tier_components(tier.id) else None), volumes


def _report_link(low: Lowering, addon: Addon, link: Link) -> None:
    title, ledger = listed(link.variables), low.ledger
    if addon.addon.suffixes:
        _report_parts(low, addon, link)
        return
    scheme = addon.addon.scheme
    own = addon.service.product.link.url.split("://")[0] if addon.service.product.link else scheme
    attached = {a.variable for a in low.wiring.of(link.component) if a.link is link}
    if link.component == addon.owner.id and addon.creates:
        attached.add(addon.creates)
    absent = [name for name in link.variables if name not in attached]
    if absent:
        ledger.degrade(
            link.statement,
            f"without {listed(absent)}",
            f"An attachment makes variables that end in _URL, so there is no {listed(absent)}.",
            low.settings.remedy(f"variables: {{ {link.component}: {{ {absent[0]}: ... }} }}", "", "variables"),
        )
    elif scheme == "rediss":
        ledger.degrade(
            link.statement,
            f"{title}: rediss://",
            "Heroku demands TLS with a certificate that it signed itself: the URL begins with rediss://, where "
            "machines get redis://.",
            Remedy("The client has to speak TLS without checking the certificate (ssl_cert_reqs=none in redis-py)."),
        )
    elif scheme and scheme != own:
        ledger.degrade(
            link.statement,
            f"{title}: {scheme}://",
            f"The URL begins with {scheme}://, where machines get {own}://. Most drivers take both; some (SQLAlchemy) "
            "do not."
            if scheme == "postgres"
            else f"The URL begins with {scheme}://, where machines get {own}://.",
            Remedy(
                f"An application that looks at the beginning of the URL has to take both, {own}:// and {scheme}://."
            ),
        )
    else:
        ledger.keep(link.statement, title)
    for option in link.options.values():
        ledger.degrade(
            option,
            "Heroku's choice, in the URL",
            f"Heroku makes the name of {an(addon.offer.noun)}; the URL has it.",
            Remedy("None needed where the application reads it from the URL."),
        )


def _report_parts(low: Lowering, addon: Addon, link: Link) -> None:
    """An add-on that writes no URL, but server, user and password."""
    prefix = addon.addon.prefix if addon.after is None else names.url_variable(addon.service.id)[:-4]
    made = listed([f"{prefix}_{suffix}" for suffix in addon.addon.suffixes])
    low.ledger.degrade(
        link.statement,
        made,
        f"{addon.addon.name} writes {made}, and no {listed(link.variables, 'or')}: it wants a user and a password.",
        Remedy(f"Let the application read {made} where {link.variables[0]} is not set."),
    )
    for option in link.options.values():
        low.ledger.degrade(option, "Heroku's choice", f"{addon.addon.name} makes it.", Remedy("Read it from there."))


def _report_size(
    low: Lowering, addon: Addon, said_compute: Statement[Compute] | None, said_volumes: tuple[Statement[Volume], ...]
) -> None:
    """Compute and Volume against what the plan has."""
    ledger, plan, noun = low.ledger, addon.known, addon.offer.noun
    name = addon.plan.partition(":")[2]
    compute = said_compute.value if said_compute else None
    fit = _fitting(addon, compute, [statement.value for statement in said_volumes])
    if plan is not None and not plan.memory and plan.memory is not None:
        holds = f", and holds {plan.storage_words}" if plan.storage else ""
        why = f"{capital(an(name))} {noun} shares its server, with no memory of its own{holds}."
    elif plan is not None and plan.memory:
        holds = f" and holds {plan.storage_words}" if plan.storage else " and keeps nothing over a restart"
        why = f"{capital(an(name))} {noun} has {plan.memory_words} of memory{holds}."
    else:
        why = f"What {an(name)} {noun} holds is for its vendor to say."
    remedies: tuple[Remedy, ...]
    if fit is not None and fit is not plan:
        size = ", ".join(
            text
            for text in (
                f"{fit.memory_words} of memory" if fit.memory else "",
                f"{fit.storage_words} of disk" if fit.storage else "",
            )
            if text
        )
        write = f"addons: {{ {addon.service.id}: {addon.addon.name}:{fit.name} }}"
        remedies = (low.settings.remedy(write, size, "addons", addon.service.id),)
    else:
        remedies = (Remedy(f"Look at the plans of {addon.addon.name}: heroku addons:plans {addon.addon.name}"),)
    if said_compute is not None:
        shared = plan is not None and plan.memory == 0
        how = f"{name}: shared" if shared else f"{name}: {plan.memory_words}" if plan and plan.memory else name
        if plan is not None and _memory_fits(plan, said_compute.value):
            ledger.keep(said_compute, how)
        else:
            ledger.degrade(said_compute, how, why, *remedies)
    for statement in said_volumes:
        how = f"{name}: {plan.storage_words}" if plan and plan.storage else name
        if plan is not None and _storage_fits(plan, statement.value):
            ledger.keep(statement, how)
        else:
            ledger.degrade(statement, how, why, *remedies)


def _memory_fits(plan: AddonPlan, compute: Compute) -> bool:
    """Sizes are compared by name: Heroku's 4 GB serve the plan's 4 GiB."""
    if plan.memory is None:
        return False
    asked = compute.memory is not None or compute.cores is not None
    return not asked or (plan.memory > 0 and plan.memory * 1024 >= (compute.memory or 0) * 1000)


def _storage_fits(plan: AddonPlan, volume: Volume) -> bool:
    return plan.storage is not None and plan.storage >= volume.size * 1000


def _fitting(addon: Addon, compute: Compute | None, volumes: list[Volume]) -> AddonPlan | None:
    """The smallest plan that has it all, of the same kind (common or private)."""
    private = addon.known.private if addon.known else False
    for plan in addon.addon.plans.values():
        fits = compute is None or _memory_fits(plan, compute)
        if plan.private is private and fits and all(_storage_fits(plan, volume) for volume in volumes):
            return plan
    return None


def external(low: Lowering, service: Service) -> None:
    """A service that exists elsewhere, or that Heroku has no add-on for: a variable holds its URL."""
    parameters.external(low, service)
    name, ledger = parameters.external_name(service), low.ledger
    title = service.product.title
    if service.href is not None:
        ledger.keep(service.href, f"variable {name}")
        for chosen in service.chosen_by:
            ledger.keep(chosen, "what is there")
        for link in low.topology.users(service.id):
            ledger.keep(link.statement, listed(link.variables))
            for option in link.options.values():
                ledger.degrade(option, "as the URL says", f"The URL in {name} decides.", Remedy(f"Name it in {name}."))
        return
    why = f"Heroku has no add-on that is {title}."
    elsewhere = low.settings.remedy(
        f"addons: {{ {service.id}: SERVICE:PLAN }}",
        f"if an add-on does it; else run {title} elsewhere and give its URL: -var '{name}=...'",
        "addons",
        service.id,
    )
    statements: list[Statement[Any]] = [*service.chosen_by, *service.attributes.values()]
    statements += [service.version] if service.version else []
    for statement in statements:
        ledger.lose(statement, why, elsewhere)
    compute, volumes = _asked(low, service)
    for size in (*((compute,) if compute else ()), *volumes):
        ledger.lose(size, why, elsewhere)
    for link in low.topology.users(service.id):
        ledger.degrade(
            link.statement,
            f"{listed(link.variables)}, by -var",
            f"{why} Its users get the URL that {name} holds.",
            elsewhere,
        )
        for option in link.options.values():
            ledger.degrade(option, "as the URL says", f"{why} Its users get the URL that {name} holds.", elsewhere)


def idle(low: Lowering, service: Service) -> None:
    """A service that no app can own."""
    why = "Nothing connects to it, and an add-on belongs to an app."
    remedy = Remedy("Connect a component to it (ConnectTo).")
    if said_so := tables.no_place(service.product.name):
        why, remedy = said_so[0], Remedy(said_so[1])
    compute, volumes = _asked(low, service)
    statements: list[Statement[Any]] = [
        *service.chosen_by,
        *service.attributes.values(),
        *(job.statement for job in service.jobs),
    ]
    statements += [*volumes, *(s for s in (service.version, compute) if s is not None)]
    for statement in statements:
        low.ledger.lose(statement, why, remedy)
