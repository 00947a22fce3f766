"""HTTPS or an error: ``tls: true`` never becomes plain HTTP, and plain HTTP on port 443 causes a warning."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from camp2iac.synth import hcl
from tests.openstack.conftest import Lowering
from tests.openstack.test_target import WEB, said

CERTIFICATE = "certificates: { web: https://keys/v1/containers/7 }\n"
HAPROXY = "balancer: haproxy\n"
BALANCE = said("Balance")
PYTHON = "      - characteristic_type: org.python:version\n"
API = """\
  - name: api
    artifact_type: org.python:src
    content: { href: web/ }
    requirements:
      - { requirement_type: com.python:wsgi, com.python.wsgi.application: main/app, fulfillment: id:api }
"""
ABROAD = "tiers: { web: { region: Two } }\nregions: { Two: { external_network: public } }\n"


def exposed(*keys: str) -> str:
    return "      - requirement_type: org.camp2iac:Expose\n" + "".join(f"        {key}\n" for key in keys)


@pytest.mark.parametrize(
    ("keys", "characteristics", "environment"),
    [
        (("port: 8080", "public: true"), BALANCE, ""),
        (("port: 8080", "as: 443", "public: true", "hosts: [www.example.org, example.org]"), BALANCE, ""),
        (("port: 8080", "public: false"), BALANCE, ""),
        (("port: 8080", "public: true"), BALANCE, ABROAD),
        (("port: 8080", "public: true"), BALANCE, HAPROXY),
        (("port: 8080", "public: true"), BALANCE, HAPROXY + CERTIFICATE),
        (("port: 8443", "public: true"), "", ""),
        (("port: 8443", "public: true"), "", CERTIFICATE),
        (("port: 8443", "public: true"), said("Scale", min=1, max=3), CERTIFICATE),
        (("port: 8443", "public: true", "protocol: tcp"), BALANCE, CERTIFICATE),
        (("port: 8443", "public: true", "protocol: tcp"), "", ""),
        (("port: 8443", "public: true", "protocol: udp"), BALANCE, CERTIFICATE),
    ],
)
def test_what_cannot_be_served(
    keys: tuple[str, ...], characteristics: str, environment: str, lower: Callable[..., Lowering]
) -> None:
    made = lower(exposed(*keys, "tls: true") + WEB + PYTHON + characteristics, environment)
    assert "CAMP467" in made.codes


def test_one_of_several_without_a_certificate(lower: Callable[..., Lowering]) -> None:
    secured = exposed("port: 8080", "public: true", "tls: true")
    service = "  - id: api\n    characteristics:\n"
    plan = secured + API + secured + WEB + PYTHON + BALANCE + service + PYTHON + BALANCE
    made = lower(plan, CERTIFICATE)
    assert made.codes == ["CAMP467"]
    assert "api: https://" in made.diagnostics[0].help


@pytest.mark.parametrize("environment", [CERTIFICATE, CERTIFICATE + ABROAD])
def test_what_can_be_served(environment: str, lower: Callable[..., Lowering]) -> None:
    made = lower(exposed("port: 8080", "public: true", "tls: true") + WEB + PYTHON + BALANCE, environment)
    assert "CAMP467" not in made.codes
    assert made.block("openstack_lb_listener_v2.web_443").get("protocol") == "TERMINATED_HTTPS"
    assert made.outcome("Expose: TLS") == "kept: TLS at the load balancer"


@pytest.mark.parametrize("characteristics", ["", BALANCE])
def test_a_process_that_speaks_tls_itself(characteristics: str, lower: Callable[..., Lowering]) -> None:
    made = lower(exposed("port: 443", "public: true", "protocol: tcp") + WEB + PYTHON + characteristics)
    assert made.codes == []
    assert "http://" not in str(made.block("output.web_url"))


@pytest.mark.parametrize(
    ("keys", "characteristics", "codes"),
    [
        (("port: 8080", "as: 443"), BALANCE, ["CAMP468"]),
        (("port: 443",), "", ["CAMP468"]),
        (("port: 8080", "as: 443", "tls: false"), BALANCE, []),
        (("port: 443", "as: 80"), BALANCE, []),
        (("port: 8080", "as: 443"), "", []),  # nothing maps ports there: reported as degraded
    ],
)
def test_the_port_of_https(
    keys: tuple[str, ...], characteristics: str, codes: list[str], lower: Callable[..., Lowering]
) -> None:
    assert lower(exposed("public: true", *keys) + WEB + PYTHON + characteristics).codes == codes


def test_a_certificate_that_nobody_is_shown(lower: Callable[..., Lowering]) -> None:
    assert lower(exposed("port: 8080", "public: true") + WEB + PYTHON + BALANCE, CERTIFICATE).codes == ["CAMP469"]


def test_the_url_has_the_name_that_is_in_the_certificate(lower: Callable[..., Lowering]) -> None:
    plan = exposed("port: 8080", "public: true", "tls: true", 'hosts: ["*.example.org", www.example.org]')
    made = lower(plan + WEB + PYTHON + BALANCE, CERTIFICATE + "dns: example.org\n")
    assert made.block("output.web_url").get("value") == "https://www.example.org"


def test_the_url_has_the_name_in_the_certificate(lower: Callable[..., Lowering]) -> None:
    keys = ("port: 8080", "as: 443", "public: true", "tls: true", "hosts: [www.example.org, example.org]")
    made = lower(exposed(*keys) + WEB + PYTHON + BALANCE, CERTIFICATE)
    text = hcl.write(made.module)["outputs.tf"]
    assert 'value       = "https://example.org"' in text
    assert '"example.org"     = [openstack_networking_floatingip_v2.web.address]' in text
    assert "web_dns" not in hcl.write(lower(exposed("port: 8080", "public: true") + WEB, "").module)["outputs.tf"]


ACME = "certificates: { acme: { email: ops@example.org } }\n"
FILES = "certificates: { files: [web] }\n"
NAMED = ("port: 8080", "public: true", "tls: true", "hosts: [www.example.org, example.org]")


def ports(made: Lowering, tier: str) -> list[object]:
    """The ports that are open to any address."""
    rules = [b for b in made.module.blocks() if b.labels[:1] == ("openstack_networking_secgroup_rule_v2",)]
    own = [b for b in rules if str(b.labels[1]).startswith(f"{tier}_from_anywhere")]
    return sorted(int(str(b.get("port_range_min"))) for b in own)


@pytest.mark.parametrize(
    ("environment", "characteristics", "tier", "source"),
    [
        (ACME, "", "web", "a certificate by ACME"),
        (FILES, "", "web", "a certificate of yours"),
        (HAPROXY + ACME, BALANCE, "web_balancer", "a certificate by ACME"),
        (HAPROXY + FILES, BALANCE, "web_balancer", "a certificate of yours"),
        (FILES + ABROAD, "", "web", "a certificate of yours"),
        (FILES, said("Scale", min=1, max=1), "web", "a certificate of yours"),
    ],
)
def test_haproxy_serves_https(
    environment: str, characteristics: str, tier: str, source: str, lower: Callable[..., Lowering]
) -> None:
    made = lower(exposed(*NAMED) + WEB + PYTHON + characteristics, environment)
    assert made.codes == []
    assert made.outcome("Expose: TLS") == f"kept: TLS at HAProxy, with {source}"
    assert made.block("output.web_url").get("value") == "https://example.org"
    assert ports(made, tier) == [80, 443], "the process has port 8080 for HAProxy alone"
    names = [name for name in made.addresses("variable") if name.startswith("https_")]
    assert names == (["https_certificate_web", "https_key_web"] if source.endswith("yours") else [])
    assert all(made.block(f"var.{name}").get("sensitive") is True for name in names)


@pytest.mark.parametrize(
    ("keys", "environment", "open_"),
    [
        (NAMED, FILES + "https: { redirect: false }\n", [443]),
        (NAMED, ACME + "https: { redirect: false }\n", [80, 443]),
        ((*NAMED, "as: 8443"), FILES, [8443]),
        ((*NAMED, "as: 8443"), ACME, [80, 8443]),
    ],
)
def test_who_needs_port_80(
    keys: tuple[str, ...], environment: str, open_: list[int], lower: Callable[..., Lowering]
) -> None:
    made = lower(exposed(*keys) + WEB + PYTHON, environment)
    assert made.codes == []
    assert ports(made, "web") == open_


def test_internal_users_have_https_too(lower: Callable[..., Lowering]) -> None:
    keys = ("port: 8080", "tls: true", "hosts: [shop.example.org]")
    made = lower(exposed(*keys) + WEB + PYTHON, FILES)
    assert "CAMP467" not in made.codes
    assert made.block("output.web_url").get("value") == "https://shop.example.org"
    assert made.block("openstack_networking_secgroup_rule_v2.web_from_main_443").get("port_range_min") == 443
    assert made.block("openstack_networking_secgroup_rule_v2.web_from_main").get("port_range_min") == 80


@pytest.mark.parametrize(
    ("keys", "characteristics", "environment", "code"),
    [
        (NAMED, said("Scale", min=1, max=2), FILES, "CAMP467"),
        (NAMED, BALANCE, ACME, "CAMP467"),
        (NAMED, BALANCE, HAPROXY + CERTIFICATE, "CAMP467"),
        (("port: 8080", "public: true", "tls: true"), "", ACME, "CAMP463"),
        (("port: 8080", "public: true", "tls: true"), BALANCE, HAPROXY + ACME, "CAMP463"),
        (("port: 8080", "tls: true", "hosts: [a.example.org]"), "", ACME, "CAMP463"),
        ((*NAMED[:3], "hosts: ['*.example.org']"), "", ACME, "CAMP463"),
        (("port: 80", *NAMED[1:]), "", FILES, "CAMP464"),
        (("port: 443", *NAMED[1:]), "", FILES, "CAMP464"),
        (("port: 8402", *NAMED[1:]), "", ACME, "CAMP464"),
        (NAMED, "", "certificates: { web: https://keys/v1/containers/7, files: [web] }\n", "CAMP367"),
        (("port: 8080", "public: true"), "", ACME, "CAMP368"),
        (("port: 8080", "public: true"), "", "https: { hsts: true }\n", "CAMP368"),
        (NAMED, "", ACME + "images: { rocky-9: rocky }\nos: rocky-9\n", "CAMP369"),
        (("port: 8080", "public: true"), "", FILES, "CAMP469"),
    ],
)
def test_what_haproxy_cannot_serve(
    keys: tuple[str, ...], characteristics: str, environment: str, code: str, lower: Callable[..., Lowering]
) -> None:
    assert code in lower(exposed(*keys) + WEB + PYTHON + characteristics, environment).codes
