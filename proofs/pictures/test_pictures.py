"""Mermaid draws the picture of every output and of every plan, and strings of plans are data in it."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from support.pictures import HOSTILE, hostile
from support.plans import Compilation, compilations

from camp2iac import read
from camp2iac.review import graph
from camp2iac.review.formats.graph import _strings as strings
from camp2iac.review.formats.graph import mermaid

pytestmark = [pytest.mark.pictures, pytest.mark.slow]


def drawn(sources: Sequence[str]) -> list[dict[str, Any]]:
    """What Mermaid draws of each source."""
    program = Path(__file__).with_name("draw.mjs")
    done = subprocess.run(
        ["node", str(program), os.environ["PICTURES_NODE"]],
        input=json.dumps(sources).encode(),
        capture_output=True,
        check=False,
        timeout=500,
    )
    assert done.returncode == 0, done.stderr.decode()
    found: list[dict[str, Any]] = json.loads(done.stdout)
    assert len(found) == len(sources)
    return found


def in_readme(compilation: Compilation) -> list[str]:
    """The pictures in the README of a committed output, as GitHub finds them."""
    text = (compilation.output / "README.md").read_text(encoding="utf-8")
    return re.findall(r"(?ms)^```mermaid\n(.*?)^```$", text)


def test_every_output_has_a_picture_that_mermaid_draws() -> None:
    found = {each.id: in_readme(each) for each in compilations()}
    assert [id_ for id_, pictures in found.items() if len(pictures) != 1] == []
    sources = [pictures[0] for pictures in found.values()]
    results = drawn(sources)
    wrong = {id_: each["error"] for id_, each in zip(found, results, strict=True) if "error" in each}
    assert wrong == {}
    for source, result in zip(sources, results, strict=True):
        assert result["title"], source
        assert result["description"], source
        assert len(result["labels"]) == len(re.findall(r"(?m):::|^  subgraph ", source)), source


def test_every_plan_has_a_picture_that_mermaid_draws() -> None:
    plans = sorted({each.package for each in compilations()})
    sources = []
    for plan in plans:
        topology = read(plan / "camp.yaml").check().compiled.topology
        assert topology is not None
        sources.append(mermaid.render(graph.of_plan(topology)))
    assert [each["error"] for each in drawn(sources) if "error" in each] == []


def test_strings_are_data() -> None:
    results = drawn([mermaid.render(each) for each in hostile()])
    for text, result in zip(HOSTILE, results, strict=True):
        assert "error" not in result, (text, result)
        title, line = strings.shown(text, strings.TITLE), strings.shown(text, strings.LINE)
        got = sorted(" ".join(label.replace("\u200b", "").split()) for label in result["labels"])
        both = " ".join(f"{title}\n{line}".split())
        wanted = [title, both, title, f"a service {line}".strip(), both]
        assert got == sorted(" ".join(each.split()) for each in wanted), text
        assert result["title"].replace("\u200b", "") == (strings.shown(text, strings.TITLE * 2) or "the application")
        assert set(result["elements"]) <= {"div", "span", "p", "b", "br"}, text
