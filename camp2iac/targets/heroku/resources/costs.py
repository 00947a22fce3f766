"""The estimated monthly cost of an output, for its README, with the date of the prices."""

from __future__ import annotations

from camp2iac.targets.heroku import offers
from camp2iac.targets.heroku.layout.attachments import Addon
from camp2iac.targets.heroku.layout.layout import HerokuLayout


def rows(layout: HerokuLayout) -> list[tuple[str, int | None]]:
    """What is billed, and its price in USD a month. None: not published."""
    found: list[tuple[str, int | None]] = []
    for each in layout.formations:
        price = each.dyno.price
        found.append((f"{each.label}: {each.count} × {each.dyno.name}", None if price is None else price * each.count))
    addons = layout.attachments.addons.values()
    found += [(f"{each.service.id}: {each.plan}", _price(each)) for each in addons]
    for id_, app in layout.apps.items():
        plans = [str(extra["plan"]) for extra in layout.settings.extras(app.component)]
        found += [(f"{id_}: {plan}", offers.price(plan)) for plan in plans]
    if layout.settings.new_space is not None:
        found.append((f"the space {layout.settings.space}", None))
    return found


def _price(addon: Addon) -> int | None:
    return addon.known.price if addon.known else offers.price(addon.plan)


def text(layout: HerokuLayout) -> list[str]:
    """Lines of Markdown. Empty if nothing is billed."""
    found = rows(layout)
    if not found:
        return []
    date = offers.as_of(addon.service.product for addon in layout.attachments.addons.values())
    lines = [f"### Monthly cost (prices of {date})", "", "| item | USD |", "|---|---:|"]
    lines += [f"| {what} | {'unknown' if price is None else price} |" for what, price in found]
    known = sum(price for _, price in found if price is not None)
    more = any(price is None for _, price in found)
    lines.append(f"| total{' of the known prices' if more else ''} | {known} |")
    if any(each.dyno.name == "eco" for each in layout.formations):
        lines += ["", "All eco dynos share one subscription of 5 USD."]
    return ["", *lines]
