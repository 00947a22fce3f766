"""The faults that are tried: small, in what is executed, and the same for the same seed."""

from __future__ import annotations

import pytest
from support.plans import ROOT

from mutation.mutants import chosen, modules, mutants
from mutation.page import page
from mutation.trial import NEAREST, Tried

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


def test_the_same_for_the_same_seed() -> None:
    first, again, other = (chosen(ROOT, 30, seed) for seed in (1, 1, 2))
    assert first == again != other
    assert len({each.id for each in first}) == 30
    assert len({each.kind for each in first}) > 4


def test_every_room_has_tests_that_stand_near() -> None:
    for path in modules(ROOT):
        assert path.relative_to(ROOT).as_posix().startswith(tuple(NEAREST)), path
    assert not [path for paths in NEAREST.values() for path in paths if not (ROOT / path).is_dir()]


def test_the_page_lists_survivors() -> None:
    head = {"file": "camp2iac/targets/heroku/x.py", "kind": "number", "before": "1", "after": "(2)", "seconds": 1.0}
    tried = [Tried(id="a", line=1, killed=True, by="t", **head), Tried(id="b", line=2, killed=False, by="", **head)]
    text = page(tried, 100, 7, "2026-01-01")
    assert "Seed 7, 2026-01-01: 2 of 100 mutants tried, **1 killed**, 1 survived." in text
    assert "| `targets/heroku` | 2 | 1 |" in text
    assert "`camp2iac/targets/heroku/x.py:2` (number)\n\n```diff\n- 1\n+ (2)\n```" in text
    assert "x.py:1`" not in text
