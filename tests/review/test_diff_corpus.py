"""The corpus of proofs/diff: its edits can be made, and change each kind of statement and each key of environments."""

from __future__ import annotations

from pathlib import Path

import pytest
from diff.corpus import CorpusError, bases
from diff.covered import all_keys, all_kinds, changed_keys, changed_kinds, uncovered
from diff.judge import judged, rates
from diff.page import percent
from diff.planned import Act, acts

BASES = {base.name: base for base in bases()}


def test_there_are_enough() -> None:
    assert sum(len(base.edits) for base in BASES.values()) >= 200
    assert {base.platform for base in BASES.values()} == {"openstack", "heroku"}
    assert {base.platform for base in BASES.values() if base.bounded} == {"openstack", "heroku"}


@pytest.mark.parametrize("name", BASES)
def test_every_edit_finds_its_text_once(name: str, tmp_path: Path) -> None:
    for number, edit in enumerate(BASES[name].edits):
        BASES[name].copy(tmp_path / str(number), edit)


def test_an_edit_that_finds_its_text_twice_is_wrong(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yaml"
    base = "package: examples/todo\nenvironment: environments/heroku.yaml\nedits:\n"
    wrong.write_text(f"{base}  - {{ what: two, old: mongo, new: db }}\n")
    (found,) = bases(tmp_path)
    with pytest.raises(CorpusError, match="instead of once"):
        found.copy(tmp_path / "copy", found.edits[0])
    wrong.write_text(f"{base}  - {{ what: none, nwe: db }}\n")
    with pytest.raises(CorpusError, match="unknown keys nwe"):
        list(bases(tmp_path))


@pytest.mark.slow
def test_every_kind_of_statement_is_changed() -> None:
    missing = all_kinds() - {kind for base in BASES.values() for kind in changed_kinds(base)}
    assert missing == uncovered()["statements"].keys()


@pytest.mark.slow
@pytest.mark.parametrize("platform", ["openstack", "heroku"])
def test_every_key_of_environments_is_changed(platform: str) -> None:
    of = [base for base in BASES.values() if base.platform == platform]
    missing = all_keys(platform) - {key for base in of for key in changed_keys(base)}
    assert missing == uncovered()[platform].keys()


def test_the_actions_of_a_plan() -> None:
    def change(address: str, *actions: str, mode: str = "managed", previous: str = "") -> dict[str, object]:
        found: dict[str, object] = {"address": address, "mode": mode, "change": {"actions": list(actions)}}
        return {**found, "previous_address": previous} if previous else found

    plan = {
        "resource_changes": [
            change("a.a", "create", "delete"),
            change("a.b", "no-op", previous="a.old"),
            change("a.c", "update", previous="a.was"),
            change("data.a.d", "read", mode="data"),
            change("a.e", "no-op"),
            change("a.f", "delete"),
        ]
    }
    assert acts(plan) == {
        Act("replace", "a.a"),
        Act("move", "a.b", "a.old"),
        Act("move", "a.c", "a.was"),
        Act("update", "a.c"),
        Act("destroy", "a.f"),
    }


def test_precision_and_recall() -> None:
    one, other, third = Act("create", "a.a"), Act("create", "a.b"), Act("update", "a.c")
    found = [judged("base", "edit", [one, third], [one, other], [third])]
    assert (found[0].missed, found[0].wrong, found[0].right) == ((), (other,), False)
    by_action = {rate.action: rate for rate in rates(found)}
    assert (by_action["create"].precision, by_action["create"].recall, by_action["create"].reached) == (0.5, 1, False)
    assert by_action["update"].reached
    assert percent(0.9999) == "99.9 %"
