"""A short run of the fuzzer over the whole compiler, and what it found once."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import phases

from tests.properties.pipeline import TARGETS, compiling, inputs, packages, told, trial, written
from tests.properties.plan import ENV, PARAMETERS, PLAN, SECRETS

COMPUTE = "      - characteristic_type: org.camp2iac:Compute\n        "
PORTS = "      - characteristic_type: org.camp2iac:Ports\n        from: anywhere\n        tcp: "
LOADED = """\
  - name: schema
    artifact_type: org.sql:SqlScript
    content: { data: c2VsZWN0IDE7 }
    requirements:
      - { requirement_type: org.sql:ExecuteAt, fulfillment: id:db }
      - { requirement_type: org.sql:ExecuteAt, fulfillment: id:db }
      - { requirement_type: org.sql:ExecuteAt, fulfillment: id:other }
services:
  - id: other
    characteristics:
      - characteristic_type: PostgreSQL
"""
STRANGER = """\
  - name: stranger
    artifact_type: org.python:src
    content: { href: app/ }
    requirements:
      - requirement_type: com.python:wsgi
        com.python.wsgi.application: app:app
        fulfillment: { id: elsewhere, href: // }
services:
"""
REDIS = """\
services:
  - id: other
    characteristics:
      - characteristic_type: Redis
      - characteristic_type: org.camp2iac:Attributes
        maxmemory: {}
"""
#: mark, what stands there, and the code that says so (None: it compiles)
ONCE = {
    "digits without end": ("DATABASE", f"        version: '{'9' * 5000}'\n", "CAMP302"),
    "a range without end": ("DATABASE", f"        version: '[1,{'9' * 5000})'\n", "CAMP302"),
    "digits of others": ("DATABASE", "        version: '\u0663'\n", "CAMP302"),
    "an amount without end": ("DATABASE", f"{COMPUTE}memory: '{'9' * 5000} GiB'\n", "CAMP311"),
    "a port without end": ("DATABASE", f"{PORTS}'{'9' * 5000}'\n", "CAMP311"),
    "infinity": ("PLAN", f"{PARAMETERS}n: {{ type: number, default: .inf }}\n", "CAMP502"),
    "infinity, allowed": ("PLAN", f"{PARAMETERS}n: {{ type: number, default: 1, allowed: [1, .inf] }}\n", "CAMP502"),
    "a date, allowed": ("PLAN", f"{PARAMETERS}n: {{ default: 2014-11-09, allowed: [2014-11-09] }}\n", "CAMP311"),
    "a pattern that is none": ("PLAN", f"{PARAMETERS}n: {{ default: a, pattern: '([' }}\n", "CAMP502"),
    "a name with a line break": ("REQUIREMENTS", f'{ENV}"FOO\\n": x\n', "CAMP311"),
    "a secret's name with one": ("PLAN", f'{SECRETS}"foo\\n": {{ generate: 32 }}\n', "CAMP311"),
    "an integer with two signs": ("services:", REDIS.format("--5"), "CAMP311"),
    "an integer of other digits": ("services:", REDIS.format("\u0663"), "CAMP311"),
    "NUL": ("REQUIREMENTS", f'{ENV}X: "a\\0b"\n', "CAMP315"),
    "two links to one service": (
        "REQUIREMENTS",
        "      - { requirement_type: org.sql:ConnectTo, fulfillment: id:db }\n",
        None,
    ),
    "two links that differ": (
        "REQUIREMENTS",
        "      - { requirement_type: org.sql:ConnectTo, dbname: x, fulfillment: id:db }\n",
        "CAMP308",
    ),
    "a script for two databases": ("services:", LOADED, None),
    "a machine that exists already": ("services:", STRANGER, "CAMP317"),
}


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("name", ONCE)
def test_what_broke_it_once(name: str, target: str, tmp_path: Path) -> None:
    mark, stands, code = ONCE[name]
    plan = "".join(stands if line.strip() in (f"# {mark}", mark) else line for line in PLAN.splitlines(keepends=True))
    (tmp_path / "app").mkdir()
    (tmp_path / "app/app.py").write_text("def app(environ, start):\n    pass\n")
    (tmp_path / "camp.yaml").write_text(plan)
    compiled = phases.compile(phases.load(tmp_path / "camp.yaml"), target=target)
    came_out = told(compiled)
    errors = {each.code for each in compiled.diagnostics if each.level.value == "error"}
    assert code is None or code in errors
    assert came_out == (code is None) or errors == {"CAMP446"}  # Heroku: an add-on that nobody owns


@pytest.mark.parametrize("value", ["1e999", "9" * 5000, "nan", "\udcff", "\0"])
@pytest.mark.parametrize("type_", ["string", "number", "boolean"])
def test_values_of_the_command_line(value: str, type_: str) -> None:
    plan = f"camp_version: CAMP 1.1\nname: x\n{PARAMETERS}n: {{ type: {type_} }}\n"
    loaded = phases.load(plan.encode(), name="camp.yaml")
    assert written(loaded, target="heroku", overrides={"n": value}) == (type_ == "string" and value.isprintable())


def test_a_short_run() -> None:
    broken, wrote, _ = trial(250, seed=20)
    assert not broken, "\n".join(broken)
    assert all(wrote[target] > 20 for target in TARGETS)


@pytest.mark.fuzz
@pytest.mark.parametrize("seed", range(30, 34))
def test_a_long_run(seed: int) -> None:
    broken, _, _ = trial(2500, seed)
    assert not broken, "\n".join(broken)


def test_any_bytes() -> None:
    for data in (b"", b"\xff", b"camp_version: CAMP 1.1\n", b"PK\x03\x04"):
        compiling(data)


def test_inputs_are_the_same_for_one_seed() -> None:
    assert list(inputs(20, 7)) == list(inputs(20, 7))
    assert len({package.folder for package in packages()}) > 80
