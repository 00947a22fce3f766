"""Which tests can notice a fault: those that execute its line, by the record of a quick run (`trace`)."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from coverage import CoverageData

from mutation.mutants import Mutant

#: Of each package of camp2iac, the tests that are nearest. The longest beginning of a path counts.
NEAREST = {
    "camp2iac/camp/": ("tests/camp", "tests/conformance"),
    "camp2iac/catalogue/": ("tests/catalogue", "tests/topology"),
    "camp2iac/diagnostics/": ("tests/diagnostics",),
    "camp2iac/review/": ("tests/review", "tests/cli"),
    "camp2iac/synth/": ("tests/synth",),
    "camp2iac/targets/": ("tests/targets", "tests/cli", "tests/programs"),
    "camp2iac/targets/heroku/": ("tests/heroku", "tests/targets"),
    "camp2iac/targets/openstack/": ("tests/openstack", "tests/targets"),
    "camp2iac/targets/openstack/machine/": ("tests/machine", "tests/catalogue"),
    "camp2iac/targets/programs/": ("tests/programs",),
    "camp2iac/topology/": ("tests/topology", "tests/conformance"),
}
_GOLDEN = ("tests/errors", "tests/cases/test_output.py")
_FEW_FILES = 5
_FEW_TESTS = 120
_SECONDS = 6.0


@dataclass(frozen=True)
class Record:
    """One quick run without a fault.

    ``costs``: of each test that passed, its seconds. ``starts``: tests that start Python, and can execute any line
    there, or whose recording took too long.
    ``lines``: of each file and line, the contexts of `trace` that executed it. ``files``: fingerprints of the tests.
    """

    costs: Mapping[str, float]
    starts: Sequence[str]
    lines: Mapping[str, Mapping[str, Sequence[str]]]
    files: Mapping[str, str]

    @classmethod
    def collected(cls, folder: Path, root: Path, copy: Path) -> Record:
        """Collect what the processes of a traced run stored in ``folder``."""
        costs: dict[str, float] = {}
        starts: set[str] = set()
        lines: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for part in sorted(folder.glob("tests.*.json")):
            found = json.loads(part.read_text())
            costs |= found["costs"]
            starts |= set(found["starts"])
        for part in sorted(folder.glob("lines.*")):
            data = CoverageData(str(part))
            data.read()
            for file in data.measured_files():
                name = Path(file).relative_to(copy).as_posix()
                for line, contexts in data.contexts_by_lineno(file).items():
                    lines[name][str(line)] |= set(contexts)
        sorted_lines = {
            file: {line: sorted(contexts) for line, contexts in each.items()} for file, each in lines.items()
        }
        return cls(costs, sorted(starts), sorted_lines, fingerprints(root))

    @classmethod
    def load(cls, path: Path) -> Record:
        """Read a stored record."""
        found = json.loads(path.read_text())
        names: list[str] = found["names"]
        sets = [[names[number] for number in numbers] for numbers in found["sets"]]
        lines = {file: {line: sets[at] for line, at in each.items()} for file, each in found["lines"].items()}
        return cls(found["costs"], found["starts"], lines, found["files"])

    def store(self, path: Path) -> None:
        """Write the record. Most lines share their set of contexts with others."""
        sets: dict[tuple[str, ...], int] = {}
        lines = {
            file: {line: sets.setdefault(tuple(contexts), len(sets)) for line, contexts in each.items()}
            for file, each in self.lines.items()
        }
        names = {name: number for number, name in enumerate(sorted({name for each in sets for name in each}))}
        found = {"costs": self.costs, "starts": self.starts, "files": self.files, "lines": lines}
        numbers = [[names[name] for name in each] for each in sets]
        path.write_text(json.dumps({**found, "names": list(names), "sets": numbers}))

    def updated(self, other: Record) -> Record:
        """Replace what is known of the test files that ``other`` is about."""
        files = {test.partition("::")[0] for test in other.costs}
        changed = tuple(f"{file}::" for file in files)
        costs = {test: cost for test, cost in self.costs.items() if not test.startswith(changed)}
        lines: dict[str, dict[str, list[str]]] = {
            file: {
                line: [each for each in contexts if not each.startswith(changed)] for line, contexts in known.items()
            }
            for file, known in self.lines.items()
        }
        for file, known in other.lines.items():
            for line, contexts in known.items():
                now = lines.setdefault(file, {}).get(line, [])
                lines[file][line] = sorted({*now, *contexts})
        starts = sorted({each for each in self.starts if not each.startswith(changed)} | set(other.starts))
        return Record(costs | dict(other.costs), starts, lines, other.files)

    def stale(self, root: Path) -> list[str]:
        """The test files that are new or have changed since."""
        now = fingerprints(root)
        return sorted(file for file, print_ in now.items() if self.files.get(file) != print_)

    def executing(self, mutant: Mutant) -> list[str]:
        """The tests that execute the statement, or share what executed it."""
        known = self.lines.get(mutant.file, {})
        contexts = {each for line in range(mutant.first, mutant.last + 1) for each in known.get(str(line), ())}
        return self._tests(contexts)

    def _tests(self, contexts: Iterable[str]) -> list[str]:
        named = {each for each in contexts if not each.startswith("@")}
        shared = tuple(each[1:] for each in contexts if each.startswith("@"))
        return [test for test in self.costs if test in named or (shared and test.startswith(shared))]

    def _of_file(self, file: str) -> set[str]:
        known = self.lines.get(file, {})
        return {each for contexts in known.values() for each in contexts if not each.startswith("@")}

    def ranked(self, mutant: Mutant) -> list[str]:
        """The tests that execute the statement, likely and cheap ones first. Empty if only imports execute it."""
        executing = set(self.executing(mutant))
        within = executing & self._of_file(mutant.file)
        return sorted(within, key=lambda test: self._rank(test, mutant))

    def runs(self, mutant: Mutant) -> list[list[str]]:
        """What to run in new processes: a few likely tests, then all others that can execute the line.

        Those are the tests that are recorded for it, those that start Python, and those of the package. If only imports
        execute it, any test may use what it defines: those of committed output and errors are likely to.
        """
        executing, ranked = set(self.executing(mutant)), self.ranked(mutant)
        likely = near(mutant) if ranked else (*near(mutant), *_GOLDEN)
        wanted = executing | set(self.starts) | {each for each in self.costs if each.startswith(likely)}
        wanted &= self.costs.keys()
        first = self._first(ranked or sorted(wanted, key=lambda test: self._rank(test, mutant)))
        rest = sorted(wanted - set(first), key=lambda test: self._rank(test, mutant))
        return [run for run in (first, rest) if run]

    def _rank(self, test: str, mutant: Mutant) -> tuple[bool, float, str]:
        return not test.startswith((*near(mutant), *_GOLDEN)), self.costs[test], test

    def _first(self, tests: Sequence[str]) -> list[str]:
        """A few cheap tests of a few files: collecting files costs more than most tests."""
        files: dict[str, None] = {}
        chosen: list[str] = []
        seconds = 0.0
        for test in tests:
            file = test.partition("::")[0]
            if len(chosen) < _FEW_TESTS and seconds < _SECONDS and (file in files or len(files) < _FEW_FILES):
                files[file] = None
                chosen.append(test)
                seconds += self.costs[test]
        return chosen


def near(mutant: Mutant) -> tuple[str, ...]:
    """How the ids of the tests begin that are nearest to a mutant."""
    found = NEAREST[max((name for name in NEAREST if mutant.file.startswith(name)), key=len)]
    return tuple(f"{name}/" for name in found)


def fingerprints(root: Path) -> dict[str, str]:
    """Of each test file, what it and the files that stand with it contain."""
    found = {}
    shared: dict[Path, str] = {}
    for path in sorted((root / "tests").rglob("test_*.py")):
        folder = path.parent
        if folder not in shared:
            others = (each for each in sorted(folder.rglob("*")) if each.is_file() and not _is_test(each))
            parts = [each.relative_to(folder).as_posix().encode() + each.read_bytes() for each in others]
            shared[folder] = hashlib.sha256(b"\0".join(parts)).hexdigest()
        text = path.read_bytes() + shared[folder].encode()
        found[path.relative_to(root).as_posix()] = hashlib.sha256(text).hexdigest()[:16]
    return found


def _is_test(path: Path) -> bool:
    return path.name.startswith("test_") or "__pycache__" in path.parts
