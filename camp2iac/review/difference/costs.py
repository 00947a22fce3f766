"""What the platform bills each month, where its prices are published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from camp2iac.compiler import Result
from camp2iac.review.difference.model import CostChange
from camp2iac.review.difference.renamed import current
from camp2iac.targets.facts import Price

_Prices: TypeAlias = Mapping[tuple[str, str], Price]


def compare(before: Result | None, after: Result | None, renamed: Mapping[str, str]) -> tuple[CostChange, ...]:
    """The items with another size, plan or price, sorted. A price that is not published counts as 0, and is named."""
    new = _prices(after)
    old = {current(_renamed(key, renamed), new): each for key, each in _prices(before).items()}
    dates = [each.lowered.facts.priced for each in (after, before) if each is not None]
    date = next(filter(None, dates), "")
    return tuple(_changes(old, new, date))


def _prices(result: Result | None) -> _Prices:
    found = result.lowered.facts.prices if result is not None else ()
    return {(each.node, each.part): each for each in found}


def _renamed(key: tuple[str, str], renamed: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    node, part = key
    return key, (renamed.get(node, node), part)


def _changes(old: _Prices, new: _Prices, date: str) -> Iterator[CostChange]:
    for key in sorted({*old, *new}):
        was, now = old.get(key), new.get(key)
        if was is not None and now is not None and (was.words, was.usd) == (now.words, now.usd):
            continue
        words = dict.fromkeys(_words(each) for each in (was, now) if each is not None)
        yield CostChange(f"{' '.join(filter(None, key))}: {', then '.join(words)}", _usd(was), _usd(now), date)


def _words(price: Price) -> str:
    return price.words if price.usd is not None else f"{price.words} (price not published)"


def _usd(price: Price | None) -> float:
    return float(price.usd or 0) if price is not None else 0.0
