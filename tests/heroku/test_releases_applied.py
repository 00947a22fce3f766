"""Releases and builds as Heroku makes them: applied with the real provider, changed, and destroyed."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.terraform import Terraform

from heroku.api import serve
from heroku.support_apply import Applied
from heroku.support_heroku import built, components, connect, example, hosts, service

pytestmark = [pytest.mark.terraform, pytest.mark.slow]

WORKER = """\
camp_version: CAMP 1.1
name: jobs
artifacts:
  - name: jobs
    artifact_type: Nodejs:Application
    content: { href: app/ }
    requirements:
      - { requirement_type: Nodejs:Run, fulfillment: "id:runtime" }
      - { requirement_type: org.camp2iac:Process, worker: node worker.js }
services:
  - id: runtime
    characteristics:
      - characteristic_type: Nodejs
      - { characteristic_type: org.camp2iac:Scale, min: 1, max: 3 }
"""
RELEASED = """\
      - requirement_type: org.camp2iac:Process
        release: python main.py
      - requirement_type: org.camp2iac:Env
        {name}: value
"""


def planned(variable: str) -> str:
    """A plan whose release command uses its database and a variable."""
    text = components("web") + RELEASED.format(name=variable) + connect("data")
    return text + hosts("web") + service("data", "PostgreSQL")


def rewritten(module: Applied, files: dict[str, str]) -> None:
    for name, text in files.items():
        (module.folder / name).write_text(text)


def test_destroy_does_not_fail_with_a_release_command(tmp_path: Path, terraform: Terraform) -> None:
    """Terraform removes all variables before the add-ons, and the command of the last build has nothing to do."""
    with serve() as platform:
        platform.release_needs, platform.release_polls = frozenset({"TITLE", "DATABASE_URL"}), 3
        module = Applied(tmp_path / "module", example("guestbook"), platform, terraform)
        module.apply()
        (app,) = platform.apps.values()
        assert app["releases"][-1]["becomes"] == "succeeded"
        platform.release_fails = True
        before = len(platform.calls)
        module.destroy()
        writes = [(call[0], call[1].rpartition("/")[2]) for call in platform.calls[before:] if call[0] != "GET"]
        assert writes[0] == ("PATCH", "config-vars"), writes


def test_a_renamed_variable_converges_in_one_apply(tmp_path: Path, terraform: Terraform) -> None:
    """The old build's release command does not run with the new configuration."""
    folder = tmp_path / "plan"
    folder.mkdir()
    with serve() as platform:
        platform.release_needs = frozenset({"OLD_NAME"})
        output = built(folder, planned("OLD_NAME"), "app: renaming")
        module = Applied(tmp_path / "module", output, platform, terraform)
        module.apply()
        assert platform.named("renaming")["releases"][-1]["becomes"] == "succeeded"
        later = built(folder, planned("NEW_NAME"), "app: renaming")
        for name in ("build/web/Procfile", "build/web/.camp2iac/release"):
            module.folder.joinpath(name).write_bytes(later.copies[name])
        rewritten(module, later.files)
        module.apply()
        platform.release_needs = frozenset({"NEW_NAME"})
        app = platform.named("renaming")
        assert [each["becomes"] for each in app["releases"][:-1]].count("failed") == 0
        assert "NEW_NAME" in app["vars"]
        assert "OLD_NAME" not in app["vars"]
        module.settled()
        module.destroy()


@pytest.mark.parametrize("key", ["stack", "buildpacks"])
def test_another_stack_or_buildpack_builds_again(tmp_path: Path, terraform: Terraform, key: str) -> None:
    folder = tmp_path / "plan"
    folder.mkdir()
    plan = components("web") + hosts("web")
    environments = {
        "stack": ("stack: heroku-24", "stack: heroku-26"),
        "buildpacks": (
            "buildpacks: { web: [heroku/python] }",
            "buildpacks: { web: [heroku-community/apt, heroku/python] }",
        ),
    }[key]
    with serve() as platform:
        files = {"web/requirements.txt": "gunicorn\n", "web/Procfile": "web: gunicorn main:app\n"}
        output = built(folder, plan, f"app: stacked\n{environments[0]}", files)
        module = Applied(tmp_path / "module", output, platform, terraform)
        module.apply()
        rewritten(module, built(folder, plan, f"app: stacked\n{environments[1]}", files).files)
        assert module.changes()["heroku_build.web"] == ["delete", "create"]
        module.apply()
        app = platform.named("stacked")
        last = list(app["builds"].values())[-1]
        assert (last["stack"], last["buildpacks"]) == (app["stack"]["name"], app["buildpacks"])
        module.settled()
        module.destroy()


def test_a_worker_without_web_on_node(tmp_path: Path, terraform: Terraform) -> None:
    """The buildpack adds a process web, of which a build starts one basic dyno."""
    folder = tmp_path / "plan"
    folder.mkdir()
    files = {"app/package.json": '{"name": "x", "version": "1.0.0"}\n', "app/worker.js": "setInterval(() => {}, 1)\n"}
    with serve() as platform:
        module = Applied(tmp_path / "module", built(folder, WORKER, "app: jobs", files), platform, terraform)
        module.apply()
        running = {kind: (each["quantity"], each["size"]) for kind, each in platform.named("jobs")["formation"].items()}
        assert running == {"web": (0, "Standard-1X"), "worker": (1, "Standard-1X")}
        module.settled()
        module.apply("-var", "jobs_count=3")
        module.settled("-var", "jobs_count=3")
        module.destroy()


def test_no_buildpack_orders_a_database(tmp_path: Path, terraform: Terraform) -> None:
    """Django with psycopg2 and a database elsewhere: the account's own database would not be Terraform's."""
    folder = tmp_path / "plan"
    folder.mkdir()
    files = {"web/manage.py": "", "web/requirements.txt": "django\npsycopg2-binary\ngunicorn\n"}
    with serve() as platform:
        output = built(folder, components("web") + hosts("web"), "app: ordering", files)
        module = Applied(tmp_path / "module", output, platform, terraform)
        module.apply()
        assert not platform.addons
        assert [each["name"] for each in platform.named("ordering")["buildpacks"]][-1] == "heroku-community/inline"
        module.settled()
        module.destroy()
