"""From the plan to the page, as a user would do it: synth, apply, boot, and curl at the floating IP."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from lab.cloud import Cloud
from roots.balancer import Balancer
from roots.fleet import Fleet
from support.compiler import camp2iac
from support.terraform import Terraform

from e2e.held import listeners, machines
from e2e.record import ROOT, Record, Way
from e2e.visits import VISITS, Visit

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
INSTANCE = "openstack_compute_instance_v2"
#: what is a machine's own: these come with it
OWN = {INSTANCE, "openstack_networking_port_v2", "openstack_lb_member_v2"}
CHOSEN = os.environ.get("E2E_EXAMPLES", "").split() or list(VISITS)

pytestmark = pytest.mark.e2e


class Applied:
    """An example's module, applied, with its Terraform state."""

    def __init__(self, example: str, work: Path, terraform: Terraform) -> None:
        package = work / example
        shutil.copytree(EXAMPLES / example, package, ignore=shutil.ignore_patterns("infra"))
        self.terraform, self.module = terraform, package / "infra/openstack"
        self.count = ""
        camp2iac(*f"synth camp.yaml -e environments/openstack.yaml -o {self.module} -q".split(), cwd=package)
        terraform.init(self.module)

    def apply(self, *arguments: str) -> list[str]:
        """Plan and apply. Returns the addresses of what changes."""
        words = ("-input=false", "-no-color")
        self.terraform.run(self.module, "plan", *words, "-out=e2e.plan", *self.counted, *arguments)
        plan = json.loads(self.terraform.run(self.module, "show", "-json", "e2e.plan"))
        self.terraform.run(self.module, "apply", *words, "e2e.plan")
        found = ((each["address"], each["change"]["actions"]) for each in plan["resource_changes"])
        return sorted(address for address, actions in found if actions not in (["no-op"], ["read"]))

    def destroy(self) -> None:
        """Destroy everything."""
        self.terraform.run(self.module, "destroy", "-auto-approve", "-input=false", "-no-color", *self.counted)

    @property
    def counted(self) -> tuple[str, ...]:
        """The number of instances, kept by all later runs until it is reset."""
        return (f"-var={self.count}",) if self.count else ()

    def instances(self) -> dict[str, dict[str, Any]]:
        """Every server by its address."""
        state = json.loads(self.terraform.run(self.module, "show", "-json"))["values"]["root_module"]["resources"]
        return {each["address"]: each["values"] for each in state if each["type"] == INSTANCE}

    def ports(self) -> dict[str, list[str]]:
        """Each server's ports, in order."""
        return {each["id"]: [nic["port"] for nic in each["network"]] for each in self.instances().values()}

    def urls(self) -> list[str]:
        """The URLs of the application, from its outputs."""
        said = json.loads(self.terraform.run(self.module, "output", "-json"))
        return [each["value"] for name, each in said.items() if name.endswith("_url")]

    def scaled(self) -> set[str]:
        """Tiers whose number of instances is a variable."""
        return set(re.findall(r'variable "(\w+)_count"', (self.module / "variables.tf").read_text()))


@pytest.fixture
def emptied(cloud: Cloud) -> Iterator[None]:
    """Empty the project after each example, even if it fails."""
    yield
    if cloud.held():
        cloud.empty()


@pytest.mark.parametrize("example", CHOSEN)
def test_the_whole_way(
    example: str, tmp_path: Path, applying: Terraform, cloud: Cloud, record: Record, emptied: None
) -> None:
    assert example in VISITS, f"visits.py does not say how {example} is known; it knows {', '.join(VISITS)}"
    visit = VISITS[example]
    with record.begin(example) as way, ExitStack() as undo:
        applied = Applied(example, tmp_path, applying)
        way.at("apply")
        way.statement(f"{len(applied.apply())} resources created")
        way.at("boot")
        fleet = Fleet.of(machines(cloud.first, applied.ports()).values(), tmp_path, ROOT)
        undo.callback(fleet.close)
        fleet.start()
        way.statement(f"{', '.join(fleet.machines)} are ready")
        way.cells["instances"] = str(len(fleet.machines))
        way.at("page")
        balancer = Balancer(fleet, listeners(cloud.first))
        undo.callback(balancer.close)
        (url,) = applied.urls()
        url += visit.path
        rows = _page(fleet, balancer, url, visit, way)
        _one_more(fleet, balancer, applied, cloud, url, way)
        assert visit.rows(fleet.curl(url)) == rows
        _made_anew(fleet, applied, cloud, way)
        assert visit.rows(fleet.curl(url)) == rows, "what was written is still there"
        way.at("destroy")
        applied.destroy()
        assert not (left := cloud.held()), left
        way.statement("the project is empty")


def _page(fleet: Fleet, balancer: Balancer, url: str, visit: Visit, way: Way) -> list[str]:
    """The page shows rows of the database through every member, and what a visitor adds."""
    page = fleet.curl(url)
    rows = visit.rows(page)
    assert rows, page
    way.statement(f"{url} shows {rows}")
    if members := set(balancer.members):
        balancer.wait(members)
        answered = balancer.answering(url)
        assert set(answered) == members
        way.statement(f"answered by {dict(answered)}")
    if visit.write:
        fleet.curl(url, "-o", "/dev/null", *visit.write(page))
        now = visit.rows(fleet.curl(url))
        assert now != rows, f"nothing was written: {now}"
        assert all(visit.rows(fleet.curl(url)) == now for _ in members), "each member shows it"
        rows = now
        way.statement(f"a visitor wrote: {rows}")
    by = f"by {len(members)} instances" if members else "by an instance"
    way.cells["page"] = f"{len(rows)} rows, {by}" if visit.write else f"the content of the plan, {by}"
    return rows


def _one_more(fleet: Fleet, balancer: Balancer, applied: Applied, cloud: Cloud, url: str, way: Way) -> None:
    """Add an instance with ``-var``: it joins, and the others do not change. A dead instance is removed."""
    members = set(balancer.members)
    behind = set(balancer.members.values())
    tiers = {each.tier for each in fleet.machines.values() if behind & {port.address for port in each.ports}}
    for tier in sorted(tiers & applied.scaled()):
        way.at(f"scale {tier}")
        before = dict(fleet.machines)
        count = sum(machine.tier == tier for machine in before.values())
        applied.count = f"{tier}_count={count + 1}"
        changed = applied.apply()
        way.statement(f"-var {applied.count}: {', '.join(changed)}")
        new = f"{tier}-{count + 1}"
        assert all(each.endswith(f'["{new}"]') and each.partition(".")[0] in OWN for each in changed), changed
        now = machines(cloud.first, applied.ports())
        assert {name: now[name] for name in before} == before, "the others stay as they are"
        assert set(now) - set(before) == {new}
        fleet.machines[new] = now[new]
        fleet.up(new)
        fleet.wait(new)
        fleet.ready(new)
        balancer.serve(listeners(cloud.first))
        more = set(balancer.members)
        assert len(more) == len(members) + 1
        balancer.wait(more)
        answered = balancer.answering(url, 5 * len(more))
        assert set(answered) == more
        way.statement(f"{tier} {count} → {count + 1}", "scaled")
        way.statement(f"answered by {dict(answered)}")
        way.at(f"drop {tier}-1")
        fleet.vm("stop", "--now", f"{tier}-1")
        dead = next(name for name in more if name.endswith(f"-{tier}-1"))
        way.statement(f"{dead} was removed after {balancer.wait(more - {dead}):.0f} s")
        assert set(balancer.answering(url, 5 * len(more))) == more - {dead}
        fleet.vm("start", f"{tier}-1")
        fleet.wait(f"{tier}-1")
        balancer.wait(more)
        members = more


def _made_anew(fleet: Fleet, applied: Applied, cloud: Cloud, way: Way) -> None:
    """Replace instances with volumes: the new server boots with the existing volumes."""
    for name in [name for name, machine in fleet.machines.items() if machine.volumes]:
        way.at(f"recreate {name}")
        (address,) = (a for a, values in applied.instances().items() if values["name"].endswith(f"-{name}"))
        changed = applied.apply(f"-replace={address}")
        kinds = {each.partition(".")[0] for each in changed}
        assert kinds == {INSTANCE, "openstack_compute_volume_attach_v2"}, changed
        now = machines(cloud.first, applied.ports())
        assert now == fleet.machines, "user data, addresses and volumes are the old ones"
        fleet.down(name, plug=True)
        fleet.machines[name] = now[name]
        fleet.up(name)
        fleet.wait(name)
        fleet.ready(name)
        way.statement(name, "recreated")
