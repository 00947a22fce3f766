"""Tries mutants in copies of the project, each against the tests that most likely notice it, then against all."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from mutation.mutants import Mutant

QUICK = "not slow and not terraform and not roots and not lab and not e2e and not fuzz"
CPU = 400  # seconds for a run of tests; a mutant that does not end is noticed by that
#: Of each room of camp2iac, the tests that stand nearest. The longest beginning of a path counts.
NEAREST = {
    "camp2iac/camp/": ("tests/camp", "tests/conformance"),
    "camp2iac/catalogue/": ("tests/catalogue", "tests/topology"),
    "camp2iac/diagnostics/": ("tests/diagnostics",),
    "camp2iac/review/": ("tests/review", "tests/cli"),
    "camp2iac/synth/": ("tests/synth",),
    "camp2iac/targets/": ("tests/cli", "tests/programs"),
    "camp2iac/targets/heroku/": ("tests/heroku",),
    "camp2iac/targets/openstack/": ("tests/openstack",),
    "camp2iac/targets/openstack/machine/": ("tests/machine", "tests/catalogue"),
    "camp2iac/targets/programs/": ("tests/programs",),
    "camp2iac/topology/": ("tests/topology", "tests/conformance"),
}
GOLDEN = ("tests/errors", "tests/cases/test_output.py")


@dataclass(frozen=True)
class Tried:
    """What came of a mutant. ``by``: the test that noticed it; empty where none did."""

    id: str
    file: str
    line: int
    kind: str
    before: str
    after: str
    killed: bool
    by: str
    seconds: float

    @classmethod
    def of(cls, mutant: Mutant, by: str, seconds: float) -> Tried:
        said = {name: value for name, value in asdict(mutant).items() if name not in ("start", "end")}
        return cls(id=mutant.id, **said, killed=bool(by), by=by, seconds=round(seconds, 1))


def copied(root: Path, to: Path) -> Path:
    """A copy of what git knows of the project, as a repository of its own: some tests ask git."""
    shutil.rmtree(to, ignore_errors=True)
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, text=True, check=True).stdout
    for name in filter(None, listed.split("\0")):
        if (root / name).is_file() or (root / name).is_symlink():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(root / name, to / name, follow_symlinks=False)
    for command in (["init"], ["add", "-A"]):
        subprocess.run(["git", *command, "-q"] if command == ["init"] else ["git", *command], cwd=to, check=True)
    return to


def noticed(copy: Path, paths: tuple[str, ...]) -> str:
    """The first test that fails; ``nothing`` is told by an empty text."""
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-n", "0", "-rfE", "-p", "no:cacheprovider", "--tb=no"]
    environment = {name: value for name, value in os.environ.items() if name not in ("CHECKS", "PYTEST_ADDOPTS")}
    done = subprocess.run(
        [*command, "-m", QUICK, *paths],
        cwd=copy,
        env={**environment, "PYTHONPATH": str(copy), "CI": ""},
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
        stdin=subprocess.DEVNULL,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (CPU, CPU)),
    )
    if done.returncode == 0:
        return ""
    if done.returncode == 5:
        raise RuntimeError(f"there is no test in {' '.join(paths)}")
    for line in done.stdout.splitlines():
        if line.startswith(("FAILED ", "ERROR ")):
            return line.split(" ", 1)[1].partition(" - ")[0]
    return "it does not end" if done.returncode < 0 else "it cannot be imported"


def attempt(mutant: Mutant, copy: Path) -> Tried:
    """Try one: against what stands nearest, the committed output and errors, then the whole quick run."""
    file, began = copy / mutant.file, time.monotonic()
    source = file.read_bytes()
    room = max((name for name in NEAREST if mutant.file.startswith(name)), key=len)
    nearest = tuple(path for path in NEAREST[room] if (copy / path).exists())
    by = ""
    try:
        _put(file, mutant.apply(source))
        for paths in (nearest, GOLDEN, ("tests",)):
            by = by or noticed(copy, paths)
    finally:
        _put(file, source)
    return Tried.of(mutant, by, time.monotonic() - began)


def _put(file: Path, source: bytes) -> None:
    """Python knows a module by its size and the second of its change: what it kept of it goes."""
    file.write_bytes(source)
    for kept in (file.parent / "__pycache__").glob(f"{file.stem}.*.pyc"):
        kept.unlink()
