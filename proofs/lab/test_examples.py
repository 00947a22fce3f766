"""Apply each example and case: what exists matches its topology, and changes affect only what they must."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
import yaml
from support import phases
from support.compiler import output_of, permitted
from support.plans import Compilation, compilations
from support.terraform import Terraform

from lab.before import certificates, newer_image, there
from lab.cloud import Cloud
from lab.edits import EDITS, INSTANCE, Edit
from lab.entries import entry_name, named, of_openstack, said
from lab.proof import Entry, Proof
from lab.region import Held
from lab.wanted import Wanted

ROOT = Path(__file__).parents[2]
FOUND = {entry_name(each): each for each in compilations() if of_openstack(each)}
#: by LAB_EXAMPLES: names of examples, folders below the project, ``examples`` (all of them); all there is without it
CHOSEN = dict.fromkeys(
    name
    for asked in os.environ.get("LAB_EXAMPLES", "").split() or ["examples", "cases"]
    for name in named(asked.rstrip("/"), FOUND)
)

RECORD = "openstack_dns_recordset_v2"
#: keys of an environment that need a part that can be switched off: its process, and what switches it on
PARTS = (("dns", "designate-api", "LAB_DESIGNATE"), ("certificates", "barbican", "LAB_BARBICAN"))
START = time.monotonic()
TEMPORARY = re.compile(r"https?://[^\s\"']+temp_url_sig=[^\s\"']+")
USER_DATA_LIMIT = 65535  # of Nova, in base64
#: what is made for each machine of a tier (ports also for machines to come, where others know their addresses)
OWN = {
    INSTANCE,
    "openstack_networking_port_v2",
    "openstack_lb_member_v2",
    "openstack_blockstorage_volume_v3",
    "openstack_compute_volume_attach_v2",
    "openstack_networking_floatingip_v2",
}

pytestmark = pytest.mark.lab


class Told:
    """What `synth` says that applying an output destroys or replaces: addresses of blocks.

    ``surely``: whatever the state holds. ``perhaps``: more instances than there are at first.
    """

    KINDS = (
        *(f"openstack_{kind}_v2." for kind in ("compute_instance", "networking_floatingip", "lb_loadbalancer")),
        *(
            f"openstack_{kind}."
            for kind in ("blockstorage_volume_v3", "dns_recordset_v2", "identity_ec2_credential_v3")
        ),
        "openstack_objectstorage_container_v1.store_",
        "random_password.",
    )

    def __init__(self, text: str) -> None:
        lines = [line.strip() for line in text.splitlines() if line.strip().startswith(("destroys", "replaces"))]
        found = {
            line.partition(" (")[2].partition(")")[0]: "if it exists" in line or "if they exist" in line
            for line in lines
        }
        self.surely = {address for address, doubtful in found.items() if not doubtful}
        self.perhaps = found.keys() - self.surely

    def is_true(self, planned: Mapping[str, str]) -> bool:
        """Whether the real Terraform plans to destroy or replace exactly that."""
        gone = {address.partition("[")[0] for address, act in planned.items() if "delete" in act}
        known = {address for address in gone if address.startswith(self.KINDS)} - {"random_password.content_key"}
        return self.surely <= known <= self.surely | self.perhaps


class Deployment:
    """A compiled package and what Terraform created. ``given``: names of what existed before."""

    def __init__(self, source: Compilation, work: Path, terraform: Terraform, cloud: Cloud, undo: ExitStack) -> None:
        self.package = package = work / source.package.name
        shutil.copytree(source.package, package, ignore=shutil.ignore_patterns("infra", "expected"))
        environment = package / source.environment.relative_to(source.package) if source.environment else None
        if environment:
            certificates(environment, cloud.first, undo)
        given = yaml.safe_load(environment.read_text()) if environment else {}
        self.chosen = ("-e", str(environment)) if environment else ("--target", source.target)
        self.chosen += ("--set", "protect=false")  # each deployment is changed and destroyed
        self.module = package / "infra" / (environment.stem if environment else source.target)
        self.synth()
        loaded = phases.load(package / "camp.yaml", leave_out=[package / "environments"])
        compiled = phases.compile(loaded, environment=environment, target=None if environment else source.target)
        assert compiled.result is not None
        self.wanted = Wanted(compiled.topology, given)
        asked = [
            block.labels[0]
            for block in compiled.result.lowered.module.blocks()
            if block.type == "variable" and not any(getattr(each, "name", "") == "default" for each in block.body)
        ]
        answers = {f"TF_VAR_{name}": answer(name) for name in asked}
        self.terraform = terraform = replace(terraform, environment={**terraform.environment, **answers})
        self.cloud = cloud
        self.given: frozenset[str] = frozenset()
        terraform.init(self.module)

    def synth(self) -> Told:
        """Compile the package as it is now, and allow every loss. Returns what `synth` said of the change."""
        lose = permitted(self.module)
        _, told = output_of("synth", "camp.yaml", *self.chosen, "-o", self.module, *lose, cwd=self.package)
        return Told(told)

    def changes(self, *arguments: str) -> dict[str, str]:
        """The actions of a plan, by address; empty if nothing changes."""
        self.terraform.run(self.module, "plan", "-input=false", "-no-color", "-out=lab.plan", *arguments)
        plan: Mapping[str, Any] = json.loads(self.terraform.run(self.module, "show", "-json", "lab.plan"))
        found = {each["address"]: ",".join(each["change"]["actions"]) for each in plan.get("resource_changes", ())}
        return {address: act for address, act in found.items() if act not in ("no-op", "read")}

    def refusal(self, *arguments: str) -> str:
        """The errors of a plan that must fail."""
        return self.terraform.run(self.module, "plan", "-input=false", "-json", *arguments, accept=(1,))

    def apply(self, *arguments: str) -> dict[str, str]:
        """Plan and apply. Returns the actions of the plan."""
        found = self.changes(*arguments)
        self.terraform.run(self.module, "apply", "-input=false", "-no-color", "lab.plan")
        return found

    def matches(self, counts: Mapping[str, int] | None = None) -> None:
        """What exists matches the topology."""
        sizes = {id_: tier.compute.value for id_, tier in self.wanted.tiers.items() if tier.compute}
        needs = {id_: (size.cores or 0, size.memory or 0) for id_, size in sizes.items()}
        seen = self.cloud.state(needs, self.given)
        if self.underived:
            return
        wanted = self.wanted.state(counts).given(seen)
        assert seen == wanted

    @property
    def underived(self) -> bool:
        """Whether the plan has what `wanted.py` does not derive: calls among components, a bastion, an object store."""
        topology = self.wanted.topology
        calls = any(link.callee for each in topology.components.values() for link in each.links)
        return calls or any(service.product.managed for service in topology.services.values())

    def variable(self, tier: str, count: int) -> str:
        """The argument that scales a tier."""
        return f"-var={tier.replace('-', '_')}_count={count}"


def answer(variable: str) -> str:
    """Values for variables without a default."""
    usual = {"image": "debian-12", "external_network": "public"}
    return usual.get(variable) or ("m1.small" if variable.endswith("_flavor") else "lab")


@pytest.fixture
def entry(request: pytest.FixtureRequest, proof: Proof, cloud: Cloud) -> Entry:
    if time.monotonic() - START > float(os.environ.get("LAB_SECONDS", "inf")):
        pytest.skip("LAB_SECONDS are over")
    name = request.node.callspec.params["example"]
    for key, process, setting in PARTS:
        if said(FOUND[name]).get(key) and not cloud.first.runs(process):
            pytest.skip(f"NOT APPLIED: it needs {setting}=1, which this control plane was not started with")
    return proof.begin(name)


@pytest.fixture
def deployment(example: str, entry: Entry, tmp_path: Path, applying: Terraform, cloud: Cloud) -> Iterator[Deployment]:
    try:
        with ExitStack() as undo:
            with entry.step("compiled"):
                made = Deployment(FOUND[example], tmp_path, applying, cloud, undo)
            made.given = undo.enter_context(there(made.wanted, cloud))
            yield made
            with entry.step("destroyed"):
                made.terraform.run(made.module, "destroy", "-auto-approve", "-input=false", "-no-color")
        with entry.step("nothing left"):
            assert not (left := cloud.held()), left
    except BaseException:
        cloud.empty()  # the next one begins with nothing
        raise


@pytest.mark.parametrize("example", CHOSEN)
def test_example(example: str, deployment: Deployment, entry: Entry, cloud: Cloud) -> None:
    with entry.step("applied"):
        made = deployment.apply()
        assert set(made.values()) == {"create"}
        entry.resources = len(made)
    with entry.step("as the topology says"):
        deployment.matches()
        at_first = cloud.machines()
        entry.machines = len(at_first)
        user_data_is_right(deployment, at_first)
        if not deployment.underived:
            addresses_are_told(deployment, at_first)
        what_is_fetched_is_there(at_first)
    with entry.step("second plan empty"):
        assert deployment.changes("-detailed-exitcode") == {}  # 2, which fails, if there is anything to do at all
    if deployment.underived:
        return
    for tier in deployment.wanted.tiers:
        if deployment.wanted.scale(tier).minimum < deployment.wanted.scale(tier).maximum:
            with entry.step(f"{tier} scaled"):
                scales(deployment, tier, at_first, entry)
            at_first = cloud.machines()  # of a tier that had the most, the last machine went and came back
    with entry.step("machine replaced"):
        replaces(deployment, at_first, entry)
    if listed := EDITS.get(entry.name):
        with entry.step("edits"):
            for edit in listed:
                edits(deployment, edit)


def user_data_is_right(deployment: Deployment, machines: Mapping[str, Held]) -> None:
    for name, machine in machines.items():
        assert len(machine.user_data) <= USER_DATA_LIMIT, name
        text = base64.b64decode(machine.user_data).decode()
        assert text.startswith("#cloud-config\n"), name
        assert isinstance(yaml.safe_load(text), dict), name
        assert machine.metadata["application"] == deployment.wanted.app
    for tier in deployment.wanted.tiers:
        told = {machines[name].user_data for name in deployment.wanted.machines(tier)}
        assert len(told) == 1 or not deployment.wanted.shares_user_data(tier), f"{tier} is told different things"


def written(user_data: str) -> str:
    """All files that an instance will have."""
    files = yaml.safe_load(base64.b64decode(user_data))["write_files"]
    return "\n".join(
        base64.b64decode(each["content"]).decode("utf-8", "replace")
        if each.get("encoding") == "b64"
        else each["content"]
        for each in files
    )


def addresses_are_told(deployment: Deployment, machines: Mapping[str, Held]) -> None:
    """User data and outputs have the addresses from Neutron, also those of instances that scaling will add."""
    wanted, cloud = deployment.wanted, deployment.cloud
    ports = {name: address for region in cloud.regions.values() for name, address in region.ports().items()}
    outside = {name: address for address, name in cloud.outside().items()}
    for tier in wanted.tiers:
        for other in wanted.balancers_abroad(tier):
            for name in wanted.machines(tier):
                text = written(machines[name].user_data)
                assert outside[f"outside of balancer {wanted.app}-{other}"] in text, f"{name} does not know {other}"
        for other, network, everyone in wanted.told(tier):
            there = wanted.machines(other, wanted.scale(other).maximum if everyone else 1)
            if wanted.crosses(tier, other):
                addresses = [outside[f"outside of {name}"] for name in there if f"outside of {name}" in outside]
            else:
                addresses = [ports[f"{name}-{network or wanted.networks(other)[0]}"] for name in there]
            for name in wanted.machines(tier):
                text = written(machines[name].user_data)
                told = "127.0.0.1" if other == tier else ",".join(addresses)
                assert told in text or all(each in text for each in addresses), f"{name} does not know {other}"
    said = json.loads(deployment.terraform.run(deployment.module, "output", "-json"))
    text = json.dumps({name: each["value"] for name, each in said.items()})
    for tier in wanted.tiers:
        for name in wanted.machines(tier):
            assert any(f'"{address}"' in text for address in machines[name].addresses.values()), f"no output has {name}"


def what_is_fetched_is_there(machines: Mapping[str, Held]) -> None:
    """The object store returns what instances download by temporary URLs. Archives match their digests."""
    for name, machine in machines.items():
        waiting, seen = TEMPORARY.findall(written(machine.user_data)), set()
        while waiting:
            url = waiting.pop()
            if url in seen:
                continue
            seen.add(url)
            with urlopen(url, timeout=30) as answer:
                data = answer.read()
            if digest := re.search(r"/([0-9a-f]{64})\.", url.partition("?")[0]):
                assert hashlib.sha256(data).hexdigest() == digest[1], f"{name}: {url}"
            else:
                waiting += TEMPORARY.findall(data.decode("utf-8", "replace"))


def scales(deployment: Deployment, tier: str, at_first: Mapping[str, Held], entry: Entry) -> None:
    """Add one instance and remove it. From the maximum, remove one and add it."""
    scale, count = deployment.wanted.scale(tier), deployment.wanted.count(tier)
    other = count + 1 if count < scale.maximum else count - 1
    key = f'["{tier}-{max(count, other)}"]'
    does, undoes = ("create", "delete") if other > count else ("delete", "create")

    found, renamed = _without_records(deployment.apply(deployment.variable(tier, other)))
    assert {address.split(".")[0] for address in found} <= OWN
    assert len([each for each in found if each.startswith(f"{INSTANCE}.")]) == 1
    assert found == {address: does for address in found if address.endswith(key)}
    deployment.matches({tier: other})
    now = deployment.cloud.machines()
    kept = at_first.keys() & now.keys()
    assert {name: now[name] for name in kept} == {name: at_first[name] for name in kept}
    assert len({now[name].user_data for name in deployment.wanted.machines(tier, other)}) == 1 or (
        not deployment.wanted.shares_user_data(tier)
    )
    assert deployment.changes(deployment.variable(tier, other)) == {}

    assert _without_records(deployment.apply()) == (dict.fromkeys(found, undoes), renamed)
    deployment.matches()
    again = deployment.cloud.machines()
    assert {name: again[name] for name in kept} == {name: at_first[name] for name in kept}
    for refused in (scale.minimum - 1, scale.maximum + 1):
        assert "The plan allows" in deployment.refusal(deployment.variable(tier, refused))
    entry.scaled.append(f"{tier} {count}–{other}–{count}")


def _without_records(found: Mapping[str, str]) -> tuple[dict[str, str], set[str]]:
    """The actions of a plan without its DNS records, and the records: names lead to all instances of a tier."""
    renamed = {each for each, does in found.items() if (each.split(".")[0], does) == (RECORD, "update")}
    return {each: does for each, does in found.items() if each not in renamed}, renamed


def replaces(deployment: Deployment, at_first: Mapping[str, Held], entry: Entry) -> None:
    """Recreate an instance: of a tier with a volume, else of the first tier that others connect to."""
    topology, tiers = deployment.wanted.topology, deployment.wanted.tiers
    linked = [topology.services[link.service].tier for c in topology.components.values() for link in c.links]
    stateful = [id_ for id_ in tiers if tiers[id_].volumes]
    tier = next(id_ for id_ in (*stateful, *linked, *tiers) if id_ in tiers)
    name = deployment.wanted.machines(tier)[0]
    state = json.loads((deployment.module / "terraform.tfstate").read_text())
    address = next(
        f"{INSTANCE}.{resource['name']}" + (f'["{each["index_key"]}"]' if "index_key" in each else "")
        for resource in state["resources"]
        if resource["type"] == INSTANCE
        for each in resource["instances"]
        if each["attributes"]["name"] == name
    )
    before = deployment.cloud.machines()
    found = deployment.apply(f"-replace={address}")
    assert found.pop(address) == "delete,create"
    assert set(found.values()) <= {"delete,create"}
    assert {each.split(".")[0] for each in found} <= {"openstack_compute_volume_attach_v2"}
    assert len(found) == len(tiers[tier].volumes)
    after = deployment.cloud.machines()
    old, new = before.pop(name), after.pop(name)
    assert after == before, "another machine was touched"
    assert new.id != old.id
    assert (new.addresses, new.volumes, new.user_data) == (old.addresses, old.volumes, old.user_data)
    deployment.matches()
    assert deployment.changes() == {}
    entry.replaced = name.removeprefix(f"{deployment.wanted.app}-") + (", volume kept" if old.volumes else "")


def edits(deployment: Deployment, edit: Edit) -> None:
    file = deployment.package / edit.file
    before = file.read_text()
    assert edit.old in before, f"{edit.what}: {edit.file} has changed"
    arguments = (edit.argument,) if edit.argument else ()
    file.write_text(before.replace(edit.old, edit.new, 1) if edit.old or edit.new else before)
    image = newer_image(deployment.cloud.first, edit.image) if edit.image else None
    try:
        told = None if edit.stale else deployment.synth()
        if told is not None and not edit.argument and edit.does is not None:
            assert told.is_true(edit.does), f"{edit.what}: said {told.surely} and {told.perhaps}, plan: {edit.does}"
        if edit.does is None:
            assert "run camp2iac synth" in deployment.refusal(*arguments)
        elif edit.applied:
            applies(deployment, edit.what, edit.does, *arguments)
            if edit.undone:
                file.write_text(before)
                if not edit.stale:
                    told = deployment.synth()
                    true = edit.argument or told.is_true(edit.undone)  # what an argument did, the next plan undoes
                    assert true, f"{edit.what}, undone: said {told.surely}, plan: {edit.undone}"
                applies(deployment, edit.what, edit.undone)
        else:
            assert (edit.what, deployment.changes(*arguments)) == (edit.what, edit.does)
    finally:
        file.write_text(before)
        if image:
            deployment.cloud.first.user.image.delete_image(image)
        if not edit.stale:
            deployment.synth()


def applies(deployment: Deployment, what: str, does: Mapping[str, str], *arguments: str) -> None:
    """Apply the current files: only the expected changes happen, other instances stay, and the next plan is empty."""
    before = deployment.cloud.machines()
    assert (what, deployment.apply(*arguments)) == (what, does)
    assert (what, deployment.changes(*arguments)) == (what, {})
    after = deployment.cloud.machines()
    stay = before.keys() & after.keys()
    assert {name: after[name] for name in stay} == {name: before[name] for name in stay}, what
