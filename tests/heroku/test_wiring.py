"""Add-ons: their owners, and the variables of other apps."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from heroku.support_heroku import WEB, built, components, connect, hosts, service

PG = "PostgreSQL"


def two_apps(*, owner: str = "") -> tuple[str, str]:
    plan = components("api") + connect("database") + WEB.format(name="web") + connect("database")
    plan += hosts("api", "web") + service("database", PG)
    environment = f"app: shop\naddons: {{ database: {{ plan: heroku-postgresql:essential-0{owner} }} }}\n"
    return plan, environment


def test_the_first_user_owns_and_the_second_is_attached(tmp_path: Path) -> None:
    out = built(tmp_path, *two_apps())
    assert "app_id = heroku_app.api.id" in out.files["database.tf"]
    assert "heroku_addon_attachment" not in out.files["api.tf"], "creating it made DATABASE_URL"
    assert 'name     = "DATABASE"' in out.files["web.tf"]
    assert "heroku_addon_attachment.web_database" in out.files["web.tf"].split("depends_on")[1]


def test_the_environment_names_another_owner(tmp_path: Path) -> None:
    out = built(tmp_path, *two_apps(owner=", owner: web"))
    assert "app_id = heroku_app.web.id" in out.files["database.tf"]
    assert "heroku_addon_attachment" in out.files["api.tf"]


def test_names_that_creating_does_not_make_are_attached(tmp_path: Path) -> None:
    out = built(tmp_path, components("web") + connect("store") + hosts("web") + service("store", PG))
    assert re.findall(r'name +=  ?"([A-Z]+)"', out.files["web.tf"]) == ["STORE"]
    link = next(link for c in out.compiled.topology.components.values() for link in c.links)
    assert set(link.variables) == {"STORE_URL", "DATABASE_URL"}


def test_two_databases_of_one_app_come_in_order(tmp_path: Path) -> None:
    plan = components("web") + connect("accounts") + connect("database")
    out = built(tmp_path, plan + hosts("web") + service("accounts", PG) + service("database", PG))
    assert "depends_on = [heroku_addon.database]" in out.files["accounts.tf"], "database is DATABASE_URL: it is first"
    assert "depends_on" not in out.files["database.tf"]
    assert re.findall(r'name +=  ?"([A-Z]+)"', out.files["web.tf"]) == ["ACCOUNTS"]


def test_a_service_elsewhere_is_a_sensitive_variable(tmp_path: Path) -> None:
    elsewhere = "  - id: database\n    href: https://example.com/databases/7\n    characteristics: "
    elsewhere += "[{ characteristic_type: PostgreSQL }]\n"
    out = built(tmp_path, components("web") + connect("database") + hosts("web") + elsewhere, "app: shop\n")
    assert "heroku_addon" not in "".join(out.files.values())
    assert "DATABASE_URL = var.database_url" in out.files["web.tf"].split("sensitive_vars")[1]
    assert re.search(r'variable "database_url" \{[^}]*sensitive   = true', out.files["variables.tf"])


@pytest.mark.parametrize(("product", "code"), [("MongoDB", "CAMP443")])
def test_a_product_without_an_addon(tmp_path: Path, product: str, code: str) -> None:
    out = built(tmp_path, components("web") + connect("docs") + hosts("web") + service("docs", product), "app: shop\n")
    assert out.codes == [code]
    assert out.row(product).outcome.value == "lost"
    assert "var.docs_url" in out.files["web.tf"]


def test_an_addon_of_the_operators_own_knowledge(tmp_path: Path) -> None:
    plan = components("web") + connect("docs") + hosts("web") + service("docs", "MongoDB")
    out = built(tmp_path, plan, "app: shop\naddons: { docs: mongos:small }\n")
    assert 'plan   = "mongos:small"' in out.files["docs.tf"]
    assert set(re.findall(r'name +=  ?"([A-Z]+)"', out.files["web.tf"])) == {"DOCS", "MONGODB"}


def test_another_node_changes_no_other_file(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    environment = "apps: { web: shop-web, zoo: shop-zoo }\n"
    one = built(
        tmp_path / "one",
        components("web") + connect("database") + hosts("web") + service("database", PG),
        "apps: { web: shop-web }\n",
    )
    plan = components("web") + connect("database") + WEB.format(name="zoo") + connect("database")
    two = built(tmp_path / "two", plan + hosts("web", "zoo") + service("database", PG), environment)
    assert two.files["database.tf"] == one.files["database.tf"]
    assert two.files["web.tf"] == one.files["web.tf"]
