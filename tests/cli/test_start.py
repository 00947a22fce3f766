"""Every command is quick, has plain help, prints no traceback, and returns the right exit status."""

from __future__ import annotations

import io
import re
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from running import Command

from camp2iac import compilation, plan
from camp2iac.cli import COMMANDS
from camp2iac.version import VERSION

ROOT = Path(__file__).parents[2]
CAMP2IAC = [sys.executable, "-m", "camp2iac.cli"]


def test_one_version() -> None:
    assert f'\nversion = "{VERSION}"\n' in (ROOT / "pyproject.toml").read_text()


def test_version_is_quick_and_imports_nothing_heavy() -> None:
    code = "import sys; from camp2iac.cli import run; run(['--version']); print(*sorted(sys.modules), file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == f"camp2iac {VERSION}\n"
    heavy = {"yaml", "jinja2", "jsonschema", "cryptography", "cdktf", "importlib.metadata", "camp2iac.compiler"}
    assert not heavy & set(done.stderr.split())


@pytest.mark.slow
def test_version_takes_little_more_cpu_than_click() -> None:
    version, click = [*CAMP2IAC, "--version"], [sys.executable, "-c", "import click"]
    assert min(_cpu(version) for _ in range(5)) < 2 * min(_cpu(click) for _ in range(5))


def _cpu(command: list[str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, capture_output=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


@pytest.mark.parametrize("command", [[], *([name] for name in COMMANDS), ["catalogue", "list"], ["catalogue", "show"]])
def test_help_is_plain_text(command: list[str], camp2iac: Command) -> None:
    done = camp2iac(*command, "--help")
    assert done.status == 0
    assert "\x1b" not in done.out
    assert done.out.isascii()
    assert not done.err
    assert camp2iac(*command, "-h").out == done.out


def test_wrong_usage_says_what_is_near(shop: Path, camp2iac: Command) -> None:
    for args, said in {
        ("sync", "camp.yaml"): "there is no command 'sync'; did you mean synth?",
        ("sinth", "camp.yaml"): "there is no command 'sinth'; did you mean synth?",
        ("validate", "camp.yml"): "there is no file or folder camp.yml; did you mean camp.yaml?",
        ("validate", "camp.yaml", "-e", "environments/opnstack.yaml"): "did you mean environments/openstack.yaml?",
        ("validate", "camp.yaml", "-e", "environments"): "environments is a folder; name a file",
        ("synth", "camp.yaml", "--target", "openstak"): "there is no target 'openstak'; did you mean openstack?",
        (
            "synth",
            "camp.yaml",
            "--target",
            "azure",
        ): "there is no target 'azure'; write docker, heroku, kubernetes or openstack",
        ("synth", "-"): "name the platform with  -e ENV.yaml  or  --target openstack",
        ("content", "camp.yaml", "-e", "environments/heroku.yaml", "-e", "camp.yaml"): "--environment is used twice",
        ("synth", "camp.yaml", "--target", "heroku", "--set", "x"): "write NAME=VALUE",
        ("synth", "camp.yaml", "--target", "heroku", "--set", "x=1", "--set", "x=2"): "x is set twice",
        ("synth", "camp.yaml", "--target", "heroku", "--catalogue", "none"): "there is no folder none",
        ("synth", "camp.yaml", "--target", "heroku", "-o", ""): "'-o': the value is empty",
        ("synth", "", "--target", "heroku"): "'[PLAN]': the value is empty",
        ("validate", "camp.yaml", "-e", ""): "'--environment': the value is empty",
        ("validate", "camp.yaml", "--catalogue", ""): "'--catalogue': the value is empty",
        ("validate", "camp.yaml", "--signer", ""): "'--signer': the value is empty",
        ("schema",): "name a schema: plan, environment or product; or write all with --write",
        ("port", "-"): "name the platforms: --target openstack,heroku",
        (
            "schema",
            "environment",
        ): "name the platform: --target docker or --target heroku or --target kubernetes or --target openstack",
        ("schema", "plan", "--target", "heroku"): "--target is only for  camp2iac schema environment  and  camp2iac",
        ("schema", "product", "--target", "openstack"): "products have no file for openstack: it reads product.yaml",
        ("explain", "CAMP21"): "there is no code CAMP21",
        ("catalogue", "show", "postgresq"): "did you mean postgresql?",
        ("init", "--from", "gestbook"): "did you mean guestbook?",
    }.items():
        done = camp2iac(*args)
        assert (done.status, done.out) == (2, ""), args
        assert done.err.startswith("error: "), args
        assert said in done.err, args
        assert "Usage: camp2iac" in done.err


@pytest.mark.parametrize("group", [(), ("catalogue",)])
def test_a_group_alone_says_how_to_use_it(group: tuple[str, ...], camp2iac: Command) -> None:
    done = camp2iac(*group)
    assert (done.status, done.out) == (2, "")
    assert done.err == camp2iac(*group, "--help").out


def test_what_cannot_be_read_is_said(shop: Path, camp2iac: Command) -> None:
    (shop / "latin.yaml").write_bytes(b"name: caf\xe9\n")
    (shop / "empty").mkdir()
    (shop / "environments/latin.yaml").write_bytes(b"target: \xff\n")
    for args in (
        ("validate", "latin.yaml"),
        ("validate", "empty"),
        ("validate", "web/guestbook.py"),
        ("validate", "camp.yaml", "-e", "environments/latin.yaml"),
    ):
        done = camp2iac(*args)
        assert done.status == 1, args
        assert done.out.startswith("error[CAMP"), args
        assert not done.err


def test_an_output_that_cannot_be_written_is_said(shop: Path, camp2iac: Command) -> None:
    done = camp2iac("synth", "camp.yaml", "--target", "heroku", "-o", "camp.yaml")
    assert done.status == 1
    assert "error[CAMP704]" in done.err
    assert (shop / "camp.yaml").read_text().startswith("camp_version")


def test_a_bug_is_one_line_and_a_traceback_only_for_who_asks(
    shop: Path, camp2iac: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object, **more: object) -> None:
        raise RuntimeError("first line\nsecond line")

    monkeypatch.setattr(plan, "read", broken)
    done = camp2iac("validate", "camp.yaml")
    assert done.status == 70
    assert done.err.startswith(f"error: this is a bug in camp2iac {VERSION}: RuntimeError: first line\n")
    assert "Report it" in done.err
    assert "Traceback" not in done.err
    for args in (("-v", "validate", "camp.yaml"), ("validate", "camp.yaml", "-v")):
        assert "Traceback" in camp2iac(*args).err


def test_content_that_goes_between_compiling_and_writing_is_no_bug(
    shop: Path, camp2iac: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*args: object, **more: object) -> None:
        raise compilation.PlanError("error[CAMP138]: guestbook.py cannot be read\n")

    monkeypatch.setattr(compilation.Compilation, "write", gone)
    done = camp2iac("synth", "camp.yaml", "--target", "heroku")
    assert (done.status, done.err) == (1, "error[CAMP138]: guestbook.py cannot be read\n")


def test_ctrl_c_is_one_word(shop: Path, camp2iac: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*args: object, **more: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(plan, "read", stop)
    done = camp2iac("validate", "camp.yaml")
    assert (done.status, done.err.split()) == (130, ["error:", "interrupted"])


def test_a_reader_that_goes_away_is_no_fault(shop: Path) -> None:
    for args in (["schema", "plan"], ["synth", "camp.yaml", "--target", "openstack", "-o", "-"]):
        process = subprocess.Popen([*CAMP2IAC, *args], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        err = process.stderr.read().decode()
        assert process.wait(timeout=60) == 141
        assert "error" not in err
        assert "Traceback" not in err


def test_a_terminal_that_lacks_the_signs_gets_others(shop: Path) -> None:
    done = subprocess.run(
        [*CAMP2IAC, "port", "camp.yaml", "--target", "openstack,heroku"],
        capture_output=True,
        check=True,
        env={"PYTHONIOENCODING": "ascii", "PATH": "/usr/bin:/bin"},
    )
    text = done.stdout.decode("ascii")
    assert "+ kept   ~ degraded   x lost" in text
    assert "\\u" not in text


def test_colour_is_for_who_wants_it(shop: Path, camp2iac: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    (shop / "camp.yaml").write_text("camp_version: CAMP 1.1\nname: x\nname: y\n")
    plain = camp2iac("validate", "camp.yaml").out
    assert "\x1b" not in plain

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    def shown(**environment: str) -> str:
        with monkeypatch.context() as patch:
            for name in ("NO_COLOR", "FORCE_COLOR", "TERM"):
                patch.delenv(name, raising=False)
            for name, value in environment.items():
                patch.setenv(name, value)
            terminal = Terminal()
            patch.setattr(sys, "stdout", terminal)
            from camp2iac.cli import run

            run(["validate", "camp.yaml"])
            return terminal.getvalue()

    coloured = shown(TERM="xterm")
    assert "\x1b[1;31m" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain
    assert shown(TERM="xterm", NO_COLOR="1") == plain
    assert shown(TERM="dumb") == plain
    assert shown(TERM="dumb", FORCE_COLOR="1") == coloured
