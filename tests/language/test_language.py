"""The project's English keeps the word list of docs/style.md."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from tests.language.check import ROOT, check, is_unfinished, judge, texts, unfinished, words
from tests.language.extract import Prose, comments, markdown, messages, python, yaml_values

Golden = Callable[[Path, str], None]
STYLE = ROOT / "docs" / "style.md"
BEGIN = "<!-- the word list: written by `pytest tests/language --regen` -->\n"
END = "<!-- end of the word list -->\n"


def test_finished_texts_have_no_findings():
    findings = [str(finding) for path in texts() if not is_unfinished(path) for finding in check(path)]
    assert findings == [], "\n".join(findings)


def test_the_list_of_unfinished_texts_only_gets_shorter():
    """An entry whose texts are all finished has to go: ``python -m tests.language --prune`` takes it out."""
    assert list(unfinished()) == sorted(set(unfinished()))
    for entry in unfinished():
        matched = (path for path in texts() if fnmatchcase(path.relative_to(ROOT).as_posix(), entry))
        assert any(next(check(path), None) for path in matched), (
            f"{entry}: nothing to find, remove it from unfinished.txt"
        )


def table() -> Iterator[str]:
    yield "| thing | write | not |\n|---|---|---|\n"
    for row in words()["things"]:
        yield f"| {row['thing']} | {row['write']} | {_avoided(row)} |\n"
    yield "\n| write | not |\n|---|---|\n"
    for row in words()["phrases"]:
        yield f"| {row['write']} | {_avoided(row)} |\n"


def _avoided(row: dict[str, list[str]]) -> str:
    return ", ".join(f"`{phrase}`" for phrase in row["not"])


def test_style_md_shows_the_word_list(golden: Golden):
    page = STYLE.read_text(encoding="utf-8")
    assert page.count(BEGIN) == page.count(END) == 1
    head, rest = page.split(BEGIN)
    golden(STYLE, head + BEGIN + "".join(table()) + END + rest.split(END)[1])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It is made anew.", "anew"),
        ("Root alone reads it.", "alone"),
        ("Leave the file alone.", None),
        ("There is no plan.", None),
        ("This is no plan.", "is no"),
        ("Is there a plan?", None),
        ("The load balancer listens.", None),
        ("The balancer listens.", "balancer"),
        ("It prints in color.", "color"),
        ("The the plan.", "The the"),
    ],
)
def test_rules(text: str, found: str | None):
    assert [phrase for _, phrase, _ in judge(Prose(1, text))] == ([found] if found else [])


def test_code_is_not_prose():
    text = "Write `made anew`.\n\n```yaml\ncomment: made anew\n```\n\nIt is made\nanew, [here](docs/anew.md).\n"
    assert [(line, phrase) for part in markdown(text) for line, phrase, _ in judge(part)] == [(8, "anew")]


def test_texts_of_python():
    text = '"""Makes it anew."""\nx = f"it is made {x} anew"\ny = "anew"  # not a message\n'
    assert [(part.line, part.kind) for part in python(text)] == [(1, "docstring"), (2, "string"), (3, "comment")]


def test_messages_are_read_from_expected_files():
    text = "error[CAMP201]: web is no service\n  | ^^^^ made anew\n  = help: mend it\n  = note: fine\nmade anew\n"
    assert [part.text for part in messages(text)] == ["web is no service", "made anew", "mend it", "fine"]


def test_comments_are_read_by_the_block():
    text = "#!/bin/sh\n# It is made\n# anew.\nx = 1\n"
    assert [(part.line, part.text) for part in comments(text)] == [(2, "It is made\fanew.")]


def test_values_of_yaml():
    text = "title: Ledger\nattributes: { size: { description: Made anew } }\nnote: >-\n  It is no\n  product.\n"
    assert [(part.line, part.text) for part in yaml_values(text)] == [
        (1, "Ledger"),
        (2, "Made anew"),
        (3, "It is no product."),
    ]
