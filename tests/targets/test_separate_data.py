"""Services that keep data, on tiers that can have several instances (CAMP320)."""

from __future__ import annotations

from pathlib import Path

import pytest

from camp2iac import read
from camp2iac.compilation import Compilation

PLAN = """\
camp_version: CAMP 1.1
name: shop
artifacts:
  - name: web
    artifact_type: org.python:src
    content: {{ href: web/ }}
    requirements:
      - requirement_type: com.python:wsgi
        com.python.wsgi.application: main/app
        fulfillment: id:storefront
      - {{ requirement_type: org.camp2iac:Expose, port: 8080, public: true }}
{requirements}services:
  - id: storefront
    characteristics:
{scale}      - {{ characteristic_type: org.python:version }}
  - id: store
    characteristics:
      - {{ characteristic_type: {product} }}
      - {{ characteristic_type: org.camp2iac:Placement, tier: {tier} }}
{store}"""
SCALE = "      - {{ characteristic_type: org.camp2iac:Scale, min: {}, max: {} }}\n"
LINK = "      - {{ requirement_type: {}:ConnectTo, fulfillment: id:store }}\n"
VOLUME = "      - { characteristic_type: org.camp2iac:Volume, size: 1 GiB }\n"
BALANCE = "      - { characteristic_type: org.camp2iac:Balance }\n"
ALL = "      - { requirement_type: org.camp2iac:Env, HOSTS: IPALL(store) }\n"


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    (tmp_path / "web").mkdir()
    (tmp_path / "web" / "main.py").write_text("app = None\n")
    return tmp_path


def compiled(
    folder: Path,
    platform: str,
    *,
    product: str = "PostgreSQL",
    requirements: str = LINK.format("org.sql"),
    scale: str = SCALE.format(1, 4),
    tier: str = "storefront",
    store: str = "",
    environment: str = "",
) -> Compilation:
    parts = {"product": product, "requirements": requirements, "scale": scale, "tier": tier, "store": store}
    (folder / "camp.yaml").write_text(PLAN.format(**parts))
    (folder / "env.yaml").write_text(f"target: {platform}\n{environment}")
    made = read(folder / "camp.yaml").compile(folder / "env.yaml")
    assert made.ok, made.diagnostics
    return made


def codes(made: Compilation) -> list[str]:
    return [each.code for each in made.diagnostics if each.code in ("CAMP320", "CAMP407")]


@pytest.mark.parametrize("platform", ["openstack", "docker", "kubernetes"])
@pytest.mark.parametrize(
    ("product", "requirement"),
    [("PostgreSQL", "org.sql"), ("MariaDB", "org.sql"), ("Redis", "Redis"), ("RabbitMQ", "RabbitMQ")],
)
def test_a_database_beside_what_scales(platform: str, product: str, requirement: str, shop: Path) -> None:
    made = compiled(shop, platform, product=product, requirements=LINK.format(requirement))
    assert codes(made) == ["CAMP320"]
    found = next(each for each in made.diagnostics if each.code == "CAMP320")
    assert "up to 4" in found.message
    assert found.help.endswith("tier: store")


@pytest.mark.parametrize("platform", ["openstack", "docker", "kubernetes"])
def test_the_help_helps(platform: str, shop: Path) -> None:
    assert codes(compiled(shop, platform, tier="store")) == []


@pytest.mark.parametrize("platform", ["openstack", "docker", "kubernetes"])
@pytest.mark.parametrize("scale", ["", SCALE.format(1, 1), SCALE.format(0, 1)])
def test_one_instance(platform: str, scale: str, shop: Path) -> None:
    assert codes(compiled(shop, platform, scale=scale)) == []


def test_the_count_of_today_does_not_matter(shop: Path) -> None:
    assert codes(compiled(shop, "openstack", environment="scale: { storefront: 1 }\n")) == ["CAMP320"]


def test_an_add_on_is_one_for_all_dynos(shop: Path) -> None:
    assert codes(compiled(shop, "heroku")) == []


def test_an_operator_copies_the_data(shop: Path) -> None:
    made = compiled(shop, "kubernetes", store=VOLUME, environment="operators: [cnpg]\n")
    assert codes(made) == []


def test_memory_is_no_data(shop: Path) -> None:
    made = compiled(shop, "openstack", product="Memcached", requirements=LINK.format("Memcached"))
    assert codes(made) == []


@pytest.mark.parametrize(
    ("store", "requirements", "found"),
    [
        ("", LINK.format("org.sql"), "CAMP407"),  # the link says it
        (BALANCE, LINK.format("org.sql"), "CAMP320"),
        ("", "", "CAMP320"),
        ("", ALL, ""),  # the application knows all
    ],
)
def test_on_a_tier_of_its_own(store: str, requirements: str, found: str, shop: Path) -> None:
    made = compiled(
        shop, "openstack", scale="", tier="store", store=SCALE.format(1, 2) + store, requirements=requirements
    )
    assert codes(made) == ([found] if found else [])


@pytest.mark.parametrize("platform", ["openstack", "kubernetes"])
@pytest.mark.parametrize(("most", "outcome"), [(4, "degraded"), (1, "kept")])
def test_the_volume_in_the_port_report(platform: str, most: int, outcome: str, shop: Path) -> None:
    made = compiled(shop, platform, scale=SCALE.format(1, most), store=VOLUME)
    volume = next(each for each in made.statements() if each.statement.words.startswith("Volume"))
    assert volume.outcome.value == outcome
