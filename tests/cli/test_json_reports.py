"""``--output json``: each command that reports something has a form for programs, which depends only on its input."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest
from running import PLAN, Command

from camp2iac.cli import COMMANDS, cli

NONE = ("schema", "completion", "progress")  # documents of their own, and a view
REPORTS = (
    ("port", "--target", "openstack,heroku"),
    ("matrix",),
    ("secrets",),
    ("content",),
    ("catalogue", "list"),
    ("catalogue", "show", "postgresql"),
    ("targets",),
    ("explain", "CAMP201"),
    ("synth", "--check"),
    ("validate",),
    ("export", "compose"),
)


def test_every_report_has_a_form_for_programs() -> None:
    for name in COMMANDS:
        found = cli.get_command(click.Context(cli), name)
        assert found is not None
        for command in getattr(found, "commands", {name: found}).values():
            formats = [each.type for each in command.params if "--output" in each.opts]
            assert name in NONE or "json" in getattr(formats[0], "choices", ()), name


@pytest.mark.parametrize("command", REPORTS, ids=" ".join)
def test_the_same_input_gives_the_same_bytes(command: tuple[str, ...], shop: Path, camp2iac: Command) -> None:
    done = camp2iac(*command, "--output", "json")
    assert done.status in (0, 2), done.err
    assert isinstance(json.loads(done.out), dict)
    assert done.out.endswith("}\n")
    assert camp2iac(*command, "--output", "json").out == done.out


@pytest.mark.parametrize("command", [("port",), ("matrix",), ("content",)], ids=" ".join)
def test_a_report_has_its_diagnostics(command: tuple[str, ...], shop: Path, camp2iac: Command) -> None:
    found = json.loads(camp2iac(*command, "--output", "json").out)
    assert found["name"] == "guestbook"
    (shop / "camp.yaml").write_text("artifacts: [\n")
    done = camp2iac(*command, "--output", "json")
    assert done.status == 1
    valid = json.loads(camp2iac("validate", "--output", "json").out)
    assert json.loads(done.out)["diagnostics"] == valid["diagnostics"]


def test_the_catalogue(camp2iac: Command, tmp_path: Path) -> None:
    listed = json.loads(camp2iac("catalogue", "list", "--output", "json").out)["products"]
    assert [each["name"] for each in listed] == sorted(each["name"] for each in listed)
    found = json.loads(camp2iac("catalogue", "show", "postgresql", "--output", "json").out)
    assert {key: found[key] for key in listed[0]} in listed
    assert found["link"]["variable"] == "DATABASE_URL"
    assert found["port"] == 5432
    (tmp_path / "wrong").mkdir()
    done = camp2iac("catalogue", "list", "--catalogue", str(tmp_path / "wrong"), "--output", "json")
    assert done.status == 1
    assert [each["code"] for each in json.loads(done.out)["diagnostics"]] == ["CAMP306"]


def test_a_page_of_a_code(camp2iac: Command) -> None:
    found = json.loads(camp2iac("explain", "201", "--output", "json").out)
    assert (found["code"], found["severity"]) == ("CAMP201", "error")
    assert "**Fix.**" in found["text"]


def test_what_init_wrote(tmp_path: Path, camp2iac: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "requirements.txt").write_text("flask\n")
    (tmp_path / "app.py").write_text("from flask import Flask\napp = Flask(__name__)\n")
    done = camp2iac("init", "--yes", "--output", "json")
    assert done.status == 0, done.err
    found = json.loads(done.out)
    written = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.yaml")}
    assert found["written"] == sorted(written)
    assert found["next"] == ["camp2iac validate", "camp2iac synth"]
    assert not found["first"]
    assert "Next:" not in done.err


def test_words_of_a_plan_stay_what_they_are(shop: Path, camp2iac: Command) -> None:
    """Also characters that are shown as symbols in a terminal."""
    name = "a\u202eb\u2028::set-output ##[error]"
    (shop / "camp.yaml").write_text(PLAN.replace("name: guestbook", f"name: {json.dumps(name)}"))
    done = camp2iac("port", "--target", "heroku", "--output", "json")
    assert json.loads(done.out)["name"] == name
    assert done.out.isascii()
