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
from camp2iac.record import Record

if TYPE_CHECKING:
    from camp2iac.compiler import Compiled
    from camp2iac.diagnostics import Diagnostic
    from camp2iac.review.change import Change, Effect
    from camp2iac.synth.folder import Output, WriteReport
    from camp2iac.synth.module import Module

Writer: TypeAlias = "Callable[[Module], Mapping[str, str]]"

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

    if environment is None and target is None:
        raise click.UsageError(f"say for which platform: {session.platforms(plan)}")
    if check and output == PRINT:
        raise click.UsageError("--check compares with an output folder, and -o - has none; write  -o DIR")
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
    if compiled is None or compiled.lowered is None or session.failed(found):
        return 1
    made = _assembled(compiled, form, plan, environment, place)
    if output == PRINT:
        console.result(_printed(made))
        return 0
    if output is None and (trap := session.astray(place, session.folder(plan))):
        from camp2iac.synth.folder import leads_away

        console.diagnostics([leads_away(session.folder(plan), trap)], {})
        return 1
    port = ["camp2iac", "port", str(plan or PRINT)]
    port += ["-e", str(environment)] if environment else ["--target", str(target)]
    port += [word for folder in catalogue for word in ("--catalogue", str(folder))]
    port += [word for name, value in overrides.items() for word in ("--set", f"{name}={value}")]
    return _Delivery(console, compiled, made, place, plan, names, texts, _inside(form, _stack(compiled))).run(
        check=check, force=force, lose=lose, strict=strict, port=shlex.join(port)
    )


class _Delivery(Record, frozen=True):
    """An output on its way to its folder. ``names``, ``texts``: the files that messages show, as the user typed them;
    ``inside``: the module's folder in the output.
    """

    console: Console
    compiled: Compiled
    made: Output
    place: Path
    plan: Path | None
    names: Mapping[str, str]
    texts: Mapping[str, str]
    inside: str

    def run(self, *, check: bool, force: bool, lose: tuple[str, ...], strict: bool, port: str) -> int:
        """Compare, refuse, write and tell; the exit status."""
        from camp2iac.cli.baseline import UnreadableError, baseline
        from camp2iac.review.change import Change
        from camp2iac.review.change import change as compare
        from camp2iac.synth.folder import unreadable_source_map, write

        console, topology = self.console, self.compiled.topology
        try:
            change = compare(baseline(self.place), self.made.source_map, topology)
        except UnreadableError as problem:
            if not check and not force:
                console.diagnostics([unreadable_source_map(self.place, problem.name)], {})
                return 1
            change = Change()
            console.say("The source map of the output before cannot be understood: what this destroys is not known.")
        known = {effect.tracked.node for effect in change.effects}
        for node in (node for node in lose if node not in known):
            console.say(f"--lose {node}: nothing of it would be lost")
        if not check and (refused := change.refusals(lose, topology)):
            console.diagnostics([session.renamed(each, self.names) for each in refused], self.texts)
            rest = tuple(each for each in change.effects if each not in change.refused(lose))
            _tell_change(console, rest, "Besides, Terraform")
            return 1
        report = write(self.made, self.place, check=check, force=force)
        if report.refused:
            console.diagnostics(report.refused, {})
            return 1
        if check:
            console.result(report.diff)
            differ = len(report.written) + len(report.removed)
            console.say(f"{self.place}: {differ} of its files differ" if differ else f"{self.place}: up to date")
            _tell_change(console, change.effects)
            return 2 if report.changed else 0
        unseen = self._unseen(strict)
        console.diagnostics(unseen, {})
        _tell(console, self.compiled, self.place, report, change, port, self.inside)
        return 1 if session.failed(unseen) else 0

    def _unseen(self, strict: bool) -> list[Diagnostic]:
        """What git hides of the output; it can only be asked once the output's own .gitignore is there."""
        from camp2iac.cli.hidden import hidden
        from camp2iac.synth.sourcemap import DIGESTS, NAME

        found = hidden(self.place, [*self.made.files, NAME, DIGESTS], self.plan)
        each = [found] if found is not None else []
        return session.severe(each) if strict else each


def _assembled(compiled: Compiled, form: str, plan: Path | None, environment: Path | None, place: Path) -> Output:
    from camp2iac.review.output import assemble

    assert compiled.target is not None and compiled.lowered is not None  # noqa: S101, PT018 - it was compiled for one
    base = session.folder(plan)
    file = plan / session.PLAN if plan and plan.is_dir() else plan
    return assemble(
        compiled,
        compiled.target,
        compiled.lowered,
        _writer(form, compiled),
        plan=session.from_output(file, base, place) if file else options.STDIN,
        environment=session.from_output(environment, base, place) if environment else None,
        inside=_inside(form, _stack(compiled)),
    )


def _inside(form: str, stack: str) -> str:
    """The module's folder in the output: CDKTF's layout has one a stack."""
    return f"cdktf.out/stacks/{stack}" if form == "cdktf" else ""


def _no_node() -> Diagnostic | None:
    """What keeps CDKTF from running (CAMP711)."""
    from camp2iac import node
    from camp2iac.diagnostics import Diagnostic

    try:
        node.use(quiet=True)
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


def _tell_change(console: Console, effects: tuple[Effect, ...], head: str = "When it is applied, Terraform") -> None:
    if effects:
        console.say(head)
    for effect in effects:
        console.say(f"  {effect.words}")


def _tell(
    console: Console,
    compiled: Compiled,
    place: Path,
    report: WriteReport,
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
    _tell_change(console, change.effects)
    outcomes = Counter(entry.outcome.value for entry in compiled.ledger.report(compiled.topology))
    losses = " and ".join(f"{outcomes[word]} {word}" for word in ("degraded", "lost") if outcomes[word])
    if losses:
        console.say(f"{losses} of {sum(outcomes.values())} statements of the plan; why, and what to do:\n  {port}")
    console.say(f"\nNext:\n  cd {shlex.quote(str(place / inside))}\n  terraform init\n  terraform plan")
