"""Calls: which component a requirement means, what the caller gets, and circles."""

from __future__ import annotations

import pytest

from camp2iac.topology import calls
from tests.topology.plans import HEAD, codes, read


def artifact(name: str, *requirements: str, host: str = "") -> str:
    run = f"      - requirement_type: com.python:wsgi\n        com.python.wsgi.application: {name}/app\n"
    run += f"        fulfillment: id:{host}\n" if host else ""
    return (
        f"  - name: {name}\n    artifact_type: org.python:src\n    content: {{ data: cHJpbnQoMSk= }}\n"
        f"    requirements:\n{run}{''.join(requirements)}"
    )


def to(name: str) -> str:
    return f"      - requirement_type: org.camp2iac:ConnectTo\n        fulfillment: id:{name}\n"


def plan(*artifacts: str, services: str = "") -> str:
    return HEAD + "artifacts:\n" + "".join(artifacts) + services


PYTHON = "services:\n  - id: runtime\n    characteristics:\n      - characteristic_type: org.python:version\n"


@pytest.mark.parametrize(("named", "variable"), [("api", "API_URL"), ("runtime", "RUNTIME_URL")])
def test_an_artifact_and_the_runtime_that_it_alone_runs_on(named: str, variable: str) -> None:
    topology, _ = read(plan(artifact("web", to(named)), artifact("api", host="runtime"), services=PYTHON))
    (link,) = topology.components["web"].links
    assert (link.callee, link.service, link.to) == ("api", "runtime", named)
    assert link.variables == (variable,)
    assert link.parts == (variable.replace("_URL", "_HOST"), variable.replace("_URL", "_PORT"))


def test_a_service_wins_over_an_artifact_with_its_name() -> None:
    store = "services:\n  - id: api\n    characteristics:\n      - characteristic_type: Redis\n  - id: run\n"
    topology, _ = read(plan(artifact("web", to("api")), artifact("api", host="run"), services=store))
    (link,) = topology.components["web"].links
    assert (link.service, link.callee) == ("api", "")


def test_a_runtime_without_components_accepts_no_connections() -> None:
    proxy = "services:\n  - id: front\n    characteristics:\n      - characteristic_type: nginx\n"
    assert "CAMP305" in codes(plan(artifact("web", to("front")), services=proxy))


def test_only_a_requirement_to_connect_names_artifacts() -> None:
    assert "CAMP201" in codes(plan(artifact("web", host="api"), artifact("api")))


def test_the_variables_of_a_call_have_one_source() -> None:
    env = "      - requirement_type: org.camp2iac:Env\n        API_PORT: 1\n"
    assert "CAMP319" in codes(plan(artifact("web", to("api"), env), artifact("api")))


def test_circles() -> None:
    topology, _ = read(
        plan(
            artifact("a", to("b")),
            artifact("b", to("c"), to("d")),
            artifact("c", to("a")),
            artifact("d", to("e")),
            artifact("e"),
        )
    )
    assert calls.in_circles(topology) == {("a", "b"), ("b", "c"), ("c", "a")}


def test_a_component_that_calls_itself_is_a_circle() -> None:
    topology, _ = read(plan(artifact("a", to("a"))))
    assert calls.in_circles(topology) == {("a", "a")}
