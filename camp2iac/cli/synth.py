"""``camp2iac synth``."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from camp2iac.cli import options, session
from camp2iac.cli.console import Console

if TYPE_CHECKING:
    from camp2iac.compilation import Compilation
    from camp2iac.diagnostics import Diagnostic
    from camp2iac.review.change import Change, Effect
    from camp2iac.review.delivery import Written
    from camp2iac.review.difference.model import ResourceChange
    from camp2iac.synth.writers import Form

PRINT = "-"


@click.command("synth")
@options.plan
@options.environment
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
@options.common
@click.pass_obj
def command(
    console: Console,
    plan: Path | None,
    environment: Path | None,
    target: str | None,
    overrides: Mapping[str, str],
    output: str | None,
    form: Form,
    catalogue: tuple[Path, ...],
    strict: bool,
    signer: str | None,
    check: bool,
    force: bool,
    lose: tuple[str, ...],
) -> int:
    """Compile a plan into Terraform.

    PLAN is a file, a folder, a PDP archive, or - for standard input. The environment file or --target names the
    platform. The output goes to infra/NAME beside the plan, where NAME is the name of the environment file or the
    target.

    \b
    camp2iac synth camp.yaml --target openstack
    camp2iac synth camp.yaml -e environments/prod.yaml
    camp2iac synth shop.zip -e prod.yaml -o - --set greeting=Hello
    camp2iac synth camp.yaml -e environments/prod.yaml --check
    """
    _usable(plan, environment, target, output, check)
    if form == "cdktf" and (missing := _no_node()):
        console.diagnostics([missing], {})
        return 2
    place = session.default_output(plan, environment, target) if output in (None, PRINT) else Path(str(output))
    files = [environment] if environment else []
    read = session.read(plan, strict=strict, signer=signer, leave_out=[place, *files])
    made = read.compile(environment, target=target, overrides=overrides, catalogue=catalogue, output=place)
    shown = session.shown(made, read, plan, files, strict=strict)
    if not made.ok or shown.failed or output == PRINT:
        console.diagnostics(shown.diagnostics, shown.texts)
    if not made.ok or shown.failed:
        return 1
    if form == "cdktf" and made.is_module:
        console.diagnostics([_no_module(environment)], {})
        return 1
    if output == PRINT:
        console.result(_printed(made.files(format=form)))
        return 0
    if output is None and _leads_away(console, shown, place, plan):
        return 1
    written = made.write(format=form, check=check, force=force, lose=lose)
    console.diagnostics(_still_true(shown, written), shown.texts)
    if _refused(console, written, shown, lose, judged=not check and not force):
        return 1
    if check:
        return _compared(console, written, place, environment)
    unseen = _unseen(written, place, plan, strict)
    console.diagnostics(unseen, {})
    port = _port(plan, environment, target, catalogue, overrides)
    _tell(console, made, written, place, port, made.module_folder(format=form))
    return 1 if session.failed(unseen) else 0


def _usable(plan: Path | None, environment: Path | None, target: str | None, output: str | None, check: bool) -> None:
    """Raise a usage error if options are missing or cannot be combined."""
    if environment is None and target is None:
        raise click.UsageError(f"name the platform: {session.platforms(plan)}")
    if check and output == PRINT:
        raise click.UsageError("--check compares with an output folder, so it cannot be combined with -o -")
    options.known_target(target)


def _leads_away(console: Console, shown: session.Shown, place: Path, plan: Path | None) -> bool:
    """Whether a link leads from the plan's folder to another place, so that the output must not be written there."""
    trap = session.astray(place, session.folder(plan))
    if trap:
        from camp2iac.synth.folder import leads_away

        console.diagnostics(shown.diagnostics, shown.texts)
        console.diagnostics([leads_away(session.folder(plan), trap)], {})
    return bool(trap)


def _still_true(shown: session.Shown, written: Written) -> list[Diagnostic]:
    """All diagnostics except advice about the owner of an add-on whose present owner the refusal names."""
    known = {each.span for each in written.refused if each.code == "CAMP720"}
    return [each for each in shown.diagnostics if each.code != "CAMP454" or each.span not in known]


def _refused(console: Console, written: Written, shown: session.Shown, lose: tuple[str, ...], *, judged: bool) -> bool:
    """Whether the output was refused, after printing why. ``judged``: an earlier output with an unreadable source map
    was a reason.
    """
    if written.comparable or not judged:
        if not written.comparable:
            console.say(
                "The source map of the earlier output cannot be read, so it is unknown what Terraform destroys."
            )
        known = {effect.tracked.node for effect in written.change.effects}
        for node in (node for node in lose if node not in known):
            console.say(f"--lose {node} has no effect: no data of {node} would be destroyed")
    if written.refused:
        console.diagnostics([session.renamed(each, shown.names) for each in written.refused], shown.texts)
    if written.lost:
        rest = tuple(each for each in written.change.effects if each not in written.lost)
        _tell_change(console, rest, "In addition, Terraform")
    return bool(written.refused)


def _compared(console: Console, written: Written, place: Path, environment: Path | None) -> int:
    """Print what ``--check`` found; returns the exit status."""
    console.result(written.diff)
    differ = len(written.written) + len(written.removed)
    console.say(
        f"{place}: {differ} file{'s differ' if differ > 1 else ' differs'}" if differ else f"{place}: up to date"
    )
    _tell_change(console, written.change.effects)
    _tell_protected(console, written.change, environment)
    return 2 if written.changed else 0


def _unseen(written: Written, place: Path, plan: Path | None, strict: bool) -> list[Diagnostic]:
    """CAMP706 for files of the output that git ignores. The output's own .gitignore must be written before."""
    from camp2iac.cli.hidden import hidden

    found = hidden(place, [*written.written, *written.unchanged], plan)
    each = [found] if found is not None else []
    return session.severe(each) if strict else each


def _port(
    plan: Path | None,
    environment: Path | None,
    target: str | None,
    catalogue: tuple[Path, ...],
    overrides: Mapping[str, str],
) -> str:
    """The command that explains what the platform degrades and loses."""
    words = ["camp2iac", "port", str(plan or PRINT)]
    words += ["-e", str(environment)] if environment else ["--target", str(target)]
    words += [word for folder in catalogue for word in ("--catalogue", str(folder))]
    words += [word for name, value in overrides.items() for word in ("--set", f"{name}={value}")]
    return shlex.join(words)


def _no_node() -> Diagnostic | None:
    """CAMP711 if CDKTF cannot run."""
    from camp2iac import node
    from camp2iac.diagnostics import Diagnostic

    try:
        node.use(quiet=True)
    except node.NodeError as problem:
        return Diagnostic("CAMP711", str(problem), help=f"{node.REMEDY};  --format json  needs no Node.js")
    return None


def _no_module(environment: Path | None) -> Diagnostic:
    """CAMP714: CDKTF writes root modules only."""
    from camp2iac.diagnostics import Diagnostic

    return Diagnostic(
        "CAMP714",
        f"{environment} asks for a child module, and CDKTF writes only root modules",
        help="write  --format hcl  or  --format json,  or remove  module: true",
    )


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


def _tell_protected(console: Console, change: Change, environment: Path | None) -> None:
    """Print on one line what Terraform refuses, although synth wrote it, and what to write so that it does not."""
    if nodes := change.blocked():
        from camp2iac.diagnostics.suggest import listed

        file = environment or "an environment file"
        console.say(
            f"Terraform refuses that while {listed(nodes)} {'is' if len(nodes) == 1 else 'are'} protected: "
            f"write  {change.unprotect(nodes)}  in {file}, and run synth again"
        )


def _tell_change(console: Console, effects: tuple[Effect, ...], head: str = "When you apply it, Terraform") -> None:
    if effects:
        console.say(head)
    for effect in effects:
        console.say(f"  {effect.words}")


def _each(change: ResourceChange) -> str:
    """The effect on one instance of a resource: ``update    openstack_lb_pool_v2.web (lb_method)``."""
    moved = f" from {change.previous}" if change.previous else ""
    arguments = f" ({', '.join(change.arguments)})" if change.arguments else ""
    perhaps = ", if it exists" if change.perhaps else ""
    return f"{change.action.value:9} {change.address}{moved}{arguments}{perhaps}"


def _tell(console: Console, made: Compilation, written: Written, place: Path, port: str, module: Path) -> None:
    """Print what was written, what applying it destroys and replaces, how much the platform degrades and loses, and the
    commands to run next.
    """
    done = {"written": written.written, "unchanged": written.unchanged, "removed": written.removed}
    counts = [f"{len(paths)} {what}" for what, paths in done.items() if paths]
    console.say(f"{place}: {', '.join(counts)}")
    for what, paths in done.items():
        for path in paths:
            console.detail(f"  {what:9} {path}")
    _tell_change(console, written.change.effects)
    _tell_protected(console, written.change, made.environment)
    for each in written.change.resources:
        console.detail(f"  {_each(each)}")
    outcomes = Counter(entry.outcome.value for entry in made.statements())
    losses = " and ".join(f"{outcomes[word]} {word}" for word in ("degraded", "lost") if outcomes[word])
    if losses:
        console.say(f"{losses} of {sum(outcomes.values())} statements of the plan. For the reasons, run:\n  {port}")
    console.say(f"\nNext:\n  cd {shlex.quote(str(module))}\n  terraform init\n  terraform plan")
