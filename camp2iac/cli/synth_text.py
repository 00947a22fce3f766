"""What ``synth`` says to people about the environments that it compiled."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from camp2iac.cli.account import Account, SynthOptions
from camp2iac.cli.concerned import Concerned, key
from camp2iac.cli.console import Console

if TYPE_CHECKING:
    from camp2iac.diagnostics import Diagnostic
    from camp2iac.review.change import Change, Effect
    from camp2iac.review.delivery import Written
    from camp2iac.review.difference.model import ResourceChange


def tell(console: Console, given: SynthOptions, found: Sequence[Account], known: Collection[Diagnostic] = ()) -> None:
    """Print what happened in each environment. What is wrong in several is printed once, and what is ``known`` not at
    all.
    """
    said = set(map(key, known))
    concerned = Concerned(len(given.runs) > 1)
    for each in found:
        concerned.add(each.environment.as_posix() if each.environment else "", each.diagnostics)
    for each in found:
        new = [diagnostic for diagnostic in each.diagnostics if key(diagnostic) not in said]
        said.update(map(key, new))
        _one(console, given, each, new, concerned)


def _one(console: Console, given: SynthOptions, each: Account, new: Sequence[Diagnostic], concerned: Concerned) -> None:
    """Print what happened in one environment. ``new``: its diagnostics that were not printed for another one."""
    last = (*each.refused, *each.hidden)
    shown = [concerned.named(diagnostic) for diagnostic in new if diagnostic not in last]
    console.diagnostics(shown, each.shown.texts)
    written = each.written
    if written is not None:
        _tell_permissions(console, written, given, f"{each.place}: " if concerned.several else "")
    refused = [concerned.named(diagnostic) for diagnostic in new if diagnostic in each.refused]
    console.diagnostics(refused, each.shown.texts)
    if written is not None and written.lost:
        rest = tuple(effect for effect in written.change.effects if effect not in written.lost)
        _tell_change(console, rest, "In addition, Terraform")
        _tell_possible(console, written.change, {effect.tracked.node for effect in written.lost})
    if each.done is None:
        if concerned.several:
            console.say(f"{each.place}: not written, because of {_errors(each)}")
        return
    if given.check:
        _compared(console, each.done, each)
        return
    console.diagnostics([diagnostic for diagnostic in new if diagnostic in each.hidden], {})
    _written(console, each.done, each, given)


def _errors(each: Account) -> str:
    number = sum(diagnostic.level.value == "error" for diagnostic in each.diagnostics)
    return f"{number} error{'' if number == 1 else 's'}"


def _tell_permissions(console: Console, written: Written, given: SynthOptions, where: str) -> None:
    """Print what is not known about the earlier output, and which permissions have no effect. ``where``: the beginning
    of each line, if there are several environments.
    """
    judged = not given.check and not given.force  # an earlier output with an unreadable source map was a reason
    if not written.comparable and judged:
        return
    if not written.comparable:
        console.say(
            f"{where}the source map of the earlier output cannot be read, so it is unknown what Terraform destroys"
        )
    known = {effect.tracked.node for effect in written.change.effects}
    for node in (node for node in given.lose if node not in known):
        console.say(f"{where}--lose {node} has no effect: no data of {node} would be destroyed")


def _compared(console: Console, written: Written, each: Account) -> None:
    """Print what ``--check`` found."""
    console.result(written.diff)
    differ = len(written.written) + len(written.removed)
    said = f"{differ} file{'s differ' if differ > 1 else ' differs'}" if differ else "up to date"
    console.say(f"{each.place}: {said}")
    _tell_change(console, written.change.effects)
    _tell_variables(console, written.change)
    _tell_protected(console, written.change, each.environment)


def _written(console: Console, written: Written, each: Account, given: SynthOptions) -> None:
    """Print what was written, what applying it destroys and replaces, and how much the platform degrades and loses."""
    done = {"written": written.written, "unchanged": written.unchanged, "removed": written.removed}
    console.say(f"{each.place}: {', '.join(f'{len(paths)} {what}' for what, paths in done.items() if paths)}")
    for what, paths in done.items():
        for path in paths:
            console.detail(f"  {what:9} {path}")
    _tell_change(console, written.change.effects)
    _tell_variables(console, written.change)
    _tell_protected(console, written.change, each.environment)
    for change in written.change.resources:
        console.detail(f"  {_change(change)}")
    outcomes = Counter(entry.outcome.value for entry in each.made.statements())
    losses = " and ".join(f"{outcomes[word]} {word}" for word in ("degraded", "lost") if outcomes[word])
    if losses:
        port = _port(given, each.environment)
        console.say(f"{losses} of {sum(outcomes.values())} statements of the plan. For the reasons, run:\n  {port}")


def tell_next(console: Console, given: SynthOptions, found: Sequence[Account]) -> None:
    """Print the commands to run next, in one of the folders that were written."""
    ready = [each for each in found if each.done is not None]
    if not ready or given.check:
        return
    first, *others = (shlex.quote(str(each.made.module_folder(format=given.form))) for each in ready)
    more = f"    # or {', '.join(others)}" if others else ""
    console.say(f"\nNext:\n  cd {first}{more}\n  terraform init\n  terraform plan")


def _port(given: SynthOptions, environment: Path | None) -> str:
    """The command that explains what the platform degrades and loses."""
    words = ["camp2iac", "port", str(given.plan or "-")]
    words += ["-e", str(environment)] if environment else ["--target", str(given.target)]
    words += [word for folder in given.catalogue for word in ("--catalogue", str(folder))]
    words += [word for name, value in given.overrides.items() for word in ("--set", f"{name}={value}")]
    return shlex.join(words)


def _tell_protected(console: Console, change: Change, environment: Path | None) -> None:
    """Print on one line what Terraform refuses, although synth wrote it, and what to write so that it does not."""
    if nodes := change.blocked():
        from camp2iac.diagnostics.suggest import listed

        file = environment or "an environment file"
        console.say(
            f"Terraform refuses that while {listed(nodes)} {'is' if len(nodes) == 1 else 'are'} protected: "
            f"write  {change.unprotect(nodes)}  in {file}, and run synth again"
        )


def _tell_variables(console: Console, change: Change) -> None:
    """Print the values that the next apply stops for, and those that would have no effect any more."""
    from camp2iac.review.difference.variables import sentences

    for _, each in sentences(change.variables):
        console.say(f"Before you apply it: {each}")
    _tell_possible(console, change)


def _tell_possible(console: Console, change: Change, known: Collection[str] = ()) -> None:
    """Print what to write for parts that are perhaps renamed. ``known``: those of which an error says it already."""
    for each in change.possible:
        if each.previously not in known:
            console.say(f"Before you apply it: {each.advice}")


def _tell_change(console: Console, effects: tuple[Effect, ...], head: str = "When you apply it, Terraform") -> None:
    if effects:
        console.say(head)
    for effect in effects:
        console.say(f"  {effect.words}")


def _change(change: ResourceChange) -> str:
    """The effect on one instance of a resource: ``update    openstack_lb_pool_v2.web (lb_method)``."""
    moved = f" from {change.previous}" if change.previous else ""
    arguments = f" ({', '.join(change.arguments)})" if change.arguments else ""
    perhaps = ", if it exists" if change.perhaps else ""
    return f"{change.action.value:9} {change.address}{moved}{arguments}{perhaps}"
