"""X-Forwarded-For and X-Forwarded-Proto: an edge replaces what clients send, and what is behind a proxy keeps it."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import phases

APP = """\
camp_version: CAMP 1.1
name: shop
artifacts:
  - name: app
    artifact_type: org.python:src
    content: {{ href: app/ }}
    requirements:
      - requirement_type: com.python:wsgi
        com.python.wsgi.application: app/app
        fulfillment: id:app
{expose}
services:
  - id: app
    characteristics:
      - {{ characteristic_type: org.python:version }}
{balance}
  - id: front
    characteristics:
      - {{ characteristic_type: {product} }}
      - {{ characteristic_type: org.camp2iac:Attributes, members: IPALL(app), member_port: 8000 }}
{front}
"""
EXPOSE = "      - { requirement_type: org.camp2iac:Expose, port: 8000, public: true }"
BALANCE = "      - { characteristic_type: org.camp2iac:Balance }"
OPENED = "      - { characteristic_type: org.camp2iac:Ports, tcp: 80-8080, from: anywhere }"
BEFORE = """\
  - id: first
    characteristics:
      - { characteristic_type: org.haproxy:HAProxy }
      - { characteristic_type: org.camp2iac:Attributes, members: IPALL(front), member_port: 80 }"""
REPLACES = {
    "org.haproxy:HAProxy": ["X-Forwarded-For %[src]", "set-header X-Forwarded-Proto http"],
    "org.nginx:nginx": ["X-Forwarded-For $remote_addr;", "X-Forwarded-Proto $scheme;"],
}
KEEPS = {
    "org.haproxy:HAProxy": ["option forwardfor", "X-Forwarded-Proto http unless { req.hdr(X-Forwarded-Proto) https }"],
    "org.nginx:nginx": ["X-Forwarded-For $proxy_add_x_forwarded_for;", "X-Forwarded-Proto $scheme_of_user;"],
}


def documents(folder: Path, platform: str, environment: str = "", **given: str) -> dict[str, str]:
    """The documents of the output, by path."""
    (folder / "app").mkdir(exist_ok=True)
    (folder / "app/app.py").write_text("app = print\n")
    words = {"expose": "", "balance": "", "product": "org.nginx:nginx", "front": "", **given}
    (folder / "camp.yaml").write_text(APP.format(**words))
    file = folder / "environment.yaml"
    file.write_text(f"target: {platform}\n{environment}")
    made = phases.compile(phases.load(folder), environment=file, output=folder / "infra")
    assert made.result is not None, [*made.diagnostics]
    return {each.path: each.data.decode() for each in made.result.lowered.documents}


def held(text: str, words: list[str]) -> bool:
    """Whether lines of a configuration end with these words."""
    return all(any(line.endswith(word) for line in text.splitlines()) for word in words)


@pytest.mark.parametrize("product", sorted(REPLACES))
@pytest.mark.parametrize(("front", "edge"), [("", True), (BEFORE, False), (f"{OPENED}\n{BEFORE}", True)])
def test_a_product_of_the_plan(tmp_path: Path, product: str, front: str, edge: bool) -> None:
    made = documents(tmp_path, "openstack", "image: debian-12\n", product=product, front=front)
    text = made["cloud-init/front.yaml.tftpl"].replace("%%[", "%[").replace("$${", "${")
    assert held(text, REPLACES[product]) is edge
    assert held(text, KEEPS[product]) is not edge


def test_the_own_haproxy_of_a_tier_is_an_edge(tmp_path: Path) -> None:
    environment = "image: debian-12\nbalancer: haproxy\n"
    made = documents(tmp_path, "openstack", environment, expose=EXPOSE, balance=BALANCE)
    text = made["cloud-init/app-balancer.yaml.tftpl"]
    assert "option forwardfor" not in text
    assert "set-header X-Forwarded-For" in text
    assert "timeout http-request 10s" in text
    assert "maxconn 4000" in text


@pytest.mark.parametrize("balancer", ["haproxy", "octavia"])
@pytest.mark.parametrize(("protocol", "trusted"), [("http", True), ("tcp", False)])
def test_a_load_balancer_that_passes_bytes_sets_no_header(
    tmp_path: Path, balancer: str, protocol: str, trusted: bool
) -> None:
    expose = EXPOSE.replace(" }", f", protocol: {protocol} }}")
    environment = f"image: debian-12\nbalancer: {balancer}\n"
    made = documents(tmp_path, "openstack", environment, expose=expose, balance=BALANCE)
    assert ("FORWARDED_ALLOW_IPS=*" in made["cloud-init/app.yaml.tftpl"]) is trusted


@pytest.mark.parametrize(("expose", "edge"), [(EXPOSE, True), (EXPOSE.replace("true", "false"), False)])
def test_haproxy_on_docker(tmp_path: Path, expose: str, edge: bool) -> None:
    text = documents(tmp_path, "docker", expose=expose, balance=BALANCE)["haproxy/app.cfg"]
    assert held(text, REPLACES["org.haproxy:HAProxy"]) is edge
    assert held(text, KEEPS["org.haproxy:HAProxy"]) is not edge
    assert "timeout http-request 10s" in text
    assert "maxconn 4000" in text


PAGES = """\
  - name: pages
    artifact_type: org.html:Site
    content: { href: app/ }
    requirements:
      - { requirement_type: org.nginx:HostOn, fulfillment: "id:front" }
      - { requirement_type: org.camp2iac:Expose, port: 8080, public: true, protocol: http }"""


@pytest.mark.parametrize(
    ("platform", "pages", "front", "edge"),
    [
        ("docker", PAGES, "", True),
        ("docker", PAGES, BALANCE, False),
        ("docker", PAGES.replace("protocol: http", "protocol: tcp"), BALANCE, True),
        ("kubernetes", PAGES, "", False),
        ("kubernetes", PAGES.replace("protocol: http", "protocol: tcp"), "", True),
    ],
)
def test_nginx_in_an_image(tmp_path: Path, platform: str, pages: str, front: str, edge: bool) -> None:
    environment = "registry: registry.example.org/shop\n" if platform == "kubernetes" else ""
    text = documents(tmp_path, platform, environment, expose=pages, front=front)["build/pages/nginx.conf"]
    assert held(text, REPLACES["org.nginx:nginx"]) is edge
    assert held(text, KEEPS["org.nginx:nginx"]) is not edge
