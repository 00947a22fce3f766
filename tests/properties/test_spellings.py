"""Two spellings of one value give the same output or are refused; each key of an environment counts or is refused.

The places are those of a plan that has every key of the profile (:mod:`tests.properties.test_no_silent_loss` requires
that), and of the examples in the schemas of environments, so that a new key is included.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from camp2iac.camp.nodes import Scalar
from camp2iac.camp.yaml import parse
from camp2iac.diagnostics import Diagnostics
from camp2iac.targets import environment, registry
from tests.properties.outcome import leaves, outcome, put, quoted

WHOLE = Path(__file__).parent / "every-form"
TARGETS = ("openstack", "heroku")
WORDS = {True: ("yes", "on", "True", "TRUE", '"true"', "!!bool yes"), False: ("no", "off", "False", '"false"')}


def spellings(leaf: Scalar) -> Iterator[str]:
    """Other spellings of a value, in YAML 1.1."""
    value = leaf.value
    if isinstance(value, bool):
        yield from WORDS[value]
    elif isinstance(value, int):
        yield from (hex(value), f"0{value:o}" if value else "00", f"{value}.0", f'"{value}"', f"+{value}", f"{value:_}")
        yield from (f"!!int {value}", f"{value}e0", f"0b{value:b}")
    elif value is None:
        yield from ("~", "null", "Null", '""')
    elif isinstance(value, str) and "\n" not in leaf.text:
        yield from (quoted(leaf.text), "'" + leaf.text.replace("'", "''") + "'", f"!!str {quoted(leaf.text)}")


def refused(found: object) -> bool:
    """Whether an outcome has an error, which is told."""
    return isinstance(found, list) and bool(found)


@pytest.mark.slow
@pytest.mark.parametrize("target", TARGETS)
def test_spellings_in_a_plan(target: str, tmp_path: Path) -> None:
    folder = tmp_path / "whole"
    shutil.copytree(WHOLE, folder)
    text = (folder / "camp.yaml").read_text()
    node = parse(text, "camp.yaml", Diagnostics())
    assert node is not None
    before, wrong, tried = outcome(folder, target), [], 0
    for way, leaf in leaves(node):
        if isinstance(leaf.value, str) or str(way[-1]).startswith("org.example:"):
            continue  # what camp2iac does not read has no meaning that spellings could share
        for written in spellings(leaf):
            (folder / "camp.yaml").write_text(put(text, leaf, written))
            after = outcome(folder, target)
            tried += 1
            # Where a text belongs, the value is the text as it is written.
            if after != before and not refused(after) and written.strip('"') not in repr(after):
                wrong.append(f"{'.'.join(map(str, way))}: {leaf.text} -> {written}")
    assert tried > 40
    assert not wrong, "\n".join(wrong)


PLAN = """\
camp_version: CAMP 1.1
name: shop
artifacts:
  - name: web
    artifact_type: org.python:src
    content: { href: app/ }
    requirements:
      - { requirement_type: com.python:wsgi, com.python.wsgi.application: app/app, fulfillment: id:web }
      - { requirement_type: org.sql:ConnectTo, fulfillment: id:db }
      - { requirement_type: org.camp2iac:Expose, public: true }
services:
  - id: web
    characteristics:
      - characteristic_type: org.python:version
      - { characteristic_type: org.camp2iac:Scale, min: 2, max: 4 }
      - { characteristic_type: org.camp2iac:Balance, health: / }
  - id: db
    characteristics: [{ characteristic_type: PostgreSQL }]
"""
BASE = {
    "openstack": {
        "target": "openstack",
        "image": "debian-12",
        "external_network": "public",
        "sizes": {"small": {"flavor": "m1.small", "cores": 1, "memory": "2 GiB"}},
        "ssh_from": "192.0.2.0/24",
    },
    "heroku": {"target": "heroku", "app": "shop"},
}


def keys() -> Iterator[tuple[str, str, Any]]:
    """Each key of an environment file, with the example in its schema."""
    for name in TARGETS:
        target = registry.find(name)
        assert target is not None
        for key, schema in environment.schema(target)["properties"].items():
            example = schema.get("x-example")
            if key == "target":
                continue
            value = yaml.safe_load(example) if isinstance(example, str) else example
            value = value if value is not None else True if schema.get("type") == "boolean" else "x"
            yield name, key, schema.get("enum", [value])[-1]


def prepared(folder: Path) -> Path:
    (folder / "app").mkdir()
    (folder / "app/app.py").write_text("def app(environ, start):\n    pass\n")
    (folder / "app/requirements.txt").write_text("")
    (folder / "environments").mkdir()
    (folder / "camp.yaml").write_text(PLAN)
    return folder


@pytest.mark.slow
@pytest.mark.parametrize(("target", "key", "value"), list(keys()))
def test_a_key_of_an_environment(target: str, key: str, value: Any, tmp_path: Path) -> None:
    """It changes what is written or reported, or is refused with a message; its values by any spelling alike."""
    folder = prepared(tmp_path)
    file = folder / "environments" / f"{target}.yaml"
    file.write_text(yaml.safe_dump(BASE[target]))
    without = outcome(folder, target)
    text = yaml.safe_dump({**BASE[target], key: value}, default_flow_style=False)
    file.write_text(text)
    before = outcome(folder, target)
    assert refused(before) or before != without or value == BASE[target].get(key) or key in ALIKE[target]
    node = parse(text, file.name, Diagnostics())
    assert node is not None
    for way, leaf in leaves(node):
        if way[0] != key or leaf.span.line != leaf.span.end_line:
            continue
        for written in spellings(leaf):
            file.write_text(put(text, leaf, written))
            after = outcome(folder, target)
            alike = after == before or refused(after) or written.strip('"') in repr(after)
            assert alike, f"{way}: {leaf.text} -> {written}"


ALIKE = {
    "openstack": {"quota_check", "s3", "dns"},  # the default; for object stores and host names, which this plan lacks
    "heroku": {"stack", "name"},  # the default; ``app`` in the base is the name
}
"""Keys whose example is the default, or means nothing for this plan."""
