"""Whatever a module holds: ``terraform fmt`` leaves the text alone, and Terraform reads the values as they were."""

from __future__ import annotations

import json
import subprocess
import tempfile
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from support import terraform

from camp2iac.synth import hcl
from camp2iac.synth import json as json_writer
from camp2iac.synth.module import Attribute, Block, Commented, Module, Value, call, expr, template

pytestmark = pytest.mark.terraform

HOSTILE = [
    "${",
    "%{",
    "$",
    "%",
    "{",
    "}",
    '"',
    "\\",
    "\n",
    "\r",
    "\t",
    "\x00",
    "`",
    "'",
    "#",
    "//",
    "/*",
    "<<EOT",
    "$${",
    "é",
    "é",
    "😀",
    "\u202e",
    "\ufeff",
    "नि",
    "👩‍💻",
    "가",
]
texts = st.one_of(
    st.lists(st.sampled_from([*HOSTILE, "a", " ", "path.module", "if true"]), max_size=8).map("".join),
    st.text(st.characters(exclude_categories=["Cs", "Cn"]), max_size=20),
)
scalars = st.one_of(st.none(), st.booleans(), st.integers(-(2**80), 2**80), st.floats(-1e9, 1e9), texts)


def distinct(value: dict[str, Any]) -> dict[str, Any]:
    """Without keys that are the same to Terraform."""
    return {unicodedata.normalize("NFC", name): item for name, item in value.items()}


values = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map(tuple),
        st.dictionaries(texts, inner, max_size=4).map(distinct),
    ),
    max_leaves=12,
)


@st.composite
def written(draw: st.DrawFn) -> tuple[Any, Value]:
    """A value, and one of the ways to write it down."""
    value = draw(values)
    way = draw(st.sampled_from(["plain", "comment", "above", "call", "code", "template"]))
    note = draw(texts)
    if way in ("comment", "above") and isinstance(value, dict):
        return value, {name: Commented(item, note, above=way == "above") for name, item in value.items()}
    if way == "call" and isinstance(value, dict):
        return value, call("merge", {}, value)
    if way == "code":
        return value, expr("[\n  ", value if not isinstance(value, str) else template(value), ",\n][0]")
    if way == "template" and isinstance(value, str):
        half = len(value) // 2
        return value, template(value[:half], expr('""'), value[half:])
    return value, value


def normal(value: Any) -> Any:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, tuple | list):
        return [normal(item) for item in value]
    if isinstance(value, dict):
        return {normal(name): normal(item) for name, item in value.items()}
    return value


def module_of(items: list[tuple[Any, Value]], note: str) -> Module:
    module = Module(headers={"main.tf": note})
    module.add(
        "main.tf",
        Block(
            "locals",
            body=tuple(Attribute(f"v{i}", value, note if i % 3 == 0 else "") for i, (_, value) in enumerate(items)),
        ),
    )
    for i in range(len(items)):
        module.add("outputs.tf", Block("output", (f"v{i}",), (Attribute("value", expr(f"local.v{i}")),), note))
    return module


def run(folder: Path, *arguments: str) -> str:
    command = [*terraform.command(), f"-chdir={folder}", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize("writer", [hcl.write, json_writer.write])
# Each example runs Terraform: a failing one is not made smaller, which would take minutes.
@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(st.lists(written(), min_size=20, max_size=60), texts)
def test_values_arrive(writer: Callable[[Module], dict[str, str]], items: list[tuple[Any, Value]], note: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file, text in writer(module_of(items, note)).items():
            (folder / file).write_bytes(text.encode())
        run(folder, "fmt", "-check", "-diff")
        run(folder, "apply", "-auto-approve")
        found = json.loads(run(folder, "output", "-json"))
    # An output that is null is none.
    expected = {f"v{i}": normal(value) for i, (value, _) in enumerate(items) if value is not None}
    assert {name: item["value"] for name, item in found.items()} == expected
