"""An override gives the same output and the same messages as a plan that has the value itself."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from camp2iac.camp.nodes import Mapping, Node, Scalar, Sequence
from camp2iac.camp.yaml import parse
from camp2iac.diagnostics import Diagnostics
from tests.properties.outcome import changed, outcome, put

WHOLE = Path(__file__).parent / "every-form"
TEXT = (WHOLE / "camp.yaml").read_text()
NAMES = {"services": ("id", "characteristics"), "artifacts": ("name", "requirements")}
NOT_VALUES = ("characteristic_type", "requirement_type", "fulfillment")
QUICK = 5  # every so many cases are in the quick run

Way = tuple[str, str, str, str]  # the section, the node, the type, the key


def of(node: Node | None, key: str) -> str:
    found = node.get(key) if isinstance(node, Mapping) else None
    return found.text if isinstance(found, Scalar) else ""


def items(node: Node | None, key: str) -> tuple[Node, ...]:
    found = node.get(key) if isinstance(node, Mapping) else None
    return found.items if isinstance(found, Sequence) else ()


def cases() -> Iterator[tuple[Way, Scalar]]:
    """The scalars that an override can name."""
    plan = parse(TEXT, "camp.yaml", Diagnostics())
    for section, (name, parts) in NAMES.items():
        for node in items(plan, section):
            found = [
                (of(part, "characteristic_type") or of(part, "requirement_type"), part) for part in items(node, parts)
            ]
            counts = Counter(type_ for type_, _ in found)
            for type_, part in found:
                assert isinstance(part, Mapping)
                ours = type_.startswith("org.camp2iac:") or type_ == "PostgreSQL"
                if not ours or counts[type_] > 1 or not of(node, name):
                    continue
                for key, entry in part.entries.items():
                    if isinstance(entry.value, Scalar) and key not in NOT_VALUES:
                        yield (section, of(node, name), type_, key), entry.value


CASES = [(way, leaf) for way, leaf in cases()]


def overridden(folder: Path, target: str, way: Way, value: Any) -> None:
    file = folder / "environments" / f"{target}.yaml"
    section, node, type_, key = way
    given = yaml.safe_load(file.read_text())
    given["overrides"] = {section: {node: {type_: {key: value}}}}
    file.write_text(yaml.safe_dump(given, sort_keys=False))


def seen(folder: Path, target: str) -> object:
    """An outcome with its messages sorted: those about the environment file come after those about the plan."""
    found = outcome(folder, target)
    if isinstance(found, list):
        return sorted(found)
    assert isinstance(found, tuple)
    return (sorted(found[0]), *found[1:])


@pytest.mark.parametrize(
    ("way", "leaf"),
    [
        pytest.param(way, leaf, id=".".join(way), marks=[pytest.mark.slow] if number % QUICK else [])
        for number, (way, leaf) in enumerate(CASES)
    ],
)
def test_an_override_is_the_value(way: Way, leaf: Scalar, tmp_path: Path) -> None:
    edited, by_override = tmp_path / "edited" / "every-form", tmp_path / "override" / "every-form"
    for folder in (edited, by_override):
        shutil.copytree(WHOLE, folder)
    (edited / "camp.yaml").write_text(put(TEXT, leaf, changed(leaf)))
    for target in ("openstack", "heroku"):
        overridden(by_override, target, way, yaml.safe_load(changed(leaf)))
        (by_override / "camp.yaml").write_text(TEXT)
        assert seen(by_override, target) == seen(edited, target)


def test_there_are_many_of_them() -> None:
    assert len(CASES) > 25
    assert {type_.rpartition(":")[2] for (_, _, type_, _), _ in CASES} > {
        "Env",
        "Expose",
        "Scale",
        "Compute",
        "Process",
    }
