"""Plans as large as a stranger can make them: time and memory grow no faster than the plan."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from support import phases

from tests.properties.pipeline import written
from tests.properties.plan import ATTRIBUTES, ENV, PARAMETERS, PLAN, SECRETS

ENV_HEAD = ENV.removesuffix(" " * 8)
ATTRIBUTES_HEAD = ATTRIBUTES.removesuffix(" " * 8)


def filled(requirements: str = "", database: str = "", plan: str = "", artifacts: str = "", service: str = "") -> str:
    """The plan with more in it."""
    text = PLAN.replace("      # REQUIREMENTS\n", requirements).replace("      # DATABASE\n", database)
    text = text.replace("# PLAN\n", plan).replace("    # SERVICE\n", "")
    text = text.replace("services:\n", f"{artifacts}services:\n", 1)
    return text.replace('        version: "[3.9,4)"\n', f'        version: "[3.9,4)"\n{service}')


def many(count: int, line: str) -> str:
    """A line many times, with its number in place of ``@``."""
    return "".join(line.replace("@", str(number)) for number in range(count))


ARTIFACT = """\
  - name: a@
    artifact_type: org.python:src
    content: { href: app/ }
    requirements:
      - requirement_type: com.python:wsgi
        com.python.wsgi.application: app/app
"""
PLACEMENT = "      - characteristic_type: org.camp2iac:Placement\n        networks: [{}]\n"
CONNECT = "      - requirement_type: org.sql:ConnectTo\n        fulfillment: id:d@\n"
DATABASE = "  - id: d@\n    characteristics:\n      - characteristic_type: PostgreSQL\n"
TYPE = "      - characteristic_type: "
#: what a plan may have many of, or something long; the number is about a tenth of what is done in one go
LARGE: dict[str, Callable[[int], str]] = {
    "a long value": lambda n: filled(ENV_HEAD + f"        X: '{'x' * 50 * n}'\n"),
    "a value full of references": lambda n: filled(ENV_HEAD + f"        X: '{'IP(web) ' * n}'\n"),
    "a value that seems to refer": lambda n: filled(ENV_HEAD + f"        X: 'IP({' ' * 50 * n}'\n"),
    "a long name": lambda n: PLAN.replace("name: web", f"name: {'w' * 50 * n}"),
    "a long name of the plan": lambda n: PLAN.replace("name: shop", f"name: '{'a ' * 20 * n}'"),
    "a long type": lambda n: filled(database=f"{TYPE}{'x' * 50 * n}\n"),
    "a long id": lambda n: PLAN.replace("id:db", f"id:{'d' * 50 * n}"),
    "a long version": lambda n: PLAN.replace('"[3.9,4)"', f"'{'1.' * 20 * n}1'"),
    "a long path": lambda n: PLAN.replace("app/ }", f"{'d/' * 20 * n} }}"),
    "a line full of secrets": lambda n: filled(
        database=f"{ATTRIBUTES_HEAD}        x: {{ {'password: a, ' * 5 * n} }}\n"
    ),
    "variables": lambda n: filled(ENV_HEAD + many(5 * n, "        X@: v\n")),
    "secrets": lambda n: filled(
        ENV_HEAD + many(n, "        X@: { secret: s@ }\n"), plan=SECRETS[:-2] + many(n, "  s@: { generate: 32 }\n")
    ),
    "parameters": lambda n: filled(plan=PARAMETERS[:-2] + many(5 * n, "  p@: { default: x }\n")),
    "attributes nobody knows": lambda n: filled(database=ATTRIBUTES_HEAD + many(5 * n, "        x@: v\n")),
    "wrong parameters": lambda n: filled(plan=PARAMETERS[:-2] + many(n, "  p@: { defualt: x }\n")),
    "keys nobody knows": lambda n: filled(plan=many(5 * n, "com.x:k@: v\n")),
    "keys of the profile that it has not": lambda n: filled(plan=many(5 * n, "org.camp2iac:k@: v\n")),
    "references to nothing": lambda n: filled(ENV_HEAD + many(n, "        X@: IP(t@)\n")),
    "artifacts": lambda n: filled(artifacts=many(n // 4, ARTIFACT)),
    "artifacts of one name": lambda n: filled(artifacts=many(n, ARTIFACT.replace("a@", "web"))),
    "networks": lambda n: filled(plan="org.camp2iac:Networks:\n" + many(n, "  n@: {}\n")),
    "networks that share addresses": lambda n: filled(
        plan="org.camp2iac:Networks:\n" + many(n, "  n@: { cidr: 10.0.0.0/24 }\n")
    ),
    "networks of one tier": lambda n: filled(
        service=PLACEMENT.format(", ".join(f"n{i}" for i in range(n))),
        plan="org.camp2iac:Networks:\n" + many(n, "  n@: {}\n"),
    ),
    "addresses of a thousand machines": lambda n: filled(
        ENV_HEAD + many(n, "        X@: IPALL(web)\n"), service=f"{TYPE}org.camp2iac:Scale\n        max: 1000\n"
    ),
    "links": lambda n: filled(many(n, CONNECT), plan=many(n, DATABASE)),
    "ports": lambda n: filled(
        service=f"{TYPE}org.camp2iac:Ports\n        tcp: [{', '.join(map(str, range(1, 5 * n)))}]\n"
        "        from: anywhere\n"
    ),
    "tags": lambda n: PLAN.replace("name: shop", f"name: shop\ntags: [{', '.join(f't{i}' for i in range(5 * n))}]"),
}


def seconds(text: str, folder: Path, target: str) -> float:
    """The CPU time of a whole run in memory."""
    (folder / "camp.yaml").write_text(text)
    start = time.process_time()
    written(phases.load(folder / "camp.yaml"), target=target, output=folder / "infra")
    return time.process_time() - start


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "app").mkdir()
    (tmp_path / "app/app.py").write_text("def app(environ, start):\n    pass\n")
    return tmp_path


@pytest.mark.slow
@pytest.mark.parametrize("target", ["openstack", "heroku"])
@pytest.mark.parametrize("name", LARGE)
def test_time_grows_with_the_plan(name: str, target: str, folder: Path) -> None:
    """Four times as much takes at most nine times as long (linear: 4, quadratic: 16), unless both are quick."""
    make = LARGE[name]
    seconds(make(10), folder, target)  # what is imported on use
    small = min(seconds(make(1000), folder, target) for _ in range(2))
    large = seconds(make(4000), folder, target)
    assert large < max(9 * small, 1.0), f"{small:.2f} s, then {large:.2f} s"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 2_000_000  # KiB


@pytest.mark.parametrize("name", LARGE)
def test_large_plans_end(name: str, folder: Path) -> None:
    assert seconds(LARGE[name](400), folder, "openstack") < 10
