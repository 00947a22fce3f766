"""The estimated monthly cost of an output, for its README, with the date of the prices."""

from __future__ import annotations

from camp2iac.targets.heroku import offers
from camp2iac.targets.heroku.layout.attachments import Addon
from camp2iac.targets.heroku.layout.layout import HerokuLayout


def rows(layout: HerokuLayout) -> list[tuple[str, int | None]]:
    """What is billed, and its price in USD a month. None: not published."""
    found: list[tuple[str, int | None]] = []
    for each in layout.formations:
        one = each.dyno.price
        found.append((f"{each.label}: {each.count} × {each.dyno.name}", None if one is None else one * each.count))
    addons = layout.attachments.addons.values()
    found += [(f"{each.service.id}: {each.plan}", price(each)) for each in addons]
    for id_, app in layout.apps.items():
        plans = [str(extra["plan"]) for extra in layout.settings.extras(app.component)]
        found += [(f"{id_}: {plan}", offers.price(plan)) for plan in plans]
    if layout.settings.new_space is not None:
        found.append((f"the space {layout.settings.space}", None))
    return found


def price(addon: Addon) -> int | None:
    """The price of an add-on. None: not published."""
    return addon.known.price if addon.known else offers.price(addon.plan)


def date(layout: HerokuLayout) -> str:
    """The date of the prices."""
    return offers.as_of(addon.service.product for addon in layout.attachments.addons.values())


def text(layout: HerokuLayout) -> list[str]:
    """Lines of Markdown. Empty if nothing is billed."""
    found = rows(layout)
    if not found:
        return []
    lines = [f"### Monthly cost (prices of {date(layout)})", "", "| item | USD |", "|---|---:|"]
    lines += [f"| {what} | {'unknown' if usd is None else usd} |" for what, usd in found]
    known = sum(usd for _, usd in found if usd is not None)
    more = any(usd is None for _, usd in found)
    lines.append(f"| total{' of the known prices' if more else ''} | {known} |")
    if any(each.dyno.name == "eco" for each in layout.formations):
        lines += ["", "All eco dynos share one subscription of 5 USD."]
    return ["", *lines]
