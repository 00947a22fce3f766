"""Defects of earlier systems: one test for each shows that camp2iac does not have it.

Thirteen are from PaaS Manager, and the last ones from libpaas. Half of the thirteenth needs no test: deleting a
provider left its applications behind, and passwords were in a database in base64. camp2iac stores neither providers
nor passwords.
"""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import replace
from ipaddress import ip_network
from itertools import combinations
from pathlib import Path

import pytest
from support import phases
from support.terraform import Terraform, copy_module

from camp2iac.diagnostics import Diagnostic
from camp2iac.synth import hcl
from camp2iac.synth.module import Attribute, Block, Module, Ref, Template, walk
from tests.openstack.conftest import APP, Lowering

Lower = Callable[..., Lowering]
EXAMPLES = Path(__file__).parents[2] / "examples"
INSTANCE, RULE = "openstack_compute_instance_v2", "openstack_networking_secgroup_rule_v2"
PUBLIC = """\
      - requirement_type: org.camp2iac:Expose
        port: 8080
        public: true
"""
WEB = "services:\n  - id: web\n    characteristics:\n      - characteristic_type: org.python:runtime\n"
SCALE = "      - { characteristic_type: org.camp2iac:Scale, min: 1, initial: 2, max: 4 }\n"
CACHE = "  - id: cache\n    characteristics:\n      - characteristic_type: Redis\n"
HEAD = "camp_version: CAMP 1.1\nname: shop\n"


def compiled(
    folder: Path, plan: str, files: dict[str, str] | None = None, catalogue: tuple[Path, ...] = (), target: str = ""
) -> tuple[phases.Compiled, list[Diagnostic]]:
    """Compile a plan with its files, through the public functions."""
    shutil.rmtree(folder, ignore_errors=True)
    for name, text in {"camp.yaml": plan, **(files or {})}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    found = phases.compile(phases.load(folder), target=target or "openstack", catalogue=catalogue)
    return found, list(found.diagnostics)


def module(found: phases.Compiled) -> Module:
    assert found.result is not None
    return found.result.lowered.module


def product(folder: Path, name: str, more: str = "") -> Path:
    """Write a product, and return its catalogue."""
    (folder / name / "templates").mkdir(parents=True)
    (folder / name / "product.yaml").write_text(
        f"title: {name}\nrole: service\ndescription: A broker.\ncharacteristics: {{ {name}: version }}\n"
        f'releases: ["0.13.0"]\navailable: {{ debian-12: "0.13.0" }}\nport: 1026\n{more}'
        f"machine:\n  packages: [{name}]\n  unit: {{ running: {name}.service, drop_in: {name}.service }}\n"
    )
    (folder / name / "templates" / "configure.sh.j2").write_text(
        '{% extends "configure-script.sh.j2" %}\n{% block about %}A broker.{% endblock %}\n'
        "{% block constants %}\nlib={{ lib }}\n{% endblock %}\n"
        '{% block functions %}\n{% include "use.sh.j2" %}\n{% endblock %}\n'
        '{% block work %}\n{% include "server.sh.j2" %}\n{% endblock %}\n'
    )
    return folder


def test_1_products_whose_names_have_hyphens(tmp_path: Path) -> None:
    """Names were split at "-" into product and release, so `orion-dbcluster-0.13.0` was not found."""
    catalogue = product(tmp_path / "catalogue", "orion-dbcluster")
    plan = HEAD + (
        "services:\n  - id: context-broker-1\n    characteristics:\n"
        '      - { characteristic_type: orion-dbcluster, version: "[0.13.0,1)" }\n'
    )
    found, _ = compiled(tmp_path / "plan", plan, catalogue=(catalogue,))
    service = found.topology.services["context-broker-1"]
    assert (service.product.name, [str(each) for each in service.product.releases]) == ("orion-dbcluster", ["0.13.0"])
    names = [block.get("name") for block in module(found).blocks() if block.labels[:1] == (INSTANCE,)]
    assert names == ["shop-context-broker-1-1"]


def test_2_a_product_that_needs_another_can_be_used(tmp_path: Path) -> None:
    """The check looked for a name among keys with a release, so it never found what a product requires."""
    catalogue = (product(tmp_path / "catalogue", "orion", "needs: [redis]\n"),)
    broker = "  - id: broker\n    characteristics:\n      - characteristic_type: orion\n"
    on_it = "      - { characteristic_type: org.camp2iac:Placement, tier: broker }\n"
    found, said = compiled(tmp_path / "plan", f"{HEAD}services:\n{CACHE}{on_it}{broker}", catalogue=catalogue)
    assert module(found), said
    for without in (broker, f"{broker}{CACHE}{on_it}", f"{CACHE}{broker}"):  # missing, after it, on another tier
        _, said = compiled(tmp_path / "plan", f"{HEAD}services:\n{without}", catalogue=catalogue)
        (error,) = [each for each in said if each.level.value == "error"]
        assert (error.code, "needs Redis" in error.message) == ("CAMP354", True)


def test_3_no_hint_where_none_is_wanted_and_a_server_group_where_one_is(lower: Lower) -> None:
    """The hint was a name instead of a server group, also for "None"."""
    without = lower(PUBLIC + WEB + SCALE)
    assert "scheduler_hints" not in {item.type for item in nested(without.block(f"{INSTANCE}.web"))}
    assert without.addresses("openstack_compute_servergroup_v2") == []
    near = "      - { characteristic_type: org.camp2iac:Placement, spread: hard }\n"
    made = lower(PUBLIC + WEB + SCALE + near)
    (hints,) = [item for item in nested(made.block(f"{INSTANCE}.web")) if item.type == "scheduler_hints"]
    assert hints.get("group") == Ref("openstack_compute_servergroup_v2.web", ".id")


def test_4_machines_that_come_later_are_named_as_the_first(lower: Lower) -> None:
    """Scaling up used other names for instances, and looked for load balancers among new instances."""
    made = lower(PUBLIC + WEB + SCALE + "      - characteristic_type: org.camp2iac:Balance\n")
    machine = made.block(f"{INSTANCE}.web")
    assert machine.get("for_each") == Ref("local.web_machines")
    name = machine.get("name")
    assert isinstance(name, Template)
    assert hcl_of(machine).count('"shop-${each.key}"') == 1
    member = made.block("openstack_lb_member_v2.web_8080")
    assert (member.get("for_each"), member.get("name")) == (machine.get("for_each"), name)
    assert len([block for block in made.module.blocks() if block.labels[:1] == (INSTANCE,)]) == 1


@pytest.mark.terraform
def test_5_down_and_up_again_makes_no_number_twice(terraform: Terraform, tmp_path: Path) -> None:
    """A new instance got the count plus one as its number, even if that existed. The minimum was compared with the
    number of the removed instance, not with the number of remaining instances."""
    output = EXAMPLES / "guestbook" / "infra" / "openstack"
    work = copy_module(EXAMPLES / "guestbook", output, tmp_path / "guestbook")
    terraform.init(work)

    def machines(count: int) -> list[str]:
        chosen = replace(terraform, environment={**terraform.environment, "TF_VAR_web_count": str(count)})
        found: list[str] = chosen.evaluate(work, "keys(local.web_machines)")
        return found

    four, two, three = machines(4), machines(2), machines(3)
    assert four == ["web-1", "web-2", "web-3", "web-4"]
    assert two == four[:2], "those that stay are the first"
    assert three == four[:3], "the one that comes back is the one that went last"
    bound = (output / "variables.tf").read_text()
    assert "var.web_count >= 2 && var.web_count <= 4" in bound


@pytest.mark.parametrize("first", ["cache", "edge"])
def test_6_a_balancer_is_found_wherever_it_stands_in_its_tier(lower: Lower, first: str) -> None:
    """Only the first product of a tier could be a load balancer."""
    together = "      - { characteristic_type: org.camp2iac:Placement, tier: front }\n"
    edge = (
        "  - id: edge\n    characteristics:\n      - characteristic_type: HAProxy\n"
        "      - { characteristic_type: org.camp2iac:Attributes, members: IPALL(web) }\n" + together
    )
    both = [CACHE + together, edge] if first == "cache" else [edge, CACHE + together]
    made = lower(PUBLIC + WEB + SCALE + "".join(both))
    assert [name for name in made.addresses(RULE) if "front" in name] == ["front_to_web", "web_from_front"]
    assert made.block(f"{RULE}.web_from_front").get("port_range_min") == 8080


def test_7_the_quota_has_what_is_asked_for_and_names_fit(lower: Lower) -> None:
    """The check counted only deployed instances, of which there were none. Names were four characters too long."""
    made = lower(
        PUBLIC + WEB + SCALE + "      - { characteristic_type: org.camp2iac:Volume, size: 5 GiB, mount: /srv }\n"
    )
    assert "| web | 2 / 4 | 2 / 4 | 4 GiB / 8 GiB | 2 / 4 | 10 / 20 | 2 / 4 |" in made.readme
    app = "s" * 40  # the longest name of an application
    fitting = "w" * (63 - len(f"{app}--1"))
    for tier, scale, codes in ((fitting, "", []), (f"{fitting}w", "", ["CAMP342"]), (fitting, "10", ["CAMP342"])):
        head = APP.replace("name: shop", f"name: {app}").replace("id:web", f"id:{tier}")
        ten = SCALE.replace("max: 4", f"max: {scale}") if scale else ""  # the tenth has one more character
        assert lower(PUBLIC + WEB.replace("id: web", f"id: {tier}") + ten, head=head).codes == codes


def test_8_an_address_is_of_the_network_that_is_meant_and_of_a_tier_that_is_there(lower: Lower) -> None:
    """IP() gave the address in any network. With an unknown tier, instances got the unresolved text."""
    nets = "org.camp2iac:Networks:\n  zeta: { cidr: 10.1.0.0/24 }\n  alpha: { cidr: 10.2.0.0/24 }\n"
    placed = "      - { characteristic_type: org.camp2iac:Placement, networks: [zeta, alpha] }\n"
    env = "      - requirement_type: org.camp2iac:Env\n        FIRST: {}\n        OTHER: IP(cache, alpha)\n"
    made = lower(PUBLIC + env.format("IP(cache)") + WEB + placed + CACHE + placed + nets)
    used = {each.address for each in reached(made.module, f"{INSTANCE}.web")}
    assert {"openstack_networking_port_v2.cache_zeta", "openstack_networking_port_v2.cache_alpha"} <= used
    only = lower(PUBLIC + env.format("IP(cache)").rpartition("        OTHER")[0] + WEB + placed + CACHE + placed + nets)
    used = {each.address for each in reached(only.module, f"{INSTANCE}.web")}
    assert "openstack_networking_port_v2.cache_zeta" in used
    assert "openstack_networking_port_v2.cache_alpha" not in used
    wrong = lower(PUBLIC + env.format("IP(cahce)") + WEB + placed + CACHE + placed + nets)
    assert "CAMP205" in wrong.codes
    assert not list(wrong.module.blocks())
    (said,) = [each for each in wrong.diagnostics if each.code == "CAMP205"]
    assert "cache" in str(said.help)


def test_9_a_cidr_that_is_given_is_taken_and_what_is_not_taken_is_said(lower: Lower) -> None:
    """The user's CIDR was overwritten, and the user's security group was ignored, both silently."""
    nets = "org.camp2iac:Networks:\n  mine: { cidr: 172.31.7.0/27 }\n"
    placed = "      - { characteristic_type: org.camp2iac:Placement, networks: [mine] }\n"
    made = lower(PUBLIC + WEB + placed + nets)
    assert made.block("openstack_networking_subnet_v2.mine").get("cidr") == "172.31.7.0/27"
    unread = lower(PUBLIC + WEB + placed.replace("networks: [mine]", "security_group: mine") + nets)
    assert "CAMP313" in unread.codes, "a key that nobody reads is an error"
    assert not list(unread.module.blocks())


def test_10_chosen_networks_are_private_and_apart(lower: Lower) -> None:
    """Networks in several regions got public addresses, and the third region got those of the second."""
    names = [f"net{n}" for n in range(40)]
    nets = "org.camp2iac:Networks:\n" + "".join(f"  {name}: {{}}\n" for name in names)
    placed = f"      - {{ characteristic_type: org.camp2iac:Placement, networks: [{', '.join(names)}] }}\n"
    made = lower(PUBLIC + WEB + placed + nets)
    cidrs = [made.block(f"openstack_networking_subnet_v2.{name}").get("cidr") for name in names]
    chosen = [ip_network(str(cidr)) for cidr in cidrs]
    assert all(network.is_private for network in chosen)
    assert not [pair for pair in combinations(chosen, 2) if pair[0].overlaps(pair[1])]


def test_10_the_third_region_has_addresses_of_its_own(lower: Lower) -> None:
    placed = "      - {{ characteristic_type: org.camp2iac:Placement, region: {} }}\n"
    machine = "  - id: {}\n    characteristics:\n      - characteristic_type: Machine\n"
    others = "".join((machine + placed).format(f"m{n}", f"R{n}") for n in (2, 3))
    made = lower(PUBLIC + WEB + placed.format("R1") + others, "region: R1\n")
    names = made.addresses("openstack_networking_subnet_v2")
    chosen = [ip_network(str(made.block(f"openstack_networking_subnet_v2.{name}").get("cidr"))) for name in names]
    assert len(chosen) == 3
    assert all(network.is_private for network in chosen)
    assert not [pair for pair in combinations(chosen, 2) if pair[0].overlaps(pair[1])]


def test_11_any_text_arrives_and_no_machine_is_told_what_is_not_its_own(tmp_path: Path) -> None:
    """User data could not have letters beyond ASCII, and gave each instance access to all configurations."""
    told = "      - requirement_type: org.camp2iac:Env\n        GREETING: Grüße, 世界 😀\n"
    link = "      - requirement_type: org.sql:ConnectTo\n        fulfillment: id:db\n"
    more = "  - id: db\n    characteristics:\n      - characteristic_type: PostgreSQL\n"
    found, said = compiled(
        tmp_path / "plan", APP + PUBLIC + told + link + WEB + more + CACHE, {"web/main.py": "app = 1\n"}
    )
    made = module(found)
    assert not [each for each in said if each.level.value == "error"]
    texts = hcl.write(made)
    written = texts["web.tf"].partition("GREETING")[2].partition('"')[2].partition('"')[0]
    assert written.encode().decode("unicode_escape") == "Grüße, 世界 😀"
    metadata = [
        item
        for block in made.blocks()
        if block.type == "locals"
        for item in block.body
        if isinstance(item, Attribute) and item.name == "metadata"
    ]
    assert not [each for item in metadata for each in walk(item)]
    secret = {
        tier: {each.address for each in reached(made, f"{INSTANCE}.{tier}") if "password" in each.address}
        for tier in ("web", "db", "cache")
    }
    assert secret == {"web": {"random_password.db"}, "db": {"random_password.db"}, "cache": set()}


def test_12_one_plan_s_attributes_are_not_another_s(tmp_path: Path) -> None:
    """Attributes were stored with the product, so the last deployment changed those of all others."""
    plan = HEAD + "services:\n" + CACHE + "      - {{ characteristic_type: org.camp2iac:Attributes, maxmemory: {} }}\n"

    def documents(megabytes: int) -> dict[str, bytes]:
        found, _ = compiled(tmp_path / "plan", plan.format(megabytes))
        assert found.result is not None
        return {each.path: each.data for each in found.result.lowered.documents}

    mine, others, again = documents(100), documents(200), documents(100)
    assert mine == again
    assert mine != others


def test_13_variables_callables_and_the_start_command_arrive_and_archives_stay_inside(tmp_path: Path) -> None:
    """Variables were printed and dropped, the function of a callable was ignored, a Procfile was emptied, and archives
    could write outside their folder."""
    told = "      - requirement_type: org.camp2iac:Env\n        COLOUR: green\n"
    own = {"web/main.py": "application = None\n", "web/Procfile": "worker: python worker.py\n"}
    plan = (APP + PUBLIC + told + WEB).replace("main/app", "main/application")
    found, said = compiled(tmp_path / "plan", plan, own, target="heroku")
    texts = hcl.write(module(found))
    assert any("COLOUR" in text and "green" in text for text in texts.values()), said
    assert found.result is not None
    (procfile,) = [each.data.decode() for each in found.result.lowered.documents if each.path.endswith("Procfile")]
    assert "main:application" in procfile
    assert "worker: python worker.py" in procfile
    found, _ = compiled(tmp_path / "plan", plan, own)
    assert found.result is not None
    machine = "".join(each.data.decode() for each in found.result.lowered.documents)
    assert "main:application" in machine
    assert "COLOUR" in hcl.write(found.result.lowered.module)["web.tf"]

    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("camp.yaml", plan)
        packed.writestr("../../escaped", "!")
    loaded = phases.load(archive.getvalue(), name="package.zip")
    assert "CAMP132" in [each.code for each in loaded.diagnostics]
    assert not (tmp_path.parent / "escaped").exists()


# ---- helpers ------------------------------------------------------------------------------------


def nested(block: Block) -> list[Block]:
    return [item for item in block.body if isinstance(item, Block)]


def hcl_of(block: Block) -> str:
    return hcl.write(Module({"one.tf": [block]}))["one.tf"]


def reached(made: Module, start: str) -> list[Ref]:
    """All references of a block, including those through local values."""
    every = list(made.blocks())
    local = {
        f"local.{item.name}": item
        for block in every
        if block.type == "locals"
        for item in block.body
        if isinstance(item, Attribute)
    }
    first = next(block for block in every if block.address == start)
    found: list[Ref] = []
    waiting: list[Ref] = list(walk(first))
    while waiting:
        each = waiting.pop()
        if each not in found:
            found.append(each)
            waiting += walk(local[each.address]) if each.address in local else ()
    return found
