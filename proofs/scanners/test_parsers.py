"""Parsers other than Terraform's read the output: here checkov's, the strictest. `run` uses the others."""

from __future__ import annotations

import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import hcl2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.plans import Compilation, compilations

from camp2iac.synth import hcl
from camp2iac.synth.module import Attribute, Block, Module, expr, template

#: checkov gives up a file after this many seconds
PATIENCE = 10
PIECES = ["${", "%{", "{", "}", '"', "\\", "$", "%", "`", "'", "#", "//", "/*", "*/", "\n", "<<EOT", "a b", "é", "x"]
TEXTS = st.lists(st.sampled_from([*PIECES, "${x}", '${X:-"y"}', "${}", "${x.y}"]), max_size=8).map("".join)


@contextmanager
def patience() -> Iterator[None]:
    """Stop a parser that does not end: its regular expressions can backtrack for hours."""

    def over(*_: object) -> None:
        raise TimeoutError(f"not read within {PATIENCE} s")

    before = signal.signal(signal.SIGALRM, over)
    signal.alarm(PATIENCE)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def read(text: str) -> dict[str, Any]:
    with patience():
        found: dict[str, Any] = hcl2.loads(text)
    return found


@pytest.mark.parametrize("compilation", compilations(), ids=lambda each: each.id)
def test_every_file_is_read_and_every_block_is_in_it(compilation: Compilation) -> None:
    files = sorted(compilation.output.rglob("*.tf"))
    assert files
    for file in files:
        text = file.read_text()
        found = read(text)
        for kind in ("resource", "data", "variable", "output", "module", "locals", "check"):
            written = len(re.findall(rf"^{kind}\b.*\{{$", text, re.MULTILINE))
            assert len(found.get(kind, [])) == written, f"{file}: {kind}"


@settings(max_examples=300, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=3))
def test_any_string_is_read_and_ends_where_it_ends(texts: list[str]) -> None:
    """With a string as a whole value, and before and after code."""
    ways = [way for text in texts for way in (text, template(text, expr("var.x")), template(expr("var.x"), text))]
    module = Module()
    module.add("main.tf", Block("locals", body=tuple(Attribute(f"v{i}", way) for i, way in enumerate(ways))))
    module.add("main.tf", Block("locals", body=(Attribute("last", 'a "quoted" word}'),)))
    first, second = read(hcl.write(module)["main.tf"])["locals"]
    assert {name for name in first if not name.startswith("__")} == {f"v{i}" for i in range(len(ways))}
    assert "last" in second
