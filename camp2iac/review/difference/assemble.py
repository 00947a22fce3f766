"""The difference of two versions, environment by environment: effects with their causes, downtimes, and facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from camp2iac.compiler import Compiled
from camp2iac.diagnostics import Severity
from camp2iac.record import Record, replace
from camp2iac.review.difference.abandoned_data import abandoned_data
from camp2iac.review.difference.causes import explained
from camp2iac.review.difference.downtimes import downtimes
from camp2iac.review.difference.effects import of_resources
from camp2iac.review.difference.facts import facts
from camp2iac.review.difference.model import Difference, EnvironmentDifference, ReleaseChange, VariableChange
from camp2iac.review.difference.picture import picture
from camp2iac.review.difference.possible import PossibleRename, possible
from camp2iac.review.difference.refusals import protected, shrunk
from camp2iac.review.difference.regions import regions
from camp2iac.review.difference.renamed import renamed
from camp2iac.review.difference.sides import Choice, PlanSide, PlanVersion, compiled, side_of
from camp2iac.review.difference.states import states
from camp2iac.review.difference.variables import variables
from camp2iac.synth.graph import Graph
from camp2iac.synth.sourcemap import Standing


class Compared(Record, frozen=True):
    """The difference, and the environments that could not be compared because the new version has errors.

    ``broken``: the diagnostics of these environments by name, with the files that they quote.
    """

    difference: Difference
    broken: Mapping[str, Compiled]


def names(old: PlanVersion, new: PlanVersion, choice: Choice) -> tuple[str, ...]:
    """The environments of two versions, sorted. If one of them is only an output, its environment."""
    for version in (old, new):
        if version.reading is None and version.outputs:
            return tuple(version.outputs)
    if choice.target is not None and not old.environments and not new.environments:
        return (choice.target,)
    found: set[str] = set()
    for version in (old, new):
        found.update(version.environments)
    return tuple(sorted(found))


def compare(old: PlanVersion, new: PlanVersion, chosen: Sequence[str], choice: Choice) -> Compared:
    """Compare two versions in these environments."""
    found: list[EnvironmentDifference] = []
    broken: dict[str, Compiled] = {}
    title = ""
    for name in chosen:
        made = [compiled(version, name, choice) for version in (old, new)]
        before = side_of(old, name, made[0], stored=choice.stored)
        after = side_of(new, name, made[1], stored=False)
        if made[1] is not None and not made[1].ok:
            broken[name] = made[1]
        title = title or _title(after) or _title(before)
        found.append(_environment(name, before, after, made))
    return Compared(Difference(title, old.name, new.name, tuple(found)), broken)


def compare_sides(name: str, before: PlanSide, after: PlanSide) -> EnvironmentDifference:
    """The difference of one environment. A side without an output is an environment that does not exist there."""
    gone = before.standing or _nothing(after)
    come = after.standing or _nothing(before)
    found, stays = of_resources(gone, come)
    changes = protected(explained(found, before, after), come)
    names = renamed(before, after).ids
    parts, edges = picture(before.result, after.result, names)
    difference = EnvironmentDifference(
        name,
        come.target if after.standing is not None else gone.target,
        "added" if before.standing is None else "removed" if after.standing is None else "changed",
        resources=changes,
        downtimes=downtimes(changes, gone, come) if before.standing is not None and after.standing is not None else (),
        regions=regions(before, after, stays, changes),
        states=states(before, after),
        variables=_asked(before, after),
        possible=_possible(before, after),
        abandoned=tuple(
            abandoned_data(gone, come, stays, changes, after.result.topology if after.result is not None else None)
        ),
        refusals=tuple(shrunk(gone, come, stays, changes)),
        protected=tuple(sorted({each.node for each in come.resources.values() if each.protected})),
        parts=parts,
        edges=edges,
    )
    if not _whole(before) or not _whole(after):
        return difference
    told = facts(before.result, after.result, names)
    return replace(
        difference,
        traffic=told.traffic,
        secrets=told.secrets,
        portability=told.portability,
        sizes=told.sizes,
        costs=told.costs,
        releases=(*_upgrade(before, after), *told.releases),
        refusals=(*told.refusals, *difference.refusals),
    )


def _asked(before: PlanSide, after: PlanSide) -> tuple[VariableChange, ...]:
    """The variables that Terraform asks for since the change, if the environment exists on both sides."""
    if before.standing is None or after.standing is None:
        return ()
    renames = after.result.topology.renames if after.result is not None else ()
    return variables(before.standing, after.standing, renames)


def _possible(before: PlanSide, after: PlanSide) -> tuple[PossibleRename, ...]:
    """The parts that are perhaps renamed, if the environment exists on both sides."""
    if before.standing is None or after.standing is None:
        return ()
    return possible(before.standing, after.standing, after.result.topology.renames if after.result is not None else ())


def _whole(side: PlanSide) -> bool:
    """Whether the facts of a side are known: it has a compiled plan, or does not exist."""
    return side.result is not None or side.standing is None


def _upgrade(before: PlanSide, after: PlanSide) -> tuple[ReleaseChange, ...]:
    """The release of camp2iac, if the old output is of another one."""
    old, new = (side.standing.version if side.standing is not None else "" for side in (before, after))
    return (ReleaseChange("camp2iac", old, new),) if old and new and old != new else ()


def _nothing(other: PlanSide) -> Standing:
    """The output of an environment that does not exist, beside one that does."""
    target = other.standing.target if other.standing is not None else ""
    return Standing(target, "", {}, {}, Graph())


def _title(side: PlanSide) -> str:
    return side.result.topology.title or side.result.topology.name if side.result is not None else ""


def _environment(
    name: str, before: PlanSide, after: PlanSide, made: Sequence[Compiled | None]
) -> EnvironmentDifference:
    """The difference of one environment, with notes about what could not be compared."""
    failures = [(side, each) for side, each in zip((before, after), made, strict=True) if each and not each.ok]
    notes = [_failed(side.version, name, each) for side, each in failures]
    notes += list(_of_outputs(before, name))
    if any(side.standing is None for side, _ in failures) or (before.standing is None and after.standing is None):
        target = next((side.standing.target for side in (before, after) if side.standing is not None), "")
        return EnvironmentDifference(name, target, compared=False, notes=tuple(notes))
    found = compare_sides(name, before, after)
    if not _whole(before) or not _whole(after):
        notes.append(_UNKNOWN)
    return replace(found, notes=tuple(notes))


_UNKNOWN = "traffic, secrets, portability, sizes, costs and releases are compared only between two plans that compile"
_WITHOUT_GRAPH = (
    "the output {folder} at {name} is of camp2iac {version}, which did not record what decides about resources, so the "
    "plan is compared; what this release of camp2iac changes itself is not shown"
)


def _failed(version: PlanVersion, name: str, made: Compiled) -> str:
    """Why an environment of a version does not compile."""
    errors = [each for each in made.diagnostics if each.level is Severity.ERROR]
    first = f": {errors[0].message} ({errors[0].code})" if errors else ""
    more = f" and {len(errors) - 1} more" if len(errors) > 1 else ""
    return f"{name} does not compile at {version.name}{first}{more}"


def _of_outputs(side: PlanSide, name: str) -> Sequence[str]:
    """What to say about the outputs that are compared."""
    output = side.version.outputs.get(name)
    if output is not None and output.standing.graph is None:
        return (_WITHOUT_GRAPH.format(folder=output.folder, version=output.standing.version, name=side.version.name),)
    if name in side.version.unreadable:
        return (f"the source map of the output {name} at {side.version.name} cannot be read, so the plan is compared",)
    return ()
