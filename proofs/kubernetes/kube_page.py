"""Write docs/proof-kubernetes.md: the entries, the releases and what was seen. Rows of other releases are dropped."""

from __future__ import annotations

import re
import time
from datetime import datetime, timezone
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "proof-kubernetes.md"
COLUMNS = (
    "entry",
    "resources",
    "workloads",
    "connections",
    "pod deleted",
    "scaled",
    "replaced",
    "edited",
    "time",
    "date",
    "result",
)
TEXT = """\
# Proof: applied to Kubernetes

`proofs/kubernetes/run` compiles every example, and every case that has an environment file for Kubernetes. Terraform
applies them, with the real provider, to a real control plane: etcd, kube-apiserver, kube-controller-manager and
kube-scheduler on one computer ([method and limits](../proofs/kubernetes/README.md)). For each entry:

1. `camp2iac synth`, then `terraform apply`, which waits for rollouts and Jobs. A second plan is empty, after
   `terraform apply -refresh-only` has read the addresses that load balancers and Ingresses get later.
2. The API has exactly what the topology describes: Deployments, StatefulSets, Jobs and CronJobs with their replicas,
   claims and times, all ready; Services, with the pods that they lead to; Ingresses, Routes and autoscalers.
3. NetworkPolicies allow the connections of the plan's links and exposures, and no others. Each pair of workloads is
   tried, the Ingress controller, DNS and the outside, with each port.
4. Pods are admitted under the `restricted` standard. No value of a Secret is in any other object.
5. Each pod is deleted. Another one takes its place, claims stay, and the next plan is empty.
6. A tier that scales gets one more replica with `-var`, or more by its autoscaler when the pods are busy, and the next
   plan is empty. Pods of other tiers stay the same.
7. The StatefulSets and Deployments that have claims are replaced. The claims stay the same.
8. The code changes. `camp2iac synth` and `terraform apply` replace the pods of this component, and no others.
9. `terraform destroy`. Nothing is left in the namespace or in the cluster.

A cell is empty if the entry has nothing of the kind. `applied` instead of `proven`: only the steps 1 to 4 and 9
(`KUBE_SHORT=1`).

`applied twice`: the provider 3.2.1 ends each update of a StatefulSet with the error "Missing Resource Identity After
Update". The update was made, and a second `terraform apply` does the rest.

Not proven here: the images, because no container is started; the path of a request through an Ingress controller or a
router; that the network enforces policies; that volumes keep data. [proof-docker.md](proof-docker.md) runs the same
images as containers.

{versions}.

"""


class Record:
    """The rows of a run. ``versions``: the releases that were used."""

    def __init__(self, versions: str) -> None:
        self.versions = versions
        self.rows: dict[str, tuple[str, ...]] = {}

    def begin(self, entry: str, verdict: str) -> Row:
        """Begin a row, which is a failure until it ends. ``verdict``: if all steps succeed."""
        return Row(self, entry, verdict)

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
    """The steps of one entry, and what was seen."""

    def __init__(self, record: Record, entry: str, verdict: str) -> None:
        self.record, self.entry, self.verdict = record, entry, verdict
        self.start = time.monotonic()
        self.cells = dict.fromkeys(COLUMNS[1:-3], "")
        self.step = "synth"

    def __enter__(self) -> Row:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        date = datetime.now(timezone.utc).date().isoformat()
        verdict = f"FAILED: {self.step}" if kind else self.verdict
        seconds = f"{time.monotonic() - self.start:.0f} s"
        self.record.rows[f"`{self.entry}`"] = (f"`{self.entry}`", *self.cells.values(), seconds, date, verdict)

    def at(self, step: str) -> None:
        """Begin the next step."""
        self.step = step
        self.say(step)

    def say(self, what: str, cell: str = "") -> None:
        """Print what was seen. ``cell``: the column for it."""
        print(f"{time.monotonic() - self.start:6.0f} s  {self.entry}: {what}", flush=True)
        if cell:
            self.cells[cell] = ", ".join(filter(None, (self.cells[cell], what)))
