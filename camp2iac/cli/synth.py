"""``camp2iac synth``."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import click

from camp2iac.cli import options, session
from camp2iac.cli.console import Console

if TYPE_CHECKING:
    from camp2iac.compiler import Compiled
    from camp2iac.diagnostics import Diagnostic
    from camp2iac.review.change import Change
    from camp2iac.synth.folder import Output, Report
    from camp2iac.synth.module import Module

Writer: TypeAlias = "Callable[[Module], Mapping[str, str]]"

PRINT = "-"


@click.command("synth")
@options.plan
@options.environment
@options.target
@options.overrides
@click.option("-o", "--output", metavar="DIR", help="Where to write; - prints. [default: infra/NAME beside the plan]")
@click.option(
    "--format",
    "form",
    type=click.Choice(["hcl", "json", "cdktf"]),
    default="hcl",
    show_default=True,
    help="The form of the Terraform.",
)
@options.catalogue
@options.strict
@options.signer
@click.option("--check", is_flag=True, help="Write nothing; show the difference and exit 2 if there is one.")
@click.option("--force", is_flag=True, help="Overwrite generated files that were changed by hand.")
@click.option(
    "--lose",
    multiple=True,
    metavar="NODE",
    help="Let data of a part of the plan be destroyed: a service or tier by its id. Repeatable.",
)
@options.common
@click.pass_obj
def command(
    console: Console,
    plan: Path | None,
    environment: Path | None,
    target: str | None,
    overrides: Mapping[str, str],
    output: str | None,
    form: str,
    catalogue: tuple[Path, ...],
    strict: bool,
    signer: str | None,
    check: bool,
    force: bool,
    lose: tuple[str, ...],
) -> int:
    """Compile a plan into Terraform.

    PLAN is a file, a folder, a PDP archive, or - for standard input. The platform is what the environment file says,
    or --target. The output goes to infra/ beside the plan, in a folder named after the environment file (without one,
    after the target).

    \b
    camp2iac synth camp.yaml --target openstack
    camp2iac synth camp.yaml -e environments/prod.yaml
    camp2iac synth shop.zip -e prod.yaml -o - --set greeting=Hello
    camp2iac synth camp.yaml -e environments/prod.yaml --check
    """
    from camp2iac import compiler
    from camp2iac.cli.baseline import source_map
    from camp2iac.review.change import change as compare
    from camp2iac.review.output import assemble
    from camp2iac.synth.folder import leads_away
    from camp2iac.synth.folder import write as write_folder
    from camp2iac.synth.sourcemap import NAME as SOURCE_MAP

    if environment is None and target is None:
        raise click.UsageError(f"say for which platform: {session.platforms(plan)}")
    options.known_target(target)
    if form == "cdktf" and (missing := _no_node()):
        console.diagnostics([missing], {})
        return 2
    place = session.default_output(plan, environment, target) if output in (None, PRINT) else Path(str(output))
    without = [place, *([environment] if environment else [])]
    loaded = session.load(plan, strict=strict, signer=signer, leave_out=without)
    compiled = compiler.compile(
        loaded,
        environment=environment,
        target=target,
        overrides=overrides,
        catalogue=catalogue,
        output=place,
        inside=_inside(form, "stack"),  # no name changes how deep it lies
    )
    names, texts = session.typed_names(loaded, plan, [environment] if environment else [])
    found = [session.renamed(each, names) for each in loaded.diagnostics.ordered()]
    found = session.severe(found) if strict else found
    console.diagnostics(found, texts)
    failed = any(each.level.value == "error" for each in found)
    if compiled is None or compiled.target is None or compiled.lowered is None or failed:
        return 1
    base = session.folder(plan)
    made = assemble(
        compiled,
        compiled.target,
        compiled.lowered,
        _writer(form, compiled),
        plan=session.from_output(plan / session.PLAN if plan.is_dir() else plan, base, place)
        if plan
        else options.STDIN,
        environment=session.from_output(environment, base, place) if environment else None,
        inside=_inside(form, _stack(compiled)),
    )
    if output == PRINT:
        console.result(_printed(made))
        return 0
    if output is None and (trap := session.astray(place, base)):
        console.diagnostics([leads_away(base, trap)], {})
        return 1
    change = compare(source_map(place), made.source_map, compiled.topology)
    if not check and (refused := change.refusals(lose, compiled.topology)):
        console.diagnostics([session.renamed(each, names) for each in refused], texts)
        return 1
    report = write_folder(made, place, check=check, force=force)
    if report.refused:
        console.diagnostics(report.refused, {})
        return 1
    if check:
        console.result(report.diff)
        differ = len(report.written) + len(report.removed)
        console.say(f"{place}: {differ} of its files differ" if differ else f"{place}: up to date")
        _tell_change(console, change)
        return 2 if report.changed else 0
    from camp2iac.cli.hidden import hidden

    unseen = hidden(place, [*made.files, SOURCE_MAP], plan)
    if unseen is not None:  # git can only be asked once the output's own .gitignore is there
        [unseen] = session.severe([unseen]) if strict else [unseen]
        console.diagnostics([unseen], {})
    port = ["camp2iac", "port", str(plan or PRINT)]
    port += ["-e", str(environment)] if environment else ["--target", compiled.target.name]
    port += [word for folder in catalogue for word in ("--catalogue", str(folder))]
    port += [word for name, value in overrides.items() for word in ("--set", f"{name}={value}")]
    _tell(console, compiled, place, report, change, shlex.join(port), _inside(form, _stack(compiled)))
    return 1 if unseen is not None and unseen.level.value == "error" else 0


def _inside(form: str, stack: str) -> str:
    """The module's folder in the output: CDKTF's layout has one a stack."""
    return f"cdktf.out/stacks/{stack}" if form == "cdktf" else ""


def _no_node() -> Diagnostic | None:
    """What keeps CDKTF from running (CAMP711)."""
    from camp2iac import node
    from camp2iac.diagnostics import Diagnostic

    try:
        node.use()
    except node.NodeError as problem:
        return Diagnostic("CAMP711", str(problem), help=f"{node.REMEDY}; or write  --format json, which needs none")
    return None


def _stack(compiled: Compiled) -> str:
    from camp2iac.topology.ids import slug

    return slug(compiled.topology.name)


def _writer(form: str, compiled: Compiled) -> Writer:
    from functools import partial
    from importlib import import_module

    if form != "cdktf":
        writer: Writer = import_module(f"camp2iac.synth.{form}").write
        return writer
    from camp2iac.synth.cdktf import write

    return partial(write, stack=_stack(compiled))


def _printed(output: Output) -> str:
    """Every file under a heading; what is no text is only named."""
    parts = []
    for path, data in sorted(output.files.items()):
        try:
            text = data.decode()
        except UnicodeDecodeError:
            text = f"({len(data)} bytes that are no text)\n"
        parts.append(f"# --- {path} ---\n{text}" + ("" if text.endswith("\n") or not text else "\n"))
    return "\n".join(parts)


def _tell_change(console: Console, change: Change) -> None:
    if change.effects:
        console.say("When it is applied, Terraform")
    for effect in change.effects:
        console.say(f"  {effect.words}")


def _tell(
    console: Console,
    compiled: Compiled,
    place: Path,
    report: Report,
    change: Change,
    port: str,
    inside: str,
) -> None:
    """What was written, what applying it destroys and replaces, what the platform does not do as the plan says (which
    ``port`` explains), what to type next.
    """
    done = {"written": report.written, "unchanged": report.unchanged, "removed": report.removed}
    counts = [f"{len(paths)} {what}" for what, paths in done.items() if paths]
    console.say(f"{place}: {', '.join(counts)}")
    for what, paths in done.items():
        for path in paths:
            console.detail(f"  {what:9} {path}")
    _tell_change(console, change)
    outcomes = Counter(entry.outcome.value for entry in compiled.ledger.report(compiled.topology))
    losses = " and ".join(f"{outcomes[word]} {word}" for word in ("degraded", "lost") if outcomes[word])
    if losses:
        console.say(f"{losses} of {sum(outcomes.values())} statements of the plan; why, and what to do:\n  {port}")
    console.say(f"\nNext:\n  cd {shlex.quote(str(place / inside))}\n  terraform init\n  terraform plan")
