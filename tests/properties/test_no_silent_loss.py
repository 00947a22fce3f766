"""No leaf of a plan can change without the output, the report or the diagnostics changing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from support import phases

from camp2iac.camp.nodes import Mapping, Node, Scalar, Sequence
from camp2iac.camp.yaml import parse
from camp2iac.diagnostics import Diagnostics
from camp2iac.synth import hcl

ROOT = Path(__file__).parents[2]
PLANS = sorted(path.parent for path in (ROOT / "examples").glob("*/camp.yaml"))


def leaves(node: Node, way: str = "") -> Iterator[tuple[str, Scalar]]:
    if isinstance(node, Scalar):
        yield way, node
    elif isinstance(node, Sequence):
        for number, item in enumerate(node):
            yield from leaves(item, f"{way}[{number}]")
    elif isinstance(node, Mapping):
        for key, entry in node.entries.items():
            yield from leaves(entry.value, f"{way}.{key}")


def changed(leaf: Scalar) -> str:
    """Another value of the same kind."""
    value = leaf.value
    if isinstance(value, bool):
        return "false" if value else "true"
    if isinstance(value, int):
        return str(value + 1)
    return f'"{leaf.text.replace(chr(92), chr(92) * 2).replace(chr(34), chr(92) + chr(34))}x"'


def outcome(folder: Path, target: str) -> object:
    """All that a user can see of a compilation."""
    loaded = phases.load(folder)
    compiled = phases.compile(
        loaded, environment=folder / "environments" / f"{target}.yaml", output=folder / "infra" / target
    )
    said = [(d.code, d.message) for d in loaded.diagnostics]
    if compiled.result is None:
        return said
    entries = compiled.result.statements
    report = [(entry.statement.node, entry.statement.words, entry.outcome, entry.how, entry.why) for entry in entries]
    documents = {document.path: document.data for document in compiled.result.lowered.documents}
    readme = (compiled.topology.title, compiled.topology.description, compiled.topology.tags, compiled.topology.origin)
    return said, report, hcl.write(compiled.result.lowered.module), documents, readme, compiled.result.lowered.readme


@pytest.mark.parametrize("plan", PLANS, ids=lambda path: path.name)
def test_every_leaf_counts(plan, tmp_path):
    folder = tmp_path / plan.name
    shutil.copytree(plan, folder, ignore=shutil.ignore_patterns("infra"))
    decided = {}  # what the operator sets, the plan's own value does not
    for environment in folder.glob("environments/*.yaml"):
        given = yaml.safe_load(environment.read_text())
        names = {f".{name}.default" for name in given.get("parameters", {})}
        names |= {f".{name}" for variables in given.get("variables", {}).values() for name in variables}
        decided[environment.stem] = tuple(names)
    text = (folder / "camp.yaml").read_text()
    node = parse(text, "camp.yaml", Diagnostics())
    assert node is not None
    before = {target: outcome(folder, target) for target in ("openstack", "heroku")}
    lines = text.splitlines(keepends=True)
    silent = []
    count = 0
    for way, leaf in leaves(node):
        span = leaf.span
        if span.line != span.end_line:
            continue
        count += 1
        mutated = list(lines)
        line = mutated[span.line - 1]
        mutated[span.line - 1] = line[: span.column - 1] + changed(leaf) + line[span.end_column - 1 :]
        (folder / "camp.yaml").write_text("".join(mutated))
        for target, old in before.items():
            if not way.endswith(decided[target]) and outcome(folder, target) == old:
                silent.append(f"{target}: {way}: {leaf.text}")
    assert count > 5
    assert silent == []
