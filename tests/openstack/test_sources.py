"""Networks that may connect, in the form that Neutron returns and without duplicates; the order of name servers."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from support.terraform import Terraform

from camp2iac.synth.hcl_values import code
from camp2iac.synth.module import Ref, Value, call
from camp2iac.targets.openstack.resources import source_networks
from tests.openstack.conftest import ENVIRONMENT, Lowering
from tests.openstack.test_addresses import PUBLIC

RULE = "openstack_networking_secgroup_rule_v2"
SUBNET = "openstack_networking_subnet_v2"
OFFICE, BRANCH = Ref("local.office_cidr"), Ref("local.branch_cidr")
PARAMETERS = """\
org.camp2iac:Parameters:
  office: { description: Office, default: 203.0.113.0/28 }
  branch: { description: Branch, default: 198.51.100.7 }
"""


def opened(*said: str) -> str:
    """A web tier with these Ports, each as YAML."""
    lines = "".join(f"      - {{ characteristic_type: org.camp2iac:Ports, {each} }}\n" for each in said)
    return PUBLIC + "services:\n  - id: web\n    characteristics:\n" + lines + PARAMETERS


def rules(made: Lowering) -> dict[str, Value]:
    """Maps the rules of Ports to their networks."""
    found = [name for name in made.addresses(RULE) if "_tcp_" in name or "_udp_" in name]
    return {name: made.block(f"{RULE}.{name}").get("remote_ip_prefix") for name in found}


def test_an_address_is_written_as_neutron_gives_it_back(lower: Callable[..., Lowering]) -> None:
    made = lower(opened("udp: 53, from: 10.0.0.5", "udp: 54, from: 10.0.0.7/24", 'udp: 55, from: "2001:DB8::/32"'))
    assert rules(made) == {
        "web_udp_53_from_10_0_0_5_32": "10.0.0.5/32",
        "web_udp_54_from_10_0_0_0_24": "10.0.0.0/24",
        "web_udp_55_from_2001_db8_32": "2001:db8::/32",
    }
    assert made.block(f"{RULE}.web_udp_55_from_2001_db8_32").get("ethertype") == "IPv6"
    assert "CAMP334" in made.codes


def test_one_network_in_two_forms_is_one_rule(lower: Callable[..., Lowering]) -> None:
    made = lower(opened("udp: 53, from: [10.0.0.5, 10.0.0.5/32]", "udp: 53, from: 10.0.0.5", "tcp: 1, from: 0.0.0.0/0"))
    assert rules(made) == {"web_udp_53_from_10_0_0_5_32": "10.0.0.5/32", "web_tcp_1": "0.0.0.0/0"}


def test_the_whole_world_is_seen_in_any_form(lower: Callable[..., Lowering]) -> None:
    assert "CAMP452" in lower(opened('tcp: 22, from: "0::0/0"')).codes


def test_a_parameter_is_made_what_neutron_gives_back(lower: Callable[..., Lowering]) -> None:
    made = lower(opened("tcp: 7000, from: { parameter: office }"))
    assert rules(made) == {"web_tcp_7000_from_office": OFFICE}
    assert made.block(f"{RULE}.web_tcp_7000_from_office").get("count") is None
    assert "cidrsubnet" in str(made.local("office_cidr"))


def test_a_parameter_makes_no_rule_that_is_there(lower: Callable[..., Lowering]) -> None:
    said = ("tcp: 7000, from: { parameter: office }", "tcp: 7000, from: [203.0.113.0/28, { parameter: branch }]")
    made = lower(opened(*said, "tcp: 7001, from: { parameter: office }"))
    counts = {name: made.block(f"{RULE}.{name}").get("count") for name in rules(made)}
    assert [name for name, count in counts.items() if count is not None] == [
        "web_tcp_7000_from_branch",
        "web_tcp_7000_from_office",
    ]
    assert code(counts["web_tcp_7000_from_branch"]) == 'contains(["203.0.113.0/28"], local.branch_cidr) ? 0 : 1'
    assert code(counts["web_tcp_7000_from_office"]).startswith('contains(["203.0.113.0/28", local.branch_cidr], ')


def test_nor_one_that_an_exposure_has_made(lower: Callable[..., Lowering]) -> None:
    made = lower(opened("tcp: 8080, from: { parameter: office }"))
    assert code(made.block(f"{RULE}.web_tcp_8080_from_office").get("count")).startswith('contains(["0.0.0.0/0"], ')


@pytest.mark.terraform
@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("203.0.113.5", "203.0.113.5/32"),
        ("203.0.113.5/28", "203.0.113.0/28"),
        ("203.0.113.0/28", "203.0.113.0/28"),
        ("0.0.0.0/0", "0.0.0.0/0"),
        ("2001:db8::1", None),
        ("office", None),
        ("", None),
        ("203.0.113.5/33", None),
    ],
)
def test_terraform_does_it(given: str, found: str | None, terraform: Terraform, tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(f'variable "office" {{\n  default = "{given}"\n}}\n')
    terraform.init(tmp_path)
    assert terraform.evaluate(tmp_path, code(source_networks.valid("office"))) is (found is not None)
    if found:
        assert terraform.evaluate(tmp_path, code(call("cidrsubnet", source_networks.written("office"), 0, 0))) == found


def test_who_may_use_ssh(lower: Callable[..., Lowering], monkeypatch: pytest.MonkeyPatch) -> None:
    for said, found in (
        ("192.0.2.7", "192.0.2.7/32"),
        ("[192.0.2.7, 192.0.2.7/32]", "192.0.2.7/32"),
        ("[192.0.2.8/32, 192.0.2.7]", None),
    ):
        environment = ENVIRONMENT.replace("192.0.2.0/24", said)
        monkeypatch.setitem(vars(sys.modules[lower.__module__]), "ENVIRONMENT", environment)
        rule = lower(PUBLIC + "services:\n  - id: web\n").block(f"{RULE}.machine_ssh")
        if found:
            assert rule.get("remote_ip_prefix") == found
        else:
            assert rule.get("for_each") == call("toset", ("192.0.2.7/32", "192.0.2.8/32"))


def test_name_servers_are_asked_in_their_order(lower: Callable[..., Lowering]) -> None:
    networks = "org.camp2iac:Networks:\n  front: { dns: [9.9.9.9, 1.1.1.1, 9.9.9.9] }\n  back: {}\n"
    placed = "services:\n  - id: web\n    characteristics:\n"
    placed += "      - { characteristic_type: org.camp2iac:Placement, networks: [front, back] }\n"
    made = lower(PUBLIC + placed + networks, "dns_servers: [192.0.2.54, 192.0.2.53, 192.0.2.54]\n")
    assert made.block(f"{SUBNET}.front").get("dns_nameservers") == ("9.9.9.9", "1.1.1.1")
    assert made.block(f"{SUBNET}.back").get("dns_nameservers") == ("192.0.2.54", "192.0.2.53")
    assert made.codes.count("CAMP335") == 2
