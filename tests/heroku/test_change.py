"""What `synth` says of a change is what the real provider plans, resource for resource."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from support.terraform import Terraform

from heroku.api import serve
from heroku.support_apply import Applied
from heroku.support_heroku import Output

pytestmark = [pytest.mark.terraform, pytest.mark.slow]

ROOT = Path(__file__).resolve().parents[2]
ADMIN = """\
artifacts:
  - name: admin
    artifact_type: org.python:src
    content: { href: web/ }
    requirements:
      - requirement_type: com.python:wsgi
        com.python.wsgi.application: guestbook/app
      - requirement_type: org.sql:ConnectTo
        fulfillment: id:database
"""
OWNER = "addons: { database: { plan: heroku-postgresql:essential-0, owner: web } }"
ADDONS = "addons: { database: heroku-postgresql:essential-0 }"
#: file, what is written there, and what afterwards
EDITS = {
    "an app before the owner": [("camp.yaml", "artifacts:\n", ADMIN)],
    "an app, and the owner named": [
        ("camp.yaml", "artifacts:\n", ADMIN),
        ("environments/heroku.yaml", ADDONS, OWNER),
    ],
    "the component renamed": [("camp.yaml", "- name: web", "- name: shop")],
    "the service renamed": [
        ("camp.yaml", "id: database", "id: db"),
        ("camp.yaml", "id:database", "id:db"),
        ("environments/heroku.yaml", "database:", "db:"),
    ],
    "another region": [("environments/heroku.yaml", "region: eu", "region: us")],
    "another value": [("camp.yaml", "default: Hello", "default: Hi")],
    "another plan of the add-on": [("environments/heroku.yaml", "essential-0", "essential-1")],
}


@pytest.mark.parametrize("edit", EDITS)
def test_what_is_said_is_what_is_planned(edit: str, tmp_path: Path, terraform: Terraform) -> None:
    package = tmp_path / "guestbook"
    shutil.copytree(ROOT / "examples" / "guestbook", package, ignore=shutil.ignore_patterns("infra"))
    _synth(package)
    with serve() as platform:
        module = Applied(package / "infra" / "heroku", Output.nothing(), platform, terraform)
        module.apply()
        for file, old, new in EDITS[edit]:
            path = package / file
            assert old in path.read_text()
            path.write_text(path.read_text().replace(old, new))
        said = _synth(package, "--lose", "database")
        planned = module.changes("-var=admin_app_name=admin-of-guestbook") if "admin" in said.file else module.changes()
        gone = {address for address, actions in planned.items() if "delete" in actions}
        tracked = ("heroku_app.", "heroku_addon.")
        assert {address for address in gone if address.startswith(tracked)} == said.gone


class _Said:
    """What `synth` said goes, and its variables."""

    def __init__(self, text: str, folder: Path) -> None:
        lines = [line.strip() for line in text.splitlines()]
        self.gone = {
            line.partition(" (")[2].partition(")")[0] for line in lines if line.startswith(("destroys", "replaces"))
        }
        self.file = (folder / "variables.tf").read_text()


def _synth(package: Path, *arguments: str) -> _Said:
    command = [sys.executable, "-m", "camp2iac.cli", "synth", "camp.yaml", "-e", "environments/heroku.yaml", *arguments]
    done = subprocess.run(command, cwd=package, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return _Said(done.stderr, package / "infra" / "heroku")
