"""The port report."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from guestbook_report import guestbook, said

from camp2iac.diagnostics import Fix, Span
from camp2iac.review.formats import json as json_format
from camp2iac.review.formats import markdown, text
from camp2iac.review.port import Column, fails, report
from camp2iac.targets.base import LedgerEntry, Outcome, unkept
from camp2iac.topology.statements import Statement

HERE = Path(__file__).parent


def test_text() -> None:
    assert text.render(guestbook()) == (HERE / "port.txt").read_text()


def test_markdown() -> None:
    assert markdown.render(guestbook()) == (HERE / "port.md").read_text()


def test_ascii_says_the_same() -> None:
    plain = text.render(guestbook(), text.ASCII)
    assert plain.isascii()
    assert (
        " 17  Compute: 1 core, 2 GiB            + m1.small                             ~ standard-1x: 512 MB\n" in plain
    )
    assert "      -> environments/heroku.yaml:4  dynos: { web: performance-m }\n" in plain
    assert "+ kept   ~ degraded   x lost" in plain


def test_the_table_is_folded_into_a_terminal() -> None:
    """No line of the table is wider, and the table has all words."""
    wide, narrow = (text.render(guestbook(), width=width).split("heroku degrades")[0] for width in (None, 80))
    assert max(map(len, wide.splitlines())) > 80
    assert max(map(len, narrow.splitlines())) <= 80
    assert sorted(narrow.split()) == sorted(wide.split())
    assert text.render(guestbook(), width=200) == text.render(guestbook())


def test_colour_only_adds() -> None:
    coloured = text.render(guestbook(), text.Signs(colour=True))
    assert coloured != text.render(guestbook())
    assert re.sub(r"\x1b\[\d+m", "", coloured) == text.render(guestbook())


def test_json() -> None:
    document = json.loads(json_format.render(guestbook()))
    assert document["targets"][1] == {
        "name": "heroku",
        "environment": "environments/heroku.yaml",
        "kept": 10,
        "degraded": 6,
        "lost": 5,
    }
    assert len(document["statements"]) == 21
    dyno = document["statements"][3]
    assert (dyno["line"], dyno["node"], dyno["says"]) == (17, "web", "Compute: 1 core, 2 GiB")
    assert dyno["outcomes"]["heroku"]["fixes"] == [
        {
            "file": "environments/heroku.yaml",
            "line": 4,
            "column": 1,
            "end_line": 4,
            "end_column": 2,
            "text": "performance-m",
            "write": "dynos: { web: performance-m }",
            "note": "2.5 GB, dedicated cores",
            "sure": False,
        }
    ]


def test_fail_on() -> None:
    whole = guestbook()
    assert [fails(whole, on) for on in (None, "degraded", "lost")] == [False, True, True]
    kept = report("guestbook", "camp.yaml", whole.columns[:1])
    assert [fails(kept, on) for on in (None, "degraded", "lost")] == [False, False, False]
    degraded = tuple(entry for entry in whole.columns[1].entries if entry.outcome is not Outcome.LOST)
    only = report("guestbook", "camp.yaml", [Column("heroku", None, degraded)])
    assert [fails(only, on) for on in ("degraded", "lost")] == [True, False]


def one(says: str, how: str = "so", why: str = "", advice: str | Fix | None = None, line: int = 3) -> str:
    statement = said(says, says, Span("camp.yaml", line, 1, line, 2))
    entry = unkept(statement, Outcome.LOST if why else Outcome.KEPT, how, why, (advice,) if advice else ())
    built = report(says, "camp.yaml", [Column("openstack", None, (entry,))])
    return text.render(built) + markdown.render(built)


@pytest.mark.parametrize("evil", ["\x1b[2J", "a\nb", "\u202eabc", "\x9b31m"])
def test_words_of_the_plan_command_no_terminal(evil: str) -> None:
    out = one(evil, evil, evil, Fix(evil, note=evil, replaces=Span("x\n", 1, 1, 1, 1)))
    assert not set(out) & set("\x1b\u202e\x9b")
    assert "\nb" not in out


def test_words_of_the_plan_are_no_markdown() -> None:
    out = one("a|b `c` *d* _e_ f_g <b>h</b> [i](http://j) \\k &lt;", "lost", "why | <i> [x](y)").split("# Porting", 1)[
        1
    ]
    assert "a\\|b \\`c\\` \\*d\\* \\_e\\_ f_g &lt;b>h&lt;/b> [i]\\(http://j) \\\\k &amp;lt;" in out
    assert "why \\| &lt;i> [x]\\(y)" in out


def test_wide_words_keep_the_columns() -> None:
    rows = [
        LedgerEntry(said("web", says, Span("camp.yaml", n, 1, n, 2)), Outcome.KEPT, "so")
        for n, says in enumerate(["名前", "name"], 1)
    ]
    lines = text.render(report("x", "camp.yaml", [Column("openstack", None, tuple(rows))])).splitlines()
    assert lines[3:5] == ["   1  名前 ✓ so", "   2  name ✓ so"]


def test_large_line_numbers_push_the_table() -> None:
    assert " 123456  says ✓ so" in one("says", line=123456)


def test_a_statement_that_one_platform_was_not_told_of() -> None:
    statement = said("web", "Scale: 2", Span("camp.yaml", 3, 1, 3, 2))
    built = report(
        "x",
        "camp.yaml",
        [Column("openstack", None, ()), Column("heroku", None, (LedgerEntry(statement, Outcome.KEPT, "so"),))],
    )
    assert "   3  Scale: 2             ✓ so\n" in text.render(built)
    assert "| 3 | web | Scale: 2 |  | kept: so |" in markdown.render(built)


def test_values_that_differ_are_all_in_the_words() -> None:
    span = Span("camp.yaml", 3, 1, 3, 2)
    key = said("web", "Compute", span).key
    statements = (Statement(key, None, words, span) for words in ("Compute: 8 GiB", "Compute: 2 GiB"))
    columns = [Column(str(n), None, (LedgerEntry(each, Outcome.KEPT, "so"),)) for n, each in enumerate(statements)]
    assert report("x", "camp.yaml", columns).rows[0].words == "Compute: 8 GiB / 2 GiB"
