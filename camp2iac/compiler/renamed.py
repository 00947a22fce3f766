"""A plan with renamed parts: compile it with the oldest names too, and merge both modules.

See docs/adr/0027-renames.md.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from camp2iac import topology
from camp2iac.camp.model import PlanDocument
from camp2iac.catalogue import Catalogue
from camp2iac.diagnostics import Diagnostic, Diagnostics, Severity
from camp2iac.record import Record, replace
from camp2iac.synth.renames.labels import Vocabulary, Words
from camp2iac.synth.renames.merge import CompiledModule, merge
from camp2iac.synth.tracked import Tracked
from camp2iac.targets import environment as environments
from camp2iac.targets import former_environment, programs
from camp2iac.targets.base import Context, Ledger, Lowered, Target
from camp2iac.topology.model import Topology
from camp2iac.topology.renames.former import FormerNames, former
from camp2iac.topology.renames.model import KEY, Rename
from camp2iac.topology.substitution import Substituted, settle


class Current(Record, frozen=True):
    """The plan with the current names, and what was compiled from it. ``name``: as for :func:`camp2iac.topology.build`.

    ``made``: the plan with the values of the environment, if it has any.
    """

    plan: PlanDocument
    products: Catalogue
    name: str
    made: Substituted | None
    topology: Topology
    target: Target
    context: Context


def kept(current: Current, lowered: Lowered) -> Lowered:
    """``lowered`` with what exists: names in the cloud and on instances stay, and addresses move. CAMP347: the plan
    cannot have the earlier names.
    """
    renames = current.topology.renames
    if not renames or current.context.diagnostics.failed:
        return lowered
    quiet = Diagnostics()
    before = _lowered(current, quiet)
    if before is None or quiet.failed:
        first = next((each for each in quiet if each.level is Severity.ERROR), None)
        current.context.diagnostics.add(_impossible(renames, f"{first.code}: {first.message}" if first else ""))
        return lowered
    merged = merge(_module(before), _module(lowered), *_known(renames, current.topology.file))
    if merged.different:
        current.context.diagnostics.add(_impossible(renames, f"only one of both has {merged.different[0]}"))
        return lowered
    return replace(
        lowered,
        module=merged.module,
        documents=merged.documents,
        readme=_readme(lowered.readme, merged.names),
        tracked=_tracked(lowered.tracked, before.tracked, merged.earlier),
    )


def _tracked(
    now: Mapping[str, Tracked], before: Mapping[str, Tracked], earlier: Mapping[str, str]
) -> Mapping[str, Tracked]:
    """What is tracked, with the databases that exist: those with the earlier names."""
    old = {address: before.get(earlier.get(address, "")) for address in now}
    return {
        address: replace(each, databases=then.databases) if (then := old[address]) is not None else each
        for address, each in now.items()
    }


def _lowered(current: Current, quiet: Diagnostics) -> Lowered | None:
    """What the target generates from the plan with the oldest names."""
    context, names = current.context, FormerNames.of(current.topology.renames)
    plan = former(current.plan, current.topology.renames)
    environment = former_environment.former(context.environment, current.target, current.topology)
    name = current.name if context.environment.get("name") else names.name(current.name, "plan")
    procfiles = programs.procfiles(context.package)
    built = topology.build(plan, current.products, name, quiet, procfiles)
    if (made := current.made) is not None:
        used, displaced, unchecked = (
            frozenset(names.name(each, "parameter") for each in found)
            for found in (made.used, made.displaced, made.unchecked)
        )
        built = settle(built, replace(made, used=used, displaced=displaced, unchecked=unchecked), quiet)
    built = environments.apply(built, environment, quiet)
    if quiet.failed:
        return None
    found = programs.check(built, context.package, current.products, Diagnostics())
    inner = replace(context, environment=environment, ledger=Ledger(), diagnostics=quiet, broken=found.broken)
    return current.target.lower(found.topology, inner)


def _readme(text: str, names: Mapping[str, str]) -> str:
    """The README with the names that resources have, for the commands in it."""
    for now in sorted(names, key=len, reverse=True):
        text = re.sub(rf"(?<![\w.\"-]){re.escape(now)}(?![\w-])", lambda _, old=names[now]: old, text)  # type: ignore[misc]
    return text


def _module(lowered: Lowered) -> CompiledModule:
    blocks = {block.address: block for block in lowered.module.blocks() if block.first}
    most = {
        blocks[address].first: tracked.instances[1]
        for address, tracked in lowered.tracked.items()
        if tracked.instances and address in blocks
    }
    return CompiledModule(lowered.module, lowered.documents, most)


def _known(renames: Sequence[Rename], file: str) -> tuple[Vocabulary, tuple[str, ...]]:
    """The names of each renamed part, and its words in comments. Parts with the same names are one."""
    found: dict[tuple[str, ...], list[Rename]] = {}
    for each in renames:
        if len(each.ids) > 1 and each.kind != "plan":
            found.setdefault(each.ids, []).append(each)
    words = (
        f"{file}: {' and '.join(dict.fromkeys(each.words for each in same))}, previously {', '.join(ids[:-1])}"
        for ids, same in found.items()
    )
    return Vocabulary(Words.of(ids) for ids in found), tuple(words)


def _impossible(renames: Sequence[Rename], why: str) -> Diagnostic:
    return Diagnostic(
        "CAMP347",
        "with the earlier names, the plan is not the same, so camp2iac cannot keep what exists under them",
        renames[0].span,
        label="the earlier names",
        notes=(why,) if why else (),
        help=f"correct the names after  {KEY}:",
    )
