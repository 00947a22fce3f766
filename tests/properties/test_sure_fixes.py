"""A sure fix works in every form of a value: with tags, anchors and quotes, as a block, on several lines, in braces."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from camp2iac.camp.fields import Fields
from camp2iac.camp.nodes import Mapping
from camp2iac.camp.schema import check
from camp2iac.camp.yaml import parse
from camp2iac.cli.fixing import sure
from camp2iac.diagnostics import Diagnostic, Diagnostics, Fix
from camp2iac.diagnostics.fix import applied

SCHEMA: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "name": {"type": "string"},
        "count": {"type": "integer"},
        "ratio": {"type": "number"},
        "flag": {"type": "boolean"},
        "size": {"enum": ["small", "large", "on"]},
        "kept": {},
    },
}
TEXTS = ["1", "1.10", "070", "2026-01-01", "true", "on", "yes", "flase", "smal", "larg", "2.0", "1_0", "~", "8:30"]
KEYS = ["name", "count", "ratio", "flag", "size", "nmae", "cuont", "on"]
TAGS = ["", "", "!!str ", "!!int ", "!!float ", "!!bool ", "!!timestamp ", "!!null ", "! "]
ANCHORS = ["", "", "&a "]
QUOTES = ["{}", "{}", "'{}'", '"{}"', '"{}\\\n    "']
BLOCKS = ["|\n    {}", "|-\n    {}", ">\n    {}\n"]  # not in braces
GAPS = [" ", " ", "\n    ", "  # a comment\n    "]


@st.composite
def documents(draw: st.DrawFn) -> str:
    """A mapping with one value that can be wrong, and two that must stay as they are."""
    key, text = draw(st.sampled_from(KEYS)), draw(st.sampled_from(TEXTS))
    properties = [draw(st.sampled_from(TAGS)), draw(st.sampled_from(ANCHORS))]
    before = "".join(draw(st.permutations(properties)))
    braces = draw(st.booleans())
    value = draw(st.sampled_from(QUOTES if braces else [*QUOTES, *BLOCKS])).format(text)
    written = draw(st.sampled_from(["{}", "{}", "'{}'", '"{}"', "!!str {}", "&k {}", "? {}\n"])).format(key)
    repeated = "*a" if "&a" in before else "x"
    if braces:
        tight = "" if written[0] in "'\"" and draw(st.booleans()) else " "
        return f"{{kept: [1], {written}:{tight}{before}{value}, also: {repeated}}}\n"
    return f"kept: [1]\n{written}:{draw(st.sampled_from(GAPS))}{before}{value}\nalso: {repeated}  # the end\n"


def found(text: str) -> tuple[Mapping | None, list[Diagnostic]]:
    """What the schema and the grammar say about a document."""
    diagnostics = Diagnostics()
    node = parse(text, "camp.yaml", diagnostics)
    if not isinstance(node, Mapping):
        return None, list(diagnostics)
    checked = node.without("also")
    check(SCHEMA, checked, "camp.yaml", "", diagnostics, node.span.start)
    Fields(checked, "the plan", "a plan", ("name",), diagnostics).text("name")
    return node, list(diagnostics)


def fixes(diagnostics: list[Diagnostic]) -> Iterator[tuple[Diagnostic, Fix]]:
    for diagnostic in diagnostics:
        if (fix := sure(diagnostic)) is not None:
            yield diagnostic, fix


@settings(max_examples=300)
@given(documents())
def test_a_sure_fix_removes_its_diagnostic_and_nothing_else(text: str) -> None:
    before, told = found(text)
    for diagnostic, fix in fixes(told):
        after, made = applied(text, [fix])
        assert made == (fix,)
        node, now = found(after)
        assert node is not None, (after, now)
        assert before is not None
        assert (diagnostic.code, diagnostic.message) not in [(each.code, each.message) for each in now], after
        assert len(now) < len(told) or diagnostic.code == "CAMP313", after  # a key that is known now has a value
        assert node["kept"].plain == [1]
        assert "also" in node, after
        assert after.count("#") == text.count("#") or "|" in text or ">" in text or "\n    " in text


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("name: !!int 1\n", 'name: "1"\n'),
        ("count: !!str 1\n", "count: 1\n"),
        ("count: &a !!str '1'\n", "count: &a 1\n"),
        ("flag: !!str yes\n", "flag: yes\n"),
        ("flag: !!str flase\n", "flag: false\n"),
        ("size: !!bool 'smal'\n", "size: small\n"),
        ('{"cuont":1}\n', '{"count":1}\n'),
    ],
)
def test_what_is_written(text: str, after: str) -> None:
    _, told = found(text)
    assert [applied(text, [fix])[0] for _, fix in fixes(told)][:1] == [after]


@pytest.mark.parametrize(
    ("text", "removable"),
    [("a: 1\na: 1\n", True), ("a: 1\na: &x 1\nb: *x\n", False), ("a: 1\n&k a: 1\nb: *k\n", False)],
)
def test_a_repeated_entry_that_other_places_refer_to_stays(text: str, removable: bool) -> None:
    diagnostics = Diagnostics()
    parse(text, "camp.yaml", diagnostics)
    (told,) = diagnostics
    assert told.code == "CAMP102"
    assert bool(told.fixes) is removable
