"""Web servers in front of applications: X-Forwarded-Proto, folders that they serve, the size of uploads."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import phases

PLAN = """\
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
      - {{ requirement_type: org.camp2iac:Expose, port: 8000, public: {public} }}
  - name: pages
    artifact_type: org.html:Site
    content: {{ href: pages/ }}
    requirements:
      - {{ requirement_type: org.nginx:HostOn, fulfillment: "id:front" }}
      - {{ requirement_type: org.camp2iac:Expose, port: 8080, public: true }}
services:
  - id: app
    characteristics:
      - {{ characteristic_type: org.python:version }}
      - {{ characteristic_type: org.camp2iac:Placement, tier: {tier} }}
      - {{ characteristic_type: org.camp2iac:Volume, name: media, size: 1 GiB, mount: /srv/media }}
{balance}
  - id: front
    characteristics:
      - {{ characteristic_type: org.nginx:nginx }}
      - {{ characteristic_type: org.camp2iac:Placement, tier: web }}
      - {{ characteristic_type: org.camp2iac:Attributes, {attributes} }}
"""
TRUSTS = "Environment=FORWARDED_ALLOW_IPS=*"
BALANCE = "      - { characteristic_type: org.camp2iac:Balance }"


def document(
    folder: Path, *, tier: str = "web", public: bool = False, balance: str = "", attributes: str = "body: 2"
) -> str:
    """The user data of the instances with the application, or the errors."""
    (folder / "pages").mkdir(parents=True)
    (folder / "pages/index.html").touch()
    (folder / "app").mkdir()
    (folder / "app/app.py").write_text("app = print\n")
    more = {"tier": tier, "public": str(public).lower(), "balance": balance, "attributes": attributes}
    (folder / "camp.yaml").write_text(PLAN.format(**more))
    environment = folder / "environment.yaml"
    environment.write_text("target: openstack\nimage: debian-12\n")
    made = phases.compile(phases.load(folder), environment=environment, output=folder / "infra")
    if not made.ok:
        errors = (found for found in made.diagnostics if found.code == "CAMP422")
        return "\n".join(f"{found.code} {found.message}\n{found.label}\n{found.help}" for found in errors)
    assert made.result is not None
    return {d.path: d.data.decode() for d in made.result.lowered.documents}[f"cloud-init/{tier}.yaml.tftpl"]


@pytest.mark.parametrize(
    ("given", "trusted"),
    [
        ({"attributes": "members: IPALL(web), member_port: 8000, path: /app/"}, True),
        ({"attributes": "members: IPALL(app), member_port: 8000, path: /app/", "tier": "app"}, True),
        ({"attributes": "members: IPALL(web), member_port: 8000, path: /app/", "public": True}, False),
        (
            {
                "attributes": "members: IPALL(app), member_port: 8000, path: /app/",
                "tier": "app",
                "balance": "      - { characteristic_type: org.camp2iac:Ports, tcp: 7000-8100, from: anywhere }",
            },
            False,
        ),
        ({"balance": BALANCE, "public": True}, True),
        ({}, False),
    ],
)
def test_what_users_reach_only_through_a_proxy_reads_its_header(
    tmp_path: Path, given: dict[str, object], *, trusted: bool
) -> None:
    assert (TRUSTS in document(tmp_path, **given)) is trusted  # type: ignore[arg-type]


def test_a_proxy_behind_a_load_balancer_passes_its_scheme(tmp_path: Path) -> None:
    members = "members: IPALL(web), member_port: 8000, path: /app/"
    alone, behind = (
        document(tmp_path / "1", attributes=members),
        document(tmp_path / "2", attributes=members, balance=BALANCE),
    )
    assert "X-Forwarded-Proto $scheme;" in alone
    assert "X-Forwarded-Proto $scheme_of_user;" in behind
    assert "map $http_x_forwarded_proto $scheme_of_user {" in behind


def test_folders_of_volumes_and_artifacts(tmp_path: Path) -> None:
    files = "files: '/media/=/srv/media, /static/site/=app/static'"
    text = document(tmp_path, attributes=files)
    assert 'location ^~ /media/ {\n          alias "/srv/media/";' in text
    assert 'location ^~ /static/site/ {\n          alias "/opt/shop/app/static/";' in text
    assert "UMask=0022" in text  # nginx reads what the application writes
    assert "UMask=0077" in document(tmp_path / "other")


@pytest.mark.parametrize(
    "pair",
    [
        "/media/=apps/static",
        "/media=/srv/media",
        "media/=/srv/media",
        "/media/=/srv/../etc",
        "/media/",
        "/a b/=/srv",
        '/m"/=/srv/media',
        "/media/=/srv/media,",
        "/media/=/srv/medias",
        "/media/=/etc",
    ],
)
def test_folders_that_cannot_be_served(tmp_path: Path, pair: str) -> None:
    found = document(tmp_path, attributes=f"files: '{pair}'")
    assert found.startswith("CAMP422 files of front cannot have this value: ")


@pytest.mark.parametrize(
    ("pair", "label", "help_"),
    [
        ("/static/=ap/static", "neither on a volume nor in an artifact of the same instances", "/static/=app/static"),
        ("/static/=pges", "neither on a volume nor in an artifact of the same instances", "/static/=pages/static"),
        ("/static/", "not PATH=FOLDER", "/static/=app/static"),
    ],
)
def test_what_to_write_for_a_folder(tmp_path: Path, pair: str, label: str, help_: str) -> None:
    shown = document(tmp_path, attributes=f"files: '{pair}'")
    assert f"\n{label}\n" in shown
    assert f"write  files: {help_}" in shown


def test_folders_of_another_tier(tmp_path: Path) -> None:
    text = document(tmp_path, tier="app", attributes="files: /static/=app/static")
    assert text.startswith("CAMP422")
