"""A parameter with a literal's value gives the same bytes as the literal, wherever the compiler must know the value."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from camp2iac.camp.nodes import Mapping, Node, Scalar, Sequence
from camp2iac.camp.yaml import parse
from camp2iac.diagnostics import Diagnostics
from tests.properties.outcome import outcome

WHOLE = Path(__file__).parent / "every-form"
PROFILE = "org.camp2iac:"
TYPES = ("requirement_type", "characteristic_type")
LATER = ("Env", "Attributes")  # Terraform takes these values
OPTIONS = ("com.python.wsgi.application", "org.sql.dbname")


def scalars(node: Node) -> Iterator[Scalar]:
    """The scalars in a value. Those of references have another meaning."""
    if isinstance(node, Scalar):
        if node.value is not None:
            yield node
    elif isinstance(node, Sequence):
        for item in node:
            yield from scalars(item)
    elif not {"parameter", "secret", "value"} & node.entries.keys():
        for entry in node.entries.values():
            yield from scalars(entry.value)


def places(node: Node, *, attributes: bool) -> Iterator[Scalar]:
    """The scalars of a plan that the compiler must know. ``attributes``: also those of attributes."""
    for item in node if isinstance(node, Sequence) else ():
        yield from places(item, attributes=attributes)
    if not isinstance(node, Mapping):
        return
    type_ = next((found.text for key in TYPES if isinstance(found := node.get(key), Scalar)), "")
    later = LATER[: 1 if attributes else 2]
    for key, entry in node.entries.items():
        if key in TYPES or type_.removeprefix(PROFILE) in later or (type_ == f"{PROFILE}Ports" and key == "from"):
            continue
        declared = key in (f"{PROFILE}Networks", f"{PROFILE}Secrets")
        own = type_.startswith(PROFILE) and key != "fulfillment"
        if declared or own or key in OPTIONS or (key == "version" and type_) or (key == "href" and "id" in node):
            yield from scalars(entry.value)
        elif not key.startswith((PROFILE, "org.example:")) and key != "content":
            yield from places(entry.value, attributes=attributes)


def found(attributes: bool) -> list[Scalar]:
    text = (WHOLE / "camp.yaml").read_text()
    node = parse(text, "camp.yaml", Diagnostics())
    assert node is not None
    leaves = list(places(node, attributes=attributes))
    assert all(leaf.span.line == leaf.span.end_line for leaf in leaves)
    return leaves


def with_parameters(leaves: list[Scalar], folder: Path, *, in_environment: str = "") -> None:
    """Write the plan with a parameter in the place of each of these values."""
    text = (WHOLE / "camp.yaml").read_text()
    lines = text.splitlines(keepends=True)
    values = {}
    for number, leaf in sorted(enumerate(leaves), key=lambda item: item[1].span, reverse=True):
        span = leaf.span
        line = lines[span.line - 1]
        values[f"p{number}"] = line[span.column - 1 : span.end_column - 1]
        lines[span.line - 1] = f"{line[: span.column - 1]}{{ parameter: p{number} }}{line[span.end_column - 1 :]}"
    declared = [f"  {name}: {{ {'' if in_environment else f'default: {value}'} }}\n" for name, value in values.items()]
    plan = "".join(lines).replace("org.camp2iac:Parameters:\n", f"org.camp2iac:Parameters:\n{''.join(declared)}")
    (folder / "camp.yaml").write_text(plan)
    if in_environment:
        file = folder / "environments" / f"{in_environment}.yaml"
        given = "".join(f"  {name}: {value}\n" for name, value in values.items())
        file.write_text(f"{file.read_text()}parameters:\n{given}")


def without_rows(seen: object) -> object:
    """An outcome without what the report and the README say about the parameters ``p0``, ``p1``, ..."""
    assert isinstance(seen, tuple), seen
    diagnostics, statements, outcomes, *rest, page = seen
    page = re.sub(r"## Parameters without a variable\n\n.*?\n\n(?=## )", "", page, flags=re.DOTALL)
    rows = [
        row for row in zip(statements, outcomes, strict=True) if not row[0][1].removeprefix("Parameter p").isdecimal()
    ]
    return (diagnostics, rows, *rest, page)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "every-form"
    shutil.copytree(WHOLE, made)
    return made


@pytest.mark.parametrize("target", ["openstack", "heroku"])
@pytest.mark.parametrize("where", ["default", "environment"])
def test_parameters_everywhere(target: str, where: str, folder: Path) -> None:
    literal = without_rows(outcome(WHOLE, target))
    leaves = found(target == "openstack")
    assert len(leaves) > 60
    with_parameters(leaves, folder, in_environment=target if where == "environment" else "")
    seen = without_rows(outcome(folder, target))
    assert isinstance(seen, tuple)
    assert isinstance(literal, tuple)
    for one, other in zip(literal, seen, strict=True):
        assert one == other


@pytest.mark.slow
@pytest.mark.parametrize("number", range(len(found(True))))
def test_a_parameter_in_each_place(number: int, folder: Path) -> None:
    with_parameters([found(True)[number]], folder)
    assert without_rows(outcome(folder, "openstack")) == without_rows(outcome(WHOLE, "openstack"))
