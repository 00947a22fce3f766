"""``camp2iac validate``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from camp2iac.cli import options, session
from camp2iac.cli.checking import FOR_PEOPLE, Checked, ValidateOptions, check, opened, report, sound
from camp2iac.cli.console import Console
from camp2iac.cli.faults import Fault
from camp2iac.record import Record

if TYPE_CHECKING:
    from camp2iac.cli.fixing import Edit


class FormatType(click.Choice):  # type: ignore[type-arg,unused-ignore]
    """The name of a format. The help lists our formats; extensions are searched for other names."""

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name, if the format can be loaded."""
        from camp2iac.diagnostics.formats import registry

        if value in registry.FORMATS:
            return str(value)
        name = str(click.Choice(registry.names()).convert(value, param, ctx))
        try:
            registry.writer(name, colour=False)
        except (ImportError, AttributeError) as error:
            self.fail(f"the format {name} cannot be loaded: {error}", param, ctx)
        return name


@click.command("validate")
@options.plan
@options.environments
@options.target
@options.overrides
@options.catalogue
@options.strict
@options.signer
@click.option(
    "--output",
    type=FormatType(["pretty", "plain", "json", "sarif", "github", "gitlab"]),
    default="pretty",
    help="The format of the report. [default: pretty]",
)
@click.option("--fix", is_flag=True, help="Apply the fixes that have only one correction.")
@click.option("--diff", is_flag=True, help="Show these fixes as a diff, and write nothing.")
@click.option(
    "--watch",
    is_flag=True,
    help="Check again when the plan, an environment file or the content changes, until Ctrl-C.",
)
@options.common
@click.pass_obj
def command(
    console: Console, /, plan: options.NamedPlan, environments: tuple[Path, ...], target: str | None, **rest: object
) -> int:
    """Check a plan, and report all errors at once with their lines and fixes.

    PLAN is a file, a folder, a PDP archive, or - for standard input. Without it, the plan is camp.yaml in this folder,
    or in the nearest folder above it. camp2iac also checks whether the plan compiles with each environment file, or for
    the target. Without -e and --target, it checks all files in environments/ beside the plan.

    --fix edits the plan and the environment files if a mistake has only one correction, and reports the other errors.
    Comments and layout do not change. Archives, standard input, and files that camp.mf lists are not edited.
    --diff prints the result of --fix as a diff, writes nothing, and prints the report to standard error.

    \b
    camp2iac validate                           # with all of environments/
    camp2iac validate --output sarif > camp.sarif
    camp2iac validate --fix
    camp2iac validate --watch                   # while you edit
    camp2iac validate shop.zip -e prod.yaml --strict
    """
    from camp2iac.cli import discovery

    options.known_target(target)
    output, fix, diff = str(rest.pop("output")), bool(rest.pop("fix")), bool(rest.pop("diff"))
    rest["discovered"] = not environments and target is None
    _usable(output, fix=fix, diff=diff, watch=bool(rest["watch"]))
    try:
        chosen = discovery.plan(console, plan)
        if chosen is None and rest["watch"]:
            raise click.UsageError("--watch needs a plan that can be read again: name a file instead of -")
        data = session.standard_input() if chosen is None else None

        def found() -> ValidateOptions:
            files = discovery.environments(chosen, environments, target)
            return ValidateOptions(plan=chosen, environments=files, target=target, data=data, **rest)  # type: ignore[arg-type]

        given = found()
    except Fault as fault:
        return report([fault.diagnostic], {}, output, console, "")
    if given.watch:
        from camp2iac.cli.validate_watch import ValidateRounds

        return ValidateRounds(console, found, output).run()
    checked = check(given, opened(given))
    if diff:
        return _show(given, checked, console)
    if fix:
        checked = _fixed(given, checked, console)
    return report(checked.shown.diagnostics, checked.shown.texts, output, console, sound(given))


def _usable(output: str, *, fix: bool, diff: bool, watch: bool) -> None:
    """Raise a usage error if options cannot be combined."""
    people = output in FOR_PEOPLE
    if diff and not people:
        raise click.UsageError(f"--diff cannot print {output}; remove --diff or --output {output}")
    other = "--diff" if diff else "--fix" if fix else "" if people else f"--output {output}"
    if watch and other:
        raise click.UsageError(f"--watch prints reports until Ctrl-C, so it cannot be combined with {other}")


class Corrected(Record, frozen=True):
    """The result of all rounds of fixes, in memory.

    ``edits``: one per file. ``lines``: what was fixed in each file. ``checked``: the diagnostics that remain.
    """

    edits: Mapping[Path, Edit]
    lines: Mapping[Path, Sequence[str]]
    checked: Checked


def _corrected(given: ValidateOptions, checked: Checked) -> Corrected:
    """Apply all sure fixes, check again, and repeat: a corrected line can reveal the next error."""
    from camp2iac.cli import fixing

    edits: dict[Path, Edit] = {}
    lines: dict[Path, list[str]] = {}
    for _ in range(fixing.ROUNDS):
        files = fixing.editable(given.plan, given.environments, checked.shown.names)
        found = fixing.edits(checked.found, checked.texts, files, edits)
        if not found:
            break
        for edit in found:
            edits[edit.path] = edits[edit.path].then(edit) if edit.path in edits else edit
            lines.setdefault(edit.path, []).extend(fixing.told(edit, checked.found, checked.texts))
        written = {path: edit.written for path, edit in edits.items()}
        checked = check(given, session.edited(opened(given), written))
    return Corrected(edits, lines, checked)


def _fixed(given: ValidateOptions, checked: Checked, console: Console) -> Checked:
    """Apply all sure fixes to the files; returns what is found in them then."""
    from camp2iac.cli import fixing

    corrected = _corrected(given, checked)
    for path, edit in corrected.edits.items():
        try:
            fixing.save(edit)
        except OSError as error:
            raise click.UsageError(f"{path} cannot be edited: {error.strerror}") from error
        for line in corrected.lines[path]:
            console.say(f"fixed {line}")
    _untouched(given, corrected.checked, console)
    return corrected.checked


def _show(given: ValidateOptions, checked: Checked, console: Console) -> int:
    """Print the report on the files as they are, and the result of all sure fixes as a diff."""
    from camp2iac.cli import fixing

    corrected = _corrected(given, checked)
    console.diagnostics(checked.shown.diagnostics, checked.shown.texts)
    _untouched(given, corrected.checked, console)
    console.result("".join(map(fixing.diff, corrected.edits.values())))
    return 1 if checked.shown.failed else 0


def _untouched(given: ValidateOptions, checked: Checked, console: Console) -> None:
    """Name the files that have sure fixes but cannot be edited."""
    from camp2iac.camp.manifest import MANIFEST
    from camp2iac.cli import fixing

    names = checked.shown.names
    files = fixing.editable(given.plan, given.environments, names)
    sure = [fix.replaces.file for fix in map(fixing.sure, checked.found) if fix is not None and fix.replaces]
    for name in dict.fromkeys(each for each in sure if each not in files):
        path = names.get(name, name)
        listed = name in names and fixing.locked(Path(path), given.plan)
        why = f"{MANIFEST} has its digest" if listed else "--fix edits only plans and environment files on disk"
        console.say(f"{path} is not edited: {why}")
