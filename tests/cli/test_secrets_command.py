"""``camp2iac secrets``: which environments it lists, its formats, and its exit statuses."""

from __future__ import annotations

import json
from pathlib import Path

from running import PLAN, Command

VARIABLE = "target: heroku\nvariables: { web: { API_KEY: { variable: api_key } } }\n"
PRETTY = """\
heroku: 1 secret

variable api_key  var.api_key
  made    the operator gives it as a variable
  kept    Terraform's state; a config var, which collaborators of the app can read
  told    component web
  rotate  $ read -rs TF_VAR_api_key && export TF_VAR_api_key
          $ terraform apply
          Issue the new value first where it comes from. Each later plan and apply needs it, too.
          Terraform updates in place config vars (heroku_app_config_association.web).
          Heroku creates a release and restarts the dynos.
  from    environments/heroku.yaml:2:30

Run the commands in infra/heroku.
"""


def test_a_variable(shop: Path, camp2iac: Command) -> None:
    (shop / "environments/heroku.yaml").write_text(VARIABLE)
    done = camp2iac("secrets", "-e", "environments/heroku.yaml")
    assert (done.status, done.out) == (0, PRETTY)


def test_all_environments(shop: Path, camp2iac: Command) -> None:
    (shop / "environments/heroku.yaml").write_text(VARIABLE)
    done = camp2iac("secrets", "--output", "json")
    found = json.loads(done.out)
    assert [(each["name"], each["target"], each["folder"]) for each in found["environments"]] == [
        ("heroku", "heroku", "infra/heroku"),
        ("openstack", "openstack", "infra/openstack"),
    ]
    [row] = found["environments"][0]["secrets"]
    assert row["holders"] == [
        {
            "address": "heroku_app_config_association.web",
            "argument": "sensitive_vars",
            "what": "config vars",
            "part": "component web",
            "place": "a config var, which collaborators of the app can read",
            "effect": "updated",
        }
    ]
    assert [each["name"] for each in found["environments"][1]["secrets"]] == ["SSH host key of instance web"]


def test_markdown(shop: Path, camp2iac: Command) -> None:
    (shop / "environments/heroku.yaml").write_text(VARIABLE)
    done = camp2iac("secrets", "--output", "markdown")
    assert "| variable api_key<br>var.api_key | the operator gives it as a variable |" in done.out
    assert camp2iac("secrets", "--target", "docker", "--output", "markdown").out.endswith("There are no secrets.\n")


def test_instances_that_ignore_changed_user_data(shop: Path, camp2iac: Command) -> None:
    secret = "org.camp2iac:Secrets:\n  salt: { description: Of the hashes, generate: 40 }\n"
    env = "    requirements:\n"
    plan = PLAN.replace(env, f"{env}      - {{ requirement_type: org.camp2iac:Env, SALT: {{ secret: salt }} }}\n", 1)
    (shop / "camp.yaml").write_text(plan + secret)
    (shop / "environments/openstack.yaml").write_text("target: openstack\non_change: ignore\n")
    done = camp2iac("secrets", "-e", "environments/openstack.yaml", "--output", "json")
    [row] = [each for each in json.loads(done.out)["environments"][0]["secrets"] if each["name"] == "secret salt"]
    assert row["rotate"] == [
        "terraform apply -replace=random_password.salt",
        """terraform apply -replace='openstack_compute_instance_v2.web["web-1"]'""",
    ]
    assert "Existing instances keep the old value until they are replaced: repeat the command for each." in row["notes"]
    (shop / "environments/openstack.yaml").write_text("target: openstack\nmodule: true\n")
    done = camp2iac("secrets", "-e", "environments/openstack.yaml")
    assert "$ terraform apply -replace=module.NAME.random_password.salt\n" in done.out


def test_errors(shop: Path, camp2iac: Command) -> None:
    (shop / "environments/heroku.yaml").write_text("target: heroku\nregoin: eu\n")
    done = camp2iac("secrets", "--output", "json")
    found = json.loads(done.out)
    assert (done.status, [each["name"] for each in found["environments"]]) == (1, ["openstack"])
    assert found["diagnostics"]
    done = camp2iac("secrets")
    assert (done.status, "openstack: 1 secret" in done.out) == (1, True)


def test_wrong_usage(shop: Path, camp2iac: Command) -> None:
    for file in (shop / "environments").iterdir():
        file.unlink()
    done = camp2iac("secrets")
    assert (done.status, done.out) == (2, "")
    assert "name the platform" in done.err
    (shop / "a.yaml").write_text("target: heroku\n")
    (shop / "b.yaml").write_text("target: heroku\n")
    assert camp2iac("secrets", "--target", "heroku", "-e", "a.yaml", "-e", "b.yaml").status == 2
