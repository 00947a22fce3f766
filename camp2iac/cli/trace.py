"""``camp2iac trace``."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import click

from camp2iac.cli import options, outputs
from camp2iac.cli.console import Console, colour
from camp2iac.cli.why import opened

if TYPE_CHECKING:
    from camp2iac.diagnostics import Diagnostic
    from camp2iac.review.trace.findings import TracedFinding
    from camp2iac.review.trace.generated import GeneratedOutput
    from camp2iac.review.trace.inputs import TraceInput

MOST = 64 * 1024 * 1024  # bytes of the input
_SHOWN = 5  # reasons why a finding has no place


@click.command("trace")
@options.output_folder
@click.option(
    "--output",
    type=click.Choice(["text", "sarif", "github", "json"]),
    default="text",
    show_default=True,
    help="The format of the report.",
)
@options.common
@click.pass_obj
def command(console: Console, folder: Path | None, output: str) -> int:
    """Show what Terraform and scanners report at the lines of the plan.

    Standard input is the output of  terraform show -json,  of  terraform validate, plan  or  apply  with -json,  or a
    report in SARIF, as from checkov, Trivy and tflint. The format is recognised by its content. The exit status is 0
    if the input was read, also if it has errors.

    \b
    terraform validate -json | camp2iac trace
    terraform show -json plan.tfplan | camp2iac trace -o infra/openstack
    camp2iac trace --output sarif < results_sarif.sarif > plan.sarif
    """
    from camp2iac.diagnostics import Diagnostic
    from camp2iac.review.formats import trace as formats
    from camp2iac.review.trace import inputs
    from camp2iac.review.trace.findings import Tracer, discreet

    try:
        given = inputs.read(_standard_input())
    except inputs.UnknownFormatError as error:
        console.diagnostics([_unknown(str(error), isinstance(error, inputs.OversizedInputError))], {})
        return 1
    folders = outputs.candidates(folder)
    if len(folders) != 1 and (not folders or given.form.name != "sarif"):
        folders = [outputs.find(folder)]
    read = [opened(console, each) for each in folders]
    known = [each for each in read if each is not None]
    if len(known) != len(read):
        return 1
    tracer = Tracer(known)
    found = [discreet(tracer.trace(each), given.secrets) for each in given.findings]
    report = formats.TraceReport(given, found, _texts(known, found), _namer())
    shown = formats.write(report, output, colour=colour(sys.stdout))
    console.result(shown, painted=output == "text", commands=output == "github")
    if given.left or given.skipped:
        console.diagnostics([_left_out(given, inputs.limits())], {})
    notes = [note for each in known for note in _stale(each)]
    lost = [each for each in found if each.asked is None]
    if lost or notes:
        reasons = tuple(dict.fromkeys(each.why for each in lost if each.why))
        more = (f"and {len(reasons) - _SHOWN} other reasons",) if len(reasons) > _SHOWN else ()
        message = f"{len(lost)} of {len(found)} findings have no place in the plan"
        console.diagnostics([Diagnostic("CAMP737", message, notes=(*notes, *reasons[:_SHOWN], *more))], {})
    return 0


def _standard_input() -> bytearray:
    """Its bytes. OversizedInputError if there are too many."""
    from camp2iac.camp.bounded import amount, pieces
    from camp2iac.review.trace.inputs import OversizedInputError

    data = bytearray()  # it grows in place: joined pieces would need the memory twice
    try:
        for piece in pieces(sys.stdin.buffer, MOST + 1):
            data += piece
    except (AttributeError, OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is closed"
        raise click.UsageError(f"standard input cannot be read: {reason}") from error
    if len(data) > MOST:
        raise OversizedInputError(f"it is larger than {amount(MOST)}")
    return data


def _texts(known: Sequence[GeneratedOutput], found: Sequence[TracedFinding]) -> dict[str, str]:
    """The plan and environment files that the findings lead to."""
    files = dict.fromkeys(each.asked.span.file for each in found if each.asked is not None)
    texts = ((file, each.source_text(file)) for file in files for each in known)
    return {file: text for file, text in texts if text is not None}


def _namer() -> Callable[[str], str]:
    """From a name in this folder to the name in the repository, which code scanning and annotations need."""
    from camp2iac.camp.git import top

    here = os.path.realpath(Path.cwd())
    root = top(here) or here

    @cache
    def named(file: str) -> str:
        path = os.path.normpath(Path(here) / file)
        return Path(os.path.relpath(path, root)).as_posix() if Path(path).is_relative_to(root) else file

    return named


def _stale(output: GeneratedOutput) -> list[str]:
    return [
        f"{file} is not the file from which {output.folder.as_posix()} was compiled: lines can differ"
        for file in output.changed
    ]


def _unknown(reason: str, is_large: bool) -> Diagnostic:
    from camp2iac.diagnostics import Diagnostic

    advice = (
        "pass less: the output of  terraform validate -json,  of  terraform plan -json,  or a report for one folder"
        if is_large
        else "pass the output of  terraform show -json,  terraform validate -json,  terraform plan -json  or a report "
        "in SARIF 2.1.0"
    )
    return Diagnostic("CAMP736", f"standard input is not a format that trace reads: {reason}", help=advice)


def _left_out(given: TraceInput, limits: str) -> Diagnostic:
    from camp2iac.diagnostics import Diagnostic

    parts = [f"{count} {kind}{'s' if count > 1 else ''}" for kind, count in given.left.items()]
    if given.skipped:
        parts.append(f"{given.skipped} line{'s' if given.skipped > 1 else ''} of the input")
    return Diagnostic(
        "CAMP168", f"left out because there are too many or they are too long: {', '.join(parts)}", notes=(limits,)
    )
