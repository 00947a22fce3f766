"""``camp2iac matrix``: environments side by side."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from running import PLAN, Command

MORE = """\
org.camp2iac:Parameters:
  most: { default: 3 }
  greeting: { default: Hello }
  api_key: { description: Of the mail service }
"""
STAGING = """\
target: heroku
app: guestbook-staging
parameters: { api_key: abc12345, greeting: Hello }
overrides:
  services:
    web: { org.camp2iac:Scale: { min: 2 } }
"""
PRODUCTION = """\
target: heroku
app: guestbook
parameters:
  api_key: xyz67890
  most: 5
"""


@pytest.fixture
def plan(shop: Path) -> Path:
    (shop / "camp.yaml").write_text(PLAN.replace("max: 3", "max: { parameter: most }") + MORE)
    (shop / "environments").mkdir(exist_ok=True)
    (shop / "environments" / "staging.yaml").write_text(STAGING)
    (shop / "environments" / "production.yaml").write_text(PRODUCTION)
    return shop


ENVIRONMENTS = ("-e", "environments/staging.yaml", "-e", "environments/production.yaml")


def test_what_differs(plan: Path, camp2iac: Command) -> None:
    done = camp2iac("matrix", "camp.yaml", *ENVIRONMENTS, "--output", "json")
    assert done.status == 0
    table = json.loads(done.out)
    assert table["environments"] == [
        {"name": "staging", "target": "heroku"},
        {"name": "production", "target": "heroku"},
    ]
    found = {(row["node"], row["key"]): row["environments"] for row in table["values"]}
    low = found["services.web", "org.camp2iac:Scale min"]
    assert low["staging"] == {
        "value": "2",
        "origin": "overrides",
        "parameter": None,
        "file": "environments/staging.yaml",
        "line": 6,
        "column": 39,
    }
    assert (low["production"]["value"], low["production"]["origin"]) == ("1", "plan")
    high = found["services.web", "org.camp2iac:Scale max"]
    assert (high["staging"]["value"], high["staging"]["origin"], high["staging"]["parameter"]) == (
        "3",
        "default",
        "most",
    )
    assert (high["production"]["value"], high["production"]["origin"]) == ("5", "parameters")
    assert found["environment", "app"]["production"]["value"] == "guestbook"
    assert ("parameters", "greeting") not in found
    assert ("services.web", "org.camp2iac:Placement networks") not in found


def test_every_value(plan: Path, camp2iac: Command) -> None:
    done = camp2iac("matrix", "camp.yaml", *ENVIRONMENTS, "--all", "--output", "json")
    found = {(row["node"], row["key"]): row for row in json.loads(done.out)["values"]}
    assert found["org.camp2iac:Networks", "front.cidr"]["differs"] is False
    assert found["parameters", "greeting"]["environments"]["staging"]["origin"] == "parameters"


@pytest.mark.parametrize("form", ["pretty", "markdown", "json"])
def test_secrets_are_not_shown(form: str, plan: Path, camp2iac: Command) -> None:
    done = camp2iac("matrix", "camp.yaml", *ENVIRONMENTS, "--all", "--output", form)
    assert done.status == 0
    assert "abc12345" not in done.out + done.err
    assert "xyz67890" not in done.out + done.err
    assert "api_key" in done.out


def test_the_path_of_a_state_is_shown(plan: Path, camp2iac: Command) -> None:
    for name in ("staging", "production"):
        file = plan / f"environments/{name}.yaml"
        file.write_text(
            f"{file.read_text()}backend: {{ s3: {{ bucket: states, region: eu-1, key: shop/{name}.tfstate }} }}\n"
        )
    said = camp2iac("matrix", "camp.yaml", *ENVIRONMENTS).out
    assert "shop/staging.tfstate" in said
    assert "shop/production.tfstate" in said


def test_pretty_and_markdown(plan: Path, camp2iac: Command) -> None:
    pretty = camp2iac("matrix", "camp.yaml", *ENVIRONMENTS)
    assert "environments/production.yaml:5, parameter most" in pretty.out
    assert "environments/staging.yaml:6, overrides" in pretty.out
    markdown = camp2iac("matrix", "camp.yaml", *ENVIRONMENTS, "--output", "markdown")
    assert markdown.out.startswith(
        "# Environments of guestbook\n\n| node | key | staging (heroku) | production (heroku) |"
    )


def test_the_same_environment_twice(plan: Path, camp2iac: Command) -> None:
    done = camp2iac("matrix", "camp.yaml", "-e", "environments/staging.yaml")
    assert (done.status, done.out) == (0, "The environments have the same values.\n")


def test_a_value_from_set(plan: Path, camp2iac: Command) -> None:
    done = camp2iac("matrix", "camp.yaml", *ENVIRONMENTS, "--set", "most=4", "--all", "--output", "json")
    found = {(row["node"], row["key"]): row["environments"] for row in json.loads(done.out)["values"]}
    assert found["services.web", "org.camp2iac:Scale max"]["production"]["origin"] == "--set"


def test_an_environment_with_errors(plan: Path, camp2iac: Command) -> None:
    (plan / "environments" / "staging.yaml").write_text("target: nowhere\n")
    done = camp2iac("matrix", "camp.yaml", *ENVIRONMENTS)
    assert done.status == 1
    assert "CAMP604" in done.err
    assert not done.out


def test_keys_that_only_another_platform_has(plan: Path, camp2iac: Command) -> None:
    for name in ("cloud", "cloud-two"):
        (plan / "environments" / f"{name}.yaml").write_text(
            f"target: openstack\nname: {name}\nimage: debian-12\nparameters: {{ api_key: abc12345 }}\n"
        )
    clouds = ("-e", "environments/cloud.yaml", "-e", "environments/cloud-two.yaml")
    done = camp2iac("matrix", "camp.yaml", *ENVIRONMENTS, *clouds, "--output", "json")
    assert done.status == 0
    found = {(row["node"], row["key"]) for row in json.loads(done.out)["values"]}
    assert {("environment", "target"), ("environment", "app"), ("environment", "name")} <= found
    assert ("environment", "image") not in found, "both environments of the platform have the same one"
