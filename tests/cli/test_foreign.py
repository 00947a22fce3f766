"""Nothing that is printed is a command of a terminal or of a CI system, whatever plans and content contain."""

from __future__ import annotations

import ast
import io
import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import camp2iac
from camp2iac.cli import run
from camp2iac.cli.console import write
from camp2iac.cli.foreign import harmless_output

ROOT = Path(camp2iac.__file__).parent
HOSTILE = (
    "::set-output name=a::b",
    " ::error::x",
    "\u3000::stop-commands::x",
    "##[error]x",
    "a ##[add-mask]x",
    "##vso[task.setvariable variable=x]y",
    "##teamcity[buildStatus status='SUCCESS']",
    "section_start:1:x[collapsed=true]\r\x1b[0Kx",
    "\x1b[31mred\x1b[0m",
    "\x1b]8;;http://example.org\x07link\x1b]8;;\x07",
    "\x9b2J",
    "a\r::error::x",
    "a\u2028::error::x",
    "a\x85::error::x",
    "\u202egnp.exe",
    "\u2066x",
    "\x07\x08\x7f",
)
LINES = st.lists(st.one_of(st.sampled_from(HOSTILE), st.text(max_size=12)), max_size=5).map("\n".join)


def commands(text: str) -> list[str]:
    """What GitHub's runner (ActionCommand.cs), Azure Pipelines, GitLab and terminals act on."""
    found = [line for line in text.split("\n") if line.strip().startswith("::")]
    found += re.findall(r"##\w*\[.*", text)
    return found + re.findall("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]", text)


@pytest.mark.parametrize("text", HOSTILE)
def test_each_is_one_and_is_printed_harmlessly(text: str) -> None:
    assert commands(text)
    assert not commands(harmless_output(text, colour=False))


@given(LINES)
def test_any_text_has_the_same_lines_and_no_commands(text: str) -> None:
    shown = harmless_output(text, colour=False)
    assert not commands(shown)
    assert shown.count("\n") == text.count("\n")


@given(LINES)
def test_json_stays_the_same_value(text: str) -> None:
    written = json.dumps({"text": text}, indent=2) + "\n"
    shown = harmless_output(written, colour=False)
    assert json.loads(shown) == {"text": text}
    assert not commands(shown)


def test_only_painted_texts_have_colours() -> None:
    stream = io.StringIO()
    write(stream, "\x1b[31mred\n")
    assert stream.getvalue() == "␛[31mred\n"
    assert harmless_output("\x1b[31mred\x1b]0;x\x07\n", colour=True) == "\x1b[31mred␛]0;x␇\n"


WORDS = "\n".join(HOSTILE)
PLAN = {
    "camp_version": "CAMP 1.1",
    "name": f"shop {WORDS}",
    "description": WORDS,
    "tags": [WORDS],
    "artifacts": [
        {
            "id": f"web {WORDS}",
            "name": f"web {WORDS}",
            "description": WORDS,
            "artifact_type": "org.python:src",
            "content": {"href": "app/"},
            "requirements": [
                {
                    "requirement_type": "com.python:wsgi",
                    "com.python.wsgi.application": "app/app",
                    "fulfillment": f"id:s {WORDS}",
                },
                {"requirement_type": "org.camp2iac:Env", "TOKEN": f"t {WORDS}", "P": {"parameter": "p"}},
                {"requirement_type": f"org.example:{WORDS}", f"key {WORDS}": WORDS},
            ],
        }
    ],
    "services": [
        {"id": f"s {WORDS}", "name": WORDS, "characteristics": [{"characteristic_type": "org.python:runtime"}]}
    ],
    "org.camp2iac:Parameters": {"p": {"description": WORDS, "default": WORDS}},
}
COMMANDS = [
    ["validate"],
    ["validate", "--output", "plain"],
    ["validate", "--output", "json"],
    ["validate", "--output", "sarif"],
    ["validate", "--output", "gitlab"],
    ["port", "--target", "openstack", "--target", "heroku"],
    ["port", "--output", "markdown"],
    ["port", "--output", "json"],
    ["matrix"],
    ["matrix", "--output", "markdown"],
    ["matrix", "--output", "json"],
    ["secrets"],
    ["secrets", "--output", "markdown"],
    ["secrets", "--output", "json"],
    ["graph"],
    ["graph", "--target", "heroku", "--output", "dot"],
    ["graph", "--output", "json"],
    ["synth", "--target", "openstack", "-o", "-"],
    ["synth", "--target", "heroku", "-o", "-"],
    ["synth", "--target", "heroku", "-v"],
    ["synth", "--target", "heroku", "--check"],
    ["diff", "--target", "heroku", "--output", "markdown"],
    ["diff", "--target", "heroku", "--output", "json"],
    ["diff", "--target", "heroku"],
]


@pytest.mark.slow
@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_commands_print_a_hostile_plan(tmp_path: Path, capfd: pytest.CaptureFixture[str], words: list[str]) -> None:
    (tmp_path / "app").mkdir()
    (tmp_path / "app/app.py").write_text(
        f"def app(environ, start):\n    pass\n\n\nTEXT = '''\n{WORDS}\n'''\n", newline=""
    )
    (tmp_path / "camp.yaml").write_text(json.dumps(PLAN))
    (tmp_path / "environments").mkdir()
    for target in ("a", "b"):
        (tmp_path / f"environments/{target}.yaml").write_text(
            json.dumps({"target": "heroku", "parameters": {"p": f"{target} {WORDS}"}})
        )
    given = [] if words[0] == "diff" else [str(tmp_path / "camp.yaml")]
    status = run([words[0], *given, *words[1:]])
    said = capfd.readouterr()
    assert status in (0, 1, 2)
    assert said.out + said.err
    assert not commands(said.out)
    assert not commands(said.err)


def test_github_gets_only_our_commands(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "camp.yaml").write_text(json.dumps(PLAN))
    run(["validate", str(tmp_path / "camp.yaml"), "--output", "github"])
    out = capfd.readouterr().out
    assert out.startswith("::")
    assert all(re.match("::(error|warning|notice) (file|title)=", line) for line in out.splitlines())
    assert not commands(out.replace("::", "")) or "##[" not in out


def test_only_one_function_writes_to_a_stream() -> None:
    """All else goes through it. The exceptions are the streams themselves, a tool of ours, and scripts of instances."""
    own = {"cli/console.py", "cli/streams.py", "synth/providers/record.py"}
    for path in sorted(ROOT.rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        if name in own or "/scripts/" in name or "/sample/" in name or name.startswith("_examples"):
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call):
                called = ast.unparse(node.func)
                assert called not in ("print", "click.echo", "click.secho", "click.echo_via_pager", "os.write"), (
                    name,
                    node.lineno,
                )
                assert not re.fullmatch(r"sys\.(stdout|stderr)(\.buffer)?\.\w*write\w*", called), (name, node.lineno)
