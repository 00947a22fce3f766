"""Every code block of a page is of a known language and correct; every command line is one of this command line."""

from __future__ import annotations

import ast
import json
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import hcl2  # type: ignore[import-untyped]
import jinja2
import pytest
import site_text
import yaml
from jsonschema import Draft202012Validator
from support.pages import pages, text

from camp2iac import read
from camp2iac.cli import cli
from camp2iac.targets import environment, registry

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

#: Formats of extensions that pages write about.
FOREIGN = ("lines", "gitlab")
#: Pages whose wrong example is wrong for a parser of its language.
WRONG = ("CAMP101", "CAMP108")


def blocks(*languages: str) -> Iterator[tuple[str, site_text.Fence]]:
    """The place and the block."""
    for page in pages():
        for block in site_text.fences(text(page)):
            if block.language in languages:
                yield f"{page}:{block.line}", block


def test_every_block_is_of_a_known_language() -> None:
    known = {"text", "sql", "sh", "xml", *PARSERS}
    wrong = [
        f"{page}:{block.line}: {block.language or 'no language'}"
        for page in pages()
        for block in site_text.fences(text(page))
        if block.language not in known
    ]
    assert not wrong, f"{', '.join(sorted(known))} are known"


def test_no_fence_is_left_open() -> None:
    for page in pages():
        fences = re.findall(r"^ *`{3,}[^`\n]*$", text(page), re.MULTILINE)
        assert len(fences) == 2 * len(list(site_text.fences(text(page)))), page


def _yaml(words: str) -> None:
    list(yaml.compose_all(words, Loader=yaml.SafeLoader))


def _diff(words: str) -> None:
    if not re.search(r"^[+-]", words, re.MULTILINE):
        raise ValueError("no line is added or removed")


def _mermaid(words: str) -> None:
    """It is drawn in proofs/site."""
    if not re.match(r"(flowchart|graph) (TD|TB|LR|RL|BT)\n", words):
        raise ValueError("not a flowchart")


PARSERS: dict[str, Callable[[str], object]] = {
    "yaml": _yaml,
    "json": json.loads,
    "toml": tomllib.loads,
    "hcl": lambda words: hcl2.loads(words),
    "python": ast.parse,
    "jinja": jinja2.Environment().parse,
    "diff": _diff,
    "mermaid": _mermaid,
}


@pytest.mark.parametrize("language", PARSERS)
def test_blocks_can_be_parsed(language: str) -> None:
    wrong = []
    for place, block in blocks(language):
        try:
            PARSERS[language](block.text)
        except Exception as error:  # noqa: PERF203
            if Path(place.partition(":")[0]).stem not in WRONG:
                wrong.append(f"{place}: {error}")
    assert not wrong


def test_whole_plans_have_no_error() -> None:
    """A wrong example of a page reports its code. Content is not there."""
    seen = 0
    for place, block in blocks("yaml"):
        if "camp_version:" in block.text:
            seen += 1
            found = {each.code for each in read(block.text.encode()).check().diagnostics} - {
                "CAMP211",
                "CAMP220",
                "CAMP504",
            }
            page = Path(place.partition(":")[0]).stem
            assert found <= {page}, place
    assert seen > 15


def test_whole_environment_files_have_no_error() -> None:
    seen = 0
    for place, block in blocks("yaml"):
        if not re.search(r"^target:", block.text, re.MULTILINE):
            continue
        for values in yaml.safe_load_all(block.text):
            target = registry.find(str(values.get("target"))) if isinstance(values, dict) else None
            if target is not None:
                seen += 1
                wrong = Draft202012Validator(environment.schema(target)).iter_errors(values)
                assert [each.message for each in wrong] == [], place
    assert seen > 10


def test_shell_has_no_error(tmp_path: Path) -> None:
    places = {}
    for number, (place, block) in enumerate(blocks("sh")):
        (tmp_path / f"{number}.sh").write_text(block.text)
        places[f"{number}.sh"] = place
    assert len(places) > 50
    script = 'for each; do bash -n "$each" 2>> errors || echo "$each"; done'
    done = subprocess.run(
        ["bash", "-c", script, "bash", *places], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert not [places[name] for name in done.stdout.split()], (tmp_path / "errors").read_text()


def commands(words: str) -> Iterator[list[str]]:
    """The arguments of each camp2iac in lines of a shell."""
    for line in re.sub(r"\\\n", " ", words).splitlines():
        line = re.sub(r"(^|\s)#.*", "", line.removeprefix("$ ")).replace("$(", " ; ").replace("<(", " ; ")
        line = re.sub(r"\bcamp2iac\b(?=\s+\w*:)", "", line)
        try:
            lexer = shlex.shlex(line, posix=True, punctuation_chars=True)
            lexer.commenters = ""
            lexer.whitespace_split = True
            tokens = list(lexer)
        except ValueError:  # a quote that another line closes
            continue
        command: list[str] = []
        for token in [*tokens, ";"]:
            if re.fullmatch(r"[;&|()<>]+", token):
                if command and Path(command[0]).name == "camp2iac":
                    yield command[1:]
                command = []
            elif command or not re.fullmatch(r"\w+=.*|sudo|exec|time|if|!|-|then|run:", token):
                command.append(token)


def judge(arguments: list[str]) -> str | None:
    """Why it is not a command line of camp2iac, or None. Files are not looked for, and nothing is executed."""
    context = click.Context(cli, info_name="camp2iac", **cli.context_settings)
    try:
        _, rest, _ = cli.make_parser(context).parse_args(list(arguments))
        if not rest:
            return None
        command: click.Command | None = cli
        inner = context
        while isinstance(command, click.Group) and (rest or not command.invoke_without_command):
            name, command, rest = command.resolve_command(inner, rest)
            assert command is not None
            inner = click.Context(command, parent=inner, info_name=name, **command.context_settings)
            if isinstance(command, click.Group):
                _, rest, _ = command.make_parser(inner).parse_args(list(rest))
        assert command is not None
        given, extra, _ = command.make_parser(inner).parse_args(list(rest))
        if extra:
            return f"unexpected: {' '.join(extra)}"
        for parameter in command.params:
            value = given.get(parameter.name or "")
            if isinstance(parameter.type, click.Choice) and isinstance(value, str) and value not in FOREIGN:
                parameter.type.convert(value, parameter, inner)
    except click.ClickException as error:
        return error.format_message()
    return None


def test_every_command_line_is_valid() -> None:
    seen, wrong = 0, []
    for page in pages():
        # One tells of options that were renamed, the others of what their package adds
        if page == "CHANGELOG.md" or page.startswith("examples/extensions/"):
            continue
        for block in site_text.fences(text(page)):
            shown = block.text
            if block.language == "text":
                shown = "\n".join(line for line in shown.splitlines() if line.startswith("$ "))
            elif block.language != "sh":
                continue
            for arguments in commands(shown):
                seen += 1
                if (why := judge(arguments)) is not None:
                    wrong.append(f"{page}:{block.line}: camp2iac {' '.join(arguments)}: {why}")
    assert seen > 60
    assert not wrong


def test_every_command_in_a_sentence_is_valid() -> None:
    wrong = []
    for page in pages():
        if page == "CHANGELOG.md" or page.startswith("docs/adr/"):
            continue
        for found in re.finditer(r"(?<!`)`(camp2iac [a-z][^`\n]*)`(?!`)", text(page)):
            judged = [judge(arguments) for arguments in commands(found[1]) if arguments]
            wrong += [f"{page}: {found[1]}: {why}" for why in judged if why is not None]
    assert not wrong


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("camp2iac synth camp.yaml -e environments/x.yaml --check  # in CI", None),
        ("A=b camp2iac validate camp.yaml --output sarif > out.sarif", None),
        ("cat x | camp2iac synht camp.yaml", "did you mean synth?"),
        ("camp2iac synth camp.yaml --chek", "--chek"),
        ("camp2iac validate camp.yaml --output yaml", "'yaml' is not one of"),
        ("true && camp2iac explain CAMP201", None),
        ("camp2iac schema plan more", "unexpected: more"),
        ("echo $(camp2iac targets --no)", "--no"),
    ],
)
def test_what_is_no_command_line(line: str, words: str | None) -> None:
    (arguments,) = commands(line)
    why = judge(arguments)
    assert (why is None) if words is None else (why is not None and words in why)
