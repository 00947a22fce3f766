"""Write docs/proof-openstack.md: what was applied, when, with which releases, and the result. Other rows are kept."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path

COLUMNS = ("entry", "instances", "resources", "scaled", "replaced", "time", "date", "verdict")
TEXT = """\
# Proof: applied to OpenStack

`proofs/lab/run` compiles every example and every case that has an environment file for OpenStack. Terraform applies
them, with the real provider, to a real control plane: Keystone, Glance, Placement, Nova, Neutron, Cinder, Octavia,
Swift, Heat, Barbican and Designate on one computer, in two regions ([method and limits](../proofs/lab/README.md)). For
each entry:

1. `terraform apply`. The APIs must then return exactly what the topology describes:
   - instances with image, size, region, zone, key pair, networks in order and security groups;
   - networks with CIDRs and name servers, routers, and every security group rule at both ends;
   - ports for instances that scaling will add, volumes and server groups;
   - listeners with certificates and allowed sources, pools, members and monitors;
   - floating IPs and DNS records;
   - user data that is cloud-config within Nova's limit. It is the same for all instances of a tier without volumes, and
     contains the addresses from Neutron that the plan refers to. So do the outputs.
2. A second plan is empty.
3. Each tier that scales gets one more instance: Terraform creates only what belongs to that instance. Then it gets one
   less: Terraform deletes only that. All other instances keep their id, addresses, volumes and user data. Counts
   outside the plan's range are refused.
4. An instance is replaced, if possible one with a volume. Terraform recreates only the instance and its attachments.
   Volume, address and user data stay the same.
5. For the guestbook: the effects of edits to the plan, environment or code, as listed in
   [edits.py](../proofs/lab/edits.py).
6. `terraform destroy`. The project is empty in all regions.

No guest boots in this proof. [proof-machines.md](proof-machines.md) tests what instances do with their user data.

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
        """A part of the proof. If it fails, it becomes the verdict."""
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
        """The cells of its row."""
        return (
            f"`{self.name}`",
            str(self.machines),
            str(self.resources),
            ", ".join(f"`{each}`" for each in self.scaled) or "–",
            self.replaced or "–",
            f"{self.seconds:.0f} s",
            date,
            self.verdict,
        )


class Proof:
    """All entries of a run. ``terraform``, ``openstack``: their releases."""

    def __init__(self, terraform: str, openstack: str) -> None:
        # the providers that are used here
        said = re.sub(r"heroku [\d.]+, ", "", terraform)
        self.versions = f"{said}; {openstack}"
        self.entries: list[Entry] = []
        self.date = datetime.now(timezone.utc).date().isoformat()

    def begin(self, name: str) -> Entry:
        """A new entry."""
        self.entries.append(Entry(name))
        return self.entries[-1]

    def rows(self) -> dict[str, tuple[str, ...]]:
        """The entries' cells, by their first one."""
        return {cells[0]: cells for cells in (entry.cells(self.date) for entry in self.entries)}

    def table(self, kept: dict[str, tuple[str, ...]] | None = None) -> str:
        """A Markdown table."""
        rows = {**(kept or {}), **self.rows()}
        lines = [COLUMNS, tuple("---" for _ in COLUMNS), *(rows[name] for name in sorted(rows))]
        return "".join(f"| {' | '.join(line)} |\n" for line in lines)

    def write(self, path: Path) -> None:
        """Write the document."""
        old = path.read_text(encoding="utf-8") if path.exists() else ""
        lines = re.findall(r"^\|.+\|$", old, re.M)
        cells = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines]
        same = self.versions in old  # rows of other releases are dropped
        kept = {row[0]: row for row in cells[2:] if same and len(row) == len(COLUMNS)}
        path.write_text(TEXT.format(versions=self.versions) + self.table(kept), encoding="utf-8")
