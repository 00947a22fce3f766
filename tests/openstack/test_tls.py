"""HTTPS or an error: ``tls: true`` never becomes plain HTTP, and plain HTTP on port 443 causes a warning."""

from __future__ import annotations

from collections.abc import Callable

import pytest

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
    made = lower(plan + WEB + PYTHON + BALANCE, CERTIFICATE)
    assert "floatingip" in str(made.block("output.web_url").get("value")), "the address for the records"
