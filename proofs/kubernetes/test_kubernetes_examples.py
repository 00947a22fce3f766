"""Apply each entry: what the API has matches its topology, and changes affect only what they must."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from kube_applied import CLAIM, DEPLOYMENT, STATEFUL_SET, Applied, run
from kube_cluster import Cluster, told, until
from kube_entries import ENTRIES, Entry, chosen
from kube_page import Record, Row
from support.terraform import command

pytestmark = pytest.mark.kubernetes
#: Only apply, compare and destroy
SHORT = os.environ.get("KUBE_SHORT", "0") == "1"


@pytest.fixture(scope="session")
def cluster() -> Cluster:
    return Cluster(Path(os.environ["KUBE_PROOF_CONFIG"]))


@pytest.fixture(scope="session")
def record(cluster: Cluster) -> Iterator[Record]:
    """The results by entry. They are printed at the end."""
    terraform = run(*command(), "version").splitlines()[0]
    found = Record(f"{terraform} with the real provider {os.environ['KUBE_PROVIDER']}; {cluster.version()}")
    yield found
    print("\n" + found.table({}))


@pytest.fixture
def written(record: Record) -> Iterator[None]:
    """Write the page after each entry, if KUBE_RECORD=1: a run that is stopped keeps what it has seen."""
    yield
    if os.environ.get("KUBE_RECORD", "0") == "1":
        record.write()


CHOSEN = [name for name in chosen(os.environ.get("KUBE_ENTRIES", "").splitlines()) if ENTRIES[name].alone]


@pytest.mark.parametrize("name", CHOSEN)
@pytest.mark.usefixtures("written")
def test_entry(name: str, cluster: Cluster, record: Record, tmp_path: Path) -> None:
    entry = ENTRIES[name]
    if entry.definition and not (cluster.definitions / f"{entry.definition}.yaml").exists():
        pytest.skip(f"NOT APPLIED: it needs {entry.definition}.yaml (KUBE_ROUTES, or Go for the Gateway API)")
    before = cluster.shared()
    cluster.busy(None)
    with record.begin(name, "applied" if SHORT else "proven") as row:
        row.at("synth")
        applied = Applied(entry, tmp_path, cluster)
        try:
            _proven(applied, entry, row)
            row.at("destroy")
            applied.destroy()
            row.at("nothing left")
            until(lambda: cluster.shared() <= before, f"nothing is left of {cluster.shared() - before}")
        except BaseException:
            cluster.remove(cluster.shared() - before)
            raise


def _proven(applied: Applied, entry: Entry, row: Row) -> None:
    row.at("apply")
    made = applied.apply()
    assert set(made.values()) == {"create"}, made
    row.say(str(len(made)), "resources")
    row.at("as the topology says")
    seen = applied.matches()
    row.say(str(len(seen.workloads)), "workloads")
    row.say(str(len(seen.ways)), "connections")
    row.at("pod security and secrets")
    about = applied.cluster.api.call("GET", f"/api/v1/namespaces/{applied.namespace.name}")["metadata"]["labels"]
    assert about.get("pod-security.kubernetes.io/enforce") == "restricted", about
    assert not (shown := told(applied.namespace)), f"values of Secrets are in {shown}"
    row.at("second plan empty")
    applied.refresh()
    applied.unchanged()
    if SHORT:
        return
    _deleted(applied, row)
    _scaled(applied, row)
    _replaced(applied, row)
    _edited(applied, entry, row)


def _deleted(applied: Applied, row: Row) -> None:
    """Delete all pods, one after the other: others take their places, and Terraform has nothing to do."""
    row.at("pods deleted")
    before, claims = applied.pods(), applied.claims()
    if not before:
        return
    for name in before:
        path = f"/api/v1/namespaces/{applied.namespace.name}/pods/{name}"
        applied.cluster.api.call("DELETE", path)
    until(lambda: not set(applied.pods().values()) & set(before.values()), "the pods are gone")
    until(applied.settled, "others have taken their places")
    applied.matches()
    assert applied.claims() == claims, "claims are others"
    applied.unchanged()
    row.say(str(len(before)), "pod deleted")


def _scaled(applied: Applied, row: Row) -> None:
    """One more replica by its variable; or by its autoscaler, as many as may be, when pods are busy."""
    for variable, count in applied.counts().items():
        row.at(f"scale {variable}")
        tier = variable.removesuffix("_count")
        before = applied.pods()
        applied.variables[variable] = str(count + 1)
        changed = applied.apply()
        claims = {address: how for address, how in changed.items() if address.startswith(CLAIM)}
        assert set(claims.values()) <= {"create"}, changed  # those of the new pod
        assert {how for address, how in changed.items() if address not in claims} == {"update"}, changed
        until(applied.settled, "the pods are ready")
        assert before.items() <= applied.pods().items(), "another pod was replaced"
        applied.matches(applied.by_variables())
        applied.unchanged()
        row.say(f"{tier} {count} → {count + 1}", "scaled")
    row.at("autoscalers")
    scales = applied.namespace.state(()).scales
    if not scales:
        return
    before = applied.pods()
    applied.cluster.busy(1000)
    reached = {name: most for name, (_, most) in scales.items()}
    until(lambda: applied.replicas(reached) == reached, "autoscalers reach the highest number", 120)
    until(applied.settled, "the pods are ready")
    assert before.items() <= applied.pods().items(), "another pod was replaced"
    applied.unchanged()
    applied.cluster.busy(None)
    least = {name: lowest for name, (lowest, _) in scales.items()}
    until(lambda: applied.replicas(least) == least, "autoscalers reach the lowest number", 120)
    until(applied.settled, "the pods have ended")
    applied.unchanged()
    row.say(", ".join(f"{name} {low} → {most} → {low}" for name, (low, most) in sorted(scales.items())), "scaled")


def _replaced(applied: Applied, row: Row) -> None:
    """Replace what has claims. The claims, and so the volumes, are the same."""
    for address, name in applied.with_claims():
        row.at(f"replace {name}")
        claims, before = applied.claims(), applied.pods()
        changed = applied.apply(f"-replace={address}")
        assert changed == {address: "delete,create"}, changed
        until(applied.settled, "the pods are ready")
        assert applied.claims() == claims, "claims are others"
        gone = {pod for pod, uid in before.items() if applied.pods().get(pod) != uid}
        assert all(pod.startswith(f"{name}-") for pod in gone), gone
        applied.unchanged()
        row.say(name, "replaced")


def _edited(applied: Applied, entry: Entry, row: Row) -> None:
    """Another code: a new tag of the image, and other pods of this component only."""
    if entry.edit is None:
        return
    row.at("edit the code")
    file, old, new = entry.edit
    path = applied.package / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))
    before = applied.pods()
    applied.synth()
    changed = applied.apply()
    updated = {each.partition(".")[2] for each in changed if each.startswith((DEPLOYMENT, STATEFUL_SET))}
    assert updated, changed
    until(applied.settled, "the pods are ready")
    gone = {pod for pod, uid in before.items() if applied.pods().get(pod) != uid}
    others = {pod for pod in gone if not pod.startswith(tuple(f"{name}-" for name in applied.named(updated)))}
    assert gone, "no pod has the new code"
    assert not others, f"pods of others were replaced: {others}"
    applied.unchanged()
    row.say(f"{len(gone)} of {len(before)} pods replaced{', applied twice' * bool(applied.repeated)}", "edited")
