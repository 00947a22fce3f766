"""Mutants of a small project: recorded, tried in forks and in new processes."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
from support.plans import ROOT

from mutation import __main__ as command
from mutation.lines import Record
from mutation.mutants import Mutant, mutants
from mutation.trial import attempt, copied, noticed, served, traced

MODULE = """\
import functools

LIMIT = 10


def large(number):
    return number > LIMIT


def shout(text, sign="!"):
    if text == "never":
        return "untested"
    return text + sign


@functools.cache
def table():
    return [large(number) for number in (1, 11)]


def spins(number):
    while number > 0:
        number -= 1
    return number
"""
TESTS = """\
import subprocess
import sys

import pytest

from camp2iac.synth import a


def test_large():
    assert a.large(11)
    assert not a.large(10)


def test_shout():
    assert a.shout("hey") == "hey!"


def test_table():
    assert a.table() == [False, True]


def test_spins():
    assert a.spins(3) == 0


def test_python():
    code = "from camp2iac.synth import a; assert a.shout('never') == 'untested'"
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.slow
def test_slow():
    assert a.LIMIT == 10
"""
FILES = {
    "camp2iac/__init__.py": "",
    "camp2iac/synth/__init__.py": "",
    "camp2iac/synth/a.py": MODULE,
    "tests/synth/test_a.py": TESTS,
    "pyproject.toml": '[tool.pytest.ini_options]\nmarkers = ["slow"]\naddopts = "-q"\n',
}
A = "tests/synth/test_a.py::"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("project")
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    for words in (["init", "-q"], ["add", "."]):
        subprocess.run(["git", *words], cwd=folder, check=True)
    return folder


@pytest.fixture(scope="module")
def copy(project: Path) -> Path:
    return copied(project, project.parent / "copy")


@pytest.fixture(scope="module")
def record(project: Path, copy: Path) -> Record:
    return traced(project, copy, project.parent / "record", ["tests"], 1)


def mutant(before: str, line: str) -> Mutant:
    found = mutants(MODULE.encode(), "camp2iac/synth/a.py")
    return next(each for each in found if each.before == before and each.source == line)


LARGE = mutant("number > LIMIT", "return number > LIMIT")
SHOUT = mutant("text + sign", "return text + sign")
NEVER = mutant('text == "never"', 'if text == "never":')
LIMIT = mutant("10", "LIMIT = 10")
SPINS = mutant("number > 0", "while number > 0:")


def test_what_is_recorded(record: Record, project: Path) -> None:
    assert set(record.costs) == {
        A + name for name in ("test_large", "test_shout", "test_table", "test_spins", "test_python")
    }
    assert record.starts == [A + "test_python"]
    assert record.ranked(SHOUT) == [A + "test_shout"]
    assert A + "test_large" in record.ranked(LARGE)
    assert set(record.executing(LARGE)) == set(record.costs), "what a cache keeps concerns all tests"
    assert record.stale(project) == []
    path = project.parent / "stored.json"
    record.store(path)
    assert Record.load(path) == record


def test_in_forks(record: Record, copy: Path) -> None:
    found = served(copy, [LARGE, SHOUT, NEVER, LIMIT, SPINS], record, time.time() + 600)
    assert {each.id: each.by for each in found.values()} == {
        LARGE.id: A + "test_large",
        SHOUT.id: A + "test_shout",
        NEVER.id: A + "test_shout",
        SPINS.id: A + "test_spins",
    }
    assert (copy / LARGE.file).read_text() == MODULE
    assert served(copy, [LARGE], record, time.time() - 1) == {}


def test_in_new_processes(record: Record, copy: Path) -> None:
    untested = next(
        each for each in mutants(MODULE.encode(), LARGE.file) if each.before == '"!"' or each.kind == "comparison"
    )
    assert attempt(untested, copy, record, slow=False).killed
    limit = attempt(LIMIT, copy, record, slow=False)
    assert (limit.killed, limit.by) == (True, A + "test_large")
    assert (copy / LARGE.file).read_text() == MODULE
    assert noticed(copy, list(record.costs), 10) == ""


def test_a_survivor_meets_the_slow_tests(record: Record, copy: Path) -> None:
    harmless = Mutant(LIMIT.file, 3, 3, 3, "number", LIMIT.start, LIMIT.end, "10", "(10.5)", "LIMIT = 10")
    assert not attempt(harmless, copy, record, slow=False).killed
    found = attempt(harmless, copy, record, slow=True)
    assert (found.killed, found.by) == (True, A + "test_slow")


def test_the_command_says_what_it_can_do() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mutation", "--help"], cwd=ROOT / "tests", capture_output=True, text=True, check=True
    )
    for option in ("--count", "--seed", "--jobs", "--minutes", "--quick", "--again"):
        assert option in done.stdout


def test_the_whole_command(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *identity, "commit", "-q", "-m", "all"], cwd=project, check=True)
    monkeypatch.setattr(command, "ROOT", project)
    monkeypatch.setattr(command, "PLACE", tmp_path)
    monkeypatch.setattr(command, "PAGE", tmp_path / "mutants.md")
    monkeypatch.setattr(command, "reviewed", list)
    monkeypatch.setattr(sys, "argv", ["tests/mutate", "--count", "4", "--seed", "1", "2", "--jobs", "1", "--quick"])
    survived = command.main()
    text = (tmp_path / "mutants.md").read_text()
    assert "| 1 | 4 of 4 | " in text
    assert "| 2 | 4 of 4 | " in text
    assert survived == ("## Survivors" in text)
    capsys.readouterr()
    assert command.main() == survived
    out = capsys.readouterr().out
    assert "killed" not in out, "nothing is tried twice"
    assert out.startswith("seed 1: 4 of 4 mutants tried, ")
