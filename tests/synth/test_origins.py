"""The origins of arguments: a value that is passed on unchanged leads to the place where it was written."""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterator
from pathlib import Path

import pytest
from support import phases

from camp2iac.diagnostics import Span
from camp2iac.diagnostics.located import LocatedStr, located, place
from camp2iac.synth import sourcemap
from camp2iac.synth.module import Attribute, Block, Commented, Module, body
from camp2iac.topology import addresses

ROOT = Path(__file__).parents[2]
HERE, THERE = Span("camp.yaml", 3, 5, 3, 9), Span("prod.yaml", 7, 1, 7, 4)
PLANS = sorted(path.parent for path in [*ROOT.glob("examples/*/camp.yaml"), *ROOT.glob("tests/cases/*/*/camp.yaml")])

PLAN = """\
camp_version: CAMP 1.1
name: shop
artifacts:
  - name: web
    artifact_type: org.python:src
    content: { data: eA== }
    requirements:
      - requirement_type: com.python:wsgi
        fulfillment: id:web
services:
  - id: web
    characteristics:
      - characteristic_type: org.python:version
      - characteristic_type: org.camp2iac:Scale
        initial: 2
        max: 4
      - characteristic_type: org.camp2iac:Volume
        size: 10 GiB
        type: ssd
org.camp2iac:Parameters:
  title: { default: Shop }
  colour: { default: red }
"""
ENVIRONMENT = """\
target: openstack
region: RegionOne
image: debian-12
external_network: public
scale: { web: 3 }
parameters:
  title: Harbour
"""


def test_a_place_stays_with_the_unchanged_value() -> None:
    text, number, real = located("a", HERE), located(5, HERE), located(0.5, HERE)
    assert [place(each) for each in (text, number, real, str(text), (text, "b"))] == [HERE] * 5
    assert (text, number, real) == ("a", 5, 0.5)
    assert hash(text) == hash("a")
    assert json.dumps([text, number, real]) == '["a", 5, 0.5]'
    assert f"{text} {number}" == "a 5"
    computed = (text + "b", number + 1, f"{text}!", text.strip(), ("b", text), (), None)
    assert [place(each) for each in computed] == [None] * 7


def test_booleans_and_values_without_a_place_stay_as_they_are() -> None:
    assert located(True, HERE) is True
    assert located(None, HERE) is None
    assert type(located("a", None)) is str


def test_a_located_string_can_be_pickled() -> None:
    text = pickle.loads(pickle.dumps(located("a", HERE)))
    assert isinstance(text, LocatedStr)
    assert place(text) == HERE


def test_only_arguments_from_elsewhere_have_an_origin() -> None:
    inner = Block("disk", body=body(type=located("ssd", THERE), size=located(5, HERE)))
    module = Module()
    module.add(
        "web.tf",
        Block(
            "resource",
            ("a", "b"),
            body(
                Attribute("said", located("x", HERE), origin=THERE),
                inner,
                same=located("x", HERE),
                other=located("y", THERE),
                computed=located("y", THERE) + "!",
                tags={"one": located("z", THERE), "two": Commented("z", "", origin=THERE), "three": "z"},
            ),
            origin=HERE,
        ),
    )
    assert sourcemap.origins(module) == {
        "a.b": HERE,
        **dict.fromkeys(("a.b.said", "a.b.disk.type", "a.b.other", "a.b.tags.one", "a.b.tags.two"), THERE),
    }


def test_values_of_the_operator_lead_to_the_environment_file(tmp_path: Path) -> None:
    (tmp_path / "camp.yaml").write_text(PLAN)
    file = tmp_path / "prod.yaml"
    file.write_text(ENVIRONMENT)
    compiled = phases.compile(phases.load(tmp_path / "camp.yaml"), environment=file, overrides={"colour": "blue"})
    assert compiled.result is not None
    found = sourcemap.origins(compiled.result.lowered.module)
    lines = {"camp.yaml": PLAN.splitlines(), "prod.yaml": ENVIRONMENT.splitlines()}
    assert {name: at and lines[at.file][at.line - 1].strip() for name, at in found.items()}.items() >= {
        "var.web_count.default": "scale: { web: 3 }",
        "var.title.default": "title: Harbour",
        "provider.openstack.region": "region: RegionOne",
        "data.openstack_images_image_v2.machine.name": "image: debian-12",
        "openstack_blockstorage_volume_v3.web_data.volume_type": "type: ssd",
    }.items()
    assert "var.colour.default" not in found, "the command line has no place"


@pytest.mark.parametrize("plan", PLANS, ids=lambda path: path.name)
def test_every_place_has_the_value(plan: Path) -> None:
    """For each environment of each example and case."""
    for file in sorted(plan.glob("environments/*.yaml")):
        compiled = phases.compile(phases.load(plan), environment=file)
        if compiled.result is None:
            continue
        for name, value, used in _located(compiled.result.lowered.module):
            at = compiled.result.places.origin(used) or used
            line = compiled.texts[at.file].splitlines()[at.line - 1]
            written = line[at.column - 1 : at.end_column - 1] if at.end_line == at.line else line
            same = str(value) in written or addresses.network(written.strip("\"'")) == value
            assert same, f"{file}: {name} is {value}, not {written}"


def _located(module: Module) -> Iterator[tuple[str, object, Span]]:
    blocks = [(block.address or "local", block) for block in module.blocks()]
    while blocks:
        address, block = blocks.pop()
        for item in block.body:
            if isinstance(item, Block):
                blocks.append((f"{address}.{item.type}", item))
            elif (at := place(item.value)) and not isinstance(item.value, tuple):
                yield f"{address}.{item.name}", item.value, at
