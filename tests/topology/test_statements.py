"""The recorder of a build: what is said is listed, and each statement keeps an identity of its own."""

from __future__ import annotations

from camp2iac.diagnostics import Span
from camp2iac.topology import statement_kinds as kinds
from camp2iac.topology.model import Scale
from camp2iac.topology.statements import PLAN, Statements, Subject, SubjectKind
from tests.topology.plans import HEAD, SERVICES, WEB, read

WEB_SERVICE = Subject(SubjectKind.SERVICE, "web", "Web")
WEB_ARTIFACT = Subject(SubjectKind.ARTIFACT, "web", "Web")


def at(line: int) -> Span:
    return Span("camp.yaml", line, 1, line, 2)


def test_what_is_said_is_listed_in_the_order_of_the_plan() -> None:
    statements = Statements()
    second = statements.say(WEB_SERVICE, kinds.REGION, "one", "Placement: region one", at(2))
    first = statements.say(WEB_SERVICE, kinds.SCALE, Scale(1, 1, 2), "Scale: 1", at(1))
    assert statements.all() == (first, second)
    assert (first.subject, first.kind, first.value) == (WEB_SERVICE, kinds.SCALE, Scale(1, 1, 2))


def test_two_of_one_kind_and_subject_stay_two() -> None:
    statements = Statements()
    two = [statements.say(WEB_SERVICE, kinds.REGION, "one", "Placement: region one", at(1)) for _ in range(2)]
    assert two[0].key != two[1].key
    assert statements.all() == tuple(two)
    assert statements.about(WEB_SERVICE, kinds.REGION) == tuple(two)


def test_keys_go_by_subject_kind_and_name() -> None:
    statements = Statements()
    said = [
        statements.say(subject, kinds.EXTENSION, name, name, at(1), name=name)
        for subject in (PLAN, WEB_SERVICE, WEB_ARTIFACT)
        for name in ("a", "b")
    ]
    assert len({statement.key for statement in said}) == 6
    assert {statement.key.number for statement in said} == {1}
    assert statements.about(WEB_ARTIFACT, kinds.EXTENSION) == tuple(said[4:])


def test_what_was_not_said_is_not_there() -> None:
    statements = Statements()
    statements.say(WEB_ARTIFACT, kinds.EXTENSION, "a", "a", at(1))
    assert statements.first(WEB_SERVICE, kinds.EXTENSION) is None
    assert statements.about(WEB_ARTIFACT, kinds.SCALE) == ()


def test_a_repetition_refers_to_the_first_and_stays_listed() -> None:
    statements = Statements()
    first = statements.say(WEB_SERVICE, kinds.ZONE, "a", "Placement: zone a", at(1))
    other = Subject(SubjectKind.SERVICE, "cache", "cache")
    second = statements.say(other, kinds.ZONE, "a", "Placement: zone a", at(2))
    statements.repeats(second, first)
    assert [(each.key, each.same) for each in statements.all()] == [(first.key, None), (second.key, first.key)]


def test_headings() -> None:
    assert [WEB_SERVICE.heading, WEB_ARTIFACT.heading] == ["Web", "Web"]
    declared = [Subject(kind, "x", "x") for kind in SubjectKind if kind not in (WEB_SERVICE.kind, WEB_ARTIFACT.kind)]
    assert {each.heading for each in declared} == {PLAN.heading} == {"the plan"}


def test_requirements_that_are_one_piece_of_yaml_are_two_statements() -> None:
    """Aliases have one place: places are no identity."""
    env = "      - &env { requirement_type: org.example:Coffee, org.example:beans: dark }\n      - *env\n"
    topology, _ = read(HEAD + WEB + env + SERVICES)
    twice = [each for each in topology.statements if each.kind == kinds.REQUIREMENT]
    assert [each.key.number for each in twice] == [1, 2]
    assert twice[0].span == twice[1].span


def test_ids_decide_and_names_are_for_people() -> None:
    """An artifact and a service of one name are two subjects under one heading."""
    topology, _ = read(HEAD + WEB + SERVICES)
    found = {(each.subject.kind, each.subject.heading) for each in topology.statements if each.subject.id == "web"}
    assert found == {(SubjectKind.ARTIFACT, "web"), (SubjectKind.SERVICE, "web")}


def test_labels_are_statements_but_for_the_name_that_is_the_heading() -> None:
    artifact = "  - name: web\n    description: Answers\n    tags: [b, a]\n"
    service = "  - id: web\n    name: Machines\n    description: Run it\n"
    plan = HEAD + WEB.replace("  - name: web\n", artifact) + SERVICES.replace("  - id: web\n", service)
    topology, _ = read(plan)
    found = [(each.subject.kind, each.words) for each in topology.statements if each.kind in LABELS]
    assert found == [
        (SubjectKind.ARTIFACT, "description: Answers"),
        (SubjectKind.ARTIFACT, "tags: a, b"),
        (SubjectKind.SERVICE, "name: Machines"),
        (SubjectKind.SERVICE, "description: Run it"),
    ]


LABELS = (kinds.NAME, kinds.DESCRIPTION, kinds.TAGS)


def test_a_long_value_is_cut_and_what_is_behind_the_cut_counts() -> None:
    def words(value: str) -> str:
        topology, _ = read(HEAD + f"org.example:note: {value}\n" + WEB + SERVICES)
        (found,) = (each for each in topology.statements if each.kind == kinds.EXTENSION)
        return found.words

    assert words("short") == "org.example:note: short"
    one, other = words("x" * 100 + "a"), words("x" * 100 + "b")
    assert one != other
    assert len(one) < 100
    assert "hunter2" not in words("{ password: hunter2, x: " + "x" * 80 + " }")
