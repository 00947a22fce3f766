"""Load balancers: Octavia, or an instance with HAProxy; and the links that use them."""

from __future__ import annotations

from collections.abc import Callable

from camp2iac.synth.module import Ref, walk
from tests.openstack.conftest import Lowering
from tests.openstack.test_target import PUBLIC, WEB, said

HAPROXY = "balancer: haproxy\n"
LINK = "      - requirement_type: Redis:ConnectTo\n        fulfillment: id:cache\n"
CACHE = "  - id: cache\n    characteristics:\n      - characteristic_type: Redis\n"
SCALE = said("Scale", min=1, max=3)
BALANCE = said("Balance")
GROUP = "openstack_networking_secgroup_v2"
RULE = "openstack_networking_secgroup_rule_v2"
LOAD_BALANCER = "openstack_lb_loadbalancer_v2"


def host(made: Lowering) -> str:
    """The address of cache that the instances of web get."""
    return str(made.local("web_user_data"))


def ends(made: Lowering, label: str) -> tuple[object, ...]:
    """A rule: its group, direction and port, and the other end."""
    block = made.block(f"{RULE}.{label}")
    group = block.get("security_group_id")
    assert isinstance(group, Ref)
    return (
        group.address.rpartition(".")[2],
        block.get("direction"),
        block.get("port_range_min"),
        block.get("remote_group_id") or block.get("remote_ip_prefix"),
    )


def test_without_octavia_a_machine_stands_before_the_tier(lower: Callable[..., Lowering]) -> None:
    made = lower(PUBLIC + WEB + SCALE + BALANCE, HAPROXY)
    assert made.codes == []
    assert made.addresses(LOAD_BALANCER) == []
    machine = made.block("openstack_compute_instance_v2.web_balancer")
    assert machine.get("for_each") is None
    assert made.addresses("openstack_networking_floatingip_v2") == ["web_balancer"]
    anywhere = "0.0.0.0/0"
    assert ends(made, "web_balancer_from_anywhere") == ("web_balancer", "ingress", 80, anywhere)
    assert ends(made, "web_balancer_to_web_8080") == ("web_balancer", "egress", 8080, Ref(f"{GROUP}.web", ".id"))
    assert ends(made, "web_8080_from_web_balancer") == ("web", "ingress", 8080, Ref(f"{GROUP}.web_balancer", ".id"))
    rules = [name for name in made.addresses(RULE) if not name.startswith("machine_")]
    assert len(rules) == 3
    assert made.outcome("Balance") == "degraded: instance with HAProxy"
    assert "| web-balancer | 1 |" in made.readme


def test_what_is_said_of_the_tier_counts_for_what_stands_before_it(lower: Callable[..., Lowering]) -> None:
    ours = "tiers: { web: { key_pair: ours, zone: east, size: large, image: debian-13, security_groups: [watch] } }\n"
    made = lower(PUBLIC + WEB + SCALE + BALANCE, HAPROXY + ours)
    for label, flavor in (("web", "m1.large"), ("web_balancer", "m1.small")):
        machine = made.block(f"openstack_compute_instance_v2.{label}")
        said = [machine.get(name) for name in ("key_pair", "availability_zone_hints", "flavor_name")]
        assert said == ["ours", "east", flavor]
        assert made.block(f"data.openstack_images_image_v2.{label}").get("name") == "debian-13"
        groups = {found.address for found in walk(made.block(f"openstack_networking_port_v2.{label}_main"))}
        assert "data.openstack_networking_secgroup_v2.watch" in groups
    own = lower(
        PUBLIC + WEB + SCALE + BALANCE,
        HAPROXY + ours.replace("size: large, ", "").replace(" } }", " }, web-balancer: { key_pair: theirs } }"),
    )
    machine = own.block("openstack_compute_instance_v2.web_balancer")
    assert (machine.get("key_pair"), machine.get("availability_zone_hints")) == ("theirs", "east")


def test_it_knows_all_machines_that_there_may_be(lower: Callable[..., Lowering]) -> None:
    made = lower(PUBLIC + WEB + SCALE + BALANCE, HAPROXY)
    ports = {found.address for found in walk(made.block("openstack_networking_port_v2.web_main"))}
    assert "local.web_slots" in ports
    assert "range(1, 4)" in str(made.local("web_addresses"))
    scaled = {b.address for b in made.module.blocks() if any(r.address == "local.web_machines" for r in walk(b))}
    assert scaled == {"openstack_compute_instance_v2.web", "output.web_addresses"}


def test_a_link_goes_by_the_balancer(lower: Callable[..., Lowering]) -> None:
    made = lower(PUBLIC + LINK + WEB + SCALE + CACHE + SCALE + BALANCE)
    assert made.codes == ["CAMP320"]  # a load balancer does not turn several caches into one
    assert f"{LOAD_BALANCER}.cache" in host(made)
    subnet = Ref("openstack_networking_subnet_v2.cache_balancer", ".cidr")
    assert ends(made, "web_to_cache") == ("web", "egress", 6379, subnet)
    assert ends(made, "cache_from_balancer_6379") == ("cache", "ingress", 6379, subnet)
    assert "cache_from_web" not in made.addresses(RULE)
    listener = made.block("openstack_lb_listener_v2.cache_6379")
    assert (listener.get("protocol"), listener.get("protocol_port")) == ("TCP", 6379)
    assert listener.get("allowed_cidrs") == (Ref("openstack_networking_subnet_v2.main", ".cidr"),)
    assert made.block("openstack_lb_member_v2.cache_6379").get("for_each") == Ref("local.cache_machines")
    assert made.addresses("openstack_networking_floatingip_v2") == ["web"]
    assert "local.cache_slots" not in made.module.addresses()


def test_a_link_goes_by_the_machine_that_balances(lower: Callable[..., Lowering]) -> None:
    made = lower(PUBLIC + LINK + WEB + SCALE + CACHE + SCALE + BALANCE, HAPROXY)
    assert made.codes == ["CAMP320"]  # a load balancer does not turn two caches into one
    assert "local.cache_balancer_address" in host(made)
    assert ends(made, "web_to_cache") == ("web", "egress", 6379, Ref(f"{GROUP}.cache_balancer", ".id"))
    assert ends(made, "cache_from_web") == ("cache_balancer", "ingress", 6379, Ref(f"{GROUP}.web", ".id"))
    assert ends(made, "cache_6379_from_cache_balancer")[1:3] == ("ingress", 6379)


def test_a_balancer_is_the_way_to_a_single_machine_too(lower: Callable[..., Lowering]) -> None:
    """So users have the same address with and without Scale."""
    made = lower(PUBLIC + LINK + WEB + SCALE + CACHE + BALANCE)
    assert host(made) == host(lower(PUBLIC + LINK + WEB + SCALE + CACHE + BALANCE + SCALE))
    assert "cache_6379" in made.addresses("openstack_lb_listener_v2")


def test_without_a_balancer_it_leads_to_the_first(lower: Callable[..., Lowering]) -> None:
    made = lower(PUBLIC + LINK + WEB + SCALE + CACHE + SCALE)
    assert made.codes == ["CAMP407"]
    assert "remove Scale from cache" in made.diagnostics[0].help
    assert "IPALL(cache)" in made.diagnostics[0].help


def test_users_inside_come_from_the_networks_of_the_tier(lower: Callable[..., Lowering]) -> None:
    made = lower(PUBLIC.replace("public: true", "public: false") + WEB + SCALE + BALANCE, HAPROXY)
    subnet = Ref("openstack_networking_subnet_v2.main", ".cidr")
    assert ends(made, "web_balancer_from_main") == ("web_balancer", "ingress", 80, subnet)
    assert made.addresses("openstack_networking_floatingip_v2") == []
    assert "local.web_balancer_address" in str(made.block("output.web_url"))


def test_tls_needs_octavia(lower: Callable[..., Lowering]) -> None:
    plan = PUBLIC.replace("as: 80", "tls: true") + WEB + BALANCE
    made = lower(plan, HAPROXY + "certificates: { web: https://keys/v1/containers/7 }\n")
    assert made.codes == ["CAMP467"]
    assert "balancer: octavia" in made.diagnostics[0].help


def test_two_networks_give_the_balancer_the_first(lower: Callable[..., Lowering]) -> None:
    networks = "org.camp2iac:Networks:\n  front: {}\n  back: {}\n"
    placed = said("Placement", networks=["front", "back"])
    made = lower(PUBLIC + WEB + placed + SCALE + BALANCE + networks, HAPROXY)
    assert [name for name in made.addresses("openstack_networking_port_v2") if "balancer" in name] == [
        "web_balancer_front"
    ]


def test_and_the_one_that_its_users_share_with_it(lower: Callable[..., Lowering]) -> None:
    networks = "org.camp2iac:Networks:\n  front: {}\n  back: {}\n  side: {}\n"
    users = said("Placement", networks=["front", "back"])
    cache = CACHE + said("Placement", networks=["side", "back"]) + SCALE + BALANCE
    made = lower(PUBLIC + LINK + WEB + users + cache + networks, HAPROXY)
    assert [name for name in made.addresses("openstack_networking_port_v2") if "balancer" in name] == [
        "cache_balancer_back",
        "cache_balancer_side",
    ]
    assert "local.cache_balancer_back_address" in str(made.block("openstack_compute_instance_v2.web"))


def test_an_address_on_a_network_where_the_tier_is_not(lower: Callable[..., Lowering]) -> None:
    networks = "org.camp2iac:Networks:\n  front: {}\n  back: {}\n"
    asked = "      - requirement_type: org.camp2iac:Env\n        WHERE: IP(web, back)\n"
    made = lower(PUBLIC + asked + WEB + said("Placement", networks=["front"]) + networks)
    assert made.codes == ["CAMP406"]
    assert made.diagnostics[0].help == "write  IP(web, front)"
