"""Tries a mutant in a copy of the project, against the tests that execute its line."""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from mutation import CHOSEN, SERVED, TRACED
from mutation.lines import Record, near
from mutation.mutants import Mutant
from mutation.serve import IMPOSSIBLE

_QUICK = ("-m", "not slow and not roots and not lab and not e2e and not fuzz")


@dataclass(frozen=True)
class Tried:
    """The result for one mutant. ``by``: the test that failed; empty if none did. ``tests``: how many could run."""

    id: str
    file: str
    line: int
    kind: str
    before: str
    after: str
    killed: bool
    by: str
    tests: int
    seconds: float

    @classmethod
    def of(cls, mutant: Mutant, by: str, tests: int, seconds: float) -> Tried:
        named = {each.name for each in fields(cls)}
        known = {name: value for name, value in asdict(mutant).items() if name in named}
        return cls(id=mutant.id, **known, killed=bool(by), by=by, tests=tests, seconds=round(seconds, 1))


def copied(root: Path, to: Path) -> Path:
    """Copy what git knows of the project into a repository of its own, because some tests ask git."""
    shutil.rmtree(to, ignore_errors=True)
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, text=True, check=True).stdout
    for name in filter(None, listed.split("\0")):
        if (root / name).is_file() or (root / name).is_symlink():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(root / name, to / name, follow_symlinks=False)
    for command in (["init", "-q"], ["add", "-A"]):
        subprocess.run(["git", *command], cwd=to, check=True)
    return to


def traced(root: Path, copy: Path, folder: Path, files: Sequence[str], jobs: int) -> Record:
    """Run quick tests without a mutant, and record which test executes which line."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    _pytest(copy, ["-p", "mutation.trace", *_QUICK, "-n", str(jobs), *files], {TRACED: str(folder)}, None)
    return Record.collected(folder, root, copy)


def served(copy: Path, mutants: Sequence[Mutant], record: Record, until: float) -> dict[str, Tried]:
    """Try mutants in forks of one process, each against the quick tests that execute its line.

    The results lack mutants that need a new process. ``until``: the time after which no trial starts.
    """
    folder = copy.with_name(f"{copy.name}.served")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    ranked = {mutant.id: record.ranked(mutant) for mutant in mutants}
    asked = [
        {"id": each.id, "mutant": asdict(each), "tests": tests, "seconds": sum(map(record.costs.__getitem__, tests))}
        for each in mutants
        if (tests := ranked[each.id])
    ]
    (folder / "asked.json").write_text(json.dumps({"until": until, "mutants": asked}))
    own = "--ignore=tests/mutation"  # pytest has imported these modules already, from elsewhere
    _pytest(copy, ["-p", "mutation.serve", *_QUICK, "-n", "0", own, "tests"], {SERVED: str(folder)}, None, shown=True)
    results = folder / "results.jsonl"
    found = [json.loads(line) for line in results.read_text().splitlines()] if results.exists() else []
    by_id = {mutant.id: mutant for mutant in mutants}
    return {
        each["id"]: Tried.of(by_id[each["id"]], each["by"], each["tests"], each["seconds"])
        for each in found
        if each["by"] != IMPOSSIBLE
    }


def noticed(copy: Path, tests: Sequence[str], seconds: float) -> str:
    """The first test that fails, or an empty string. ``seconds``: what the tests cost without a fault."""
    listed = copy.with_name(f"{copy.name}.tests")
    listed.write_text("\n".join(tests), encoding="utf-8")
    files = sorted({test.partition("::")[0] for test in tests})
    arguments = ["-p", "mutation.selection", "-x", "-n", "0", "-rfE", "--tb=no", *files]
    return _failed(_pytest(copy, arguments, {CHOSEN: str(listed)}, int(60 + 5 * seconds)))


def _failed(done: subprocess.CompletedProcess[str]) -> str:
    if done.returncode in (0, 5):  # 5: no test was chosen
        return ""
    for line in done.stdout.splitlines():
        if line.startswith(("FAILED ", "ERROR ")):
            return line.split(" ", 1)[1].partition(" - ")[0]
    return "it does not end" if done.returncode < 0 else "it cannot be imported"


def _pytest(
    copy: Path,
    arguments: Sequence[str],
    environment: Mapping[str, str],
    limit: int | None,
    *,
    shown: bool = False,
) -> subprocess.CompletedProcess[str]:
    hidden = ("CHECKS", "PYTEST_ADDOPTS", "PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX")
    kept = {name: value for name, value in os.environ.items() if name not in hidden}
    tools = Path(__file__).resolve().parents[1]
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments],
        cwd=copy,
        env={**kept, "PYTHONPATH": f"{copy}{os.pathsep}{tools}", "CI": "", **environment},
        stdout=None if shown else subprocess.PIPE,
        stderr=None if shown else subprocess.PIPE,
        text=True,
        errors="replace",
        check=False,
        stdin=subprocess.DEVNULL,
        preexec_fn=lambda: limit and resource.setrlimit(resource.RLIMIT_CPU, (limit, limit)),
    )


def attempt(mutant: Mutant, copy: Path, record: Record, *, slow: bool) -> Tried:
    """Try one mutant in new processes. ``slow``: also against every slow test, those of the package first."""
    file, began = copy / mutant.file, time.monotonic()
    source = file.read_bytes()
    runs = record.runs(mutant)
    by = ""
    try:
        _put(file, mutant.apply(source))
        for tests in runs:
            by = by or noticed(copy, tests, sum(record.costs[test] for test in tests))
        if slow:
            folders = [name for name in near(mutant) if (copy / name).is_dir()]
            by = by or _slow(copy, folders) or _slow(copy, ["tests"])
    finally:
        _put(file, source)
    return Tried.of(mutant, by, sum(map(len, runs)), time.monotonic() - began)


def _slow(copy: Path, folders: Sequence[str]) -> str:
    expression = "slow and not roots and not lab and not e2e and not fuzz"
    return _failed(_pytest(copy, ["-x", "-n", "0", "-rfE", "--tb=no", "-m", expression, *folders], {}, 3600))


def _put(file: Path, source: bytes) -> None:
    """Write a module. Python recognises one by its size and the second of its change: the cached bytecode must go."""
    file.write_bytes(source)
    for cached in (file.parent / "__pycache__").glob(f"{file.stem}.*.pyc"):
        cached.unlink()
