"""Print the result, and write docs/proof-diff.md."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timezone
from pathlib import Path

from diff.compare import NOT_PLANNED
from diff.judge import Judged, Rate, rates
from diff.planned import ACTIONS, Act

PAGE = Path(__file__).parents[2] / "docs" / "proof-diff.md"
TEXT = """\
# Proof: what `diff` says is what Terraform plans

`proofs/diff/run` applies each base once (OpenStack: real services, as in [proof-openstack.md](proof-openstack.md);
Heroku: the simulation of its platform API, with the real provider). Then it makes one edit at a time in a copy of the
package, compiles the copy, and lets real Terraform plan it. It compares `terraform show -json` with what camp2iac says
offline, from only the two outputs: each address and each action ([method and limits](../proofs/diff/README.md)).

- *precision*: the share of what camp2iac says that Terraform plans;
- *recall*: the share of what Terraform plans that camp2iac says.

Create, destroy, replace and move must reach 100 %, update 99 %.

"""

APPLIED = """\
These edits rename parts that say `org.camp2iac:previously`. They were applied to the base. Nothing that
holds data may be destroyed or replaced, and a second plan, which reads again what exists, must be empty.

"""


def percent(share: float) -> str:
    """Such as ``99.3 %``. Rounded down, so that 100 % is all."""
    return f"{int(share * 1000) / 10:g} %"


def summary(results: Sequence[Judged]) -> str:
    """The rates of each action, as a Markdown table, and the verdict."""
    found = rates(results)
    rows = [_rate_row(each) for each in found]
    table = _table(("action", "planned", "said", "both", "precision", "recall", "verdict"), rows)
    return f"{table}\n{verdict(results)}\n"


def verdict(results: Sequence[Judged]) -> str:
    """One sentence."""
    compared = [each for each in results if not each.failed]
    right = sum(each.right for each in compared)
    text = f"{right} of {len(compared)} edits are said exactly as Terraform plans them"
    left = len(results) - len(compared)
    return f"{text}; {left} were not compared." if left else f"{text}."


def write(results: Sequence[Judged], how: str) -> None:
    """Write the page. ``how``: the releases, and what the run took."""
    date = datetime.now(timezone.utc).date().isoformat()
    parts = [TEXT, f"Run on {date}. {how}.\n\n", summary(results), "\n## By base\n\n", by_base(results)]
    parts += ["\n## Differences\n\n", differences(results), "\n## Applied\n\n", APPLIED, applied(results)]
    PAGE.write_text("".join(parts), encoding="utf-8")


def by_base(results: Sequence[Judged]) -> str:
    """A Markdown table with a row for each base."""
    names = dict.fromkeys(each.base for each in results)
    rows = []
    for name in names:
        own = [each for each in results if each.base == name and not each.failed]
        counts = [sum(rate.planned for rate in rates(own)), sum(each.right for each in own), len(own)]
        failed = sum(1 for each in results if each.base == name and each.failed)
        rows.append((f"`{name}`", str(counts[2]), str(counts[0]), str(counts[1]), str(failed or "–")))
    return _table(("base", "edits", "planned actions", "edits said exactly", "not compared"), rows)


def applied(results: Sequence[Judged]) -> str:
    """A Markdown table of the edits that were applied."""
    done = [each for each in results if each.lost is not None]
    rows = [
        (
            f"`{each.base}`",
            each.what,
            *(str(sum(act.action == action for act in each.planned)) for action in ACTIONS),
            "kept" if each.kept else "NOT KEPT",
        )
        for each in done
    ]
    return _table(("base", "edit", *ACTIONS, "data, second plan"), rows) if rows else "None was applied in this run.\n"


def differences(results: Sequence[Judged]) -> str:
    """Every edit that is not said as planned, with its explanation."""
    found = [each for each in results if not each.right and each.failed != NOT_PLANNED]
    return "".join(map(_difference, found)) or "There are none.\n"


def _difference(found: Judged) -> str:
    lines = [f"- `{found.base}`, {found.what}: {found.explained or found.failed or 'not explained'}"]
    lines += [f"  - planned, not said: {_listed(found.missed)}"] if found.missed else []
    lines += [f"  - said, not planned: {_listed(found.wrong)}"] if found.wrong else []
    return "\n".join(lines) + "\n"


def _listed(acts: Sequence[Act]) -> str:
    shown = ", ".join(f"`{act.shown}`" for act in acts[:6])
    return f"{shown} and {len(acts) - 6} more" if len(acts) > 6 else shown


def _rate_row(rate: Rate) -> tuple[str, ...]:
    counts = (str(rate.planned), str(rate.said), str(rate.both))
    return (
        rate.action,
        *counts,
        percent(rate.precision),
        percent(rate.recall),
        "reached" if rate.reached else "MISSED",
    )


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    return "".join(f"| {' | '.join(line)} |\n" for line in _lines(columns, rows))


def _lines(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[Sequence[str]]:
    yield columns
    yield tuple("---" for _ in columns)
    yield from rows
