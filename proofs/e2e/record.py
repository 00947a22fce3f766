"""docs/proof-whole-way.md: which example went the whole way, when, with what. Those that are not run again are kept."""

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
# The whole way, from a plan to its page

`proofs/e2e/run` takes examples the way that a user takes them: applied to a real control plane as in
[proof-openstack.md](proof-openstack.md), and booted as in [proof-machines.md](proof-machines.md), but each machine as
the cloud's APIs hold it, not as the compiler wrote it ([how, and what is not faithful](../proofs/e2e/README.md)):

1. `camp2iac synth`; `terraform apply` with the real provider.
2. Every server that Nova holds is booted: *its* user data from Nova, its ports, addresses and networks from Neutron,
   its volumes from Cinder. All say *ready*.
3. What Octavia holds of listeners, pools, members, monitors and persistence drives an haproxy at the floating address.
   The URL of `terraform output` gives the application's page with what its database holds; every member answers;
   what a visitor writes is there for the next.
4. The tier that scales gets a machine more, by `-var`: nothing else changes. The new one boots, joins, answers. A
   machine is killed: the balancer drops it.
5. The database's machine is made anew by `terraform apply -replace`: the new server, as Nova holds it, boots with the
   volume that is kept; what the visitor wrote is there.
6. `terraform destroy`; the project holds nothing.

{versions}.

"""
COLUMNS = ("example", "machines", "page", "scaled", "made anew", "time", "date", "result")


class Record:
    """A run's rows. ``terraform``, ``openstack``: which releases."""

    def __init__(self, terraform: str, openstack: str) -> None:
        said = re.sub(r"heroku [\d.]+, ", "", terraform)  # of the providers, those that applying takes
        root = (HOME / "roots" / ROOT / "etc/vm-root").read_text().strip()
        haproxy = subprocess.run(["haproxy", "-v"], capture_output=True, text=True, check=True).stdout.split()[2]
        self.versions = f"{said}; {openstack}; machines: Debian {root}; haproxy {haproxy}"
        self.rows: dict[str, tuple[str, ...]] = {}

    def begin(self, example: str) -> Way:
        """A row, which is a failure until it is done."""
        return Way(self, example)

    def table(self, kept: Mapping[str, tuple[str, ...]]) -> str:
        """A Markdown table."""
        rows = {**kept, **self.rows}
        lines = [COLUMNS, tuple("---" for _ in COLUMNS), *(rows[name] for name in sorted(rows))]
        return "".join(f"| {' | '.join(line)} |\n" for line in lines)

    def write(self) -> None:
        """Write the page anew."""
        old = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
        lines = [
            tuple(cell.strip() for cell in line.strip("|").split("|")) for line in re.findall(r"^\|.+\|$", old, re.M)
        ]
        same = self.versions in old  # what other releases did proves nothing of these
        kept = {row[0]: row for row in lines[2:] if same and len(row) == len(COLUMNS)}
        PAGE.write_text(TEXT.format(versions=self.versions) + self.table(kept), encoding="utf-8")


class Way:
    """One example's way: what was seen on it, step by step; ``said`` prints, with the seconds since its start."""

    def __init__(self, record: Record, example: str) -> None:
        self.record, self.example = record, example
        self.start = time.monotonic()
        self.cells = dict.fromkeys(("machines", "page", "scaled", "made anew"), "–")
        self.step = "synth"

    def __enter__(self) -> Way:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        date = datetime.now(timezone.utc).date().isoformat()
        verdict = f"FAILED: {self.step}" if kind else "proven"
        seconds = f"{time.monotonic() - self.start:.0f} s"
        self.record.rows[self.example] = (self.example, *self.cells.values(), seconds, date, verdict)

    def at(self, step: str) -> None:
        """The next step begins."""
        self.step = step
        self.statement(step)

    def said(self, what: str, cell: str = "") -> None:
        """Something was seen; ``cell``: the column that it stands in."""
        print(f"{time.monotonic() - self.start:6.0f} s  {self.example}: {what}", flush=True)
        if cell:
            self.cells[cell] = what
