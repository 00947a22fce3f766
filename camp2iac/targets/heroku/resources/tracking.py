"""The resources that people know by name, and which of them hold data. :mod:`..keeping` has a line for each type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from camp2iac.diagnostics.suggest import listed
from camp2iac.synth.module import Module
from camp2iac.synth.tracked import Advice, Tracked
from camp2iac.targets.heroku import offers
from camp2iac.targets.heroku.layout import names
from camp2iac.targets.heroku.layout.apps import App
from camp2iac.targets.heroku.layout.layout import HerokuLayout
from camp2iac.targets.heroku.replacing import REPLACING
from camp2iac.targets.heroku.resources import spaces
from camp2iac.targets.kit.protection import tracked_secrets


def tracked(layout: HerokuLayout, module: Module) -> Mapping[str, Tracked]:
    """The tracked resources of the module, by address."""
    there = {block.address for block in module.blocks()}
    found = {**tracked_secrets(layout.topology, names.variable)}
    for id_, app in layout.apps.items():
        found[app.address] = Tracked(id_, "app", "component")
        for host in app.hosts:
            domain = names.identifier(app.component.id, host.replace("*", "any"))
            found[f"heroku_domain.{domain}"] = Tracked(id_, f"domain {host}", "component")
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
    if wanted := layout.settings.new_space:
        stored = [each for each in found.values() if each.holds_data and each.part != "secret"]
        found[spaces.ADDRESS] = _space(str(wanted["name"]), stored, list(layout.apps.values()))
    return {address: each for address, each in found.items() if address in there}


def _space(name: str, inside: Sequence[Tracked], apps: Sequence[App]) -> Tracked:
    """A space. All that runs in it is destroyed with it. ``inside``: what contains data."""
    owners = sorted({each.node for each in inside})
    words = f"Private Space {name}" + (f" with the data of {listed(owners)}" if owners else "")
    targets = " ".join(f"-target={app.address}" for app in apps)
    advice = Advice(
        spaces.ADDRESS,
        "undo the change: Heroku deletes a space only if it contains no apps, so the apply fails\n"
        f"unless you first run  terraform destroy {targets}",
    )
    parts = REPLACING["heroku_space"]
    return Tracked(name, words, "environment", holds_data=bool(owners), advice=dict.fromkeys(sorted(parts), advice))


def _is_store(kind: str) -> bool:
    """Whether an add-on can provide a service of a plan."""
    extra = offers.extras().get(kind)

    return extra.data if extra else offers.product_with(kind) is not None
