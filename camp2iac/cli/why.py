"""``camp2iac why``."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from camp2iac.cli import options, outputs
from camp2iac.cli.console import Console, colour
from camp2iac.record import Record

if TYPE_CHECKING:
    from camp2iac.diagnostics import Diagnostic
    from camp2iac.review.trace.generated import GeneratedOutput
    from camp2iac.review.trace.why import UnknownNameError

_LINE = re.compile(r"(?P<file>.+?):(?P<line>[0-9]{1,8})(?::(?P<column>[0-9]{1,8}))?", re.DOTALL)


class Position(Record, frozen=True):
    """A file, and a line and a column if they were named."""

    file: Path
    line: int | None = None
    column: int | None = None


@click.command("why")
@click.argument("what", metavar="ADDRESS|TYPE|FILE:LINE")
@options.output_folder
@click.option(
    "--output",
    type=click.Choice(["pretty", "json"]),
    default="pretty",
    show_default=True,
    help="The format of the report.",
)
@options.common
@click.pass_obj
def command(console: Console, what: str, folder: Path | None, output: str) -> int:
    """Show which line of the plan or the environment file a part of an output comes from, and what else the line made.

    ADDRESS is an address as Terraform prints it, or one with the path of an argument. For a TYPE, the
    command lists the addresses of its blocks. FILE:LINE is a line of a
    generated file. For a line of a plan or an environment file, the command shows what it made in each output.

    \b
    camp2iac why 'openstack_compute_instance_v2.web["web-1"]' -o infra/openstack
    camp2iac why infra/openstack/web.tf:12
    camp2iac why camp.yaml:17 --output json
    """
    from camp2iac.review.formats import why as formats
    from camp2iac.review.trace import why

    place = _position(what)
    if place is not None:
        found = _output_of(place.file)
        if found is None and not _in_output(place, folder):
            return _made(console, place, folder, output)
        folder = found or folder
    read = opened(console, outputs.find(folder))
    if read is None:
        return 1
    try:
        if place is not None:
            report = why.of_file(read, _inside(place.file, read.folder), place.line, place.column)
        else:
            report = why.of_address(read, what)
    except why.UnknownNameError as error:
        console.diagnostics([_unknown(error, read)], {})
        return 1
    if output == "json":
        console.result(formats.to_json(report, read))
    else:
        every = bool(console.verbose)
        console.result(formats.pretty(report, read, colour=colour(sys.stdout), every=every), painted=True)
    return 0


def opened(console: Console, folder: Path) -> GeneratedOutput | None:
    """An output; None after printing why it cannot be read."""
    from camp2iac.review.trace import generated
    from camp2iac.synth.folder import unreadable_source_map

    try:
        return generated.read(folder)
    except generated.UnreadableOutputError as error:
        console.diagnostics([unreadable_source_map(folder, error.name)], {})
        return None


def _position(what: str) -> Position | None:
    """A place in a file; None for an address."""
    found = _LINE.fullmatch(what)
    if found is not None:
        column = int(found["column"]) if found["column"] else None
        return Position(Path(found["file"]), int(found["line"]), column)
    return Position(Path(what)) if "/" in what or options.exists(Path(what)) else None


def _output_of(file: Path) -> Path | None:
    """The output folder that contains a file; None if it does not exist or is in none."""
    from camp2iac.synth.sourcemap import NAME

    if not options.exists(file):
        return None
    path = Path(os.path.normpath(file))
    parents = path.parents if not path.is_absolute() and ".." not in path.parts else (Path.cwd() / path).parents
    return next((each for each in parents if (each / NAME).is_file()), None)


def _in_output(place: Position, folder: Path | None) -> bool:
    """Whether it is a file of the output folder, named from there."""
    from camp2iac.synth.sourcemap import is_safe

    if not is_safe(place.file.as_posix()):
        return False
    inside = [each for each in outputs.candidates(folder) if options.exists(each / place.file)]
    return bool(inside) or not options.exists(place.file)


def _inside(file: Path, folder: Path) -> str:
    """The path of a file from the output folder."""
    if not options.exists(file):
        return file.as_posix()
    return Path(os.path.relpath(os.path.realpath(file), os.path.realpath(folder))).as_posix()


def _made(console: Console, place: Position, folder: Path | None, output: str) -> int:
    """Print what a line of a plan or an environment file made."""
    from camp2iac.diagnostics import Diagnostic
    from camp2iac.review.formats import why as formats
    from camp2iac.review.trace import made

    if place.line is None:
        raise click.UsageError(f"name a line of the file: {options.printed(place.file.as_posix())}:1")
    reports = []
    for each in [folder] if folder is not None else _near(place.file):
        read = opened(console, each)
        if read is None:
            return 1
        real = os.path.realpath(place.file)
        names = {read.source(anchor.partition("#")[0]) for anchor in read.standing.anchors}
        name = next((name for name in sorted(names) if os.path.realpath(name) == real), None)
        if name is not None:
            reports.append((made.by_line(read, name, place.line), read))
    if not reports:
        where = f"in {folder}" if folder is not None else "beside it"
        message = (
            f"{options.printed(place.file.as_posix())} is not the plan or the environment file of an output {where}"
        )
        fault = Diagnostic("CAMP717", message, help="name the output with -o DIR, or write one with  camp2iac synth")
        console.diagnostics([fault], {})
        return 1
    shown = formats.made_json(reports) if output == "json" else formats.made_pretty(reports, colour=colour(sys.stdout))
    console.result(shown, painted=output == "pretty")
    return 0


def _near(file: Path) -> list[Path]:
    """The outputs beside the plan to which a file belongs."""
    for above in (file.parent, file.parent.parent if file.parent.name else file.parent / ".."):
        found = outputs.beside(above)
        if found:
            return found
    return []


def _unknown(error: UnknownNameError, output: GeneratedOutput) -> Diagnostic:
    from camp2iac.diagnostics import Diagnostic
    from camp2iac.diagnostics.suggest import choices, short

    folder = output.folder.as_posix()
    message = f"{short(error.name, 200)} is not in the output {folder}"
    if error.within:
        message = f"{error.within} in the output {folder} has no argument {short(error.name, 200)}"
    if error.near:
        return Diagnostic("CAMP717", message, help=f"did you mean  {error.near}?")
    blocks = choices(error.name, (each for each in output.blocks if "." in each and not each.startswith("local.")))
    return Diagnostic("CAMP717", message, notes=(f"it has {blocks}",), help="name a block, or a line of a file")
