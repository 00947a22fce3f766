"""Several regions in one module: provider aliases, and connections between regions."""

from __future__ import annotations

from collections.abc import Callable

from camp2iac.synth.module import Block, Ref, walk
from tests.openstack.conftest import APP, Lowering

RULE = "openstack_networking_secgroup_rule_v2"
LINK = """\
      - requirement_type: Redis:ConnectTo
        fulfillment: id:cache
"""
SERVICES = """\
services:
  - id: web
    characteristics:
      - characteristic_type: org.camp2iac:Scale
        min: 1
        max: 3
  - id: cache
    characteristics:
      - characteristic_type: Redis
"""
THERE = """\
      - characteristic_type: org.camp2iac:Placement
        region: R2
        floating: true
"""
FLOATING = "openstack_networking_floatingip_v2"
HOME = "region: R1\n"


def providers(made: Lowering) -> dict[object, object]:
    return {
        block.get("alias"): block.get("region") for block in made.module.blocks() if block.labels[:1] == ("openstack",)
    }


def placed(block: Block) -> str:
    provider = block.get("provider")
    return provider.address if isinstance(provider, Ref) else "openstack"


def test_each_region_has_all_of_its_own(lower: Callable[..., Lowering]) -> None:
    made = lower(LINK + SERVICES + THERE, HOME)
    assert providers(made) == {None: "R1", "r2": "R2"}
    for type_ in ("openstack_networking_router_v2", "openstack_networking_network_v2"):
        assert made.addresses(type_)[-2:] == ["main", "main_r2"]
    assert made.addresses("openstack_networking_secgroup_v2") == ["cache", "machine", "machine_r2", "web"]
    there = {b.labels[1] for b in made.module.blocks() if placed(b) == "openstack.r2"}
    assert {"cache", "cache_main_r2", "machine_r2", "main_r2", "external_r2"} <= there
    assert not any("web" in name and "cache" not in name for name in there)


def test_what_is_in_a_region_refers_to_nothing_elsewhere(lower: Callable[..., Lowering]) -> None:
    """Only addresses may cross regions, because an id has no meaning in another one."""
    made = lower(LINK + SERVICES + THERE, HOME)
    blocks = {block.address: block for block in made.module.blocks() if block.type in ("resource", "data")}
    for block in blocks.values():
        for found in walk(block):
            other = blocks.get(found.address)
            if found.address == "data.openstack_identity_auth_scope_v3.project":
                continue  # Keystone's, and one for all regions
            if other is None or not found.address.removeprefix("data.").startswith("openstack_"):
                continue
            assert placed(other) == placed(block) or found.path.endswith("address"), (block.address, found)


def test_a_link_over_the_border_names_floating_addresses(lower: Callable[..., Lowering]) -> None:
    made = lower(LINK + SERVICES + THERE, HOME)
    assert "CAMP451" in made.codes
    assert "CAMP408" not in made.codes
    into, out = made.block(f"{RULE}.cache_from_web"), made.block(f"{RULE}.web_to_cache")
    assert into.get("remote_group_id") is None
    assert [found.address for found in walk(into)][-1] == "openstack_networking_router_v2.main"
    assert "openstack_networking_floatingip_v2.cache" in {found.address for found in walk(out)}
    assert "openstack_networking_floatingip_v2.cache" in {
        found.address for found in walk(made.local("cache_floating_address"))
    }


def test_without_a_floating_address_there_is_no_way(lower: Callable[..., Lowering]) -> None:
    assert "CAMP450" in lower(LINK + SERVICES + THERE.replace("        floating: true\n", ""), HOME).codes


def test_floating_addresses_that_others_know_are_there_for_every_slot(lower: Callable[..., Lowering]) -> None:
    public = "      - requirement_type: org.camp2iac:Expose\n        public: true\n"
    made = lower(public + LINK + SERVICES + THERE, HOME)
    floating = made.block("openstack_networking_floatingip_v2.web")
    assert floating.get("for_each") == Ref("local.web_slots")
    assert made.block(f"{RULE}.cache_from_web").get("for_each") == Ref("local.web_slots")
    assert made.block("openstack_compute_instance_v2.web").get("for_each") == Ref("local.web_machines")
    assert "keys(" in str(made.block("output.web_urls").get("value"))


SEVERAL = """\
      - characteristic_type: org.camp2iac:Scale
        min: 1
        max: 3
      - characteristic_type: org.camp2iac:Balance
"""


def test_a_link_over_the_border_goes_by_the_balancer(lower: Callable[..., Lowering]) -> None:
    made = lower(LINK + SERVICES + SEVERAL + THERE, HOME)
    assert [code for code in made.codes if code.startswith("CAMP4")] == ["CAMP451"]
    balancer = made.block(f"{FLOATING}.cache")
    assert "openstack_lb_loadbalancer_v2.cache" in {found.address for found in walk(balancer)}
    assert placed(balancer) == "openstack.r2"
    assert f"{FLOATING}.cache" in {found.address for found in walk(made.local("web_user_data"))}
    out, into = made.block(f"{RULE}.web_to_cache"), made.block(f"{RULE}.cache_from_balancer_6379")
    assert f"{FLOATING}.cache" in {found.address for found in walk(out)}
    assert into.get("remote_ip_prefix") == Ref("openstack_networking_subnet_v2.cache_balancer", ".cidr")
    (who,) = walk(made.block("openstack_lb_listener_v2.cache_6379").get("allowed_cidrs"))
    assert who.address == "openstack_networking_router_v2.main"
    assert "- floating addresses" not in made.readme


def test_that_needs_a_balancer_whose_address_may_be_known(lower: Callable[..., Lowering]) -> None:
    inside = THERE.replace("        floating: true\n", "")
    assert "CAMP450" in lower(LINK + SERVICES + SEVERAL + inside, HOME).codes


def test_a_link_over_the_border_goes_by_the_machine_that_balances(lower: Callable[..., Lowering]) -> None:
    made = lower(LINK + SERVICES + SEVERAL + THERE, HOME + "balancer: haproxy\n")
    assert [code for code in made.codes if code.startswith("CAMP4")] == ["CAMP451"]
    assert made.block(f"{FLOATING}.cache_balancer").get("for_each") is None
    told = {found.address for found in walk(made.local("cache_balancer_floating_address"))}
    assert f"{FLOATING}.cache_balancer" in told
    assert "local.cache_balancer_floating_address" in {found.address for found in walk(made.local("web_user_data"))}
    into = made.block(f"{RULE}.cache_from_web")
    assert into.get("security_group_id") == Ref("openstack_networking_secgroup_v2.cache_balancer", ".id")
    assert [found.address for found in walk(into)][-1] == "openstack_networking_router_v2.main"


def test_the_environment_places_a_tier_and_says_what_is_different_there(lower: Callable[..., Lowering]) -> None:
    environment = HOME + (
        "tiers: { cache: { region: R2, key_pair: there } }\n"
        "regions: { R2: { image: trixie, external_network: outside } }\n"
    )
    made = lower(LINK + SERVICES + THERE.replace("R2", "R3"), environment)
    assert providers(made) == {None: "R1", "r2": "R2"}
    assert made.outcome("Placement: region R3") == "degraded: R2"
    assert made.block("data.openstack_images_image_v2.machine_r2").get("name") == "trixie"
    assert made.block("data.openstack_networking_network_v2.external_r2").get("name") == "outside"
    assert made.block("openstack_compute_instance_v2.cache").get("key_pair") == "there"
    assert made.block("data.openstack_networking_network_v2.external").get("name") == "public"


def test_one_region_alone_has_no_alias(lower: Callable[..., Lowering]) -> None:
    made = lower("services:\n  - id: web\n    characteristics:\n" + THERE, None)
    assert providers(made) == {None: "R2"}


def test_several_regions_and_no_word_on_the_module_s_own(lower: Callable[..., Lowering]) -> None:
    web = "services:\n  - id: web\n    characteristics:\n" + THERE.replace("R2", "R1")
    cache = "  - id: cache\n    characteristics:\n      - characteristic_type: Redis\n" + THERE
    assert providers(lower(LINK + web + cache, None)) == {"r1": "R1", "r2": "R2"}


def test_names_of_ours_and_of_the_plan_never_meet(lower: Callable[..., Lowering]) -> None:
    redis = "    characteristics:\n      - characteristic_type: Redis\n"
    plan = f"services:\n  - id: machine\n  - id: machine-tier\n{redis}"
    made = lower(plan, head=APP.replace("id:web", "id:machine"))
    assert made.addresses("openstack_networking_secgroup_v2") == ["machine", "machine_tier", "machine_tier_tier"]
    names = [
        made.block(f"openstack_networking_secgroup_v2.{name}").get("name")
        for name in ("machine", "machine_tier", "machine_tier_tier")
    ]
    assert names == ["shop-machine", "shop-machine-tier", "shop-machine-tier-tier"]
    assert made.codes == ["CAMP410"]
