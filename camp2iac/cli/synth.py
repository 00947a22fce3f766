"""``camp2iac synth``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from camp2iac.cli import options, session
from camp2iac.cli.account import Account, SynthOptions
from camp2iac.cli.console import Console
from camp2iac.cli.faults import Fault

if TYPE_CHECKING:
    from camp2iac.diagnostics import Diagnostic


@click.command("synth")
@options.plan
@options.environments
@options.target
@options.overrides
@options.output
@click.option(
    "--format",
    "form",
    type=click.Choice(["hcl", "json", "cdktf"]),
    default="hcl",
    show_default=True,
    help="The format of the module.",
)
@options.catalogue
@options.strict
@options.signer
@click.option(
    "--check", is_flag=True, help="Write nothing; show the difference to the output folder, and exit with 2 if any."
)
@click.option("--force", is_flag=True, help="Overwrite generated files that were edited.")
@click.option(
    "--lose",
    multiple=True,
    metavar="NODE",
    help="Allow data of a part of the plan to be destroyed: NODE is the id of a service, tier or secret, or the "
    "name of a space. Repeatable.",
)
@click.option(
    "--watch",
    is_flag=True,
    help="Compile again when the plan, an environment file or the content changes, until Ctrl-C.",
)
@click.option(
    "--output",
    "report",
    type=options.SynthReport(["pretty", "json"]),
    default="pretty",
    show_default=True,
    help="The format of the report.",
)
@options.common
@click.pass_obj
def command(
    console: Console, /, plan: options.NamedPlan, environments: tuple[Path, ...], target: str | None, **rest: object
) -> int:
    """Compile a plan into Terraform.

    PLAN is a file, a folder, a PDP archive, or - for standard input. Without it, the plan is camp.yaml in this folder,
    or in the nearest folder above it.

    Each environment file names its platform. Without -e and --target, camp2iac compiles the plan for all files in
    environments/ beside the plan. The output goes to infra/NAME beside the plan, where NAME is the name of the
    environment file or the target.

    \b
    camp2iac synth                                      # all of environments/
    camp2iac synth --check                              # in CI: is the committed output up to date?
    camp2iac synth --watch                              # while you edit
    camp2iac synth -e environments/prod.yaml
    camp2iac synth shop.zip -e prod.yaml -o - --set greeting=Hello
    """
    from camp2iac.cli import discovery

    options.known_target(target)
    report = str(rest["report"])
    rest["discovered"] = not environments and target is None
    try:
        chosen = discovery.plan(console, plan)

        def given() -> SynthOptions:
            files = discovery.environments(chosen, environments, target)
            made = SynthOptions(plan=chosen, environments=files, target=target, **rest)  # type: ignore[arg-type]
            _usable(made)
            return made

        first = given()
    except Fault as fault:
        return _stopped(console, fault.diagnostic, report)
    if first.form == "cdktf" and (missing := _no_node()):
        _stopped(console, missing, report)
        return 2
    if first.watch:
        from camp2iac.cli.synth_watch import SynthRounds

        return SynthRounds(console, given).run()
    return _once(console, first)


def _once(console: Console, given: SynthOptions) -> int:
    """Compile for all environments; returns the exit status: 1 if one is wrong, else 2 if one differs."""
    from camp2iac.cli.account import accounts, opened
    from camp2iac.cli.orphaned import orphaned

    lone = (
        orphaned(given.plan, given.environments, written=not given.check) if given.discovered else ()
    )  # before anything is written
    lone = tuple(session.severe(lone)) if given.strict else lone
    found = accounts(opened(given), given)
    if given.prints:
        _print(console, given, found[0])
    elif given.report == "json":
        from camp2iac.cli import synth_json

        console.result(synth_json.render(given, found, lone))
    else:
        from camp2iac.cli.synth_text import tell, tell_next

        tell(console, given, found)
        console.diagnostics(lone, {})
        tell_next(console, given, found)
    statuses = {each.status(given) for each in found}
    return 1 if 1 in statuses or session.failed(lone) else max(statuses)


def _usable(given: SynthOptions) -> None:
    """Raise a usage error if options are missing or cannot be combined."""
    if not given.environments and given.target is None:
        folder = "" if given.plan is None else ": there are no environment files in environments/ beside the plan"
        raise click.UsageError(f"name the platform with  -e ENV.yaml  or  --target openstack{folder}")
    if given.output is not None and len(given.environments) > 1:
        names = ", ".join(file.as_posix() for file in given.environments)
        raise click.UsageError(
            f"-o {given.output} is for one environment, and these are {len(given.environments)}: {names}; "
            "name one with  -e"
        )
    if given.check and given.prints:
        raise click.UsageError("--check compares with an output folder, so it cannot be combined with -o -")
    if given.report == "json" and given.prints:
        raise click.UsageError("-o - prints the output, so it cannot be combined with --output json")
    if given.watch:
        if given.check or given.prints or given.report == "json":
            other = "--check" if given.check else "-o -" if given.prints else "--output json"
            raise click.UsageError(f"--watch writes outputs until Ctrl-C, so it cannot be combined with {other}")
        if given.plan is None:
            raise click.UsageError("--watch needs a plan that can be read again: name a file instead of -")


def _stopped(console: Console, diagnostic: Diagnostic, report: str) -> int:
    """Report why nothing was compiled."""
    if report == "json":
        from camp2iac.cli import synth_json

        console.result(synth_json.stopped(diagnostic))
    else:
        console.diagnostics([diagnostic], {})
    return 1


def _no_node() -> Diagnostic | None:
    """CAMP711 if CDKTF cannot run."""
    from camp2iac import node
    from camp2iac.diagnostics import Diagnostic

    try:
        node.use(quiet=True)
    except node.NodeError as problem:
        return Diagnostic("CAMP711", str(problem), help=f"{node.REMEDY};  --format json  needs no Node.js")
    return None


def _print(console: Console, given: SynthOptions, found: Account) -> None:
    """``-o -``: print the diagnostics, and the output if there are no errors."""
    console.diagnostics(found.diagnostics, found.shown.texts)
    if not found.wrong:
        console.result(_printed(found.made.files(format=given.form)))


def _printed(files: Mapping[str, bytes]) -> str:
    """All files except the source map, each under a heading; binary files only by their names."""
    from camp2iac.synth.sourcemap import NAME

    parts = []
    for path, data in sorted(files.items()):
        if path == NAME:
            continue
        try:
            text = data.decode()
        except UnicodeDecodeError:
            text = f"({len(data)} bytes, binary)\n"
        parts.append(f"# --- {path} ---\n{text}" + ("" if text.endswith("\n") or not text else "\n"))
    return "\n".join(parts)
