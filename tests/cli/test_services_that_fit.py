"""What CAMP201 suggests for a service that the plan does not have."""

from __future__ import annotations

from pathlib import Path

import pytest
from running import Command

PLAN = """\
camp_version: CAMP 1.1
name: shop
artifacts:
  - name: fulfillment
    artifact_type: org.python:src
    content: {{ href: web/ }}
    requirements:
      - requirement_type: com.python:wsgi
        com.python.wsgi.application: main/app
        fulfillment: id:{host}
      - {{ requirement_type: {connect}, fulfillment: id:{to} }}
  - name: orders
    artifact_type: org.sql:SqlScript
    content: {{ data: c2VsZWN0IDE7Cg== }}
    requirements:
      - {{ requirement_type: org.sql:ExecuteAt, fulfillment: id:{into} }}
services:
  - id: storefront
    characteristics: [ {{ characteristic_type: org.python:version }} ]
"""
DATABASE = "  - id: {}\n    characteristics: [ {{ characteristic_type: PostgreSQL }} ]\n"


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "web").mkdir()
    (tmp_path / "web" / "main.py").write_text("app = None\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "camp.yaml"


def plan(*services: str, host: str = "storefront", connect: str = "org.sql:ConnectTo", to: str, into: str) -> str:
    more = "".join(DATABASE.format(each) for each in services)
    return PLAN.format(host=host, connect=connect, to=to, into=into) + more


def test_nothing_connects_to_its_own_runtime(shop: Path, camp2iac: Command) -> None:
    shop.write_text(plan(to="database", into="database"))
    said = camp2iac("validate").out
    assert "CAMP201" in said
    assert "id:storefront" not in said
    assert "add a service with this id:  services: [ { id: database, characteristics: [...] } ]" in said


def test_only_services_that_fit_are_choices(shop: Path, camp2iac: Command) -> None:
    shop.write_text(plan("stock", to="nothing", into="stock"))
    assert "write  fulfillment: id:stock  or add a service with the id nothing" in camp2iac("validate").out


def test_a_runtime_is_not_a_database(shop: Path, camp2iac: Command) -> None:
    shop.write_text(plan("stock", host="nothing", to="stock", into="stock"))
    assert "write  fulfillment: id:storefront  or add" in camp2iac("validate").out


def test_a_near_id_that_cannot_be_meant(shop: Path, camp2iac: Command) -> None:
    shop.write_text(plan("stock", to="storefrnt", into="stock"))
    assert "write  fulfillment: id:stock" in camp2iac("validate").out


@pytest.mark.parametrize(("wrong", "id_"), [("databas", "database"), ("warehose", "warehouse")])
def test_the_references_are_fixed(wrong: str, id_: str, shop: Path, camp2iac: Command) -> None:
    shop.write_text(plan(id_, to=wrong, into=wrong))
    assert camp2iac("validate", "--fix").status == 0
    assert shop.read_text() == plan(id_, to=id_, into=id_)


def test_an_id_is_never_renamed_for_sure(shop: Path, camp2iac: Command) -> None:
    """Resources have this id: after a rename, Terraform destroys them."""
    text = plan("databse", to="database", into="database")
    shop.write_text(text)
    done = camp2iac("validate", "--fix")
    assert done.status == 1
    assert "write  id: database" in done.out + done.err
    assert shop.read_text() == text
