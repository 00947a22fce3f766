"""The add-ons, the app that owns each, and the variables of the other apps.

An add-on belongs to one app: that of its first user, sorted by id, unless the environment file names an owner. Creating
the add-on sets its own variable in that app (``DATABASE_URL``, ``REDIS_URL``). All other names of a link, and all other
apps, use an attachment. If an app has two add-ons of one kind, only the first one gets that variable, so the second
one waits for the first.
"""

from __future__ import annotations

from collections.abc import Sequence

from camp2iac.catalogue.versions import Version
from camp2iac.diagnostics import Span
from camp2iac.record import Record, replace
from camp2iac.targets.heroku import offers
from camp2iac.targets.heroku.layout import names
from camp2iac.targets.heroku.layout.layout_input import LayoutInput
from camp2iac.targets.heroku.offers import AddonOffer, AddonPlan, AddonService
from camp2iac.topology.model import Component, Link, Service, Topology


class Addon(Record, frozen=True):
    """An add-on that provides a service.

    ``plan``: ``SERVICE:PLAN``. ``known``: the plan's row in the tables. ``creates``: the variable that it sets in the
    owner's app, None if not known. ``version``: the newest release in the plan's range, None if there is no range, no
    such release, or the vendor chooses. ``after``: the service whose add-on is created first. ``place``: of the plan in
    the environment file.
    """

    service: Service
    offer: AddonOffer
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
        """The address of its Terraform block."""
        return f"heroku_addon.{names.identifier(self.service.id)}"


class Attachment(Record, frozen=True):
    """An additional name of an add-on in an app. ``link``: the connection that needs it."""

    addon: Addon
    component: Component
    link: Link
    variable: str
    name: str

    @property
    def address(self) -> str:
        """The address of its Terraform block."""
        return f"heroku_addon_attachment.{names.identifier(self.component.id, self.name.lower())}"


class Attachments(Record, frozen=True):
    """All connections.

    ``external``: services whose URL is a Terraform variable, because they exist elsewhere or Heroku has no add-on for
    them. ``idle``: services without a connected component, so that no app can own them. ``attachments``, ``owners``: by
    component.
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


def attach(given: LayoutInput) -> Attachments:
    """Decide the connections of all services that are not runtimes."""
    found: dict[str, Addon] = {}
    external: list[Service] = []
    idle: list[Service] = []
    for service in given.topology.services.values():
        if service.product.role != "service":
            continue
        links = users(service, given)
        if service.href is not None:
            external.append(service)
        elif not links:
            idle.append(service)
        elif addon := _addon(service, links, given):
            found[service.id] = addon
        else:
            external.append(service)
    addons = _ordered(found, given.topology)
    attachments: dict[str, list[Attachment]] = {}
    owners: dict[str, list[Addon]] = {}
    for addon in addons.values():
        owners.setdefault(addon.owner.id, []).append(addon)
        for link in users(addon.service, given):
            component = given.topology.components[link.component]
            attachments.setdefault(link.component, []).extend(_further(addon, component, link))
    return Attachments(addons, attachments, owners, tuple(external), tuple(idle))


def _further(addon: Addon, component: Component, link: Link) -> list[Attachment]:
    """The attachments that a link needs in addition to the variable that creating the add-on sets."""
    owns = component.id == addon.owner.id
    if addon.addon.by_service:
        name = names.attachment(link.variables[0])
        return [Attachment(addon, component, link, "", name)] if name is not None else []
    if addon.addon.suffixes:
        first = addon.after is None
        name = addon.addon.prefix if first else names.attachment(link.variables[0])
        return [Attachment(addon, component, link, "", name)] if name is not None and not (owns and first) else []
    wanted = ((variable, names.attachment(variable)) for variable in link.variables)
    return [
        Attachment(addon, component, link, variable, name)
        for variable, name in wanted
        if name is not None and not (owns and variable == addon.creates)
    ]


def users(service: Service, given: LayoutInput) -> tuple[Link, ...]:
    """The links of components that are deployed on Heroku."""
    links = given.topology.users(service.id)
    return tuple(link for link in links if given.deployed(given.topology.components[link.component]))


def candidates(links: Sequence[Link], topology: Topology) -> list[Component]:
    """The components whose apps can own an add-on with these links, by id."""
    return [topology.components[component] for component in sorted({link.component for link in links})]


def _addon(service: Service, links: Sequence[Link], given: LayoutInput) -> Addon | None:
    """The add-on of a service. None if Heroku has none and the environment file names none."""
    offer = offers.addons(service.product)
    named, place = given.settings.addon(service.id)
    if named is None and (offer is None or not offer.addons):
        return None
    offer = offer or AddonOffer(service.product.title)
    known: AddonPlan | None
    if named is None:
        addon = next(iter(offer.addons.values()))
        runtime = given.settings.runtime
        smallest = next((p for p in addon.plans.values() if p.only == runtime), next(iter(addon.plans.values())))
        full, known = f"{addon.name}:{smallest.name}", smallest
    else:
        kind, _, plan_name = named.partition(":")
        addon = offer.addons.get(kind) or AddonService(kind, "", "", (), {}, {})
        full, known = named, addon.plans.get(plan_name)
    version = None
    if service.version is not None and addon.versions:
        version = offers.newest(addon.versions, service.version.value)
    owner, creates = _owner(service, links, given), addon.variable or None
    return Addon(service, offer, addon, full, known, owner, creates, version, place)


def _owner(service: Service, links: Sequence[Link], given: LayoutInput) -> Component:
    """The environment file's choice if it connects to the service, otherwise the first user."""
    found = candidates(links, given.topology)
    wanted = given.settings.owner(service.id)
    return next((component for component in found if wanted in (component.id, component.name)), found[0])


def _ordered(addons: dict[str, Addon], topology: Topology) -> dict[str, Addon]:
    """If an app has several add-ons of one kind, create the one first that needs the kind's variable."""
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
