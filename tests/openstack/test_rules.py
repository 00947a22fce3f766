"""Security groups: exactly the rules that the plan requires, at both ends."""

from __future__ import annotations

from collections.abc import Callable

from camp2iac.synth.module import Ref
from camp2iac.targets.openstack.layout.security_group_rules import Ports, SecurityGroupRule, merged
from tests.openstack.conftest import APP, Lowering

RULE = "openstack_networking_secgroup_rule_v2"
LINK = """\
      - requirement_type: Redis:ConnectTo
        fulfillment: id:cache
"""
SERVICES = """\
services:
  - id: web
  - id: cache
    characteristics:
      - characteristic_type: Redis
"""
PUBLIC = """\
      - requirement_type: org.camp2iac:Expose
        port: 8080
        as: 80
        public: true
"""
BALANCE = "      - characteristic_type: org.camp2iac:Balance\n"


def test_a_link_has_two_ends_and_nobody_else_comes_in(lower: Callable[..., Lowering]) -> None:
    made = lower(PUBLIC + LINK + SERVICES)
    rules = [name for name in made.addresses(RULE) if not name.startswith("machine_")]
    assert rules == ["cache_from_web", "web_from_anywhere_8080", "web_to_cache"]
    into, out = made.block(f"{RULE}.cache_from_web"), made.block(f"{RULE}.web_to_cache")
    assert (into.get("direction"), into.get("port_range_min"), into.get("port_range_max")) == ("ingress", 6379, 6379)
    assert into.get("remote_group_id") == Ref("openstack_networking_secgroup_v2.web", ".id")
    assert (out.get("direction"), out.get("port_range_min")) == ("egress", 6379)
    assert out.get("remote_group_id") == Ref("openstack_networking_secgroup_v2.cache", ".id")


def test_ssh_is_open_from_the_declared_cidr_alone(lower: Callable[..., Lowering]) -> None:
    assert lower(PUBLIC + SERVICES).block(f"{RULE}.machine_ssh").get("remote_ip_prefix") == "192.0.2.0/24"
    without = lower(PUBLIC + SERVICES, None)
    assert "machine_ssh" not in without.addresses(RULE)
    assert "CAMP614" in without.codes


def test_the_members_of_a_balancer_hear_it_alone(lower: Callable[..., Lowering]) -> None:
    made = lower(PUBLIC + "services:\n  - id: web\n    characteristics:\n" + BALANCE)
    vip = Ref("openstack_networking_subnet_v2.web_balancer", ".cidr")
    assert made.block(f"{RULE}.web_from_balancer").get("remote_ip_prefix") == vip
    assert made.block("openstack_lb_member_v2.web").get("subnet_id") == Ref(vip.address, ".id")
    assert made.block("openstack_lb_loadbalancer_v2.web").get("vip_subnet_id") == Ref(vip.address, ".id")
    assert "web_from_anywhere" not in made.addresses(RULE)


def test_what_is_not_public_is_closed(lower: Callable[..., Lowering]) -> None:
    made = lower("      - requirement_type: org.camp2iac:Expose\n        port: 8080\n" + SERVICES)
    assert made.addresses(RULE) == ["machine_out", "machine_ssh"]
    assert made.addresses("openstack_networking_floatingip_v2") == []
    assert made.codes == ["CAMP409"]


def test_what_is_behind_a_web_server_is_not_made_public(lower: Callable[..., Lowering]) -> None:
    nginx = """\
  - id: front
    characteristics:
      - characteristic_type: org.nginx:nginx
      - characteristic_type: org.camp2iac:Attributes
        members: IP(web)
"""
    made = lower("      - requirement_type: org.camp2iac:Expose\n        port: 8080\n" + SERVICES + nginx)
    (note,) = (each for each in made.diagnostics if each.code == "CAMP409")
    assert note.help.startswith("if users come through front, add an artifact that runs on it")


def test_ports_from_a_cidr_a_tier_and_anywhere(lower: Callable[..., Lowering]) -> None:
    ports = "      - characteristic_type: org.camp2iac:Ports\n        {}\n        from: {}\n"
    plan = SERVICES + ports.format("tcp: [7000-7010]", "web") + ports.format("udp: 53", "198.51.100.0/24")
    made = lower(PUBLIC + plan + ports.format("tcp: 443", "anywhere"))
    assert [name for name in made.addresses(RULE) if "cache" in name] == [
        "cache_tcp_443",
        "cache_tcp_7000_7010_from_web",
        "cache_udp_53_from_198_51_100_0_24",
        "web_to_cache_tcp_7000_7010",
    ]
    rule = made.block(f"{RULE}.web_to_cache_tcp_7000_7010")
    assert (rule.get("port_range_min"), rule.get("port_range_max")) == (7000, 7010)


def test_the_same_connection_twice_is_one_rule(lower: Callable[..., Lowering]) -> None:
    ports = "      - characteristic_type: org.camp2iac:Ports\n        tcp: 6379\n        from: web\n"
    made = lower(PUBLIC + LINK + SERVICES + ports)
    assert [name for name in made.addresses(RULE) if "cache" in name] == ["cache_from_web", "web_to_cache"]
    assert made.block(f"{RULE}.cache_from_web").comment == "camp.yaml: cache, Ports; camp.yaml: web, ConnectTo cache"


def test_ranges_that_share_ports_are_one(lower: Callable[..., Lowering]) -> None:
    ports = "      - characteristic_type: org.camp2iac:Ports\n        {}\n        from: anywhere\n"
    plan = SERVICES + ports.format("tcp: [7000-7010, 7005, 8000-8002, 7010-7020]") + ports.format("tcp: [8002, 8003]")
    made = lower(PUBLIC + plan + ports.format("udp: 7000-7010"))
    assert [name for name in made.addresses(RULE) if "cache" in name] == [
        "cache_tcp_7000_7020",
        "cache_tcp_8000_8002",
        "cache_tcp_8003",  # only adjacent to the other: a new port does not replace its rule
        "cache_udp_7000_7010",
    ]


def test_an_address_alone_opens_nothing(lower: Callable[..., Lowering]) -> None:
    made = lower(PUBLIC + "      - requirement_type: org.camp2iac:Env\n        CACHE: IP(cache)\n" + SERVICES)
    assert made.codes == ["CAMP408"]
    assert [name for name in made.addresses(RULE) if "cache" in name] == []


def test_a_tier_named_machine_is_not_the_group_of_all(lower: Callable[..., Lowering]) -> None:
    made = lower(PUBLIC + "services:\n  - id: machine\n", head=APP.replace("id:web", "id:machine"))
    groups = made.addresses("openstack_networking_secgroup_v2")
    assert groups == ["machine", "machine_tier"]
    named = {made.block(f"openstack_networking_secgroup_v2.{group}").get("name") for group in groups}
    assert len(named) == 2
    assert made.codes == []


def test_ports_of_one_source_become_ranges_with_gaps(lower: Callable[..., Lowering]) -> None:
    ports = "      - characteristic_type: org.camp2iac:Ports\n        {}\n        from: {}\n"
    one = ports.format('tcp: [80, "8000-8100", 81, 80, "8050-8200"]', "anywhere")
    other = ports.format("{ tcp: 82, udp: 80 }".strip("{} ").replace(", ", "\n        "), "0.0.0.0/0")
    made = lower(PUBLIC + SERVICES + one + other)
    found = [name for name in made.addresses(RULE) if name.startswith("cache_")]
    assert found == ["cache_tcp_80", "cache_tcp_8000_8200", "cache_tcp_81", "cache_tcp_82", "cache_udp_80"]
    again = lower(PUBLIC + SERVICES + other + one)
    assert [name for name in again.addresses(RULE) if name.startswith("cache_")] == found


def test_ports_from_a_parameter_and_a_list(lower: Callable[..., Lowering]) -> None:
    ports = "      - characteristic_type: org.camp2iac:Ports\n        tcp: 443\n        from: {}\n"
    office = "org.camp2iac:Parameters:\n  office: {}\n"
    made = lower(PUBLIC + SERVICES + ports.format("[{ parameter: office }, web, 192.0.2.0/24]") + office)
    assert [name for name in made.addresses(RULE) if name.startswith("cache_")] == [
        "cache_tcp_443_from_192_0_2_0_24",
        "cache_tcp_443_from_office",
        "cache_tcp_443_from_web",
    ]
    assert made.block(f"{RULE}.cache_tcp_443_from_office").get("remote_ip_prefix") == Ref("local.office_cidr")
    assert "cidrnetmask" in str(made.block("var.office"))


def test_rules_without_parameters_exclude_nothing() -> None:
    """Two rules for the same ports, of which neither depends on a variable."""

    def rule(cidr: str) -> SecurityGroupRule:
        words = {"tier": "web", "label": cidr, "description": "", "direction": "ingress"}
        return SecurityGroupRule(**words, ports=Ports("tcp", 80, 80), reasons=(), origin=None, cidr=cidr)  # type: ignore[arg-type]

    found = merged([rule("192.0.2.0/24"), rule("203.0.113.0/24")])
    assert [each.unless for each in found] == [(), ()]
