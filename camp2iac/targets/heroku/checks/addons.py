"""CAMP442, CAMP443, CAMP617: services without an add-on, or without one in the required release."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic, Label
from camp2iac.targets.heroku import offers
from camp2iac.targets.heroku.layout.attachments import Addon
from camp2iac.targets.heroku.layout.configuration import external_url
from camp2iac.targets.heroku.layout.layout import HerokuLayout
from camp2iac.topology.model import Service


def check(layout: HerokuLayout) -> Iterator[Diagnostic]:
    """Add-ons, then services without one."""
    for addon in layout.attachments.addons.values():
        if (fault := _another_product(layout, addon)) or (fault := _another_runtime(layout, addon)):
            yield fault
        wanted = addon.service.version
        if wanted is not None and addon.addon.versions and addon.version is None:
            yield offers.no_release(addon.service, wanted, addon.addon.name, addon.addon.versions)
    for service in layout.attachments.external:
        if service.href is None:
            yield _no_addon(layout, service)


def _another_product(layout: HerokuLayout, addon: Addon) -> Diagnostic | None:
    """CAMP617 if the add-on in the environment file is a different product of the catalogue."""
    service, kind = addon.service, addon.addon.name
    if kind in addon.offer.addons:
        return None
    other = offers.product_with(kind)
    if other is None:
        return None
    fitting = next((f"{a.name}:{next(iter(a.plans))}" for a in addon.offer.addons.values()), None)
    return Diagnostic(
        "CAMP617",
        f"the plan requires {service.product.title} for {service.id}, but the add-on {kind} is for {other}",
        addon.place,
        label=f"this add-on is for {other}",
        related=(Label(service.span, f"the plan requires {service.product.title}"),),
        help=f"write for example  {service.id}: {fitting}" if fitting else "name another add-on",
    )


def _another_runtime(layout: HerokuLayout, addon: Addon) -> Diagnostic | None:
    """CAMP459 if the plan in the environment file is not for the space of the apps, or for no space."""
    plan, runtime = addon.plan.partition(":")[2], layout.settings.runtime
    only = addon.known.only if addon.known else next((k for k in ("private", "shield") if plan.startswith(f"{k}-")), "")
    shields = any(each.only == "shield" for each in addon.addon.plans.values())
    if addon.place is None or only == runtime or (not only and not (runtime == "shield" and shields)):
        return None
    where = {"": "outside a space", "private": "in a Private Space", "shield": "in a Shield space"}
    need = {"private": "a Private Space", "shield": "a Shield space"}
    best = next((each.name for each in addon.addon.plans.values() if each.only == runtime), None)
    why = f"{plan} requires {need[only]}" if only else f"apps in a Shield space need a plan for it, which {plan} is not"
    return Diagnostic(
        "CAMP459",
        f"Heroku does not have {addon.plan} for apps {where[runtime]}",
        addon.place,
        label=why,
        help=f"write  {addon.addon.name}:{best}" if best else "choose another plan, or another space",
    )


def _no_addon(layout: HerokuLayout, service: Service) -> Diagnostic:
    variable = external_url(service)
    return Diagnostic(
        "CAMP443",
        f"Heroku has no add-on for {service.product.title}: the URL of {service.id} becomes a variable",
        service.span,
        label=f"you have to provide {service.product.title}",
        notes=(f"components that connect to it get the URL in the Terraform variable {variable}",),
        help=f"set the variable when you apply: -var '{variable}=...',"
        f"\nor name an add-on in {layout.settings.file}:  addons: {{ {service.id}: SERVICE:PLAN }}",
    )
