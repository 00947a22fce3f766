"""``camp2iac secrets``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from camp2iac.cli import options, reports, session
from camp2iac.cli.console import Console, columns
from camp2iac.record import Record

if TYPE_CHECKING:
    from camp2iac.compilation import Compilation
    from camp2iac.diagnostics import Diagnostic
    from camp2iac.review.secrets.report import EnvironmentSecrets


class SecretsOptions(Record, frozen=True):
    """The options, as click passes them."""

    environments: tuple[Path, ...]
    target: str | None
    overrides: dict[str, str]
    catalogue: tuple[Path, ...]
    strict: bool
    signer: str | None
    output: str


class _Found(Record):
    """What was compiled: the secrets, the output folders, and the diagnostics, each once."""

    plan: Path | None
    secrets: list[EnvironmentSecrets]
    folders: dict[str, str]
    shared: dict[Diagnostic, None]
    texts: dict[str, str]
    complete: bool = True


@click.command("secrets")
@options.plan
@options.environments
@options.target
@options.overrides
@options.catalogue
@options.strict
@options.signer
@options.report("pretty", "json", "markdown")
@options.common
@click.pass_obj
def command(console: Console, /, plan: options.NamedPlan, **given: object) -> int:
    """List the secrets of the output: who makes each one, where it is kept, who gets it, and how to rotate it.

    No value of a secret is shown. Without PLAN, the plan is camp.yaml in this folder, or in the nearest folder above
    it. Without -e and --target, camp2iac lists those of all files in environments/ beside the plan.

    \b
    camp2iac secrets                            # for all of environments/
    camp2iac secrets -e environments/production.yaml --output markdown > secrets.md
    camp2iac secrets --target docker --output json
    """
    from camp2iac.cli import discovery

    chosen = SecretsOptions(**given)  # type: ignore[arg-type]  # click has their types
    options.known_target(chosen.target)
    if chosen.target is not None and len(chosen.environments) > 1:
        raise click.UsageError("name one environment file with --target, or leave --target out")
    source = discovery.plan(console, plan, chosen.output)
    files = discovery.environments(source, chosen.environments, chosen.target, chosen.output)
    if not files and chosen.target is None:
        raise click.UsageError("name the platform:  --target openstack  or  -e ENV.yaml")
    found = _compiled(source, files, chosen)
    console.diagnostics(found.shared, found.texts)
    console.result(_rendered(found, chosen.output))
    return 1 if session.failed(found.shared) or not found.complete else 0


def _compiled(plan: Path | None, files: tuple[Path, ...], chosen: SecretsOptions) -> _Found:
    """The secrets of each environment that has no errors."""
    runs: list[Path | None] = list(files) or [None]
    places = [session.default_output(plan, environment, chosen.target) for environment in runs]
    read = session.read(plan, strict=chosen.strict, signer=chosen.signer, leave_out=[*files, *places])
    found = _Found(plan, [], {}, {}, {})
    for environment, place in zip(runs, places, strict=True):
        made = read.compile(
            environment, target=chosen.target, overrides=chosen.overrides, catalogue=chosen.catalogue, output=place
        )
        shown = session.shown(made, read, plan, files, strict=chosen.strict)
        found.shared.update(dict.fromkeys(shown.diagnostics))
        found.texts.update(shown.texts)
        listed = _listed(made)
        if listed is None:
            found.complete = False
        else:
            found.secrets.append(listed)
            found.folders[listed.name] = place.as_posix()
    return found


def _listed(made: Compilation) -> EnvironmentSecrets | None:
    from camp2iac.review.secrets.report import report

    result = made.compiled.result
    return report(result, made.standing()) if result is not None and made.ok else None


def _rendered(found: _Found, output: str) -> str:
    from camp2iac.review.formats import secrets as formats

    if output == "json":
        plan = reports.plan_name(found.plan)
        return reports.rendered(formats.to_json(plan, found.secrets, found.folders), found.shared, found.texts)
    if not found.secrets:
        return ""
    if output == "markdown":
        return formats.markdown(found.secrets, found.folders)
    return formats.pretty(found.secrets, found.folders, columns())
