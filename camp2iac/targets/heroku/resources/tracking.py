"""The resources that a person knows by name: apps and add-ons, and which of these hold data."""

from __future__ import annotations

from collections.abc import Mapping

from camp2iac.synth.module import Module
from camp2iac.synth.tracked import Advice, Tracked
from camp2iac.targets.heroku.layout import names, offers
from camp2iac.targets.heroku.layout.layout import HerokuLayout


def tracked(layout: HerokuLayout, module: Module) -> Mapping[str, Tracked]:
    """Those of the module, by address."""
    there = {block.address for block in module.blocks()}
    found = {}
    for id_, app in layout.apps.items():
        found[app.address] = Tracked(id_, "app", "component")
        for extra in layout.settings.extras(app.component):
            kind = str(extra["plan"]).partition(":")[0]
            found[f"heroku_addon.{names.identifier(id_, kind)}"] = Tracked(
                id_, f"add-on {kind}", "component", _is_store(kind), product=kind
            )
    for addon in layout.attachments.addons.values():
        owner = f"addons: {{ {addon.service.id}: {{ plan: {addon.plan}, owner: {addon.owner.id} }} }}"
        advice = Advice(names.app(addon.owner), f"write  {owner}  in {layout.settings.file}")
        found[addon.address] = Tracked(
            addon.service.id,
            f"add-on {addon.addon.name}",
            holds_data=True,
            product=addon.addon.name,
            advice={"app_id": advice},
        )
    return {address: each for address, each in found.items() if address in there}


def _is_store(kind: str) -> bool:
    """Whether an add-on is one that a service of a plan could be."""
    return any((offer := offers.offer(product)) and kind in offer.addons for product in offers.products())
