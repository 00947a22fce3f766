"""Ten rules for generated modules, which come from a module for the guestbook that was written by hand, applied and
booted. Each test checks a rule on all examples and cases. ``ELSEWHERE`` names the rules that other tests check.
"""

from __future__ import annotations

import ast
import re
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml
from support import phases
from support.plans import ROOT, Compilation, compilations

from camp2iac.catalogue.loader import BUILT_IN
from camp2iac.synth import hcl
from camp2iac.synth.module import Attribute, Block, Module, Ref, walk
from camp2iac.targets.base import Lowered

ELSEWHERE = {
    2: (
        "a comment in a script is part of user data: outputs are compared byte for byte",
        "tests/cases/test_output.py::test_output_is_the_committed_one",
    ),
    3: (
        "data are quoted by one function for each language, or go as base64",
        "tests/machine/test_execution.py::test_what_is_not_quoted_is_refused",
    ),
    4: (
        "fixed addresses lie outside of Neutron's pool, and no position decides them",
        "tests/openstack/test_addresses.py::test_an_environment_fixes_them",
    ),
    7: ("what is done is left alone: scripts run twice on booted machines", "proofs/roots/test_machines.py::boot"),
    8: ("waiting ends", "tests/machine/test_execution.py::test_waiting_is_bounded"),
    10: (
        "the plan's first network is the way out",
        "tests/openstack/test_target.py::test_what_machines_hear_of_the_way_out",
    ),
}
GROUP, RULE = "openstack_networking_secgroup_v2", "openstack_networking_secgroup_rule_v2"
INSTANCE, PORT = "openstack_compute_instance_v2", "openstack_networking_port_v2"
INTERFACE = "openstack_networking_router_interface_v2"


def _openstack(compilation: Compilation) -> bool:
    if compilation.environment is None:
        return compilation.target == "openstack"
    return bool(yaml.safe_load(compilation.environment.read_text())["target"] == "openstack")


ALL = {each.id: each for each in compilations() if _openstack(each)}
each_of_them = pytest.mark.parametrize("id_", sorted(ALL))


@cache
def lowered(id_: str) -> Lowered:
    return _lowered(ALL[id_], ALL[id_].package)


def _lowered(compilation: Compilation, package: Path) -> Lowered:
    environment = compilation.environment and package / compilation.environment.relative_to(compilation.package)
    output = package / compilation.output.relative_to(compilation.package)
    loaded = phases.load(package / "camp.yaml", leave_out=[package / "environments", output])
    found = phases.compile(
        loaded, environment=environment, target=None if environment else compilation.target, output=output
    )
    assert found.result is not None, list(found.diagnostics)
    return found.result.lowered


def blocks(module: Module, type_: str) -> list[Block]:
    return [block for block in module.blocks() if block.type == "resource" and block.labels[:1] == (type_,)]


def behind(module: Module, *starts: Block | Attribute) -> set[str]:
    """All direct and indirect dependencies of these blocks."""
    named: dict[str, Block | Attribute] = {str(block.address): block for block in module.blocks() if block.address}
    for block in module.blocks():
        if block.type == "locals":
            named |= {f"local.{item.name}": item for item in block.body if isinstance(item, Attribute)}
    found: set[str] = set()
    waiting = [each.address for start in starts for each in walk(start)]
    while waiting:
        address = waiting.pop()
        if address not in found:
            found.add(address)
            waiting += [each.address for each in _walk(named[address])] if address in named else []
    return found


def _walk(item: Block | Attribute) -> Iterator[Ref]:
    """All references except those to the set of instances, because an attribute of one is not their number."""
    for part in item.body if isinstance(item, Block) else (item,):
        if not (isinstance(part, Attribute) and part.name == "for_each"):
            yield from walk(part)


def test_the_list_of_other_tests_is_true() -> None:
    for _what, place in ELSEWHERE.values():
        path, _, name = place.partition("::")
        tree = ast.parse((ROOT / path).read_text())
        assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}, place


@each_of_them
def test_1_nothing_volatile(id_: str, tmp_path: Path) -> None:
    """Earlier lines change only the source map, and nothing depends on the number of instances."""
    compilation = ALL[id_]
    shutil.copytree(compilation.package, tmp_path / "package", ignore=shutil.ignore_patterns("infra", "expected"))
    plan = tmp_path / "package" / "camp.yaml"
    plan.write_text("# a remark\n\n# and one more\n" + plan.read_text().replace("\nartifacts:", "\n\n\nartifacts:"))
    moved, before = _lowered(compilation, tmp_path / "package"), lowered(id_)
    assert hcl.write(moved.module) == hcl.write(before.module)
    assert {(each.path, each.data) for each in moved.documents} == {(d.path, d.data) for d in before.documents}
    for machine in blocks(before.module, INSTANCE):
        told = [item for item in machine.body if isinstance(item, Attribute) and item.name == "user_data"]
        counts = [each for each in behind(before.module, *told) if re.fullmatch(r"var\.(?!plan_).*_count", each)]
        assert not counts, f"{machine.address} is told how many there are"


@each_of_them
def test_5_edges_go_from_machines_to_ports_and_what_the_cloud_orders_is_said(id_: str) -> None:
    module = lowered(id_).module
    for port in blocks(module, PORT):
        assert not [each for each in behind(module, port) if each.startswith(INSTANCE)]
    led = {interface.labels[1]: str(interface.address) for interface in blocks(module, INTERFACE)}
    for floating in blocks(module, "openstack_networking_floatingip_v2"):
        (port,) = [
            each
            for item in floating.body
            if isinstance(item, Attribute) and item.name == "port_id"
            for each in walk(item)
        ][:1]
        networks = [each for each in behind(module, _block(module, port.address)) if "_network_v2." in each]
        ours = [led[each.rpartition(".")[2]] for each in networks if each.rpartition(".")[2] in led]
        assert set(ours) <= {each.address for each in _after(floating)}, floating.address
    for machine in blocks(module, INSTANCE):
        first = next(item for item in machine.body if isinstance(item, Block) and item.type == "network")
        port_block = _block(module, next(each.address for each in walk(first) if each.address.startswith(PORT)))
        network = port_block.get("network_id")
        assert isinstance(network, Ref)
        way = led.get(network.address.rpartition(".")[2])
        if way and not network.address.startswith("data."):
            assert way in {each.address for each in _after(machine)}, machine.address
    for member in blocks(module, "openstack_lb_member_v2"):
        assert any(each.address.startswith(INSTANCE) for each in _after(member)), member.address


@each_of_them
def test_6_a_member_for_each_machine_a_group_for_each_tier_and_both_ends_of_each_rule(id_: str) -> None:
    module = lowered(id_).module
    assert not blocks(module, "openstack_lb_members_v2")
    by_tier: dict[frozenset[str], str] = {}
    for port in blocks(module, PORT):
        groups = frozenset(each.address for each in walk(_argument(port, "security_group_ids")))
        if any(each.startswith(GROUP) for each in groups):
            assert f"{GROUP}.machine" in groups or any(each.startswith(f"{GROUP}.machine_") for each in groups)
            by_tier[groups] = str(port.address)
    assert len(blocks(module, INSTANCE)) <= len(by_tier)
    ends = {
        (
            str(group.address),
            rule.get("direction"),
            rule.get("protocol"),
            rule.get("port_range_min"),
            rule.get("port_range_max"),
            peer.address,
        )
        for rule in blocks(module, RULE)
        if isinstance(group := rule.get("security_group_id"), Ref)
        and isinstance(peer := rule.get("remote_group_id"), Ref)
    }
    for group, direction, protocol, first, last, peer in ends:
        other = "egress" if direction == "ingress" else "ingress"
        assert (peer, other, protocol, first, last, group) in ends, f"{group} {direction} {first} {peer}: no other end"


@each_of_them
def test_7_scripts_say_that_they_are_done_last_and_take_it_back_first(id_: str) -> None:
    scripts = {each.path: each.data.decode() for each in lowered(id_).documents if each.path.endswith(".sh")}
    for path, text in scripts.items():
        half = path.split(".")[-2]
        if half not in ("install", "configure"):
            continue  # shared by all tiers
        mark = {"install": "installed", "configure": "configured"}[half]
        lines = [line for line in text.splitlines() if line]
        ends = {
            "install": ['echo "$digest" > "$installed"', 'say "installed"'],
            "configure": ['install -D -m 0644 /dev/null "$configured"', 'say "configured"'],
        }
        assert lines[-2:] == ends[half], path
        work = lines.index(f'rm -f "${mark}"')
        before = "\n".join(lines[:work])
        assert not re.search(r"^(systemctl|install|mv|rm|useradd|say) ", before, re.M), f"{path} works before it"
        constants = [n for n, line in enumerate(lines) if re.match(r"[a-z_0-9]+=[^(]*$", line)]
        functions = [n for n, line in enumerate(lines) if re.match(r"[a-z_]+\(\) *\{$", line)]
        assert not functions or min(constants) < functions[0], f"{path}: constants come first"
        restarts = [line for line in lines[work:] if "systemctl restart" in line and not line.startswith(" ")]
        assert not restarts, f"{path} restarts whatever is new or not: {restarts}"


@each_of_them
def test_8_waiting_belongs_to_units_and_ends_before_they_do(id_: str) -> None:
    for name, unit in units(lowered(id_)):
        waits = [
            int(found)
            for found in re.findall(r"^ExecStartPre=/usr/local/(?:s?bin|lib)/\S*wait-for .* (\d+)$", unit, re.M)
        ]
        if waits:
            (limit,) = (int(found) for found in re.findall(r"^TimeoutStartSec=(\d+)$", unit, re.M))
            assert limit > sum(waits), f"{name}: gives up before its waiting ends"


@pytest.mark.parametrize("product", ["postgresql", "mariadb"])
def test_8_the_port_opens_last(product: str) -> None:
    (script,) = [
        each.data.decode()
        for each in _sample(product).documents
        if each.path.endswith(("database.configure.sh", f"{product}.configure.sh", "db.configure.sh"))
    ]
    work = script.partition('rm -f "$configured"')[2]
    opens, loads = work.index('say "opening the port"'), work.rindex("\nload ")
    assert loads < opens
    assert "load" not in work[opens:]


def test_9_no_release_is_in_the_path_of_data() -> None:
    for file in BUILT_IN.glob("*/product.yaml"):
        data = yaml.safe_load(file.read_text()).get("data", "")
        assert not re.search(r"\d|\{", data), file
    script = next(each.data.decode() for each in _sample("postgresql").documents if "\ndata=/srv" in each.data.decode())
    assert re.search(r"^data=/srv/[a-z/-]+$", script, re.M)
    assert 'if [ "$(cat "$data/PG_VERSION")" != "$version" ]; then' in script


# ---- helpers ------------------------------------------------------------------------------------


def _sample(product: str) -> Lowered:
    found = phases.compile(phases.load(BUILT_IN / product / "sample"), target="openstack")
    assert found.result is not None
    return found.result.lowered


def _block(module: Module, address: str) -> Block:
    return next(block for block in module.blocks() if block.address == address)


def _argument(block: Block, name: str) -> Attribute:
    return next(item for item in block.body if isinstance(item, Attribute) and item.name == name)


def _after(block: Block) -> Iterator[Ref]:
    for item in block.body:
        if isinstance(item, Attribute) and item.name == "depends_on":
            yield from walk(item)


def units(made: Lowered) -> Iterator[tuple[str, str]]:
    """Every systemd unit of every cloud-init document, as text, because templates are not YAML yet."""
    for document in made.documents:
        if document.path.endswith(".yaml.tftpl"):
            for file in re.split(r"^  - path: ", document.data.decode(), flags=re.M)[1:]:
                path, _, rest = file.partition("\n")
                if "/systemd/system/" in path:
                    yield f"{document.path}: {path}", "\n".join(line.strip() for line in rest.splitlines())


def test_units_are_found() -> None:
    names = [
        name.rpartition("/")[2] for name, unit in units(lowered("examples/guestbook-openstack")) if "wait-for" in unit
    ]
    assert names == ["guestbook-web.service"]
