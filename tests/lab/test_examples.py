"""Each example, applied: what exists is what its topology says, and changes touch only what they must."""

from __future__ import annotations

import base64
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from support.compiler import camp2iac
from support.terraform import Terraform

from camp2iac import compiler
from lab.cloud import Cloud, Held
from lab.edits import EDITS, INSTANCE, Edit
from lab.proof import Entry, Proof
from lab.wanted import Wanted

ROOT = Path(__file__).parents[2]
FOUND = [
    path.parents[1].relative_to(ROOT).as_posix()
    for path in sorted(ROOT.glob("examples/*/environments/openstack.yaml"))
]
#: by LAB_EXAMPLES: names of examples, or folders below the project
CHOSEN = [each if "/" in each else f"examples/{each}" for each in os.environ.get("LAB_EXAMPLES", "").split()] or FOUND

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


class Deployment:
    """A compiled package and what Terraform made of it."""

    def __init__(self, source: Path, work: Path, terraform: Terraform, cloud: Cloud) -> None:
        self.package = package = work / source.name
        shutil.copytree(source, package, ignore=shutil.ignore_patterns("infra"))
        environment = package / "environments" / "openstack.yaml"
        self.synth()
        loaded = compiler.load(package / "camp.yaml", leave_out=[package / "environments"])
        compiled = compiler.compile(loaded, environment=environment)
        assert compiled is not None
        self.wanted = Wanted(compiled.topology, yaml.safe_load(environment.read_text()))
        self.module = package / "infra" / "openstack"
        asked = [secret.id for secret in compiled.topology.secrets.values() if secret.length is None]
        asked += [each.id for each in compiled.topology.parameters.values() if each.default is None]
        answers = {f"TF_VAR_{prefix}{name}": "lab" for name in asked for prefix in ("", "plan_")}
        self.terraform = terraform = replace(terraform, environment={**terraform.environment, **answers})
        self.cloud = cloud
        terraform.init(self.module)

    def synth(self) -> None:
        """Compile the package as it is now."""
        camp2iac("synth", "camp.yaml", "-e", "environments/openstack.yaml", "-q", cwd=self.package)

    def changes(self, *arguments: str) -> dict[str, str]:
        """What a plan would do: address to actions; empty when nothing."""
        self.terraform.run(self.module, "plan", "-input=false", "-no-color", "-out=lab.plan", *arguments)
        plan: Mapping[str, Any] = json.loads(self.terraform.run(self.module, "show", "-json", "lab.plan"))
        found = {each["address"]: ",".join(each["change"]["actions"]) for each in plan.get("resource_changes", ())}
        return {address: act for address, act in found.items() if act not in ("no-op", "read")}

    def refusal(self, *arguments: str) -> str:
        """What is said of a plan that must fail."""
        return self.terraform.run(self.module, "plan", "-input=false", "-json", *arguments, accept=(1,))

    def apply(self, *arguments: str) -> dict[str, str]:
        """Plan and apply; gives what the plan said."""
        found = self.changes(*arguments)
        self.terraform.run(self.module, "apply", "-input=false", "-no-color", "lab.plan")
        return found

    def matches(self, counts: Mapping[str, int] | None = None) -> None:
        """What is there is what the topology says."""
        sizes = {id_: tier.compute.value for id_, tier in self.wanted.tiers.items() if tier.compute}
        seen = self.cloud.state({id_: (size.cores or 0, size.memory or 0) for id_, size in sizes.items()})
        wanted = self.wanted.state(counts).given(seen)
        assert seen == wanted

    def variable(self, tier: str, count: int) -> str:
        """The argument that scales a tier."""
        return f"-var={tier.replace('-', '_')}_count={count}"


@pytest.fixture
def entry(request: pytest.FixtureRequest, proof: Proof) -> Entry:
    return proof.begin(request.node.callspec.params["example"].removeprefix("examples/"))


@pytest.fixture
def deployment(example: str, entry: Entry, tmp_path: Path, applying: Terraform, cloud: Cloud) -> Iterator[Deployment]:
    with entry.step("compiled"):
        made = Deployment(ROOT / example, tmp_path, applying, cloud)
    yield made
    try:
        with entry.step("destroyed, nothing left"):
            made.terraform.run(made.module, "destroy", "-auto-approve", "-input=false", "-no-color")
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
    with entry.step("second plan empty"):
        assert deployment.changes() == {}
    for tier in deployment.wanted.tiers:
        if deployment.wanted.scale(tier).minimum < deployment.wanted.scale(tier).maximum:
            with entry.step(f"{tier} scaled"):
                scales(deployment, tier, at_first, entry)
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


def scales(deployment: Deployment, tier: str, at_first: Mapping[str, Held], entry: Entry) -> None:
    """One machine more, and back; from the most, one less, and back."""
    scale, count = deployment.wanted.scale(tier), deployment.wanted.count(tier)
    other = count + 1 if count < scale.maximum else count - 1
    key = f'["{tier}-{max(count, other)}"]'
    does, undoes = ("create", "delete") if other > count else ("delete", "create")

    found = deployment.apply(deployment.variable(tier, other))
    assert {address.split(".")[0] for address in found} <= OWN
    assert f"{INSTANCE}.{tier}{key}" in found
    assert found == {address: does for address in found if address.endswith(key)}
    deployment.matches({tier: other})
    now = deployment.cloud.machines()
    kept = at_first.keys() & now.keys()
    assert {name: now[name] for name in kept} == {name: at_first[name] for name in kept}
    assert len({now[name].user_data for name in deployment.wanted.machines(tier, other)}) == 1 or (
        not deployment.wanted.shares_user_data(tier)
    )
    assert deployment.changes(deployment.variable(tier, other)) == {}

    assert deployment.apply() == dict.fromkeys(found, undoes)
    deployment.matches()
    again = deployment.cloud.machines()
    assert {name: again[name] for name in kept} == {name: at_first[name] for name in kept}
    for refused in (scale.minimum - 1, scale.maximum + 1):
        assert "The plan allows" in deployment.refusal(deployment.variable(tier, refused))
    entry.scaled.append(f"{tier} {count}–{other}–{count}")


def replaces(deployment: Deployment, at_first: Mapping[str, Held], entry: Entry) -> None:
    """One machine made anew: of a tier with a volume where there is one, else of the first that others connect to."""
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
    file.write_text(before.replace(edit.old, edit.new, 1) if edit.old else before)
    try:
        if not edit.stale:
            deployment.synth()
        if edit.does is None:
            assert "run camp2iac synth" in deployment.refusal(*arguments)
        elif edit.applied:
            assert (edit.what, deployment.apply(*arguments)) == (edit.what, edit.does)
            assert (edit.what, deployment.changes(*arguments)) == (edit.what, {})
        else:
            assert (edit.what, deployment.changes(*arguments)) == (edit.what, edit.does)
    finally:
        file.write_text(before)
        if not edit.stale:
            deployment.synth()
