"""What ``validate`` does each time: check the plan with its environment files, and report."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from camp2iac.cli import options, session
from camp2iac.cli.concerned import Concerned
from camp2iac.cli.console import Console, colour
from camp2iac.cli.orphaned import orphaned
from camp2iac.record import Record

if TYPE_CHECKING:
    from camp2iac.camp.spool import Spool
    from camp2iac.diagnostics import Diagnostic
    from camp2iac.plan import Plan

FOR_PEOPLE = ("pretty", "plain")
# github, and formats of others, write commands and escape words themselves
_GUARDED = (*FOR_PEOPLE, "json", "sarif", "gitlab")


class ValidateOptions(Record, frozen=True):
    """The plan to check, its environment files, and the options."""

    plan: Path | None
    environments: tuple[Path, ...]
    target: str | None
    overrides: Mapping[str, str]
    catalogue: tuple[Path, ...]
    strict: bool
    signer: str | None
    watch: bool
    discovered: bool = False  # the environment files are all files in environments/
    data: Spool | None = None  # the plan from standard input, which can be read only once


class Checked(Record, frozen=True):
    """Diagnostics with the compiler's file names, the text of each file, and both as the command shows them."""

    found: Sequence[Diagnostic]
    texts: Mapping[str, str]
    shown: session.Shown


def opened(given: ValidateOptions) -> Plan:
    """Read the plan."""
    files = given.environments
    return session.read(given.plan, data=given.data, strict=given.strict, signer=given.signer, leave_out=files)


def check(given: ValidateOptions, read: Plan) -> Checked:
    """Check the plan with all environment files. What is wrong in several environments is found once."""
    files = given.environments
    found: dict[Diagnostic, None] = {}
    concerned = Concerned(len(files) > 1)
    texts: dict[str, str] = {}
    quoted: dict[str, str] = {}
    names: dict[str, str] = {}
    states = session.States(given.strict)
    for environment in files or (None,):
        made = read.check(environment, target=given.target, overrides=given.overrides, catalogue=given.catalogue)
        each = states.shared(made, session.shown(made, read, given.plan, files, strict=given.strict))
        found.update(dict.fromkeys(made.diagnostics))
        concerned.add(environment.as_posix() if environment else "", each.diagnostics)
        texts.update(made.texts)
        quoted.update(each.texts)
        names.update(each.names)
    lone = orphaned(given.plan, files) if given.discovered else ()
    diagnostics = [*concerned.diagnostics(), *(session.severe(lone) if given.strict else lone)]
    return Checked(list(found), texts, session.Shown(diagnostics, quoted, names))


def sound(given: ValidateOptions) -> str:
    """What to print if there are no errors."""
    several = "".join(f"{file.as_posix()}: no errors\n" for file in given.environments) if not given.target else ""
    return f"{given.plan or options.STDIN}: no errors\n{several if len(given.environments) > 1 else ''}"


def report(found: Sequence[Diagnostic], texts: Mapping[str, str], output: str, console: Console, sound: str) -> int:
    """Print the report; ``sound`` if there is nothing in it."""
    from camp2iac.diagnostics.formats import render

    shown = found
    if console.quiet and output in FOR_PEOPLE:
        shown = [each for each in found if each.level.value == "error"]
    text = render(shown, texts, output, colour=colour(sys.stdout))
    if not text and output in FOR_PEOPLE and not console.quiet:
        text = sound
    console.result(text, painted=output == "pretty", commands=output not in _GUARDED)
    return 1 if session.failed(found) else 0
