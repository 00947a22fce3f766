"""The record: what was applied, when, with what, and what was seen. Entries that are not run again are kept."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path

COLUMNS = ("entry", "machines", "resources", "scaled", "replaced", "time", "date", "verdict")
TEXT = """\
# OpenStack, proven by applying it

`proofs/lab/run` compiles every example and every case that has an environment for OpenStack, and applies it, by
Terraform with the real provider, to a real control plane: Keystone, Glance, Placement, Nova, Neutron, Cinder, Octavia,
Swift, Heat, Barbican and Designate on one machine, in two regions
([how, and what is not faithful](../proofs/lab/README.md)). For each entry:

1. `terraform apply`. What the APIs then hold must be what the topology says, no more and no less: machines with image,
   size, region, zone, key pair, networks in order and security groups; networks with CIDRs and name servers, routers;
   every rule, at both ends; ports that wait for machines to come; volumes; server groups; listeners with their
   certificates and those who may ask, pools, members and monitors; floating addresses; DNS records. User data is
   cloud-config within Nova's limit, the same for all machines of a tier without volumes of their own, and has the
   addresses that Neutron gave to those whom the plan names; so have outputs.
2. A second plan is empty.
3. Each tier that scales gets one machine more: only what belongs to that machine is created. Then one less: only that
   is deleted. All other machines keep id, addresses, volumes and user data. Counts outside the plan's are refused.
4. A machine is replaced, one with a volume where there is one: it and its attachments are made anew, nothing else;
   volume, address and user data are the old ones.
5. For the guestbook: what an edit of plan, environment or code would do, as [edits.py](../proofs/lab/edits.py) lists.
6. `terraform destroy`; the project holds nothing, in any region.

No guest boots in this: what machines do with their user data is tested by booting them (`proofs/roots/`).

{versions}.

"""


@dataclass
class Entry:
    """A row. ``verdict``: ``proven``, or the step that failed."""

    name: str
    machines: int = 0
    resources: int = 0
    scaled: list[str] = field(default_factory=list)
    replaced: str = ""
    verdict: str = "proven"
    seconds: float = 0.0

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """A part of the proof; what fails in it is the verdict."""
        start = time.monotonic()
        try:
            yield
        except BaseException:
            if self.verdict == "proven":
                self.verdict = f"FAILED: {name}"
            raise
        finally:
            spent = time.monotonic() - start
            self.seconds += spent
            print(f"{self.name}: {name}: {spent:.1f} s")

    def cells(self, date: str) -> tuple[str, ...]:
        """As the table has it."""
        return (
            self.name,
            str(self.machines),
            str(self.resources),
            ", ".join(self.scaled) or "–",
            self.replaced or "–",
            f"{self.seconds:.0f} s",
            date,
            self.verdict,
        )


class Proof:
    """All entries of a run. ``terraform``, ``openstack``: which releases."""

    def __init__(self, terraform: str, openstack: str) -> None:
        # of the providers, those that applying here takes
        said = re.sub(r"heroku [\d.]+, ", "", terraform)
        self.versions = f"{said}; {openstack}"
        self.entries: list[Entry] = []
        self.date = datetime.now(timezone.utc).date().isoformat()

    def begin(self, name: str) -> Entry:
        """A new entry."""
        self.entries.append(Entry(name))
        return self.entries[-1]

    def rows(self) -> dict[str, tuple[str, ...]]:
        """The entries' cells by name."""
        return {entry.name: entry.cells(self.date) for entry in self.entries}

    def table(self, kept: dict[str, tuple[str, ...]] | None = None) -> str:
        """A Markdown table."""
        rows = {**(kept or {}), **self.rows()}
        lines = [COLUMNS, tuple("---" for _ in COLUMNS), *(rows[name] for name in sorted(rows))]
        return "".join(f"| {' | '.join(line)} |\n" for line in lines)

    def write(self, path: Path) -> None:
        """Write the document anew."""
        old = path.read_text(encoding="utf-8") if path.exists() else ""
        lines = re.findall(r"^\|.+\|$", old, re.M)
        cells = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines]
        same = self.versions in old  # what other releases did proves nothing of these
        kept = {row[0]: row for row in cells[2:] if same and len(row) == len(COLUMNS)}
        path.write_text(TEXT.format(versions=self.versions) + self.table(kept), encoding="utf-8")
