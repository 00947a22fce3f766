"""Write docs/proof-whole-way.md: the examples, the dates and releases, and the results. Other rows are kept."""

from __future__ import annotations

import re
import subprocess
import time
from collections.abc import Mapping
from datetime import datetime, timezone
from pathlib import Path

from roots.machine import HOME

PAGE = Path(__file__).parents[2] / "docs" / "proof-whole-way.md"
ROOT = "bookworm"
TEXT = """\
# Proof: from a plan to its page

`proofs/e2e/run` uses examples as a user would. It applies them to a real control plane as in
[proof-openstack.md](proof-openstack.md), and boots their instances as in [proof-machines.md](proof-machines.md), but
from what the cloud's APIs return instead of the compiler's output ([method and limits](../proofs/e2e/README.md)):

1. `camp2iac synth`, then `terraform apply` with the real provider.
2. Every server in Nova is booted, with its user data from Nova, its ports, addresses and networks from Neutron, and its
   volumes from Cinder. All instances report *ready*.
3. The listeners, pools, members, monitors and persistence in Octavia configure an HAProxy at the floating IP. The URL
   from `terraform output` returns the application's page with the data in its database. Every member answers. The next
   visitor sees what a visitor writes.
4. The tier that scales gets one more instance with `-var`. Nothing else changes. The new instance boots, joins and
   answers. Then an instance is killed, and the load balancer removes it.
5. `terraform apply -replace` recreates the database's instance. The new server in Nova boots with the existing volume,
   and the visitor's data is still there.
6. `terraform destroy`. The project is empty.

{versions}.

"""
COLUMNS = ("example", "instances", "page", "scaled", "recreated", "time", "date", "result")


class Record:
    """The rows of a run. ``terraform``, ``openstack``: their releases."""

    def __init__(self, terraform: str, openstack: str) -> None:
        said = re.sub(r"heroku [\d.]+, ", "", terraform)  # the providers that are used here
        root = (HOME / "roots" / ROOT / "etc/vm-root").read_text().strip()
        haproxy = subprocess.run(["haproxy", "-v"], capture_output=True, text=True, check=True).stdout.split()[2]
        self.versions = f"{said}; {openstack}; instances: Debian {root}; haproxy {haproxy}"
        self.rows: dict[str, tuple[str, ...]] = {}

    def begin(self, example: str) -> Way:
        """Begin a row, which is a failure until it ends."""
        return Way(self, example)

    def table(self, kept: Mapping[str, tuple[str, ...]]) -> str:
        """A Markdown table."""
        rows = {**kept, **self.rows}
        lines = [COLUMNS, tuple("---" for _ in COLUMNS), *(rows[name] for name in sorted(rows))]
        return "".join(f"| {' | '.join(line)} |\n" for line in lines)

    def write(self) -> None:
        """Write the page."""
        old = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
        lines = [
            tuple(cell.strip() for cell in line.strip("|").split("|")) for line in re.findall(r"^\|.+\|$", old, re.M)
        ]
        same = self.versions in old  # rows of other releases are dropped
        kept = {row[0]: row for row in lines[2:] if same and len(row) == len(COLUMNS)}
        PAGE.write_text(TEXT.format(versions=self.versions) + self.table(kept), encoding="utf-8")


class Way:
    """The steps of one example, and what was seen. ``statement`` prints it, with the seconds since the start."""

    def __init__(self, record: Record, example: str) -> None:
        self.record, self.example = record, example
        self.start = time.monotonic()
        self.cells = dict.fromkeys(("instances", "page", "scaled", "recreated"), "–")
        self.step = "synth"

    def __enter__(self) -> Way:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        date = datetime.now(timezone.utc).date().isoformat()
        verdict = f"FAILED: {self.step}" if kind else "proven"
        seconds = f"{time.monotonic() - self.start:.0f} s"
        self.record.rows[self.example] = (self.example, *self.cells.values(), seconds, date, verdict)

    def at(self, step: str) -> None:
        """Begin the next step."""
        self.step = step
        self.statement(step)

    def statement(self, what: str, cell: str = "") -> None:
        """Print what was seen. ``cell``: the column for it."""
        print(f"{time.monotonic() - self.start:6.0f} s  {self.example}: {what}", flush=True)
        if cell:
            self.cells[cell] = what
