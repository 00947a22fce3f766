"""Write docs/proof-diff.md."""

from __future__ import annotations

from collections.abc import Iterable

from diff.judge import Judged, rates


def table(results: Iterable[Judged]) -> str:
    results = list(results)
    return "\n".join(f"{r.action} planned {r.planned} said {r.said} both {r.both}" for r in rates(results))


def write(results: Iterable[Judged], terraform: str, openstack: str, seconds: float) -> None:
    ...
