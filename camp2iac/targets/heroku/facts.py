"""What a module means for people: allowed connections, who gets secrets, what is billed, and releases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from camp2iac.catalogue.versions import Version
from camp2iac.targets.facts import (
    INTERNET,
    Contact,
    Family,
    Installed,
    PlatformEntry,
    PlatformFacts,
    PlatformPart,
    Price,
    Required,
    Told,
)
from camp2iac.targets.heroku import offers
from camp2iac.targets.heroku.layout.apps import App, internal
from camp2iac.targets.heroku.layout.attachments import Addon
from camp2iac.targets.heroku.layout.configuration import asks
from camp2iac.targets.heroku.layout.formations import Formation
from camp2iac.targets.heroku.layout.layout import HerokuLayout
from camp2iac.targets.heroku.resources import costs

_SPACE = "the Private Space"


def of(layout: HerokuLayout) -> PlatformFacts:
    """The facts of a module. Nodes are components, whose apps have their ids, and services."""
    return PlatformFacts(
        tuple(_contacts(layout)),
        tuple(_told(layout)),
        tuple(_required(layout)),
        tuple(_prices(layout)),
        costs.date(layout),
        tuple(_installed(layout)),
        families=tuple(_families(layout)),
        parts=tuple(_parts(layout)),
        entries=tuple(_entries(layout)),
    )


def _contacts(layout: HerokuLayout) -> Iterator[Contact]:
    """Users of apps with web dynos, and the links of components. Dynos may connect to any address."""
    for id_, app in layout.apps.items():
        if any(formation.process == "web" for formation in app.formations.all):
            inside = internal(app.component, layout.settings)
            yield Contact(_SPACE if inside else INTERNET, id_, "HTTP and HTTPS, TCP 80 and 443", public=not inside)
        for link in app.component.links:
            addon = layout.attachments.addons.get(link.service)
            if link.callee in layout.apps:
                yield Contact(id_, link.callee, "HTTPS, TCP 443")
            elif addon is not None:
                yield Contact(id_, link.service, f"{addon.service.product.title}, add-on {addon.addon.name}")
            elif not link.callee:
                yield Contact(id_, link.service, layout.topology.services[link.service].product.title)


def _told(layout: HerokuLayout) -> Iterator[Told]:
    """Credentials of add-ons, and the sensitive variables that the environment file or a service needs."""
    addons = layout.attachments.addons
    for id_, addon in addons.items():
        yield Told(_credentials(addon), id_)
    for service in filter(asks, layout.attachments.external):
        yield Told("URL", service.id)
    for id_, app in layout.apps.items():
        for link in app.component.links:
            if link.service in addons:
                yield Told(_credentials(addons[link.service]), link.service, id_)
        asked = {link.service for link in app.component.links} & {s.id for s in layout.attachments.external if asks(s)}
        for service_id in asked:
            yield Told("URL", service_id, id_)
        for variable in app.asked:
            yield Told(f"variable {variable.name}")
            yield Told(f"variable {variable.name}", "", id_)
        if app.image is not None and app.image.registry in layout.settings.registries:
            yield Told(f"login at {app.image.registry}")
            yield Told(f"login at {app.image.registry}", "", id_)


def _credentials(addon: Addon) -> str:
    """A password if the service has one on every platform."""
    link = addon.service.product.link
    return "password" if link is not None and link.password else "credentials"


def _required(layout: HerokuLayout) -> Iterator[Required]:
    """Dynos by size, apps, and add-ons by plan."""
    first: Counter[str] = Counter({"apps": len(layout.apps)})
    most: Counter[str] = Counter(first)
    for each in layout.formations:
        first[f"{each.dyno.name} dynos"] += each.count
        most[f"{each.dyno.name} dynos"] += each.most if each.scale is not None else each.count
    for addon in layout.attachments.addons.values():
        first[f"add-ons {addon.plan}"] += 1
    for app in layout.apps.values():
        for extra in layout.settings.extras(app.component):
            first[f"add-ons {extra['plan']}"] += 1
    for what, amount in first.items():
        yield Required(what, amount, most[what] or amount)


def _prices(layout: HerokuLayout) -> Iterator[Price]:
    """What is billed. All eco dynos share one subscription."""
    for each in layout.formations:
        if each.dyno.name == "eco":
            continue
        price = None if each.dyno.price is None else float(each.dyno.price * each.count)
        yield Price(each.component.id, _process(each), f"{each.count} × {each.dyno.name}", price)
    if eco := [each for each in layout.formations if each.dyno.name == "eco"]:
        yield Price("", "eco dynos", "one subscription", eco[0].dyno.price)
    for addon in layout.attachments.addons.values():
        yield Price(addon.service.id, "", addon.plan, costs.price(addon))
    for id_, app in layout.apps.items():
        for plan in (str(extra["plan"]) for extra in layout.settings.extras(app.component)):
            yield Price(id_, plan.partition(":")[0], plan, offers.price(plan))
    if layout.settings.new_space is not None:
        yield Price("", f"the space {layout.settings.space}", "Private Space", None)


def _process(formation: Formation) -> str:
    """The process type, unless it is the main one of its app."""
    return formation.process if formation.label != formation.component.id else ""


def _installed(layout: HerokuLayout) -> Iterator[Installed]:
    """The stack, the releases of add-ons, and those that buildpacks install."""
    if not layout.settings.fir:
        yield Installed("stack", layout.settings.stack)
    for id_, addon in layout.attachments.addons.items():
        if addon.version is not None:
            yield Installed(addon.service.product.title, str(addon.version), id_)
    for app in layout.apps.values():
        if app.image is None and (release := _release(app)) is not None:
            yield Installed(app.host.product.title, str(release), app.host.id)


def _release(app: App) -> Version | None:
    """The newest release of the buildpack in the plan's range. None: the buildpack chooses."""
    pack = offers.buildpack(app.host.product)
    return offers.fitting(pack.versions, app.host, app.component.id) if pack is not None else None


def _families(layout: HerokuLayout) -> Iterator[Family]:
    """The tiers that a database cannot leave when its plan changes."""
    for id_, addon in layout.attachments.addons.items():
        if addon.addon.tiers:
            yield Family(
                id_,
                addon.plan,
                addon.addon.tier(addon.plan.partition(":")[2]),
                "Create a second database, and copy the data with `heroku pg:copy` (docs/targets/heroku.md).",
            )


def _parts(layout: HerokuLayout) -> Iterator[PlatformPart]:
    """The dynos of each process of an app, and the plans of add-ons. Other apps connect to the port of the router."""
    for id_, app in layout.apps.items():
        yield PlatformPart("component", id_, "", port="TCP 443")
        own = {process.type for process in app.component.processes if process.on}
        for each in app.formations.all:
            words = f"{each.span} {each.dyno.name} dyno{'s' if each.most > 1 else ''}"
            named = words if each.process == "web" or each.process in own else f"{each.process}: {words}"
            yield PlatformPart("component", id_, named, each.process, scale=True)
    for id_, addon in layout.attachments.addons.items():
        yield PlatformPart("service", id_, f"add-on {addon.plan}", port="")


def _entries(layout: HerokuLayout) -> Iterator[PlatformEntry]:
    """Users of apps with web dynos, through Heroku's router."""
    for id_, app in layout.apps.items():
        if any(formation.process == "web" for formation in app.formations.all):
            inside = internal(app.component, layout.settings)
            yield PlatformEntry("component", id_, "HTTP 80, HTTPS 443", (_SPACE if inside else INTERNET,))
