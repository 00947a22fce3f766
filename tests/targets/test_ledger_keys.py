"""The ledger: an entry for each statement by its key, and what nobody took is lost."""

from __future__ import annotations

from pathlib import Path

from support import phases

from camp2iac.camp import yaml
from camp2iac.camp.nodes import Mapping
from camp2iac.diagnostics import Diagnostics, Span
from camp2iac.diagnostics.secrets import HIDDEN
from camp2iac.record import replace
from camp2iac.targets import environment, labels
from camp2iac.targets.base import Environment, Ledger, LedgerEntry, Outcome
from camp2iac.topology import statement_kinds as kinds
from camp2iac.topology.model import Topology
from camp2iac.topology.statements import Statements, Subject, SubjectKind
from tests.topology.plans import HEAD, SERVICES, WEB, read

SCALED = """\
      - characteristic_type: org.camp2iac:Scale
        max: 3
      - characteristic_type: org.camp2iac:Placement
        tier: all
"""


def outcomes(ledger: Ledger, topology: Topology, words: str) -> list[Outcome]:
    return [entry.outcome for entry in ledger.report(topology) if entry.statement.words == words]


def test_the_last_word_counts_and_what_nobody_took_is_lost() -> None:
    topology, _ = read(HEAD + WEB + SERVICES)
    statement = topology.components["web"].statement
    ledger = Ledger()
    ledger.lose(statement, "There is no Python.")
    assert ledger.keep(statement, "in a virtual environment") == "org.python:src"
    report = ledger.report(topology)
    assert [entry.statement.key for entry in report] == [each.key for each in topology.statements]
    kept = [entry for entry in report if entry.outcome is Outcome.KEPT]
    assert kept == [LedgerEntry(statement, Outcome.KEPT, "in a virtual environment")]
    assert {entry.outcome for entry in report if entry not in kept} == {Outcome.LOST}


def test_a_copy_of_a_statement_is_the_same_statement() -> None:
    topology, _ = read(HEAD + WEB + SERVICES)
    statement = topology.components["web"].statement
    ledger = Ledger()
    ledger.degrade(replace(statement, words="in other words"), "so", "Because.", "Wait.")
    assert outcomes(ledger, topology, statement.words) == [Outcome.DEGRADED]


def test_what_is_said_again_shares_the_outcome() -> None:
    plan = HEAD + WEB + SERVICES + SCALED + "  - id: cache\n    characteristics:\n"
    topology, _ = read(plan + "      - characteristic_type: Redis\n" + SCALED)
    scale = topology.tiers["all"].scale
    assert scale is not None
    ledger = Ledger()
    ledger.keep(scale, "-var all_count=N")
    assert outcomes(ledger, topology, scale.words) == [Outcome.KEPT, Outcome.KEPT]
    own = next(each for each in topology.statements if each.same == scale.key)
    ledger.lose(own, "Its own word comes first.")
    assert outcomes(ledger, topology, scale.words) == [Outcome.KEPT, Outcome.LOST]


def test_two_statements_of_one_kind_have_an_outcome_each() -> None:
    ports = "      - characteristic_type: org.camp2iac:Ports\n        tcp: 9000\n        from: anywhere\n"
    topology, _ = read(HEAD + WEB + SERVICES + ports + ports)
    first, second = topology.tiers["database"].ports
    ledger = Ledger()
    ledger.keep(first, "a rule")
    assert outcomes(ledger, topology, first.words) == [Outcome.KEPT, Outcome.LOST]
    assert first.words == second.words


def test_what_a_target_makes_up_has_no_say_on_the_plan() -> None:
    """The HAProxy machine has one of the tier's networks; the plan's word on networks is about the tier's machines."""
    case = Path(__file__).parents[1] / "cases" / "balance" / "machine"
    compiled = phases.compile(phases.load(case), environment=case / "environments" / "openstack.yaml")
    assert compiled.result is not None
    (entry,) = (
        entry
        for entry in compiled.result.statements
        if entry.statement.kind == kinds.NETWORKS and len(entry.statement.value) == 2
    )
    assert (entry.outcome, entry.how) == (Outcome.KEPT, "port in each network")


def test_an_environment_swaps_the_statement_of_another_count() -> None:
    topology, _ = read(HEAD + WEB + SERVICES + SCALED)
    found = Diagnostics()
    given = yaml.parse("scale: { all: 2 }", "env.yaml", found)
    assert isinstance(given, Mapping)
    applied = environment.apply(topology, Environment("env", "env.yaml", given, {}), found)
    assert list(found) == []
    scale = applied.tiers["all"].scale
    assert scale is not None
    assert scale.value.initial == 2
    assert [each.value for each in applied.statements if each.kind == kinds.SCALE] == [scale.value]
    assert [each.key for each in applied.statements] == [each.key for each in topology.statements]


def test_no_password_in_words() -> None:
    statements = Statements()
    subject = Subject(SubjectKind.SERVICE, "web", "web")
    span = Span("camp.yaml", 1, 1, 1, 2)
    statements.say(subject, kinds.EXTENSION, "x", "password: hunter2", span)
    topology, _ = read(HEAD + WEB + SERVICES)
    (entry,) = Ledger().report(replace(topology, statements=statements.all()))
    assert entry.statement.words == f"password: {HIDDEN}"


def test_labels_are_kept_in_the_readme_of_every_platform() -> None:
    plan = HEAD + WEB.replace("name: web\n", "name: web\n    tags: [front]\n") + SERVICES
    for target in ("openstack", "heroku"):
        compiled = phases.compile(phases.load(plan.encode(), name="camp.yaml"), target=target)
        assert compiled.result is not None
        (entry,) = [entry for entry in compiled.result.statements if entry.statement.kind in labels.LABELS]
        assert (entry.statement.words, entry.outcome, entry.how) == ("tags: front", Outcome.KEPT, "in the README")
