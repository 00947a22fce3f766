"""Write docs/proof-docker.md: the examples, the releases and what was seen. Rows of other releases are dropped."""

from __future__ import annotations

import re
import time
from datetime import datetime, timezone
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "proof-docker.md"
COLUMNS = ("example", "containers", "page", "worker", "scaled", "killed", "replaced", "code", "time", "date", "result")
TEXT = """\
# Proof: on a Docker engine

`proofs/docker/run` applies examples to a Docker engine, and uses them as a user would
([method and limits](../proofs/docker/README.md)):

1. `camp2iac synth`, then `terraform apply` with the real provider.
2. The URL from `terraform output` returns the page with the data in its database. The next visitor sees what a visitor
   writes. A worker does its work.
3. A component that scales gets one more container with `-var`. The other containers keep running.
4. A container of it is killed. The load balancer removes it, and the page answers all the time. The next
   `terraform apply` starts it.
5. `terraform apply -replace` recreates the containers with volumes. What the visitor wrote is still there.
6. The code changes. `camp2iac synth` and `terraform apply` replace the containers of this component, and no others.
7. `terraform destroy`. No container, image, network or volume of the application is left.

After each `terraform apply`, a second plan is empty.

A cell is empty if the example has nothing of the kind ([what that means](../proofs/docker/README.md)). `NOT RUN`: an
image could not be had.

{versions}.

"""


class Record:
    """The rows of a run. ``versions``: the releases that were used."""

    def __init__(self, versions: str) -> None:
        self.versions = versions
        self.rows: dict[str, tuple[str, ...]] = {}
        self.not_run: set[str] = set()

    def begin(self, example: str) -> Row:
        """Begin a row, which is a failure until it ends."""
        return Row(self, example)

    def table(self, kept: dict[str, tuple[str, ...]]) -> str:
        """A Markdown table."""
        rows = {**kept, **self.rows}
        lines = [COLUMNS, tuple("---" for _ in COLUMNS), *(rows[name] for name in sorted(rows))]
        return "".join(f"| {' | '.join(line)} |\n" for line in lines)

    def write(self) -> None:
        """Write the page."""
        old = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
        found = [tuple(cell.strip() for cell in line[1:-1].split("|")) for line in re.findall(r"^\|.+\|$", old, re.M)]
        same = f"\n{self.versions}.\n" in old
        kept = {row[0]: row for row in found[2:] if same and len(row) == len(COLUMNS)}
        PAGE.write_text(TEXT.format(versions=self.versions) + self.table(kept), encoding="utf-8")


class Row:
    """The steps of one example, and what was seen."""

    def __init__(self, record: Record, example: str) -> None:
        self.record, self.example = record, example
        self.start = time.monotonic()
        self.cells = dict.fromkeys(COLUMNS[1:-3], "")
        self.step = "synth"

    def __enter__(self) -> Row:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        date = datetime.now(timezone.utc).date().isoformat()
        verdict = f"FAILED: {self.step}" if kind else "proven"
        if kind is pytest.skip.Exception:
            verdict = "NOT RUN"
            self.record.not_run.add(self.example)
        seconds = f"{time.monotonic() - self.start:.0f} s"
        self.record.rows[self.example] = (self.example, *self.cells.values(), seconds, date, verdict)

    def at(self, step: str) -> None:
        """Begin the next step."""
        self.step = step
        self.say(step)

    def say(self, what: str, cell: str = "") -> None:
        """Print what was seen. ``cell``: the column for it."""
        print(f"{time.monotonic() - self.start:6.0f} s  {self.example}: {what}", flush=True)
        if cell:
            self.cells[cell] = f"{self.cells[cell]}, {what}".removeprefix(", ")
