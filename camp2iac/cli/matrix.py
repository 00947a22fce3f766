"""``camp2iac matrix``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from camp2iac.cli import options, reports, session
from camp2iac.cli.console import Console, columns
from camp2iac.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from camp2iac.compiler import Result
    from camp2iac.diagnostics import Diagnostic
    from camp2iac.review.matrix import Matrix


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
@options.environments
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
def command(console: Console, /, plan: options.NamedPlan, environments: tuple[Path, ...], **given: object) -> int:
    """Compare environments of a plan: each value that differs, with the file and line that it comes from.

    A value comes from the plan, from the default of a parameter, or from the environment file: its parameters, its
    overrides or its other keys. Secrets are not shown.

    Without PLAN, the plan is camp.yaml in this folder, or in the nearest folder above it. Without -e, camp2iac compares
    all files in environments/ beside the plan.

    \b
    camp2iac matrix                             # all of environments/
    camp2iac matrix --all --output markdown
    camp2iac matrix -e environments/staging.yaml -e environments/production.yaml
    """
    from camp2iac.cli import discovery
    from camp2iac.review.matrix import matrix

    chosen = MatrixOptions(**given)  # type: ignore[arg-type]  # click has their types
    source = discovery.plan(console, plan, chosen.output)
    files = tuple(dict.fromkeys(environments)) or discovery.environments(source, (), form=chosen.output)
    if not files:
        raise click.UsageError(
            "name the environments with  -e ENV.yaml: there are none in environments/ beside the plan"
        )
    places = [session.default_output(source, environment, None) for environment in files]
    read = session.read(source, strict=chosen.strict, signer=chosen.signer, leave_out=[*files, *places])
    found: dict[str, Result] = {}
    shared: dict[Diagnostic, None] = {}  # errors in every environment are reported once
    texts: dict[str, str] = {}
    for environment, place in zip(files, places, strict=True):
        made = read.compile(environment, overrides=chosen.overrides, catalogue=chosen.catalogue, output=place)
        shown = session.shown(made, read, source, files, strict=chosen.strict)
        shared.update(dict.fromkeys(shown.diagnostics))
        texts.update(shown.texts)
        result = made.compiled.result
        if result is not None:
            found[_name(environment, files)] = result
    console.diagnostics(shared, texts)
    document = read.document
    complete = document is not None and len(found) == len(files)
    table = matrix(document, found, every=chosen.every) if document is not None and complete else None
    console.result(_rendered(table, chosen.output, shared, texts))
    return 1 if session.failed(shared) or table is None else 0


def _rendered(table: Matrix | None, output: str, shared: Iterable[Diagnostic], texts: Mapping[str, str]) -> str:
    from camp2iac.review.formats import matrix as formats

    if output == "json":
        return reports.rendered(formats.to_json(table) if table is not None else None, shared, texts)
    if table is None:
        return ""
    return formats.markdown(table) if output == "markdown" else formats.pretty(table, columns())


def _name(environment: Path, files: tuple[Path, ...]) -> str:
    """The name of the file without its suffix if no other one has it, else its path."""
    alone = sum(file.stem == environment.stem for file in files) == 1
    return environment.stem if alone else environment.as_posix()
