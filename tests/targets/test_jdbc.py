"""The variables in Java's form of a database that exists elsewhere, which are the same on each platform."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import phases

from camp2iac.synth import hcl

PLAN = """\
camp_version: CAMP 1.1
artifacts:
  - name: shop
    artifact_type: org.apache.maven:Project
    content: {{ href: shop/ }}
    requirements:
      - requirement_type: com.java:RunOn
      - requirement_type: org.sql:ConnectTo
        fulfillment: id:database
services:
  - id: database
    href: {href}
    characteristics:
      - characteristic_type: PostgreSQL
      - characteristic_type: org.camp2iac:Attributes
        user: {user}
        password: {{ secret: key }}
org.camp2iac:Secrets:
  key: {{ description: The password }}
"""
POM = "<project><artifactId>shop</artifactId><version>1</version></project>"
KEY = '${replace(urlencode(var.key), "+", "%20")}'


def variables(folder: Path, target: str, href: str, user: str = "app") -> dict[str, str]:
    """The Terraform values of the variables."""
    (folder / "shop").mkdir()
    (folder / "shop/pom.xml").write_text(POM)
    plan = folder / "camp.yaml"
    plan.write_text(PLAN.format(href=href, user=user))
    compiled = phases.compile(phases.load(plan), target=target)
    assert compiled.result is not None, compiled.diagnostics
    lines = hcl.write(compiled.result.lowered.module)["shop.tf"].splitlines()
    pairs = [line.partition(" #")[0].split(" = ", 1) for line in lines if "DATABASE_" in line and " = " in line]
    return {name.strip(): value.strip() for name, value in pairs}


@pytest.mark.parametrize("target", ["openstack", "heroku"])
def test_the_url_is_encoded_and_the_password_is_not(tmp_path: Path, target: str) -> None:
    assert variables(tmp_path, target, "postgresql://db.example.org/shop", "o'brien & sons") == {
        "DATABASE_URL": f'"postgresql://o%27brien%20%26%20sons:{KEY}@db.example.org/shop"',
        "JDBC_DATABASE_PASSWORD": "var.key",
        "JDBC_DATABASE_URL": f'"jdbc:postgresql://db.example.org:5432/shop?user=o%27brien%20%26%20sons&password={KEY}"',
        "JDBC_DATABASE_USERNAME": '"o\'brien & sons"',
    }


@pytest.mark.parametrize("target", ["openstack", "heroku"])
def test_parameters_of_the_url_are_kept(tmp_path: Path, target: str) -> None:
    found = variables(tmp_path, target, "'postgresql://[2001:db8::1]:5433/shop?sslmode=verify-full'")
    assert found["JDBC_DATABASE_URL"] == (
        f'"jdbc:postgresql://[2001:db8::1]:5433/shop?user=app&password={KEY}&sslmode=verify-full"'
    )


def test_a_given_password_of_a_database_of_the_plan(tmp_path: Path) -> None:
    found = variables(tmp_path, "openstack", "null")
    assert found["JDBC_DATABASE_PASSWORD"] == "var.key"
    assert found["JDBC_DATABASE_URL"].endswith(f'/application?user=app&password={KEY}"')
