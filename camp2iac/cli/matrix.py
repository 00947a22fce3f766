"""``camp2iac matrix``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from camp2iac.cli import options, session
from camp2iac.cli.console import Console, columns
from camp2iac.record import Record

if TYPE_CHECKING:
    from camp2iac.compiler import Result
    from camp2iac.diagnostics import Diagnostic


class MatrixOptions(Record, frozen=True):
    """The options beside the environments, as click passes them."""

    overrides: dict[str, str]
    catalogue: tuple[Path, ...]
    strict: bool
    signer: str | None
    every: bool
    output: str


@click.command("matrix")
@options.plan
@click.option(
    "-e",
    "--environment",
    "environments",
    type=options.ExistingFile(),
    multiple=True,
    required=True,
    metavar="ENV.yaml",
    help="An environment file. Repeatable.",
)
@options.overrides
@options.catalogue
@options.strict
@options.signer
@click.option("--all", "every", is_flag=True, help="Show every value, not only those that differ.")
@click.option(
    "--output",
    type=click.Choice(["pretty", "json", "markdown"]),
    default="pretty",
    show_default=True,
    help="The format of the table.",
)
@options.common
@click.pass_obj
def command(console: Console, /, plan: Path | None, environments: tuple[Path, ...], **given: object) -> int:
    """Compare environments of a plan: each value that differs, with the file and line that it comes from.

    A value comes from the plan, from the default of a parameter, or from the environment file: its parameters, its
    overrides or its other keys. Secrets are not shown.

    \b
    camp2iac matrix camp.yaml -e environments/staging.yaml -e environments/production.yaml
    camp2iac matrix camp.yaml -e environments/staging.yaml -e environments/production.yaml --all --output markdown
    """
    chosen = MatrixOptions(**given)  # type: ignore[arg-type]  # click has their types
    files = tuple(dict.fromkeys(environments))
    places = [session.default_output(plan, environment, None) for environment in files]
    read = session.read(plan, strict=chosen.strict, signer=chosen.signer, leave_out=[*files, *places])
    found: dict[str, Result] = {}
    shared: dict[Diagnostic, None] = {}  # errors in every environment are reported once
    texts: dict[str, str] = {}
    for environment, place in zip(files, places, strict=True):
        made = read.compile(environment, overrides=chosen.overrides, catalogue=chosen.catalogue, output=place)
        shown = session.shown(made, read, plan, files, strict=chosen.strict)
        shared.update(dict.fromkeys(shown.diagnostics))
        texts.update(shown.texts)
        result = made.compiled.result
        if result is None:
            console.diagnostics(shared, texts)
            return 1
        found[_name(environment, files)] = result
    console.diagnostics(shared, texts)
    document = read.document
    if document is None:
        return 1
    from camp2iac.review import matrix
    from camp2iac.review.formats import matrix as formats

    table = matrix.matrix(document, found, every=chosen.every)
    if chosen.output == "json":
        console.result(formats.to_json(table))
    elif chosen.output == "markdown":
        console.result(formats.markdown(table))
    else:
        console.result(formats.pretty(table, columns()))
    return 1 if session.failed(shared) else 0


def _name(environment: Path, files: tuple[Path, ...]) -> str:
    """The name of the file without its suffix if no other one has it, else its path."""
    alone = sum(file.stem == environment.stem for file in files) == 1
    return environment.stem if alone else environment.as_posix()
