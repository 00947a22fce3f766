"""Compute, Balance, Expose, Volume, Placement, parameters, secrets, and variables for open questions."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from camp2iac.camp.schema_keywords import accepts
from camp2iac.synth.module import Block, Ref, ref, walk
from camp2iac.targets.openstack import OpenStackTarget
from camp2iac.targets.openstack.layout.networks import derived
from camp2iac.targets.openstack.layout.settings import os_of
from tests.openstack.conftest import Lowering

PUBLIC = """\
      - requirement_type: org.camp2iac:Expose
        port: 8080
        as: 80
        public: true
"""
WEB = "services:\n  - id: web\n    characteristics:\n"


def said(type_: str, **values: object) -> str:
    """A characteristic of the profile."""
    lines = [f"      - characteristic_type: org.camp2iac:{type_}"]
    return "\n".join([*lines, *(f"        {name}: {json.dumps(value)}" for name, value in values.items())]) + "\n"


def test_the_smallest_size_that_fits(lower: Callable[..., Lowering]) -> None:
    made = lower(PUBLIC + WEB + said("Compute", cores=2, memory="2 GiB"))
    flavor = made.block("data.openstack_compute_flavor_v2.web")
    assert flavor.get("name") == "m1.large"
    assert "try(self.vcpus >= 2 && self.ram >= 2048, true)" in str(flavor)
    assert made.outcome("Compute: 2 cores, 2 GiB") == "kept: m1.large"


def test_without_sizes_a_variable_asks_for_the_flavor(lower: Callable[..., Lowering]) -> None:
    made = lower(PUBLIC + WEB + said("Compute", cores=2, memory="2 GiB"), None)
    assert made.addresses("variable") == ["external_network", "image", "key_pair", "web_flavor"]
    assert made.block("var.web_flavor").get("default") is None
    assert made.block("var.web_flavor").get("description") == (
        "Name of the flavor of the tier web, with at least 2 cores and 2 GiB of memory."
    )
    assert made.block("data.openstack_compute_flavor_v2.web").get("name") == Ref("var.web_flavor")


def test_every_variable_is_described_and_never_null_by_chance(lower: Callable[..., Lowering]) -> None:
    parameters = "org.camp2iac:Parameters:\n  colour: { allowed: [red, blue], default: red }\n"
    parameters += "  who: { pattern: '^[a-z]+$' }\n"
    secrets = "org.camp2iac:Secrets:\n  token: {}\n"
    made = lower(PUBLIC + WEB + said("Scale", min=1, max=3) + parameters + secrets, None)
    variables = [block for block in made.module.blocks() if block.type == "variable"]
    assert len(variables) == 8
    for variable in variables:
        assert str(variable.get("description")).endswith(".")
        assert (variable.get("nullable") is False) == (variable.labels != ("key_pair",))
    assert made.block("var.token").get("sensitive") is True
    assert made.outcome("Parameter colour") == "kept: variable colour"


def test_a_balancer_for_port_80_and_another(lower: Callable[..., Lowering]) -> None:
    second = PUBLIC.replace("8080", "9090").replace("80\n        public: true", "9000").replace("as: ", "as: ")
    made = lower(PUBLIC + second + WEB + said("Balance", sticky=True, algorithm="least-connections", health="/up"))
    assert made.addresses("openstack_lb_listener_v2") == ["web", "web_9000"]
    assert made.block("openstack_lb_listener_v2.web").get("allowed_cidrs") is None
    inside = made.block("openstack_lb_listener_v2.web_9000").get("allowed_cidrs")
    assert inside == (Ref("openstack_networking_subnet_v2.main", ".cidr"),)
    pool = made.block("openstack_lb_pool_v2.web")
    assert pool.get("lb_method") == "LEAST_CONNECTIONS"
    assert [item.get("type") for item in pool.body if isinstance(item, Block)] == ["HTTP_COOKIE"]
    assert made.block("openstack_lb_monitor_v2.web").get("url_path") == "/up"
    assert made.addresses("openstack_networking_floatingip_v2") == ["web"]


def test_tls_needs_a_certificate(lower: Callable[..., Lowering]) -> None:
    plan = PUBLIC.replace("as: 80", "tls: true") + WEB + said("Balance")
    without, with_one = lower(plan), lower(plan, "certificates: { web: https://keys/v1/containers/7 }\n")
    assert without.codes == ["CAMP467"]
    assert without.outcome("Expose: TLS") == "lost: lost"
    assert with_one.codes == []
    listener = with_one.block("openstack_lb_listener_v2.web_443")
    assert (listener.get("protocol"), listener.get("protocol_port")) == ("TERMINATED_HTTPS", 443)
    assert listener.get("default_tls_container_ref") == "https://keys/v1/containers/7"
    assert "https://" in str(with_one.block("output.web_url"))


def test_without_a_balancer_users_ask_the_process(lower: Callable[..., Lowering]) -> None:
    made = lower(PUBLIC + WEB + said("Scale", min=1, max=2))
    assert made.outcome("Expose: as 80") == "degraded: 8080"
    assert made.block("openstack_networking_floatingip_v2.web").get("for_each") == Ref("local.web_machines")
    assert ":8080" in str(made.block("output.web_urls").get("value"))


def test_host_names_become_records_of_the_zone(lower: Callable[..., Lowering]) -> None:
    plan = PUBLIC + "        hosts: [www.example.org]\n" + WEB + said("Balance")
    assert lower(plan).outcome("Expose: hosts www.example.org").startswith("degraded")
    made = lower(plan, "dns: example.org\n")
    assert made.outcome("Expose: hosts www.example.org") == "kept: DNS records"
    assert made.block("openstack_dns_recordset_v2.www_example_org").get("name") == "www.example.org."
    assert made.block("data.openstack_dns_zone_v2.main").get("name") == "example.org."


def test_a_volume_for_each_machine(lower: Callable[..., Lowering]) -> None:
    made = lower(PUBLIC + WEB + said("Volume", size="10 GiB", mount="/srv") + said("Scale", min=1, max=2))
    volume = made.block("openstack_blockstorage_volume_v3.web_data")
    assert (volume.get("size"), volume.get("for_each")) == (10, Ref("local.web_machines"))
    machine = made.block("openstack_compute_instance_v2.web")
    assert "openstack_blockstorage_volume_v3.web_data" in {r.address for r in walk(machine)}
    assert "local.web_user_data" not in made.module.addresses()
    assert "Scaling down destroys" in made.readme


@pytest.mark.parametrize(
    ("placement", "policies"),
    [
        ({"spread": "soft"}, "soft-anti-affinity"),
        ({"spread": "hard"}, "anti-affinity"),
        ({"together": True}, "affinity"),
    ],
)
def test_server_groups(lower: Callable[..., Lowering], placement: dict[str, object], policies: str) -> None:
    made = lower(PUBLIC + WEB + said("Placement", **placement) + said("Scale", min=2, max=2))
    assert made.block("openstack_compute_servergroup_v2.web").get("policies") == (policies,)
    assert made.addresses("variable") == ["key_pair"]  # 2 to 2 needs no variable


def test_zone_key_pair_and_region(lower: Callable[..., Lowering]) -> None:
    made = lower(PUBLIC + WEB + said("Placement", zone="az1", key_pair="ops", region="R1"))
    machine = made.block("openstack_compute_instance_v2.web")
    assert (machine.get("availability_zone_hints"), machine.get("key_pair")) == ("az1", "ops")
    assert made.block("provider.openstack").get("region") == "R1"
    assert made.addresses("variable") == []


def test_another_operating_system_has_another_image(lower: Callable[..., Lowering]) -> None:
    made = lower(PUBLIC + WEB + said("Compute", os="debian-13"), "images: { debian-13: trixie }\n")
    assert made.block("data.openstack_images_image_v2.debian_13").get("name") == "trixie"
    asked = lower(PUBLIC + WEB + said("Compute", os="debian-13"))
    assert "image_debian_13" in asked.addresses("variable")


def test_networks_that_exist_have_no_router_of_ours(lower: Callable[..., Lowering]) -> None:
    networks = "org.camp2iac:Networks:\n  house: { existing: house-net }\n"
    made = lower(PUBLIC + WEB + said("Placement", networks=["house"]) + networks)
    assert made.addresses("openstack_networking_router_v2") == []
    assert made.addresses("openstack_networking_network_v2") == ["external", "house"]
    assert made.block("openstack_compute_instance_v2.web").get("depends_on") is None


def test_chosen_addresses_come_from_the_name_alone() -> None:
    assert derived("front") == derived("front") != derived("back")
    assert derived("front").startswith("10.")


def test_what_machines_hear_of_the_way_out(lower: Callable[..., Lowering]) -> None:
    networks = "org.camp2iac:Networks:\n  b: { cidr: 10.2.0.0/24 }\n  a: { cidr: 10.1.0.0/24 }\n"
    made = lower(PUBLIC + WEB + said("Placement", networks=["b", "a"]) + networks)
    machine = made.block("openstack_compute_instance_v2.web")
    assert Ref("openstack_networking_subnet_v2.b", ".gateway_ip") in list(walk(machine))
    ports = [item.get("port") for item in machine.body if isinstance(item, Block) and item.type == "network"]
    assert [port.address for port in ports if isinstance(port, Ref)] == [
        "openstack_networking_port_v2.web_b",
        "openstack_networking_port_v2.web_a",
    ]


def test_a_password_is_made_where_somebody_logs_in(lower: Callable[..., Lowering]) -> None:
    cache = "services:\n  - id: web\n  - id: cache\n    characteristics:\n      - characteristic_type: Redis\n"
    alone = lower(PUBLIC + cache)
    assert alone.addresses("random_password") == []
    assert "random" not in str(alone.block("openstack_compute_instance_v2.cache"))
    linked = lower(PUBLIC + "      - requirement_type: Redis:ConnectTo\n        fulfillment: id:cache\n" + cache)
    assert linked.block("random_password.cache").get("length") == 32


def test_sums_for_the_quota(lower: Callable[..., Lowering]) -> None:
    made = lower(PUBLIC + WEB + said("Scale", min=1, initial=2, max=4) + said("Volume", size="5 GiB", mount="/srv"))
    assert "| web | 2 / 4 | 2 / 4 | 4 GiB / 8 GiB | 2 / 4 | 10 / 20 | 2 / 4 |" in made.readme


def test_the_operating_system_is_in_the_image_s_name() -> None:
    assert [os_of(name) for name in ("Ubuntu 24.04 LTS", "debian-13-cloud", "Rocky-9", "golden")] == [
        "ubuntu-24.04",
        "debian-13",
        "rocky-9",
        None,
    ]


def test_the_schema_takes_every_example_of_its_own() -> None:
    schema = OpenStackTarget().environment_schema
    for name, form in schema["properties"].items():
        if "x-example" in form:
            assert accepts(schema, {"target": "openstack", name: form["x-example"]}), name
    assert not accepts(schema, {"target": "openstack", "flavour": "m1.small"})


@pytest.mark.parametrize(
    ("said", "key"), [("project-router", "name"), ("0b2f5a1c-7a43-4c0c-9f4b-6d1f0a3e2b11", "router_id")]
)
def test_a_router_that_exists(said: str, key: str, lower: Callable[..., Lowering]) -> None:
    made = lower(PUBLIC + WEB, f"router: {said}\n")
    assert made.addresses("openstack_networking_router_v2") == ["main"]
    assert made.block("data.openstack_networking_router_v2.main").get(key) == said
    interface = made.block("openstack_networking_router_interface_v2.main")
    assert interface.get("router_id") == ref("data.openstack_networking_router_v2.main", ".id")
