"""Every line that the writer writes is read back as part of the block and the argument that it was written for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import phases

from camp2iac.synth import hcl, hcl_items, hcl_text, hcl_values, json_items
from camp2iac.synth import json as json_writer
from camp2iac.synth.module import Attribute, Block, Commented, Module, call, expr, template
from camp2iac.synth.sourcemap import origins
from camp2iac.synth.written import head, innermost

ROOT = Path(__file__).parents[2]
PLANS = sorted(path.parent for path in [*ROOT.glob("examples/*/camp.yaml"), *ROOT.glob("tests/cases/*/*/camp.yaml")])
Written = dict[str, list[str]]


@pytest.fixture(scope="module")
def write() -> Any:
    """Writes a module, and records for each line what the writer wrote it for."""
    return recorded


def recorded(module: Module) -> tuple[dict[str, str], Written]:
    """The files of a module, and the name of what each of their lines belongs to."""
    owners: dict[int, str] = {}
    kept: list[object] = []  # so that no number is used twice
    names: list[str] = []
    outer: list[object] = []
    files: list[list[str]] = []

    def own(lines: list[hcl_text.HclLine]) -> list[hcl_text.HclLine]:
        kept.append(lines)
        for line in lines:
            kept.append(line)
            owners.setdefault(id(line), names[-1])
        return lines

    def named(name: str, made: Callable[[], list[hcl_text.HclLine]]) -> list[hcl_text.HclLine]:
        names.append(name)
        try:
            return own(made())
        finally:
            names.pop()

    def inside(name: str) -> str:
        return f"{names[-1]}.{name}" if names else name

    def a_block(block: Block, indent: str) -> list[hcl_text.HclLine]:
        return named(_name(block, inside, bool(names)), lambda: plain["_block"](block, indent))

    def an_entry(name: str, *rest: Any, **more: Any) -> list[hcl_text.HclLine]:
        value = rest[0]
        if outer and outer[-1] is value:  # the value of a comment
            outer[-1] = value.value if isinstance(value, Commented) else object()
            return plain["entry"](name, *rest, **more)  # type: ignore[no-any-return]
        shown = hcl_items._unquoted(name) if name.startswith('"') else name
        outer.append(value.value if isinstance(value, Commented) else object())
        try:
            return named(inside(shown), lambda: plain["entry"](name, *rest, **more))
        finally:
            outer.pop()

    def a_comment(item: Any, indent: str) -> list[hcl_text.HclLine]:
        name = item.name if isinstance(item, Attribute) else ""
        return named(
            inside(name) if name else _name(item, inside, bool(names)), lambda: plain["_comment"](item, indent)
        )

    def aligned(lines: list[hcl_text.HclLine]) -> str:
        if not names:
            files.append([owners.get(id(line), "") if line.lead or line.assign else "" for line in lines])
        return str(plain["align"](lines))

    plain: dict[str, Any] = {name: getattr(hcl, name) for name in ("_block", "entry", "_comment", "align")}
    with pytest.MonkeyPatch.context() as patch:
        for name, replacement in (("_block", a_block), ("entry", an_entry), ("_comment", a_comment)):
            patch.setattr(hcl, name, replacement)
        patch.setattr(hcl, "align", aligned)
        patch.setattr(hcl_values, "entry", an_entry)
        texts = hcl.write(module)
    return texts, dict(zip(texts, files, strict=True))


def _name(block: Block, inside: Callable[[str], str], nested: bool) -> str:
    return inside(block.type) if nested else head(block.type, block.labels)


def check(module: Module) -> int:
    """The number of lines that were compared."""
    texts, written = recorded(module)
    count = 0
    for file, text in texts.items():
        found = hcl_items.items(text)
        lines = text.split("\n")[:-1]
        assert len(lines) >= len(written[file])
        for number, (wanted, item) in enumerate(zip(written[file], _read(found, lines), strict=True), 1):
            if wanted:
                assert item == wanted, f"{file}:{number}: {lines[number - 1]}"
                count += 1
    return count


def _read(found: list[Any], lines: list[str]) -> list[str]:
    result = []
    for number in range(1, len(lines) + 1):
        item = innermost(found, number)
        result.append(item.name if item is not None else "")
    return result


@pytest.mark.parametrize("plan", PLANS, ids=lambda path: path.name)
def test_every_line_of_every_example_and_case(plan: Path) -> None:
    """For each environment: HCL line by line, and the names of all origins in both forms."""
    for file in sorted(plan.glob("environments/*.yaml")):
        compiled = phases.compile(phases.load(plan), environment=file)
        if compiled.result is None:
            continue
        module = compiled.result.lowered.module
        assert check(module) > 10
        read = {item.name for text in hcl.write(module).values() for item in hcl_items.items(text)}
        wanted = set(origins(module))
        assert wanted <= read, wanted - read
        in_json = {item.name for text in json_writer.write(module).values() for item in json_items.items(text)}
        assert wanted <= in_json, wanted - in_json


TEXTS = st.lists(
    st.sampled_from(["${", "%{", "$", "{", "}", '"', "\\", "\n", "#", "/*", "<<EOT", "[", ")", "é", "a", " ", "="]),
    max_size=8,
).map("".join)
KEYS = st.sampled_from(["a", "b-c", "for", "true", "${x}", 'd"e', "f g", "{", "#"])
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), TEXTS),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map(tuple),
        st.dictionaries(KEYS, inner, max_size=4),
        inner.map(lambda value: Commented(value, "a note {", above=True)),
        inner.map(lambda value: Commented(value, "a note }")),
        inner.map(lambda value: call("merge", expr("local.x"), value)),
        inner.map(lambda value: expr("{\n  for k in [1] :\n  k => ", (value,), "\n}")),
        TEXTS.map(lambda text: template("x", expr('f("}", "${local.x}")'), text)),
    ),
    max_leaves=8,
)
NAMES = st.sampled_from(["name", "size", "tags", "user_data", "for_each", "depends_on"])
ATTRIBUTES = st.builds(Attribute, NAMES, VALUES, st.sampled_from(["", "why {", "one\ntwo"]))
NESTED = st.builds(
    lambda items: Block("network", body=tuple(items)),
    st.lists(ATTRIBUTES, max_size=3, unique_by=lambda item: item.name),
)
BLOCKS = st.builds(
    lambda kind, items, nested, note: Block(kind[0], kind[1], (*items, *nested), note),
    st.sampled_from(
        [("resource", ("a", "b")), ("data", ("a", "b")), ("variable", ("v",)), ("locals", ()), ("moved", ())]
    ),
    st.lists(ATTRIBUTES, max_size=4, unique_by=lambda item: item.name),
    st.lists(NESTED, max_size=2),
    st.sampled_from(["", "camp.yaml: web, Scale", 'resource "x" "y" {']),
)


@given(st.lists(BLOCKS, min_size=1, max_size=3), st.sampled_from(["", "a header"]))
def test_every_line_of_any_module(blocks: list[Block], header: str) -> None:
    check(Module({"main.tf": blocks}, {"main.tf": header} if header else {}))


@given(TEXTS, st.lists(BLOCKS, min_size=1, max_size=2))
def test_any_text_can_be_read(text: str, blocks: list[Block]) -> None:
    """Files that were edited by hand: every item is in the file, and the blocks after a fault are found."""
    written = hcl.write(Module({"main.tf": blocks}))["main.tf"]
    for each in (text, f"{text}\n{written}", written[: len(written) // 2] + text):
        lines = each.count("\n") + 1
        for item in [*hcl_items.items(each), *json_items.items(each)]:
            assert 1 <= item.top <= item.span.line <= item.span.end_line <= lines


@pytest.mark.parametrize(
    "fault", ['resource "x" "y" {', "a = [", "a = {", 'a = "${', 'a = "', "}", ")", "x {", "a = <<EOT\nEOT\n("]
)
def test_a_fault_does_not_hide_the_next_block(fault: str) -> None:
    text = f'{fault}\n\nresource "a" "b" {{\n  size = 1\n}}\n'
    found = innermost(hcl_items.items(text), text.count("\n") - 1)
    assert found is not None
    assert found.name == "a.b.size"


HAND = """\
/* A comment { */
resource "a" "b" { // why
  user_data = <<-EOT
    resource "c" "d" {
      ${local.x["}"]}
  EOT
  one = { x = 1, y = { z = [{ w = "${f("}")}" }] } }   # z {
  disk { size = 5 }

  # Above
  two = (
    1
  )
}
output "o" { value = 1 }
"""


@pytest.mark.parametrize(
    ("line", "column", "name"),
    [
        (1, None, "a.b"),
        (2, None, "a.b"),
        (3, None, "a.b.user_data"),
        (4, 8, "a.b.user_data"),
        (6, None, "a.b.user_data"),
        (7, None, "a.b.one"),
        (7, 12, "a.b.one.x"),
        (7, 20, "a.b.one.y"),
        (7, 25, "a.b.one.y.z"),
        (8, None, "a.b.disk"),
        (8, 12, "a.b.disk.size"),
        (9, None, "a.b"),
        (10, None, "a.b.two"),
        (12, None, "a.b.two"),
        (14, None, "a.b"),
        (15, None, "output.o"),
        (15, 15, "output.o.value"),
        (16, None, ""),
    ],
)
def test_what_was_written_by_hand(line: int, column: int | None, name: str) -> None:
    found = innermost(hcl_items.items(HAND), line, column)
    assert (found.name if found else "") == name


def test_a_region_is_the_item_that_contains_all_of_it() -> None:
    found = hcl_items.items(HAND)
    assert [item and item.name for item in (innermost(found, 7, None, 8), innermost(found, 3, None, 6))] == [
        "a.b",
        "a.b.user_data",
    ]


def test_the_comment_above_is_read() -> None:
    found = innermost(hcl_items.items(HAND), 11)
    assert found is not None
    assert (found.says, found.top, str(found.span)) == ("Above", 10, ":11:3")
    assert (found.span.end_line, found.span.end_column) == (13, 4)
