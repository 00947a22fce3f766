"""Processes on tiers of their own: a part of the component on other instances."""

from __future__ import annotations

from collections.abc import Callable

from tests.openstack.conftest import Lowering

PLAN = """\
      - requirement_type: ConnectTo
        fulfillment: id:store
      - requirement_type: org.camp2iac:Process
        worker: { command: python main.py --work, tier: back, scale: { min: 1, max: 3 } }
        release: python main.py --migrate
      - requirement_type: org.camp2iac:Expose
        port: 9000
        public: true
services:
  - id: web
    characteristics:
      - characteristic_type: org.python:runtime
      - characteristic_type: org.camp2iac:Volume
        size: 1 GiB
        mount: /srv/files
      - characteristic_type: org.camp2iac:Compute
        memory: 2 GiB
        os: debian-12
  - id: store
    characteristics:
      - characteristic_type: Redis
"""


def test_it_reaches_what_the_component_reaches_and_users_do_not_reach_it(lower: Callable[..., Lowering]) -> None:
    made = lower(PLAN)
    assert made.codes == ["CAMP326"], "they do not share the volume"
    assert made.addresses("openstack_networking_secgroup_rule_v2") == [
        "back_to_store",
        "machine_out",
        "machine_ssh",
        "store_from_back",
        "store_from_web",
        "web_from_anywhere_9000",
        "web_to_store",
    ]
    assert made.addresses("openstack_blockstorage_volume_v3") == ["back_data", "web_data"]
    assert made.addresses("openstack_networking_floatingip_v2") == ["web"]
    rule = made.block("openstack_networking_secgroup_rule_v2.back_to_store")
    assert rule.comment == "camp.yaml: web, ConnectTo store"
    assert made.outcome("Process: worker, tier back") == "kept: own instances"
    assert made.outcome("Process: worker, scale 1, from 1 to 3") == "kept: -var back_count=N"
    assert "worker of web" in made.readme
    assert made.block("var.back_count").comment == "camp.yaml: web, Process", "where the plan says it"


def test_it_has_the_size_of_the_component_unless_it_has_its_own(lower: Callable[..., Lowering]) -> None:
    made = lower(PLAN)
    assert made.block("data.openstack_compute_flavor_v2.back").get("name") == "m1.small"
    made = lower(PLAN.replace("tier: back, ", "tier: back, compute: { cores: 4 }, "))
    assert made.block("data.openstack_compute_flavor_v2.back").get("name") == "m1.large"
    assert made.outcome("Process: worker, compute 4 cores") == "kept: m1.large"
    made = lower(PLAN, "tiers: { back: { size: large } }\nscale: { back: 2 }\n")
    assert made.block("data.openstack_compute_flavor_v2.back").get("name") == "m1.large"
    assert made.block("var.back_count").get("default") == 2


def test_it_follows_the_component_into_a_region(lower: Callable[..., Lowering]) -> None:
    made = lower(PLAN, "region: one\ntiers: { web: { region: two }, store: { region: two } }\n")
    instances = [made.block(f"openstack_compute_instance_v2.{name}") for name in ("web", "back", "store")]
    assert {str(each.get("provider")) for each in instances} == {str(instances[0].get("provider"))}
    assert instances[0].get("provider") is not None


def test_the_environment_file_does_not_name_a_part(lower: Callable[..., Lowering]) -> None:
    allowed = "{ reason: A cache, writable: [/srv/cache] }"
    assert lower(PLAN, f"sandbox: {{ web: {allowed} }}\n").codes == ["CAMP326"]
    assert "CAMP601" in lower(PLAN, f"sandbox: {{ web-back: {allowed} }}\n").codes


def test_an_address_of_processes_leads_nowhere(lower: Callable[..., Lowering]) -> None:
    told = "      - requirement_type: org.camp2iac:Env\n        PEERS: IPALL(back)\n"
    found = [each for each in lower(told + PLAN).diagnostics if each.code == "CAMP408"]
    assert [each.help for each in found] == ["back runs only processes to which nothing connects: remove the reference"]
