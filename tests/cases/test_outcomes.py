"""What a target does with each statement of a plan: kept, degraded or lost, how, why, and what to do instead.

``outcomes.txt`` has this for every example and case, and for `MORE`, in the order of the report.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support import phases
from support.plans import Compilation, compilations
from support.sections import compare

from camp2iac.targets.base import LedgerEntry

FILE = Path(__file__).with_name("outcomes.txt")
COMPILATIONS = compilations()
#: What no example says of an application: requirements of an artifact, and the characteristics of its service.
PLAN = """\
camp_version: CAMP 1.1
name: shop
artifacts:
  - name: web
    artifact_type: org.python:src
    content: { data: YXBwID0gTm9uZQo= }
    requirements:
      - { requirement_type: com.python:wsgi, com.python.wsgi.application: main/app, fulfillment: id:web }
      - { requirement_type: org.sql:ConnectTo, fulfillment: id:database }
      - { requirement_type: Redis:ConnectTo, fulfillment: id:cache }
      - { requirement_type: org.camp2iac:Expose, port: 8080, as: 8443, public: PUBLIC }
      - { requirement_type: org.camp2iac:Expose, port: 9000, protocol: tcp }
services:
  - id: web
    characteristics:
      - characteristic_type: org.python:version
      - { characteristic_type: org.camp2iac:Compute, size: small }
      - { characteristic_type: org.camp2iac:Placement, zone: z1, region: R1, spread: hard, together: soft }
  - id: database
    characteristics:
      - { characteristic_type: PostgreSQL, version: "[13,18)" }
      - { characteristic_type: org.camp2iac:Scale, min: 2 }
      - { characteristic_type: org.camp2iac:Volume, size: 300 GiB }
  - id: cache
    characteristics:
      - { characteristic_type: Redis }
      - { characteristic_type: org.camp2iac:Compute, memory: 2 GiB }
      - { characteristic_type: org.camp2iac:Balance }
"""
SIZES = "sizes: { small: { flavor: s, cores: 1, memory: 2 GiB }, large: { flavor: l, cores: 4, memory: 8 GiB } }\n"
CLOUD = f"target: openstack\nimage: debian-12\nexternal_network: public\nssh_from: 192.0.2.0/24\n{SIZES}"
DYNOS = "target: heroku\napp: shop\ndynos: { web: performance-m }\n"
MORE = {
    "heroku, no environment": ("false", ""),
    "heroku, not public": ("false", "target: heroku\napp: shop\n"),
    "heroku, in a space": ("false", "target: heroku\napp: shop\nteam: acme\nspace: inner\nregion: dublin\n"),
    "heroku, in a space, public": ("true", "target: heroku\napp: shop\nteam: acme\nspace: inner\nregion: dublin\n"),
    "heroku, fir": (
        "false",
        "target: heroku\nregion: dublin\nteam: acme\nspace: { name: inner, create: true, generation: fir }\n",
    ),
    "heroku, larger": (
        "true",
        f"{DYNOS}addons: {{ database: heroku-postgresql:standard-4, cache: heroku-redis:premium-5 }}\n",
    ),
    "heroku, plans that are not known": (
        "true",
        "target: heroku\napp: shop\naddons: { database: heroku-postgresql:new-1, cache: heroku-redis:new-1 }\n",
    ),
    "openstack": ("true", CLOUD),
    "openstack, not public": ("false", CLOUD),
    "openstack, by the operator": ("true", f"{CLOUD}region: R1\ntiers: {{ web: {{ zone: z2, size: large }} }}\n"),
}
NAMES = [*(each.id for each in COMPILATIONS), *MORE]


@pytest.mark.parametrize("compilation", COMPILATIONS, ids=lambda each: each.id)
def test_outcomes(compilation: Compilation, request: pytest.FixtureRequest) -> None:
    loaded = phases.load(compilation.package / "camp.yaml", leave_out=[compilation.output])
    made = phases.compile(
        loaded, environment=compilation.environment, target=compilation.target or None, output=compilation.output
    )
    assert made.result is not None
    lines = [line for entry in made.result.statements for line in _lines(entry)]
    compare(FILE, compilation.id, lines, NAMES, request.config)


@pytest.mark.parametrize("name", MORE)
def test_outcomes_of_more(name: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    public, environment = MORE[name]
    file = tmp_path / "prod.yaml"
    file.write_text(environment)
    loaded = phases.load(PLAN.replace("PUBLIC", public).encode())
    made = phases.compile(loaded, environment=file if environment else None, target=name.partition(",")[0])
    lines = [f"{each.code} {each.span.line if each.span else '-'}" for each in made.diagnostics]
    lines += [line for entry in (made.result.statements if made.result else ()) for line in _lines(entry)]
    compare(FILE, name, lines, NAMES, request.config)


def _lines(entry: LedgerEntry) -> Iterator[str]:
    statement = entry.statement
    place = f"{statement.span.line}:{statement.span.column}" if statement.span else "-"
    yield f"{place} {entry.outcome.value}: {entry.how}"
    if entry.why:
        yield f"why: {entry.why}"
    for sentence in entry.help:
        yield f"remedy: - - | {sentence}"
    for fix in entry.fixes:
        at = fix.replaces
        where = f"{Path(at.file).name}:{at.line}:{at.column}" if at else "-"
        yield f"remedy: {where} {fix.write} | {fix.note or '-'}"
