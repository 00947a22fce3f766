"""What targets declare to have a place for, held to what their ledgers say over all examples, cases and samples."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from support import phases
from support.compiler import camp2iac
from support.plans import ROOT, compilations

from camp2iac.targets import registry
from camp2iac.targets.base import Outcome
from camp2iac.targets.kit.places import KINDS, places

TARGETS = ("heroku", "openstack")
SAMPLES = ROOT / "camp2iac" / "catalogue" / "products"

# Declared, and in no example, case or sample: what the targets can do besides.
ELSEWHERE = {
    "heroku": {
        "expose.as": {"degraded"},
        "expose.hosts": {"lost"},
        "expose.tls": {"degraded", "lost"},
        "not exposed": {"kept"},
        "version": {"lost"},
        "region": {"kept"},
        "floating": {"kept"},
        "key_pair": {"lost"},
    },
    "openstack": {
        "option": {"degraded"},
        "env": {"lost"},
        "connect": {"lost"},
        "version": {"lost"},
        "attribute": {"lost"},
        "zone": {"degraded"},
        "together": {"lost"},
        "floating": {"lost"},
        "key_pair": {"kept", "degraded"},
    },
}


def plans(target: str) -> Iterator[tuple[Path, Path | None]]:
    """Each package, with its own environments for the target and without one."""
    packages = {each.package for each in compilations()} | {path.parent for path in SAMPLES.glob("*/sample/camp.yaml")}
    for package in sorted(packages):
        yield package, None
        for environment in sorted(package.glob("environments/*.yaml")):
            if f"target: {target}" in environment.read_text():
                yield package, environment


def outcomes(target: str) -> dict[str, set[str]]:
    """What became of statements of each kind that targets know."""
    found: dict[str, set[str]] = {}
    for package, environment in plans(target):
        loaded = phases.load(package / "camp.yaml")
        compiled = phases.compile(loaded, environment=environment, target=None if environment else target)
        if compiled.result is None or not compiled.ok:
            continue
        for entry in compiled.result.statements:
            if entry.statement.kind.name in KINDS:
                found.setdefault(entry.statement.kind.name, set()).add(entry.outcome.value)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("name", TARGETS)
def test_what_is_declared_is_what_the_ledger_says(name: str) -> None:
    target = registry.find(name)
    assert target is not None
    declared = {place.kind: {outcome.value for outcome in place.outcomes} for place in places(target) or ()}
    found = outcomes(name)
    assert {of: words - declared[of] for of, words in found.items() if words - declared[of]} == {}
    unseen = {of: words - found.get(of, set()) for of, words in declared.items() if of != "extension"}
    assert {of: words for of, words in unseen.items() if words} == ELSEWHERE[name]


@pytest.mark.parametrize("name", TARGETS)
def test_every_kind_is_declared_once(name: str) -> None:
    target = registry.find(name)
    assert target is not None
    assert [place.kind for place in places(target) or ()] == list(KINDS)


@pytest.mark.parametrize("name", TARGETS)
def test_what_is_not_always_kept_has_a_reason(name: str) -> None:
    target = registry.find(name)
    assert target is not None
    for place in places(target) or ():
        assert bool(place.reason) == (place.outcomes != (Outcome.KEPT,)), place
        assert len(set(place.outcomes)) == len(place.outcomes)
        assert place.reason == "" or (place.reason.endswith(".") and len(place.reason) <= 120)


def test_the_command_shows_it() -> None:
    text = camp2iac("targets", "--losses")
    heroku, openstack = text.split("\n\nOpenStack (openstack)\n")
    assert heroku.startswith("Heroku (heroku)\n\n  Keeps\n")
    assert "\n    Placement: zone" in heroku.split("  Has no place for\n")[1]
    assert "\n    Placement: zone" in openstack.split("  Degrades\n")[0]
    document = json.loads(camp2iac("targets", "--losses", "--output", "json"))
    by_name = {each["name"]: {place["kind"]: place for place in each["places"]} for each in document["targets"]}
    assert by_name["heroku"]["zone"]["outcomes"] == ["lost"]
    assert by_name["openstack"]["scale"] == {
        "kind": "scale",
        "statement": "Scale",
        "outcomes": ["kept"],
        "reason": "",
    }
