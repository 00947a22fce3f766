"""Which add-ons there are, which app owns each, and by which variables the others see it.

An add-on belongs to one app: that of the first of its users by id, unless the environment names an owner. Creating it
gives that app the add-on's own variable (``DATABASE_URL``, ``REDIS_URL``); every other name that a link promises, and
every other app, takes an attachment. Of two add-ons of one kind in one app only the first has that variable, so the
second waits for the first.
"""

from __future__ import annotations

from camp2iac.catalogue.versions import Version, VersionRange
from camp2iac.diagnostics import Diagnostic, Diagnostics, Label, Span
from camp2iac.diagnostics.suggest import listed
from camp2iac.record import Record, replace
from camp2iac.targets.heroku import names, tables
from camp2iac.targets.heroku.settings import HerokuSettings
from camp2iac.targets.heroku.tables import AddonPlan, AddonService, Offer
from camp2iac.topology.model import Component, Link, Service, Statement, Topology


class Addon(Record, frozen=True):
    """A service that is an add-on.

    ``plan``: with its service. ``known``: what the table has on the plan. ``creates``: the owner's variable by creating
    it, None where we do not know it. ``after``: the service whose add-on is made before it. ``place``: of the plan in
    the environment.
    """

    service: Service
    offer: Offer
    addon: AddonService
    plan: str
    known: AddonPlan | None
    owner: Component
    creates: str | None
    version: Version | None
    place: Span | None
    after: str | None = None

    @property
    def address(self) -> str:
        """Of its Terraform block."""
        return f"heroku_addon.{names.identifier(self.service.id)}"


class Attachment(Record, frozen=True):
    """A further name of an add-on, in an app. ``link``: what asks for it."""

    addon: Addon
    component: Component
    link: Link
    variable: str
    name: str

    @property
    def address(self) -> str:
        """Of its Terraform block."""
        return f"heroku_addon_attachment.{names.identifier(self.component.id, self.name.lower())}"


class Wiring(Record, frozen=True):
    """What is connected to what.

    ``external``: services whose URL is a Terraform variable, as Heroku has no add-on or they exist elsewhere.
    ``idle``: services that nobody connects to, so that no app can own them. ``attachments``, ``owners``: by component.
    """

    addons: dict[str, Addon]
    attachments: dict[str, list[Attachment]]
    owners: dict[str, list[Addon]]
    external: tuple[Service, ...]
    idle: tuple[Service, ...]

    def of(self, component: str) -> list[Attachment]:
        """The attachments of an app, by service and variable."""
        return self.attachments.get(component, [])

    def owned(self, component: str) -> list[Addon]:
        """The add-ons that an app owns, by service."""
        return self.owners.get(component, [])


def wire(topology: Topology, settings: HerokuSettings, diagnostics: Diagnostics) -> Wiring:
    """The wiring of all services that are not runtimes; CAMP442, CAMP443, CAMP446 and CAMP617 where it goes wrong."""
    addons: dict[str, Addon] = {}
    external: list[Service] = []
    idle: list[Service] = []
    for service in topology.services.values():
        if service.product.role != "service":
            continue
        links = _users(service, topology, settings)
        if service.href is not None:
            external.append(service)
        elif not links:
            idle.append(service)
            if not tables.no_place(service.product.name):
                diagnostics.add(_idle(service, topology))
        elif addon := _addon(service, links, topology, settings, diagnostics):
            addons[service.id] = addon
        else:
            external.append(service)
    addons = _ordered(addons, topology)
    attachments: dict[str, list[Attachment]] = {}
    owners: dict[str, list[Addon]] = {}
    for addon in addons.values():
        owners.setdefault(addon.owner.id, []).append(addon)
        for link in _users(addon.service, topology, settings):
            own = attachments.setdefault(link.component, [])
            if addon.addon.suffixes:
                first = addon.after is None
                name = addon.addon.prefix if first else names.attachment(names.url_variable(addon.service.id))
                if name is not None and not (link.component == addon.owner.id and first):
                    own.append(Attachment(addon, topology.components[link.component], link, "", name))
                continue
            for variable in link.variables:
                name = names.attachment(variable)
                if name is not None and not (link.component == addon.owner.id and variable == addon.creates):
                    own.append(Attachment(addon, topology.components[link.component], link, variable, name))
    return Wiring(addons, attachments, owners, tuple(external), tuple(idle))


def deployed(component: Component, topology: Topology, settings: HerokuSettings) -> bool:
    """Whether something builds it: a buildpack of the environment's, or one that fits its host."""
    pack = tables.buildpack(topology.services[component.host].product.name)
    return bool(settings.of("buildpacks", component) or (pack and pack.of(component.kind, settings.fir)))


def _users(service: Service, topology: Topology, settings: HerokuSettings) -> tuple[Link, ...]:
    """The links of components that there are on Heroku."""
    links = topology.users(service.id)
    return tuple(link for link in links if deployed(topology.components[link.component], topology, settings))


def _addon(
    service: Service, links: tuple[Link, ...], topology: Topology, settings: HerokuSettings, diagnostics: Diagnostics
) -> Addon | None:
    offer = tables.offer(service.product.name)
    given, place = settings.addon(service.id)
    if given is None and (offer is None or not offer.addons):
        diagnostics.add(_no_addon(service, settings))
        return None
    offer = offer or Offer(service.product.title, "", "", {})
    if given is None:
        addon = next(iter(offer.addons.values()))
        private = settings.space is not None
        plan = next((p for p in addon.plans.values() if p.private is private), next(iter(addon.plans.values())))
        full, known = f"{addon.name}:{plan.name}", plan
    else:
        kind, _, plan_name = given.partition(":")
        _check_kind(kind, service, offer, place, diagnostics)
        addon = offer.addons.get(kind) or AddonService(kind, "", "", (), {}, {})
        full, known = given, addon.plans.get(plan_name)  # type: ignore[assignment]
    version = _version(service, addon, diagnostics)
    return Addon(
        service,
        offer,
        addon,
        full,
        known,
        _owner(service, links, topology, settings, diagnostics),
        addon.variable or None,
        version,
        place,
    )


def _owner(
    service: Service, links: tuple[Link, ...], topology: Topology, settings: HerokuSettings, diagnostics: Diagnostics
) -> Component:
    users = [topology.components[component] for component in sorted({link.component for link in links})]
    wanted = settings.owner(service.id)
    if wanted is None:
        return users[0]
    for component in users:
        if wanted in (component.id, component.name):
            return component
    diagnostics.add(
        Diagnostic(
            "CAMP615",
            f"the owner of {service.id} is not a component that connects to it: {wanted}",
            settings.environment.span("addons", service.id, "owner"),
            label="does not connect to it",
            help=f"it can be {listed((c.name for c in users), 'or')}",
        )
    )
    return users[0]


def _version(service: Service, addon: AddonService, diagnostics: Diagnostics) -> Version | None:
    """The newest release in the wanted range; None where none is wanted, or the vendor chooses."""
    if service.version is None or not addon.versions:
        return None
    version = tables.newest(addon.versions, service.version.value)
    if version is None:
        diagnostics.add(no_release(service, service.version, addon.name, addon.versions))
    return version


def no_release(
    service: Service, wanted: Statement[VersionRange], what: str, versions: tuple[Version, ...]
) -> Diagnostic:
    """CAMP442: Heroku has no release in the range that the plan wants."""
    return Diagnostic(
        "CAMP442",
        f"Heroku has no release of {service.product.title} in {wanted.value}",
        wanted.span,
        label=wanted.value.words(),
        notes=(f"{what} has {listed(map(str, versions))}",),
        help=f'write for example  version: "[{versions[0]},)"',
    )


def _check_kind(kind: str, service: Service, offer: Offer, place: Span | None, diagnostics: Diagnostics) -> None:
    if kind in offer.addons:
        return
    other = next((p for p in tables.products() if (o := tables.offer(p)) and kind in o.addons), None)
    if other is not None:
        fitting = next((f"{a.name}:{next(iter(a.plans))}" for a in offer.addons.values()), None)
        diagnostics.add(
            Diagnostic(
                "CAMP617",
                f"{service.id} is {service.product.title}, which the add-on {kind} is not",
                place,
                label=f"this is for {other}",
                related=(Label(service.span, f"{service.product.title} by the plan"),),
                help=f"write for example  {service.id}: {fitting}" if fitting else "name another add-on",
            )
        )


def _no_addon(service: Service, settings: HerokuSettings) -> Diagnostic:
    variable = names.identifier(service.id, "url")
    return Diagnostic(
        "CAMP443",
        f"Heroku has no add-on that is {service.product.title}: the URL of {service.id} becomes a variable",
        service.span,
        label=f"{service.product.title} has to come from elsewhere",
        notes=(f"its users get the URL that the Terraform variable {variable} holds",),
        help=f"give it when applying: -var '{variable}=...',"
        f"\nor name an add-on in {settings.file}:  addons: {{ {service.id}: SERVICE:PLAN }}",
    )


def _idle(service: Service, topology: Topology) -> Diagnostic:
    if gone := sorted({link.component for link in topology.users(service.id)}):
        return Diagnostic(
            "CAMP446",
            f"only {listed(gone)} would use {service.id}, and Heroku leaves that out: no app could own it",
            service.span,
            label="nothing that is deployed connects to it",
            notes=("an add-on belongs to an app, and an app is a component of the plan",),
            help=f"name a buildpack for {gone[0]} in the environment file, or leave {service.id} out",
        )
    component = next(iter(topology.components.values()), None)
    types = [type_ for type_ in service.product.requirements if type_.endswith("ConnectTo")]
    return Diagnostic(
        "CAMP446",
        f"nothing connects to {service.id}, so there is no app that could own it",
        service.span,
        label="left out on Heroku",
        notes=("an add-on belongs to an app, and an app is a component of the plan",),
        help=f"connect {component.name if component else 'a component'} to it:\n"
        f"  - requirement_type: {types[0] if types else 'ConnectTo'}\n    fulfillment: id:{service.id}",
    )


def _ordered(addons: dict[str, Addon], topology: Topology) -> dict[str, Addon]:
    """Of several add-ons of one kind in one app, the one that needs the kind's variable is first; the others wait."""
    groups: dict[tuple[str, str], list[Addon]] = {}
    for addon in addons.values():
        groups.setdefault((addon.owner.id, addon.addon.name), []).append(addon)
    result = dict(addons)
    for group in groups.values():
        if len(group) < 2:
            continue
        wants = [a for a in group if any(a.creates in link.variables for link in topology.users(a.service.id))]
        first = (wants or group)[0]
        for addon in group:
            if addon is not first:
                result[addon.service.id] = replace(addon, creates=None, after=first.service.id)
    return result
