"""The effects that `synth` prints are what the real provider plans, for each resource."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence
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
#: file, old text, new text
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
SPACE = "region: dublin\nteam: harbour\nspace: { name: books, create: true, cidr: 10.20.0.0/16 }\n"
#: the same, for a package that creates the Private Space of its app
EDITS_OF_A_SPACE = {
    "another network": [("environments/heroku.yaml", "10.20.0.0/16", "10.21.0.0/16")],
    "another region": [("environments/heroku.yaml", "region: dublin", "region: frankfurt")],
    "shielded": [
        ("environments/heroku.yaml", "create: true", "create: true, shield: true"),
        ("environments/heroku.yaml", "private-s", "shield-s"),
        ("environments/heroku.yaml", "postgresql:private-0", "postgresql:shield-0"),
    ],
    "a network for data": [("environments/heroku.yaml", "create: true", "create: true, data_cidr: 10.22.0.0/16")],
    "another name": [("environments/heroku.yaml", "name: books", "name: shelf")],
}


@pytest.mark.parametrize("edit", EDITS)
def test_what_is_said_is_what_is_planned(edit: str, tmp_path: Path, terraform: Terraform) -> None:
    _said_and_planned(_guestbook(tmp_path), EDITS[edit], terraform)


@pytest.mark.parametrize("edit", EDITS_OF_A_SPACE)
def test_a_private_space(edit: str, tmp_path: Path, terraform: Terraform) -> None:
    package = _guestbook(tmp_path)
    _write(package, "environments/heroku.yaml", "region: eu\n", SPACE)
    _write(package, "environments/heroku.yaml", "standard-1x", "private-s")
    _write(package, "environments/heroku.yaml", "essential-0", "private-0")
    _said_and_planned(package, EDITS_OF_A_SPACE[edit], terraform)


def _guestbook(folder: Path) -> Path:
    package = folder / "guestbook"
    shutil.copytree(ROOT / "examples" / "guestbook", package, ignore=shutil.ignore_patterns("infra"))
    return package


def _write(package: Path, file: str, old: str, new: str) -> None:
    path = package / file
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))


def _said_and_planned(package: Path, edits: Sequence[tuple[str, str, str]], terraform: Terraform) -> None:
    _synth(package)
    with serve() as platform:
        platform.add_team("harbour")
        module = Applied(package / "infra" / "heroku", Output.nothing(), platform, terraform)
        module.apply()
        for file, old, new in edits:
            _write(package, file, old, new)
        said = _synth(package, "--lose", "database", "--lose", "books")
        planned = module.changes("-var=admin_app_name=admin-of-guestbook") if "admin" in said.file else module.changes()
        gone = {address for address, actions in planned.items() if "delete" in actions}
        tracked = ("heroku_app.", "heroku_addon.", "heroku_space.")
        assert {address for address in gone if address.startswith(tracked)} == {
            address for address in said.gone if address.startswith(tracked)
        }
        assert said.gone <= gone, "builds are said only if nothing else of the component is"


class _Said:
    """Permit the effects that `synth` printed, and set the variables."""

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
