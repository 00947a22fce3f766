"""What an output costs a month by the tables, for its README: an estimate, with the day of the prices."""

from __future__ import annotations

from collections.abc import Sequence

from camp2iac.targets.heroku import tables
from camp2iac.targets.heroku.formation import Formation
from camp2iac.targets.heroku.lowering import Lowering


def rows(low: Lowering, formations: Sequence[Formation]) -> list[tuple[str, int | None]]:
    """What is billed, each in words, and its price in USD a month; None: not published."""
    found: list[tuple[str, int | None]] = []
    for each in formations:
        price = each.dyno.price
        found.append((f"{each.label}: {each.count} × {each.dyno.name}", None if price is None else price * each.count))
    plans = [(addon.service.id, addon.plan) for addon in low.wiring.addons.values()]
    for component in low.topology.components.values():
        plans += [(component.id, str(extra["plan"])) for extra in low.settings.extras(component)]
    found += [(f"{owner}: {plan}", tables.price(plan)) for owner, plan in plans]
    if low.settings.new_space is not None:
        found.append((f"the space {low.settings.space}", None))
    return found


def text(low: Lowering, formations: Sequence[Formation]) -> list[str]:
    """Lines of Markdown; nothing where nothing is billed."""
    found = rows(low, formations)
    if not found:
        return []
    lines = [f"### Costs, by prices of {tables.as_of()}", "", "| what | USD a month |", "|---|---:|"]
    lines += [f"| {what} | {'not known' if price is None else price} |" for what, price in found]
    known = sum(price for _, price in found if price is not None)
    more = any(price is None for _, price in found)
    lines.append(f"| together{', without what is not known' if more else ''} | {known} |")
    if any(each.dyno.name == "eco" for each in formations):
        lines += ["", "Eco dynos share one subscription of 5 USD, whatever their number."]
    return ["", *lines]
