"""Ports, their addresses, and what depends on the number of instances."""

from __future__ import annotations

from collections.abc import Callable

from camp2iac.synth.module import Block, walk
from tests.openstack.conftest import Lowering

PUBLIC = """\
      - requirement_type: org.camp2iac:Expose
        port: 8080
        public: true
"""
SCALED = """\
services:
  - id: web
    characteristics:
      - characteristic_type: org.camp2iac:Scale
        min: 1
        initial: 2
        max: 4
"""
CACHE = """\
  - id: cache
    characteristics:
      - characteristic_type: Redis
"""
LINK = """\
      - requirement_type: Redis:ConnectTo
        fulfillment: id:cache
"""
ALL = """\
      - requirement_type: org.camp2iac:Env
        PEERS: IPALL(web)
        FIRST: IP(web)
"""


def uses(block: Block) -> set[str]:
    return {found.address for found in walk(block)}


def test_one_machine_is_made_without_for_each(lower: Callable[..., Lowering]) -> None:
    made = lower(PUBLIC + "services:\n  - id: web\n")
    assert made.codes == []
    assert made.block("openstack_compute_instance_v2.web").get("for_each") is None
    assert "var.web_count" not in made.module.addresses()


def test_ports_follow_the_machines_where_nobody_knows_their_addresses(lower: Callable[..., Lowering]) -> None:
    made = lower(PUBLIC + SCALED)
    assert uses(made.block("openstack_networking_port_v2.web_main")) >= {"local.web_machines"}
    assert "local.web_slots" not in made.module.addresses()


def test_ports_are_there_for_all_where_somebody_does(lower: Callable[..., Lowering]) -> None:
    made = lower(PUBLIC + ALL + SCALED)
    port, machine = made.block("openstack_networking_port_v2.web_main"), made.block("openstack_compute_instance_v2.web")
    assert "local.web_slots" in uses(port)
    assert "local.web_machines" in uses(machine)
    assert "local.web_slots" not in uses(machine)


def test_nothing_but_the_machines_depends_on_the_count(lower: Callable[..., Lowering]) -> None:
    made = lower(PUBLIC + ALL + LINK + SCALED + CACHE)
    locals_ = [block for block in made.module.blocks() if block.type == "locals"]
    documents = {item.name: {r.address for r in walk(item)} for block in locals_ for item in block.body}
    counted = [name for name, used in documents.items() if "var.web_count" in used]
    assert counted == ["web_machines", "makes"]  # only for the quota
    assert "local.web_machines" not in documents["web_user_data"]
    assert "local.web_addresses" in documents["web_user_data"]
    tied = [b.address for b in made.module.blocks() if "local.web_machines" in uses(b) and b.type == "resource"]
    assert tied == ["openstack_compute_instance_v2.web", "openstack_networking_floatingip_v2.web"]


def test_addresses_are_neutrons(lower: Callable[..., Lowering]) -> None:
    made = lower(PUBLIC + LINK + "services:\n  - id: web\n" + CACHE)
    assert str(made.local("cache_address")).count("all_fixed_ips[0]") == 1
    port = made.block("openstack_networking_port_v2.cache_main")
    (fixed,) = [item for item in port.body if isinstance(item, Block) and item.type == "fixed_ip"]
    assert fixed.get("ip_address") is None


def test_an_environment_fixes_them(lower: Callable[..., Lowering]) -> None:
    networks = "org.camp2iac:Networks:\n  back: { cidr: 10.20.2.0/24 }\n"
    placed = "services:\n  - id: web\n    characteristics:\n      - characteristic_type: org.camp2iac:Placement\n"
    made = lower(PUBLIC + placed + "        networks: [back]\n" + networks, "addresses: { web: 10.20.2.16/28 }\n")
    assert "cidrhost" in str(made.local("web_address"))
    subnet = made.block("openstack_networking_subnet_v2.back")
    pools = [(b.get("start"), b.get("end")) for b in subnet.body if isinstance(b, Block)]
    assert pools == [("10.20.2.2", "10.20.2.15"), ("10.20.2.32", "10.20.2.254")]


def test_a_block_must_have_room(lower: Callable[..., Lowering]) -> None:
    made = lower(PUBLIC + SCALED, "addresses: { web: 10.99.0.0/30 }\n")
    assert made.codes == ["CAMP613"]


def test_services_of_the_same_tier_are_at_home(lower: Callable[..., Lowering]) -> None:
    together = "    - characteristic_type: org.camp2iac:Placement\n      tier: all\n"
    services = (
        "services:\n- id: web\n  characteristics:\n"
        + together
        + "- id: cache\n  characteristics:\n    - characteristic_type: Redis\n"
        + together
    )
    made = lower(PUBLIC + LINK + services)
    assert "127.0.0.1" in str(made.block("openstack_compute_instance_v2.all").get("user_data"))
    rules = made.addresses("openstack_networking_secgroup_rule_v2")
    assert rules == ["all_from_anywhere_8080", "machine_out", "machine_ssh"]


def test_what_to_write_for_an_address_on_another_network(lower: Callable[..., Lowering]) -> None:
    """The tier is on the network that every tier has, which has no name in the plan."""
    made = lower(
        PUBLIC
        + ALL.replace("IP(web)", "IP(web, back)")
        + "services:\n  - id: web\norg.camp2iac:Networks:\n  back: {}\n"
    )
    [found] = [each for each in made.diagnostics if each.code == "CAMP406"]
    assert found.help == "write  IP(web)"
