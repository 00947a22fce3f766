"""The faults that are tried: small, in what is executed, and the same for the same seed."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.plans import ROOT

from mutation.equivalent import Equivalent, reasons, reviewed
from mutation.lines import NEAREST, Record
from mutation.mutants import Mutant, every, modules, mutants, sampled
from mutation.page import Results, page
from mutation.serve import replacement
from mutation.trial import Tried

SOURCE = b'''"""A docstring: 1 == 2."""
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    import x
class A(Record, frozen=True):
    def f(self, a: "int | 1", b: int = 2) -> bool:
        """Another: True."""
        if a < b and not b:
            say("caf\xc3\xa9", help=f"write {a}")
            return [i for i in a if i == 3]
        return False
'''


def test_what_can_go_wrong() -> None:
    found = [(each.kind, each.before, each.after) for each in mutants(SOURCE, "a.py")]
    assert sorted(found) == sorted(
        [
            ("number", "2", "(3)"),
            ("condition", "a < b and not b", "(a < b or not b)"),
            ("condition", "a < b and not b", "(not (a < b and (not b)))"),
            ("comparison", "a < b", "(a <= b)"),
            ("statement", 'say("café", help=f"write {a}")', "pass"),
            ("text", '"café"', "('caféXX')"),
            ("text", 'f"write {a}"', "('XX')"),
            ("result", "[i for i in a if i == 3]", "(None)"),
            ("condition", "i == 3", "(True)"),
            ("comparison", "i == 3", "(i != 3)"),
            ("number", "3", "(4)"),
            ("truth", "False", "(True)"),
        ]
    )


@pytest.mark.parametrize("mutant", list(mutants(SOURCE, "a.py")), ids=lambda each: f"{each.kind}-{each.start}")
def test_a_mutant_is_a_program(mutant) -> None:
    changed = mutant.apply(SOURCE)
    assert changed != SOURCE
    compile(changed, "a.py", "exec")


def test_code_that_does_not_run_has_no_mutants() -> None:
    source = b"""import sys
if sys.platform == "win32":
    a = 1
else:
    a = 2
b = cast("int", 3)
for c in zip(a, b, strict=True):
    pass
if __name__ == "__main__":
    d = 4
"""
    found = [each.before for each in mutants(source, "a.py")]
    assert found == ["2", "3"]


@pytest.fixture(scope="module")
def whole() -> list[Mutant]:
    return every(ROOT)


def test_the_same_for_the_same_seed(whole: list[Mutant]) -> None:
    first, again, other = (sampled(whole, 30, seed) for seed in (1, 1, 2))
    assert first == again != other
    assert len({each.id for each in first}) == 30
    assert len({each.kind for each in first}) > 4
    more = sampled(whole, 30, 1, {first[0].id, first[5].id})
    assert more[:30] == first
    assert len(more) == 32


def test_the_same_reviewed_mutants_are_still_there(whole: list[Mutant]) -> None:
    gone = [entry for entry in reviewed() if not reasons(whole, [entry])]
    assert not gone, "remove them from equivalent.yaml"
    assert all(entry.why.endswith(".") for entry in reviewed())


def test_an_equivalent_mutant_is_known_by_its_text() -> None:
    (first, *_) = found = [each for each in mutants(SOURCE, "a.py") if each.kind == "truth"]
    entry = Equivalent("a.py", "return False", "False", "(True)", "Nothing reads it.")
    assert reasons(found, [entry]) == {first.id: "Nothing reads it."}
    assert reasons(found, [Equivalent("b.py", "return False", "False", "(True)", "Another file.")]) == {}


LINES = b"""def f(a):
    if a and (
        a > 2
    ):
        return call(
            a,
            1,
        )
    match a:
        case 3:
            return 4
"""


def test_a_mutant_knows_the_lines_of_its_statement() -> None:
    found = {each.before: (each.first, each.last) for each in mutants(LINES, "a.py")}
    assert found["2"] == (2, 4)
    assert found["1"] == (5, 8)
    assert found["4"] == (11, 11)


def test_the_tests_that_execute_a_line() -> None:
    (mutant,) = (each for each in mutants(LINES, "camp2iac/synth/a.py") if each.before == "1")
    costs = {"tests/synth/test_a.py::near": 2.0, "tests/cli/test_b.py::far": 0.1, "tests/cli/test_b.py::other": 0.1}
    costs |= {
        "tests/synth/test_a.py::cheap": 1.0,
        "tests/synth/test_a.py::elsewhere": 0.1,
        "tests/ci/c.py::starts": 9.0,
    }
    lines = {"6": ["tests/cli/test_b.py::far", "tests/synth/test_a.py::cheap"], "7": ["tests/synth/test_a.py::near"]}
    record = Record(costs, ["tests/ci/c.py::starts"], {mutant.file: lines}, {})
    likely = ["tests/synth/test_a.py::cheap", "tests/synth/test_a.py::near", "tests/cli/test_b.py::far"]
    assert record.ranked(mutant) == likely
    assert record.runs(mutant) == [likely, ["tests/synth/test_a.py::elsewhere", "tests/ci/c.py::starts"]]


def test_what_an_import_executes_concerns_all_tests() -> None:
    (mutant,) = mutants(b"A = 1\n", "camp2iac/synth/a.py")
    record = Record({"tests/cli/test_b.py::b": 1.0, "tests/cli/test_c.py::c": 1.0}, [], {mutant.file: {"1": ["@"]}}, {})
    assert record.ranked(mutant) == []
    assert record.runs(mutant) == [["tests/cli/test_b.py::b", "tests/cli/test_c.py::c"]]
    shared = Record(record.costs, [], {mutant.file: {"1": ["@tests/cli/test_c.py"]}}, {})
    assert shared.runs(mutant) == [["tests/cli/test_c.py::c"]]


def test_files_that_are_recorded_again() -> None:
    old = Record(
        {"a.py::x": 1.0, "b.py::y": 1.0}, ["a.py::x"], {"m": {"1": ["@", "a.py::x", "b.py::y"]}}, {"a.py": "1"}
    )
    new = Record({"a.py::z": 2.0}, [], {"m": {"1": ["@"], "2": ["a.py::z"]}}, {"a.py": "2"})
    assert old.updated(new) == Record(
        {"b.py::y": 1.0, "a.py::z": 2.0}, [], {"m": {"1": ["@", "b.py::y"], "2": ["a.py::z"]}}, {"a.py": "2"}
    )


def test_only_the_function_with_the_fault_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_bytes(SOURCE)
    within = {each.before: replacement(path, each) for each in mutants(SOURCE, "a.py")}
    assert within["2"] is None  # the default of an argument is computed where the function is defined
    old, new = within["False"] or (None, None)
    assert old is not None
    assert (old.co_name, old.co_firstlineno, False in old.co_consts) == ("f", 6, True)
    assert new is not None
    assert False not in new.co_consts


def test_every_package_has_tests_that_are_near() -> None:
    for path in modules(ROOT):
        assert path.relative_to(ROOT).as_posix().startswith(tuple(NEAREST)), path
    assert not [path for paths in NEAREST.values() for path in paths if not (ROOT / path).is_dir()]


def test_the_page_lists_survivors_and_equivalent_mutants() -> None:
    head = {"file": "camp2iac/targets/heroku/x.py", "kind": "number", "before": "1", "after": "(2)", "seconds": 1.0}
    head |= {"tests": 3}
    one, two, three = (Tried(id=str(n), line=n, killed=n == 1, by="", **head) for n in (1, 2, 3))
    text = page([Results(7, 100, [one, two], {three: "It is the same."})], "abc", "2026-01-01")
    assert "Commit abc, 2026-01-01:" in text
    assert "| 7 | 2 of 100 | **1** | 1 | 1 |" in text
    assert "| `targets/heroku` | 2 | 1 |" in text
    survivors, _, same = text.partition("## Survivors")[2].partition("## Equivalent mutants")
    assert "`camp2iac/targets/heroku/x.py:2` (number)\n\n```diff\n- 1\n+ (2)\n```" in survivors
    assert "x.py:3` (number)\n\n```diff\n- 1\n+ (2)\n```\n\nIt is the same." in same
    assert "x.py:1`" not in text
