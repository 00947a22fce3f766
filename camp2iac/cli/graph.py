"""``camp2iac graph``."""

from __future__ import annotations

from pathlib import Path

import click

from camp2iac.cli import discovery, options, session
from camp2iac.cli.console import Console
from camp2iac.cli.options import NamedPlan
from camp2iac.record import Record
from camp2iac.review.formats import graph as formats

SVG = "svg"  # Graphviz draws it from the format dot


class GraphOptions(Record, frozen=True):
    """The options, as click passes them."""

    environment: Path | None
    target: str | None
    overrides: dict[str, str]
    catalogue: tuple[Path, ...]
    strict: bool
    signer: str | None
    output: str


@click.command("graph")
@options.plan
@options.environment
@options.target
@options.overrides
@options.catalogue
@options.strict
@options.signer
@click.option(
    "--output",
    type=click.Choice([*formats.names(), SVG]),
    default="mermaid",
    show_default=True,
    help="The format of the picture. svg needs Graphviz.",
)
@options.common
@click.pass_obj
def command(console: Console, /, plan: NamedPlan, **given: object) -> int:
    """Draw the application: users, components, services, tiers, and who connects to what.

    PLAN is a file, a folder, a PDP archive, or - for standard input. With an environment file or --target, the picture
    shows what the platform makes of the plan.

    \b
    camp2iac graph camp.yaml
    camp2iac graph -e environments/prod.yaml --output svg > prod.svg
    camp2iac graph --target heroku --output dot | dot -Tpng -o heroku.png
    """
    chosen = GraphOptions(**given)  # type: ignore[arg-type]  # click has their types
    options.known_target(chosen.target)
    environment, target = chosen.environment, chosen.target
    source = discovery.plan(console, plan)
    files = [environment] if environment is not None else []
    place = session.default_output(source, environment, target) if environment or target else None
    leave_out = [*files, *([place] if place is not None else [])]
    read = session.read(source, strict=chosen.strict, signer=chosen.signer, leave_out=leave_out)
    check = read.check(environment, target=target, overrides=chosen.overrides, catalogue=chosen.catalogue)
    shown = session.shown(check, read, source, files, strict=chosen.strict)
    console.diagnostics(shown.diagnostics, shown.texts)
    compiled = check.compiled
    if shown.failed or compiled.topology is None:
        return 1

    from camp2iac.review import graph

    result = compiled.result
    picture = graph.of_result(result) if result is not None else graph.of_plan(compiled.topology)
    if chosen.output != SVG:
        console.result(formats.render(picture, chosen.output))
        return 0
    from camp2iac.cli.graphviz import svg

    drawn = svg(formats.render(picture, "dot"))
    if not isinstance(drawn, str):
        console.diagnostics([drawn], {})
        return 1
    console.result(drawn)
    return 0
