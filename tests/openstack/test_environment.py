"""Keys of the environment on the command line, and the operator's values for regions, tiers and networks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from support import phases

from camp2iac.diagnostics import Diagnostic
from camp2iac.synth import hcl
from camp2iac.synth.module import Block, Ref
from tests.openstack.conftest import APP, Lowering

PUBLIC = "      - requirement_type: org.camp2iac:Expose\n        public: true\n"
PARAMETERS = "org.camp2iac:Parameters:\n  image: { default: logo.png }\n"
BARE = "services:\n  - id: web\n"
WEB = "services:\n  - id: web\n    characteristics:\n"


def compiled(folder: Path, overrides: Mapping[str, str], plan: str = "") -> tuple[dict[str, str], list[Diagnostic]]:
    (folder / "web").mkdir(exist_ok=True)
    (folder / "web" / "main.py").write_text("app = None\n")
    (folder / "camp.yaml").write_text(APP + PUBLIC + BARE + plan)
    loaded = phases.load(folder / "camp.yaml")
    found = phases.compile(loaded, target="openstack", overrides=overrides)
    lowered = found.result.lowered if found.result else None
    return (hcl.write(lowered.module) if lowered else {}), list(found.diagnostics)


def test_keys_of_the_environment_by_set(tmp_path: Path) -> None:
    given = {"image": "debian-12", "region": "R1", "sizes": "{ s: { flavor: m1, cores: 1, memory: 1 GiB } }"}
    files, found = compiled(tmp_path, {**given, "external_network": "public", "ssh_from": "192.0.2.0/24"})
    assert [diagnostic.code for diagnostic in found] == []
    assert "# --set image\n" in files["network.tf"]
    assert 'flavor_name = "m1"' in files["web.tf"]
    assert 'region = "R1"' in files["providers.tf"]
    assert 'variable "image"' not in files["variables.tf"]


def test_a_parameter_of_that_name_is_meant_first(tmp_path: Path) -> None:
    files, _ = compiled(tmp_path, {"image": "icon.png"}, PARAMETERS)
    assert 'default     = "icon.png"' in files["variables.tf"]
    assert "name        = var.image" in files["network.tf"]


@pytest.mark.parametrize(
    ("override", "code"),
    [
        ({"ssh_from": "somewhere"}, "CAMP311"),
        ({"sizes.s": "{ cores: 1 }"}, "CAMP314"),
        ({"scale.web": "4"}, "CAMP602"),
        ({"imagge": "x"}, "CAMP601"),
        ({"image": "[x"}, "CAMP101"),
        ({"target": "heroku"}, "CAMP601"),
    ],
)
def test_what_is_wrong_with_it_is_said(tmp_path: Path, override: Mapping[str, str], code: str) -> None:
    assert code in [diagnostic.code for diagnostic in compiled(tmp_path, override)[1]]


def test_images_and_flavors_by_id(lower: Callable[..., Lowering]) -> None:
    id_ = "3f1c9d0e-54a1-4a41-9d0c-0e5a1c2b3d4e"
    odd = "{ odd: { flavor: { id: '42' }, cores: 1, memory: 1 GiB } }"
    tiers = f"tiers: {{ web: {{ size: odd, image: {id_} }} }}\n"
    made = lower(PUBLIC + BARE, f"region: R1\nregions: {{ R1: {{ sizes: {odd} }} }}\n{tiers}")
    machine = made.block("openstack_compute_instance_v2.web")
    assert (machine.get("image_id"), machine.get("flavor_id"), machine.get("flavor_name")) == (id_, "42", None)
    assert made.addresses("openstack_images_image_v2") == []


def test_the_default_network_may_exist_already(lower: Callable[..., Lowering]) -> None:
    made = lower(PUBLIC + BARE, "existing: { main: project-net }\n")
    assert made.block("data.openstack_networking_network_v2.main").get("name") == "project-net"
    assert made.addresses("openstack_networking_subnet_v2") == ["main"]
    assert made.addresses("openstack_networking_router_interface_v2") == []
    assert made.block("openstack_compute_instance_v2.web").get("depends_on") is None


@pytest.mark.parametrize(
    ("subnet", "argument"), [("net-v4", "name"), ("0B1C9d0e-54a1-4a41-9d0c-0e5a1c2b3d4e", "subnet_id")]
)
def test_an_existing_network_may_have_several_subnets(
    lower: Callable[..., Lowering], subnet: str, argument: str
) -> None:
    made = lower(PUBLIC + BARE, f"existing: {{ main: {{ network: project-net, subnet: {subnet} }} }}\n")
    block = made.block("data.openstack_networking_subnet_v2.main")
    assert made.block("data.openstack_networking_network_v2.main").get("name") == "project-net"
    assert {name: block.get(name) for name in ("name", "subnet_id", "ip_version")} == {
        "name": None,
        "subnet_id": None,
        "ip_version": 4,
        argument: subnet,
    }
    port = made.block("openstack_networking_port_v2.web_main")
    assert next(item for item in port.body if isinstance(item, Block)).get("subnet_id") == Ref(
        "data.openstack_networking_subnet_v2.main", ".id"
    )


def test_an_existing_network_keeps_its_name_servers(lower: Callable[..., Lowering]) -> None:
    plan = PUBLIC + WEB + "      - characteristic_type: org.camp2iac:Placement\n        networks: [front]\n"
    plan += "org.camp2iac:Networks:\n  front: { existing: project-net, dns: [192.0.2.53] }\n"
    assert lower(plan).outcome("Network front existing project-net dns 192.0.2.53") == "degraded: existing network"


def test_a_network_of_the_plan_may_exist_in_one_environment(lower: Callable[..., Lowering]) -> None:
    plan = PUBLIC + WEB + "      - characteristic_type: org.camp2iac:Placement\n        networks: [front]\n"
    plan += "org.camp2iac:Networks:\n  front: {}\n"
    there = "0b1c9d0e-54a1-4a41-9d0c-0e5a1c2b3d4e"
    made = lower(plan, f"existing: {{ front: {there} }}\n")
    assert made.block("data.openstack_networking_network_v2.front").get("network_id") == there
    assert made.outcome("Network front") == "kept: existing network"
    assert lower(plan).outcome("Network front") == "kept: network and subnet"


def test_a_key_pair_is_made_of_a_public_key(lower: Callable[..., Lowering]) -> None:
    key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl me"
    made = lower(PUBLIC + BARE, f"public_key: {key}\n")
    assert made.block("openstack_compute_keypair_v2.machine").get("public_key") == key
    machine = made.block("openstack_compute_instance_v2.web")
    assert machine.get("key_pair") == Ref("openstack_compute_keypair_v2.machine", ".name")
    assert "key_pair" not in made.addresses("variable")


def test_groups_that_are_there_are_added_to_ours(lower: Callable[..., Lowering]) -> None:
    plan = PUBLIC + WEB + "      - characteristic_type: org.camp2iac:Placement\n        security_groups: [mail]\n"
    made = lower(plan, "security_groups: [monitoring]\ntiers: { web: { security_groups: [backup] } }\n")
    groups = made.block("openstack_networking_port_v2.web_main").get("security_group_ids")
    assert isinstance(groups, tuple)
    assert [group.address.rpartition(".")[2] for group in groups if isinstance(group, Ref)] == [
        "machine",
        "web",
        "backup",
        "mail",
        "monitoring",
    ]
    assert made.outcome("Placement: security groups mail") == "kept: on its ports"


def test_machines_boot_from_volumes(lower: Callable[..., Lowering]) -> None:
    plan = PUBLIC + WEB + "      - characteristic_type: org.camp2iac:Compute\n        disk: 500 GiB\n"
    made = lower(plan, "boot_volume: { size: 20 GiB, type: ssd }\n")
    text = str(made.block("openstack_compute_instance_v2.web"))
    assert "'volume_size', value=500" in text
    assert "'volume_type', value='ssd'" in text
    assert made.block("openstack_compute_instance_v2.web").get("image_id") is None
    assert made.outcome("Compute: 500 GiB of disk") == "kept: m1.small, boots from a volume"


def test_the_plan_s_tags_and_the_operator_s_words_are_on_machines(lower: Callable[..., Lowering]) -> None:
    made = lower(PUBLIC + BARE, "metadata: { nid: '87' }\n", head=APP.replace("name: shop", "name: shop\ntags: [b, a]"))
    assert made.local("metadata") == {"application": "shop", "environment": "prod", "tags": "a, b", "nid": "87"}
    assert "('application', 'environment')" in str(made.local("tags"))


def test_metadata_under_our_keys_is_refused(lower: Callable[..., Lowering]) -> None:
    assert "CAMP623" in lower(PUBLIC + BARE, "metadata: { tier: gold }\n").codes


def test_hosts_that_are_not_public_have_no_records(lower: Callable[..., Lowering]) -> None:
    inside = PUBLIC.replace("public: true", "hosts: [www.example.org]")
    made = lower(inside + BARE, "dns: example.org\n")
    assert made.outcome("Expose: hosts www.example.org") == "degraded: no DNS records"
    assert made.addresses("openstack_dns_recordset_v2") == []


def test_a_network_has_room_for_all_machines(lower: Callable[..., Lowering]) -> None:
    scale = WEB + "      - characteristic_type: org.camp2iac:Scale\n        max: 13\n"
    assert "CAMP453" not in lower(PUBLIC + scale.replace("13", "12"), "cidrs: { main: 10.0.0.0/28 }\n").codes
    assert "CAMP453" in lower(PUBLIC + scale, "cidrs: { main: 10.0.0.0/28 }\n").codes


def test_the_order_of_volumes_means_nothing(tmp_path: Path) -> None:
    services = "  - id: stock\n    characteristics:\n      - characteristic_type: PostgreSQL\n"
    volumes = [
        f"      - characteristic_type: org.camp2iac:Volume\n        {said}\n"
        for said in ("size: 1 GiB", "{ name: a, size: 2 GiB }".strip("{ }").replace(", ", "\n        "))
    ]
    mounted = volumes[1] + "        mount: /srv/archive\n"
    one, _ = compiled(tmp_path, {}, services + volumes[0] + mounted)
    other, _ = compiled(tmp_path, {}, services + mounted + volumes[0])
    assert one["stock.tf"] == other["stock.tf"]
    assert "openstack_blockstorage_volume_v3.stock_a.id" in one["stock.tf"]
