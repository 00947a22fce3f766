"""The resources that a person knows by name: apps and add-ons, and which of these hold data."""

from __future__ import annotations

from collections.abc import Mapping

from camp2iac.synth.tracked import Advice, Tracked
from camp2iac.targets.heroku import names, tables
from camp2iac.targets.heroku.lowering import Lowering


def tracked(low: Lowering) -> Mapping[str, Tracked]:
    """Those of the module, by address."""
    there = {block.address for block in low.module.blocks()}
    found = {}
    for component in low.topology.components.values():
        found[low.app(component)] = Tracked(component.id, "app", "component")
        for extra in low.settings.extras(component):
            kind = str(extra["plan"]).partition(":")[0]
            found[f"heroku_addon.{names.identifier(component.id, kind)}"] = Tracked(
                component.id, f"add-on {kind}", "component", _is_store(kind), product=kind
            )
    for addon in low.wiring.addons.values():
        owner = f"addons: {{ {addon.service.id}: {{ plan: {addon.plan}, owner: {addon.owner.id} }} }}"
        advice = Advice(low.app(addon.owner), f"write  {owner}  in {low.settings.file}")
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
    return any((offer := tables.offer(product)) and kind in offer.addons for product in tables.products())
