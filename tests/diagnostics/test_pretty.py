"""The excerpt renderer, with diagnostics and expected texts (``pretty/``) made by hand, for plans of tests/errors."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from camp2iac.diagnostics import Diagnostic, Label, Severity, Span
from camp2iac.diagnostics.excerpt import shown
from camp2iac.diagnostics.formats import render

ERRORS = Path(__file__).parent.parent / "errors"
EXPECTED = Path(__file__).with_name("pretty")


def at(line: int, column: int, width: int, file: str = "camp.yaml") -> Span:
    return Span(file, line, column, line, column + width)


def error(code: str, message: str, span: Span | None = None, label: str = "", **more: object) -> Diagnostic:
    return Diagnostic(code, message, span, label, severity=Severity.ERROR, **more)  # type: ignore[arg-type]


CASES = {
    "CAMP201-nearly-a-service": [
        error(
            "CAMP201",
            "web connects to a service that is not in this plan: databse",
            at(9, 25, 7),
            "no service has this id",
            related=(Label(at(11, 9, 8), "did you mean this one?"),),
            context=(at(8, 28, 17),),
            help="write  fulfillment: id:database",
        )
    ],
    "CAMP102-key-twice": [
        error(
            "CAMP102",
            "size is written twice in one mapping",
            at(9, 9, 4),
            "again here",
            related=(Label(at(8, 9, 4), "first here"),),
            context=(at(7, 30, 19),),
            notes=("many YAML parsers silently use the last one, 20 GiB",),
            help="keep one of the two lines",
        )
    ],
    "CAMP301-no-release": [
        error(
            "CAMP301",
            "camp2iac knows no release of PostgreSQL in the range [9.6,13)",
            at(7, 18, 10),
            "9.6 or later, but before 13",
            context=(at(6, 30, 10),),
            notes=("the catalogue has 13, 14, 15, 16 and 17",),
            help='write  version: "[13,18)"  for any of these, or  version: "[13,14)"  for the nearest',
        )
    ],
    "CAMP312-least-above-most": [
        error(
            "CAMP312",
            "the Scale of web has a min that is greater than its max: 5 and 4",
            at(13, 20, 1),
            "greater than max",
            related=(Label(at(15, 20, 1), "less than min"),),
            context=(at(12, 36, 18),),
            help="write a min of 4 or less, such as  min: 2,  or a max of 5 or more",
        )
    ],
    "CAMP311-not-an-amount": [
        error(
            "CAMP311",
            "the memory of database is not an amount: lots",
            at(9, 17, 4),
            "a number and a unit belong here",
            context=(at(7, 30, 20),),
            help="write for example  memory: 2 GiB  (units: MB, GB, TB, or MiB, GiB, TiB)",
        )
    ],
    "CAMP321-one-port-twice": [
        error(
            "CAMP321",
            "web and admin share instances and both listen on port 8080",
            at(19, 15, 4),
            "admin listens here too",
            related=(
                Label(at(11, 15, 4), "web listens here"),
                Label(at(24, 15, 5), "web is on the tier front"),
                Label(at(28, 15, 5), "and so is admin"),
            ),
            help="write another port for one of them, for example  port: 8081,\n"
            "or move one to its own tier, for example  tier: admin",
        )
    ],
    "CAMP101-tabs": [
        error(
            "CAMP101",
            "YAML does not allow tabs in indentation: size is indented with tabs",
            at(7, 1, 2),
            "2 tabs",
            context=(at(6, 30, 19),),
            help="indent it with 8 spaces, so that size is in line with characteristic_type",
        )
    ],
    "CAMP211-content-not-there": [
        error(
            "CAMP211",
            "the content of web does not exist: webb/",
            at(6, 22, 5),
            "no such file or folder beside camp.yaml",
            context=(at(4, 11, 3),),
            help="write  href: web/",
        ),
        error(
            "CAMP212",
            "the content of schema is outside the plan's folder: ../db/schema.sql",
            at(9, 22, 16),
            "above the folder of camp.yaml",
            context=(at(7, 11, 6),),
            notes=("a plan and its content must work as a package, without files outside it",),
            help="put the file beside camp.yaml and write  href: db/schema.sql",
        ),
    ],
}


@pytest.mark.parametrize("name", CASES)
def test_the_exact_text(name: str) -> None:
    texts = {"camp.yaml": (ERRORS / name / "camp.yaml").read_text()}
    assert render(CASES[name], texts) == (EXPECTED / f"{name}.txt").read_text()


@pytest.mark.parametrize("name", CASES)
def test_colour_only_adds(name: str) -> None:
    texts = {"camp.yaml": (ERRORS / name / "camp.yaml").read_text()}
    coloured = render(CASES[name], texts, "pretty", colour=True)
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == render(CASES[name], texts, "pretty")


def excerpt(text: str, *labels: Label | Span, notes: tuple[str, ...] = (), primary: Span) -> list[str]:
    related = tuple(each for each in labels if isinstance(each, Label))
    context = tuple(each for each in labels if isinstance(each, Span))
    found = error("CAMP201", "wrong", primary, "here", related=related, context=context, notes=notes)
    return render([found], {"camp.yaml": text}).splitlines()[3:-2]


def test_wide_and_combining_characters_keep_marks_in_place() -> None:
    assert excerpt("名前: 世界 e\u0301 word", primary=at(1, 11, 4)) == [
        " 1 | 名前: 世界 e\u0301 word",
        "   |              ^^^^ here",
    ]
    assert excerpt("a: 世界", primary=at(1, 4, 2))[1] == "   |    ^^^^ here"


def test_long_lines_are_cut_around_the_mark() -> None:
    line = "a" * 300 + "WRONG" + "b" * 300
    shown, mark = excerpt(line, primary=at(1, 301, 5))
    content = shown[len(" 1 | ") :]
    assert len(content) == 120
    assert content[0] == content[-1] == "…"
    assert content[mark.index("^") - len("   | ") :].startswith("WRONG")
    assert mark.count("^") == 5


def test_a_cut_line_keeps_its_head_when_the_mark_is_there_and_clips_marks_outside() -> None:
    shown, mark, other = excerpt("k: " + "x" * 200, Label(at(1, 190, 5), "far"), primary=at(1, 1, 1))
    assert shown == " 1 | k: " + "x" * 116 + "…"
    assert mark == "   | ^ here"
    assert other == "   | " + " " * 119 + "- far"


def test_a_line_of_120_columns_is_whole() -> None:
    assert excerpt("x" * 120, primary=at(1, 120, 1))[0] == " 1 | " + "x" * 120


def test_wide_characters_are_never_cut_in_half() -> None:
    shown, mark = excerpt("世" * 200 + "W" + "界" * 200, primary=at(1, 201, 1))
    content = shown[len(" 1 | ") :]
    column = mark.index("^") - len("   | ")
    width = 0
    for character in content:
        if width == column:
            assert character == "W"
        width += 2 if character in "世界" else 1
    assert 118 <= width <= 120


def test_the_end_of_the_file_can_be_marked() -> None:
    assert excerpt("a: [", primary=at(2, 1, 0)) == [" 2 |", "   | ^ here"]
    assert excerpt("a: [", primary=at(1, 5, 0)) == [" 1 | a: [", "   |     ^ here"]


def test_a_span_of_several_lines_is_marked_on_its_first() -> None:
    assert excerpt("a: [1,  \n  2]", primary=Span("camp.yaml", 1, 4, 2, 5)) == [" 1 | a: [1,", "   |    ^^^ here"]


def test_lines_of_one_block_are_joined_others_left_out() -> None:
    text = "top:\n  a: 1\n  b: 2\n  c: 3\nother:\n  d: 4\n"
    assert excerpt(text, Label(at(2, 3, 1), "this"), primary=at(4, 3, 1))[2] == " 3 |   b: 2"
    assert excerpt(text, Label(at(6, 3, 1), "that"), primary=at(4, 3, 1))[2] == "..."


def test_another_file_has_its_own_excerpt() -> None:
    found = error("CAMP601", "too few", at(1, 1, 1, "environments/prod.yaml"), "", related=(Label(at(2, 1, 1), "so"),))
    assert render([found], {"camp.yaml": "a: 1\nb: 2", "environments/prod.yaml": "c: 3"}).splitlines() == [
        "error[CAMP601]: too few",
        "  --> environments/prod.yaml:1:1",
        "   |",
        " 1 | c: 3",
        "   | ^",
        "  ::: camp.yaml:2:1",
        "   |",
        " 2 | b: 2",
        "   | - so",
        "",
        "1 error. More about it: camp2iac explain CAMP601",
    ]


def test_without_a_place_or_a_text() -> None:
    found = [error("CAMP133", "shop.zip is too large", help="leave out what it does not need"), error("CAMP150", "bad")]
    assert render(found, {}).splitlines() == [
        "error[CAMP133]: shop.zip is too large",
        "   = help: leave out what it does not need",
        "",
        "error[CAMP150]: bad",
        "",
        "2 errors. More about them: camp2iac explain CAMP133, camp2iac explain CAMP150",
    ]
    assert render([error("CAMP133", "bad", at(12, 3, 1, "x.zip/camp.yaml"))], {}).splitlines()[1] == (
        "   --> x.zip/camp.yaml:12:3"
    )


def test_nothing_a_plan_holds_commands_the_terminal() -> None:
    evil = "\x1b[2J\x07\x9b31m\u202e"
    found = error("CAMP201", f"no {evil}\nservice", at(1, 4, 5), evil, notes=(evil,), help=evil)
    out = render([found], {"camp.yaml": f"a: {evil}"})
    assert not set(out) & set("\x1b\x07\x9b\u202e")
    assert "␛[2J␇�31m�" in out


def test_counts() -> None:
    mixed = [
        error("CAMP201", "a"),
        Diagnostic("CAMP202", "b", severity=Severity.WARNING),
        Diagnostic("CAMP202", "c", severity=Severity.WARNING),
        Diagnostic("CAMP203", "d", severity=Severity.NOTE),
    ]
    assert render(mixed, {}).splitlines()[-1] == (
        "1 error, 2 warnings, 1 note. More about them: "
        "camp2iac explain CAMP201, camp2iac explain CAMP202, camp2iac explain CAMP203"
    )
    assert render([], {}) == ""
    many = [error(f"CAMP20{n}", "x") for n in range(5)]
    assert render(many, {}).endswith("camp2iac explain CODE\n")


@pytest.mark.parametrize("code", [0xD800, 0xDFFF, 0x80, 0x9F, 0x2028, 0x202E])
def test_characters_that_no_terminal_gets(code: int) -> None:
    assert shown(chr(code)) == "\ufffd"
