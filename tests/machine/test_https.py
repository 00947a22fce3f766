"""HTTPS on instances: what the document of an instance with HAProxy has."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from support import phases

from camp2iac.synth import hcl

PLAN = """\
camp_version: CAMP 1.1
name: shop
artifacts:
  - name: web
    artifact_type: org.python:src
    content: { href: web/ }
    requirements:
      - { requirement_type: com.python:wsgi, com.python.wsgi.application: main/app, fulfillment: id:web }
      - { requirement_type: org.camp2iac:Expose, port: 8080, public: true, tls: true, hosts: [a.example.org] }
"""
SECOND = "      - { requirement_type: org.camp2iac:Expose, port: 8080, as: 80, public: true }\n"
SERVICE = "services:\n  - id: web\n    characteristics:\n      - characteristic_type: org.python:version\n"
BALANCE = "      - characteristic_type: org.camp2iac:Balance\n"
VOLUME = "      - { characteristic_type: org.camp2iac:Volume, name: data, size: 1 GiB, mount: /srv/it }\n"
ACME = "certificates: { acme: { email: 'o${b}%{if}@example.org', directory: 'https://ca.example.org/dir' } }\n"
FILES = "certificates: { files: [web] }\n"
HAPROXY = "balancer: haproxy\n"


def compiled(folder: Path, plan: str, environment: str) -> dict[str, str]:
    """The text of each file."""
    (folder / "web").mkdir()
    (folder / "web/main.py").write_text("app = None\n")
    (folder / "camp.yaml").write_text(plan)
    sizes = "sizes: { s: { flavor: s, cores: 1, memory: 2 GiB } }\n"
    (folder / "prod.yaml").write_text(f"target: openstack\nos: debian-12\nimage: debian-12\n{sizes}{environment}")
    made = phases.compile(phases.load(folder), environment=folder / "prod.yaml")
    assert made.result is not None
    assert made.ok, [each.message for each in made.diagnostics]
    texts = hcl.write(made.result.lowered.module)
    return texts | {each.path: each.data.decode() for each in made.result.lowered.documents}


def test_who_exposes_port_80_keeps_it(tmp_path: Path) -> None:
    """The ACME server asks there, and nothing is redirected."""
    document = compiled(tmp_path, PLAN + SECOND + SERVICE + BALANCE, HAPROXY + ACME)[
        "cloud-init/web-balancer.yaml.tftpl"
    ]
    front = document.partition("frontend users-80\n")[2].partition("\n\n")[0]
    assert "use_backend certificates if { path_beg /.well-known/acme-challenge/ }" in front
    assert "redirect" not in document
    assert "frontend plain" not in document
    assert "X-Forwarded-Proto http\n" in front
    assert "X-Forwarded-Proto https\n" in document


@pytest.mark.parametrize("environment", [ACME, FILES])
def test_where_certificates_are_kept(tmp_path: Path, environment: str) -> None:
    document = compiled(tmp_path, PLAN + SERVICE + VOLUME, environment)["cloud-init/web.yaml.tftpl"]
    text = document.partition("- path: /etc/camp/certificates.json\n    content: |\n")[2].partition("\n\n")[0]
    told = json.loads(text.replace("$${", "${").replace("%%{", "%{"))
    assert told["store"] == "/srv/it/.camp-certificates"
    assert told["volume"] == "camp-volume-data.service"
    assert told["sites"] == {"web": {"files": environment == FILES, "hosts": ["a.example.org"]}}
    assert told["acme"] == (
        {"email": "o${b}%{if}@example.org", "directory": "https://ca.example.org/dir"} if environment == ACME else None
    )
    assert ("Requires=camp-volume-data.service\nAfter=camp" in document.replace("      ", "")) == bool(environment)
    assert ("lego" in document) == (environment == ACME)


def test_the_key_is_a_variable(tmp_path: Path) -> None:
    files = compiled(tmp_path, PLAN + SERVICE, FILES)
    document = files["cloud-init/web.yaml.tftpl"]
    key = document.partition("- path: /etc/camp/certificates/web.key\n")[2].splitlines()[:2]
    assert [line.strip() for line in key] == ['permissions: "0600"', "content: ${jsonencode(web_https_key)}"]
    assert re.search(r"^ +web_https_key += var.https_key_web$", files["web.tf"], re.MULTILINE)


def test_others_have_nothing_of_it(tmp_path: Path) -> None:
    files = compiled(tmp_path, PLAN + SERVICE + BALANCE, HAPROXY + FILES)
    assert "certificate" not in files["cloud-init/web.yaml.tftpl"]
    assert "certificate" not in files["cloud-init/camp-status.sh"]
    assert "certificate)" in files["cloud-init/camp-status-certificates.sh"]


@pytest.mark.parametrize("environment", [ACME, FILES])
def test_two_ports_of_a_component_share_a_certificate(tmp_path: Path, environment: str) -> None:
    other = PLAN.splitlines(keepends=True)[-1].replace("port: 8080", "port: 8080, as: 8443").replace("a.ex", "b.ex")
    document = compiled(tmp_path, PLAN + other + SERVICE, environment)["cloud-init/web.yaml.tftpl"]
    assert document.count("ssl crt /etc/camp/certificates/web strict-sni") == 2
    assert '"hosts": [\n              "a.example.org",\n              "b.example.org"\n' in document
    assert document.count("path: /etc/camp/certificates/web.key") == (environment == FILES)
    assert document.count("certificate web\n") == 1
