"""One mistake in a plan or an environment file gives one error, not one for each place that depends on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from camp2iac import plan as library
from camp2iac.diagnostics import Diagnostic, Severity, Span
from camp2iac.diagnostics.fix import applied

PLAN = """\
camp_version: CAMP 1.1
name: shop
artifacts:
  - name: web
    artifact_type: org.python:src
    content: { data: "" }
    requirements:
      - requirement_type: org.python:run
        fulfillment: id:web
      - requirement_type: org.sql:ConnectTo
        fulfillment: id:database
      - requirement_type: org.camp2iac:Env
        GREETING: { parameter: greeting }
        TITLE: { parameter: greeting }
        KEY: { secret: key }
        OTHER: { secret: key }
  - name: schema
    artifact_type: org.sql:SqlScript
    content: { data: "" }
    requirements:
      - requirement_type: org.sql:ExecuteAt
        fulfillment: id:database
services:
  - id: web
    characteristics:
      - characteristic_type: org.python:version
      - characteristic_type: org.camp2iac:Placement
        networks: [front, back]
      - characteristic_type: org.camp2iac:Scale
        min: { parameter: count }
        max: { parameter: count }
  - id: database
    characteristics:
      - characteristic_type: PostgreSQL
      - characteristic_type: org.camp2iac:Placement
        networks: [back]
      - characteristic_type: org.camp2iac:Compute
        cores: { parameter: count }
org.camp2iac:Networks:
  front: { cidr: 10.20.1.0/24 }
  back: { cidr: 10.20.2.0/24 }
org.camp2iac:Parameters:
  greeting: { description: The first words, default: Hello }
  count: { description: How many, default: 2 }
org.camp2iac:Secrets:
  key: { generate: 32 }
"""
ENVIRONMENT = "target: docker\n"
DECLARED = ("services", "org.camp2iac:Networks", "org.camp2iac:Parameters", "org.camp2iac:Secrets")


def errors(folder: Path, plan: str, environment: str = ENVIRONMENT) -> list[str]:
    (folder / "camp.yaml").write_text(plan, encoding="utf-8")
    file = folder / "docker.yaml"
    file.write_text(environment, encoding="utf-8")
    found = library.read(folder).check(file).diagnostics
    return [f"{each.code}: {each.message}" for each in found if each.level.value == "error"]


def declarations(node: yaml.Node, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], yaml.Node]]:
    """Each key and value of what other parts of the plan refer to, except the names themselves."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            named = len(path) == 1 and path[0] in DECLARED[1:]
            if not named:
                yield (*path, key.value), key
            yield from declarations(value, (*path, key.value))
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            yield from declarations(value, (*path, str(index)))
    elif path[-1] != "id":
        yield path, node


def edits() -> list[str]:
    found = []
    for path, node in declarations(yaml.compose(PLAN)):
        if path[0] in DECLARED:
            start, end = node.start_mark.index, node.end_mark.index
            found += [PLAN[:start] + text + PLAN[end:] for text in (PLAN[start:end] + "q", "[]")]
    return found


def test_the_plan_is_sound(tmp_path: Path) -> None:
    assert errors(tmp_path, PLAN) == []


def test_a_wrong_declaration_is_one_error(tmp_path: Path) -> None:
    wrong = [found for plan in edits() if (found := errors(tmp_path, plan))]
    assert len(wrong) > 40
    assert [found for found in wrong if len(found) > 2] == []  # two: an unknown key, and the required one that it was
    assert [found for found in wrong if len(found) > 1 and not found[0].startswith("CAMP3")] == []


@pytest.mark.parametrize("value", ["two", "2.5", "-1", "true", '"2"', "[1]", "null", "{ a: b }"])
@pytest.mark.parametrize("declared", ["count: { description: How many, default: 2 }", "count: { description: x }"])
def test_a_wrong_parameter_is_one_error(tmp_path: Path, declared: str, value: str) -> None:
    plan = PLAN.replace("count: { description: How many, default: 2 }", declared)
    assert len(errors(tmp_path, plan, f"{ENVIRONMENT}parameters: {{ count: {value} }}\n")) == 1


def test_a_misspelt_id_is_one_error(tmp_path: Path) -> None:
    for name in ("databse", "store", "12345", "[]"):
        assert len(errors(tmp_path, PLAN.replace("- id: database", f"- id: {name}"))) == 1, name
    assert len(errors(tmp_path, PLAN.replace("services:", "servces:"))) <= 1  # a key that CAMP does not define
    assert len(errors(tmp_path, PLAN.replace("services:", "services: 12\nx:"))) == 1


PORTS = "      - characteristic_type: org.camp2iac:Ports\n        from: wbe\n        tcp: [22]\n"
USED = {  # what is used in several places, its text, a wrong text, the code, and what is at each place of the error
    "service": ("id:database", "id:databse", "CAMP201", ["databse"] * 2),
    "service, nothing like it": ("id:database", "id:zzz", "CAMP201", ["zzz"] * 2),
    "service that is not declared": ("- id: database", "- id: zzz", "CAMP201", ["database"] * 2),
    "parameter": ("parameter: greeting", "parameter: greting", "CAMP206", ["greting"] * 2),
    "parameter of numbers": ("parameter: count", "parameter: counter", "CAMP206", ["counter"] * 3),
    "parameter, nothing like it": ("parameter: count", "parameter: zzz", "CAMP206", ["zzz"] * 3),
    "parameter that is not declared": ("  count: {", "  zzz: {", "CAMP206", ["count"] * 3),
    "secret": ("secret: key", "secret: keys", "CAMP206", ["keys"] * 2),
    "secret that is not declared": ("  key: {", "  zzz: {", "CAMP206", ["key"] * 2),
    "network": ("back]", "bakc]", "CAMP332", ["bakc"] * 2),
    "network that is not declared": ("  back: {", "  zzz: {", "CAMP332", ["back"] * 2),
    "characteristic": ("camp2iac:Placement", "camp2iac:Placment", "CAMP309", ["org.camp2iac:Placment"] * 2),
    "tier or service of a macro": (
        "TITLE: { parameter: greeting }",
        "A: PORT(databse)\n        B: PASSWORD(databse)",
        "CAMP205",
        ["databse"] * 2,
    ),
    "source of ports": (
        "PostgreSQL\n",
        f"PostgreSQL\n{PORTS}{PORTS.replace('22', '23')}",
        "CAMP205",
        ["wbe"] * 2,
    ),
}


def found(folder: Path, plan: str, environment: str = ENVIRONMENT, target: str = "docker") -> list[Diagnostic]:
    (folder / "camp.yaml").write_text(plan, encoding="utf-8")
    file = folder / f"{target}.yaml"
    file.write_text(environment, encoding="utf-8")
    return list(library.read(folder).check(file).diagnostics)


def at(text: str, span: Span | None) -> str:
    assert span is not None
    return text.splitlines()[span.line - 1][span.column - 1 : span.end_column - 1]


@pytest.mark.parametrize("what", USED)
def test_a_wrong_name_is_one_error_with_all_its_places(tmp_path: Path, what: str) -> None:
    old, new, code, places = USED[what]
    assert old in PLAN
    plan = PLAN.replace(old, new)
    (one,) = [each for each in found(tmp_path, plan) if each.level is Severity.ERROR]
    assert one.code == code
    words = [at(plan, span) for span in dict.fromkeys([one.span, *(label.span for label in one.related)])]
    assert [word for word in words if word in places] == places


@pytest.mark.parametrize("what", USED)
def test_a_fix_of_a_wrong_name_corrects_all_its_places(tmp_path: Path, what: str) -> None:
    old, new, _code, _places = USED[what]
    plan = PLAN.replace(old, new)
    (one,) = [each for each in found(tmp_path, plan) if each.level is Severity.ERROR]
    fixes = [fix for fix in one.fixes if fix.replaces is not None]
    fixed, _made = applied(plan, fixes)
    left = [each for each in found(tmp_path, fixed) if each.level is Severity.ERROR]
    assert left == ([one] if not fixes else [])


UNKNOWN = {  # warnings: a type that no product has
    "requirement": ("org.camp2iac:Env", "org.example:Other"),
    "characteristic": ("characteristic_type: org.camp2iac:Placement", "characteristic_type: org.example:Place"),
}


@pytest.mark.parametrize("what", UNKNOWN)
def test_an_unknown_type_is_one_warning(tmp_path: Path, what: str) -> None:
    old, new = UNKNOWN[what]
    plan = PLAN.replace(old, new).replace(
        'artifact_type: org.sql:SqlScript\n    content: { data: "" }\n    requirements:\n',
        'artifact_type: org.sql:SqlScript\n    content: { data: "" }\n    requirements:\n'
        "      - requirement_type: org.example:Other\n",
    )
    type_ = new.rpartition(" ")[2]
    (one,) = [each for each in found(tmp_path, plan) if each.code == "CAMP303" and type_ in each.message]
    assert [at(plan, label.span) for label in one.related] == [type_]


REQUIRED = {
    "docker": "",
    "heroku": "region: eu\napp: shop\n",
    "openstack": "region: RegionOne\nimage: debian-12\nexternal_network: public\n"
    "sizes: { small: { flavor: m1.small, cores: 4, memory: 2 GiB } }\nssh_from: 192.0.2.0/24\n",
    "kubernetes": "registry: registry.example.org/a\ndomain: example.org\n",
}
NAMED = {  # environment files with a name that the plan does not have in two places, each the only mistake with names
    "docker": ("docker", "ports: { wbe: 8080 }\nprotect: [wbe]\n", ["wbe"] * 2),
    "heroku, component": ("heroku", "dynos: { wbe: basic }\nvariables: { wbe: { A: b } }\n", ["wbe"] * 2),
    "heroku, service": (
        "heroku",
        "addons: { databse: heroku-postgresql:essential-0 }\nprotect: [databse]\n",
        ["databse"] * 2,
    ),
    "openstack": ("openstack", "tiers: { wbe: {} }\nprotect: [wbe]\n", ["wbe"] * 2),
    "kubernetes": ("kubernetes", "images: { databse: a/b:1 }\nprotect: [databse]\n", ["databse"] * 2),
}


@pytest.mark.parametrize("what", NAMED)
def test_a_wrong_name_in_an_environment_file_is_one_error(tmp_path: Path, what: str) -> None:
    target, text, places = NAMED[what]
    text = f"target: {target}\n{REQUIRED[target]}{text}"
    (one,) = [each for each in found(tmp_path, PLAN, text, target) if each.code == "CAMP601"]
    assert [at(text, span) for span in (one.span, *(label.span for label in one.related))] == places
    assert len(one.fixes[0].also) == 1


def test_more_places_than_an_error_shows_are_counted(tmp_path: Path) -> None:
    variables = "".join(f"        V{number}: {{ parameter: greting }}\n" for number in range(30))
    plan = PLAN.replace("        GREETING: { parameter: greeting }\n", variables)
    (one,) = [each for each in found(tmp_path, plan) if each.level is Severity.ERROR]
    assert len(one.related) == 5
    assert one.notes == ("the same is wrong in 24 more places",)
    fixed, made = applied(plan, one.fixes)
    assert fixed == plan.replace("greting", "greeting")
    assert made == one.fixes
    assert one.fixes[0].sure


def test_two_mistakes_stay_two_errors(tmp_path: Path) -> None:
    plan = PLAN.replace("GREETING: { parameter: greeting }", "GREETING: { parameter: greting }")
    plan = plan.replace("TITLE: { parameter: greeting }", "TITLE: { parameter: geeting }").replace("back]", "bakc]")
    assert [each.code for each in found(tmp_path, plan) if each.level is Severity.ERROR] == ["CAMP206"] * 2 + [
        "CAMP332"
    ]
