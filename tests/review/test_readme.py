"""Labels in the README of an output."""

from __future__ import annotations

from support import phases

from camp2iac.review.readme import readme
from tests.topology.plans import HEAD, SERVICES, WEB


def page(plan: str) -> str:
    compiled = phases.compile(phases.load(plan.encode(), name="camp.yaml"), target="heroku")
    assert compiled.result is not None
    return readme(compiled.result, "camp.yaml", None)


def test_labels_are_listed_by_kind_and_name() -> None:
    artifact = "name: web\n    description: |\n      Answers *users*,\n      password: hunter2\n    tags: [b, a]\n"
    plan = HEAD + WEB.replace("name: web\n", artifact) + SERVICES.replace("id: web\n", "id: web\n    name: Machines\n")
    text = page(plan)
    assert "- The artifact web: Answers \\*users\\*, password: •••; Tags: a, b\n- The service web: Machines\n" in text
    assert "hunter2" not in text


def test_nothing_is_listed_without_labels() -> None:
    text = page(HEAD + WEB + SERVICES)
    assert "- The artifact" not in text
    assert "- The service" not in text


def test_parameters_without_a_variable() -> None:
    plan = HEAD + WEB + SERVICES
    exposed = plan.replace("    requirements:\n", EXPOSE, 1)
    assert exposed != plan
    text = page(exposed + PARAMETERS)
    assert "| host | www.example.org | Of \\*users\\*. |\n" in text
    assert "| tls | true |" in text, text
    assert "without a variable" not in page(plan)


EXPOSE = """\
    requirements:
      - requirement_type: org.camp2iac:Expose
        public: true
        tls: { parameter: tls }
        hosts: [{ parameter: host }]
"""
PARAMETERS = """
org.camp2iac:Parameters:
  host: { description: Of *users*, default: www.example.org }
  tls: { default: true }
"""
