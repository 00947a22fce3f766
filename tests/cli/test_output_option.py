"""``-o`` is where output goes, and ``--output`` the format of a report, in every command."""

from __future__ import annotations

from pathlib import Path

import click
import pytest
from running import Command

from camp2iac.cli import COMMANDS, cli


@pytest.mark.parametrize(
    ("value", "meant"),
    [("hcl", "--format hcl"), ("my dir", "-o 'my dir'"), ("-", "-o -"), ("", "-o DIR"), ("infra/x", "-o infra/x")],
)
def test_the_earlier_name_says_what_to_write(value: str, meant: str, shop: Path, camp2iac: Command) -> None:
    before = sorted(shop.rglob("*"))
    done = camp2iac("synth", "camp.yaml", "--target", "heroku", f"--output={value}")
    assert (done.status, done.out) == (2, "")
    assert f"write  {meant}  (" in done.err
    assert sorted(shop.rglob("*")) == before


@pytest.mark.parametrize("command", ["validate", "port", "matrix", "content", "secrets", "graph", "diff"])
def test_a_format_has_no_short_name(command: str, shop: Path, camp2iac: Command) -> None:
    done = camp2iac(command, "camp.yaml", "-o", "json")
    assert done.status == 2
    assert "write  --output FORMAT" in done.err


def test_one_meaning() -> None:
    """No command has an option ``--output`` without a list of formats, or ``-o`` with one."""
    for name in COMMANDS:
        command = cli.get_command(click.Context(cli), name)
        assert command is not None
        commands = [command, *(getattr(command, "commands", {}).values())]
        for param in (param for each in commands for param in each.params):
            if "--output" in param.opts:
                assert "-o" not in param.opts
                assert getattr(param, "hidden", False) or "format" in (getattr(param, "help", "") or "")
            if "-o" in param.opts:
                assert param.metavar == ("FILE" if name == "pack" else "DIR")
