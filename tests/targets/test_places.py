"""What targets declare to have a place for, held to what their ledgers say over all examples, cases and samples."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from support import phases
from support.compiler import in_process
from support.plans import ROOT, compilations

from camp2iac.targets import registry
from camp2iac.targets.base import UNACCOUNTED, LedgerEntry, Outcome
from camp2iac.targets.kit.places import KINDS, places
from camp2iac.topology.statement_kinds import ALL

TARGETS = ("docker", "heroku", "kubernetes", "openstack")
LOSSES = Path(__file__).with_name("losses.txt")
SAMPLES = ROOT / "camp2iac" / "catalogue" / "products"

EVERY_FORM = ROOT / "tests" / "properties" / "every-form"
UNREAD = {kind for kind in ALL if kind.taken_by == "nobody"}

# A service that exists elsewhere, of which the plan says all that it can of one.
ELSEWHERE_PLAN = """\
camp_version: CAMP 1.1
name: elsewhere
org.camp2iac:Networks: { back: {} }
artifacts:
  - name: web
    artifact_type: org.python:src
    content: { href: app/ }
    requirements:
      - requirement_type: com.python:wsgi
        com.python.wsgi.application: hello/app
      - requirement_type: org.camp2iac:Expose
        port: 8000
      - requirement_type: org.sql:ConnectTo
        fulfillment: id:ledger
services:
  - id: ledger
    href: postgresql://ledger.example.org:5432/ledger
    characteristics:
      - { characteristic_type: PostgreSQL, version: "16" }
      - { characteristic_type: org.camp2iac:Attributes, database: ledger }
      - { characteristic_type: org.camp2iac:Scale, max: 3 }
      - { characteristic_type: org.camp2iac:Compute, cores: 2 }
      - { characteristic_type: org.camp2iac:Volume, name: data, size: 2 GiB, mount: /srv/data }
      - { characteristic_type: org.camp2iac:Ports, tcp: 9000, from: anywhere }
      - { characteristic_type: org.camp2iac:Balance }
      - characteristic_type: org.camp2iac:Placement
        tier: all
        region: R1
        zone: nova
        spread: hard
        together: soft
        networks: [back]
        floating: true
        key_pair: theirs
        security_groups: [default]
"""

# Declared, and in no example, case or sample: what the targets can do besides.
ELSEWHERE = {
    "docker": {
        "option": {"degraded", "lost"},
        "process": {"lost"},
        "schedule": {"lost"},
        "packages": {"lost"},
        "expose.as": {"lost"},
        "expose.default": {"lost"},
        "scale": {"lost"},
        "floating": {"kept"},
        "key_pair": {"lost"},
    },
    "heroku": {
        # of a component that is not deployed, beside one that is: CAMP461 refuses plans with nothing to deploy
        "artifact": {"lost"},
        "env": {"lost"},
        "process": {"lost"},
        "connect": {"lost"},
        "expose.hosts": {"lost"},
        "expose.tls": {"lost"},
        "not exposed": {"kept"},
        "version": {"lost"},
        "tier": {"lost"},
        "region": {"kept"},
        "floating": {"kept"},
        "key_pair": {"lost"},
        "packages": {"lost"},
    },
    "kubernetes": {
        "option": {"degraded", "lost"},
        "process": {"lost"},
        "schedule": {"lost"},
        "packages": {"lost"},
        "expose.as": {"lost"},
        "expose.default": {"lost"},
        "expose.hosts": {"lost"},
        "expose.tls": {"lost"},
        "attribute": {"degraded"},
        "scale": {"lost"},
        "balance": {"lost"},
        "spread": {"lost"},
        "together": {"lost"},
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
        "packages": {"lost"},
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


def entries(package: Path, target: str, environment: Path | None) -> tuple[LedgerEntry, ...]:
    """What became of each statement; none where the package cannot be compiled for the target."""
    loaded = phases.load(package / "camp.yaml" if package.is_dir() else package)
    compiled = phases.compile(loaded, environment=environment, target=None if environment else target)
    return compiled.result.statements if compiled.result is not None and compiled.ok else ()


def outcomes(target: str) -> dict[str, set[str]]:
    """What became of statements of each kind that targets know, and of none by default."""
    found: dict[str, set[str]] = {}
    for package, environment in plans(target):
        for entry in entries(package, target, environment):
            assert entry.why != UNACCOUNTED or entry.statement.kind in UNREAD, (package, entry.statement.words)
            if entry.statement.kind.name in KINDS:
                found.setdefault(entry.statement.kind.name, set()).add(entry.outcome.value)
    return found


@pytest.mark.parametrize("name", TARGETS)
def test_nothing_that_a_target_declares_is_lost_by_default(name: str, tmp_path: Path) -> None:
    """A new kind needs a statement here, in one of the two plans, and then a place in each target's account."""
    (tmp_path / "camp.yaml").write_text(ELSEWHERE_PLAN)
    shutil.copytree(ROOT / "tests" / "cases" / "services" / "elsewhere" / "app", tmp_path / "app")
    found = [
        *entries(EVERY_FORM, name, EVERY_FORM / "environments" / f"{name}.yaml"),
        *entries(tmp_path, name, None),
    ]
    assert {entry.statement.kind.name for entry in found} >= set(KINDS)
    assert {entry.statement.kind for entry in found if entry.why == UNACCOUNTED} <= UNREAD
    assert {entry.outcome for entry in found if entry.statement.kind in UNREAD} == {Outcome.LOST}


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


def test_the_command_shows_it(pytestconfig: pytest.Config) -> None:
    text = in_process("targets", "--losses")
    if pytestconfig.getoption("--regen"):
        LOSSES.write_text(text)
    assert text == LOSSES.read_text()
    docker, rest = text.split("\n\nHeroku (heroku)\n")
    heroku, openstack = rest.split("\n\nOpenStack (openstack)\n")
    assert docker.startswith("Docker (docker)\n\n  Keeps\n")
    assert heroku.startswith("\n  Keeps\n")
    assert "\n    Placement: zone" in heroku.split("  Loses\n")[1]
    assert "\n    Placement: zone" in openstack.split("  Degrades\n")[0]
    document = json.loads(in_process("targets", "--losses", "--output", "json"))
    by_name = {each["name"]: {place["kind"]: place for place in each["places"]} for each in document["targets"]}
    assert by_name["heroku"]["zone"]["outcomes"] == ["lost"]
    assert by_name["openstack"]["scale"] == {
        "kind": "scale",
        "statement": "Scale",
        "outcomes": ["kept"],
        "reason": "",
    }
