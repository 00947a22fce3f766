"""The effects of an output on the resources of the previous output, by part of the plan and cause.

The source maps of both outputs are compared: offline, without credentials or state. The content of the new output does
not depend on the result.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from camp2iac.diagnostics import Diagnostic, Span
from camp2iac.diagnostics.suggest import listed, nearest
from camp2iac.record import Record
from camp2iac.review.difference.effects import of_resources
from camp2iac.review.difference.model import Action, ResourceChange
from camp2iac.synth.sourcemap import SourceMap, Standing
from camp2iac.synth.tracked import Tracked
from camp2iac.topology.model import Component, Service, Tier, Topology
from camp2iac.version import VERSION

_REASONS = 3  # the most parts of the output in a message


class Effect(Record, frozen=True):
    """The effect on one resource.

    ``act``: what Terraform does with it. ``cause``: why, in a few words. ``advice``: how to keep it, if known.
    ``which``: the affected ones of several instances.
    """

    act: str
    address: str
    tracked: Tracked
    cause: str
    loses_data: bool = False
    advice: str = ""
    which: str = ""

    @property
    def words(self) -> str:
        """``destroys the volume data of database (openstack_blockstorage_volume_v3.database_data): camp.yaml ...``."""
        tracked = self.tracked
        return f"{self.act} the {tracked.words}{self.which}{tracked.whose} ({self.address}): {self.cause}"


class Change(Record, frozen=True):
    """The difference of two outputs.

    ``effects``: on the resources that users know by name. ``other_release``: the input is unchanged, but the release of
    camp2iac is not. ``resources``: what Terraform does with each resource instance.
    """

    effects: tuple[Effect, ...] = ()
    other_release: bool = False
    resources: tuple[ResourceChange, ...] = ()

    def refused(self, permitted: Collection[str]) -> tuple[Effect, ...]:
        """The effects that destroy data of parts of the plan that ``permitted`` does not name."""
        return tuple(each for each in self.effects if each.loses_data and each.tracked.node not in permitted)

    def refusals(self, permitted: Collection[str], topology: Topology) -> tuple[Diagnostic, ...]:
        """CAMP720 for each part of the plan whose data would be destroyed, unless ``permitted`` names it."""
        lost: dict[str, list[Effect]] = {}
        for effect in self.refused(permitted):
            lost.setdefault(effect.tracked.node, []).append(effect)
        return tuple(_refusal(node, effects, topology, self.other_release) for node, effects in sorted(lost.items()))


def change(before: Standing | None, after: SourceMap, topology: Topology) -> Change:
    """The effects of an output, compiled from ``topology``, that is applied after another one.

    ``before``: the previous output. None if there is none.
    """
    if before is None:
        return Change()
    because = f"this output is for {after.target}" if before.target != after.target else ""
    resources, found = effects(before, after.standing(), topology, because)
    return Change(found, before.version != VERSION and before.inputs == after.inputs, resources)


def effects(
    before: Standing, after: Standing, topology: Topology, because: str = ""
) -> tuple[tuple[ResourceChange, ...], tuple[Effect, ...]]:
    """The effects on all instances, and those on the resources that users know by name, when ``after`` is applied.

    ``because``: the cause for all removed resources, if there is a common one.
    """
    resources, stays = of_resources(before, after)
    changes = _by_resource(resources, stays)
    named = {each.node for each in after.resources.values() if each.part != "environment"}
    fresh = named - {each.node for each in before.resources.values()}
    found: list[Effect] = []
    for address, tracked in sorted(before.resources.items()):
        now = after.resources.get(stays.get(address, ""))
        if now is not None:
            found += _kept(address, tracked, now, after, changes.get(address, []), topology)
            continue
        known = before.graph is not None
        cause, advice = (because, "") if because else _gone(tracked, topology, fresh, known=known)
        found.append(Effect("destroys", address, tracked, cause, tracked.holds_data, advice))
    found += _new(before, after, resources, stays)
    return resources, tuple(found)


def _by_resource(resources: Iterable[ResourceChange], stays: Mapping[str, str]) -> Mapping[str, list[ResourceChange]]:
    """Address of a resource before to the changes of its instances that stay."""
    before = {now: was for was, now in stays.items()}
    found: dict[str, list[ResourceChange]] = {}
    for each in resources:
        if each.action not in (Action.CREATE, Action.DESTROY):
            address = (each.previous or each.address).partition("[")[0]
            found.setdefault(address if address in stays else before.get(address, address), []).append(each)
    return found


def _new(
    before: Standing, after: Standing, resources: Iterable[ResourceChange], stays: Mapping[str, str]
) -> Iterator[Effect]:
    """Resources that Terraform creates."""
    kept = set(stays.values())
    made = {each.address.partition("[")[0] for each in resources if each.action is Action.CREATE}
    for address, tracked in sorted(after.resources.items()):
        if before.graph is not None and address in made and address not in kept:
            yield Effect("creates", address, tracked, "the previous output does not have it")


def _kept(
    address: str,
    old: Tracked,
    now: Tracked,
    after: Standing,
    changes: list[ResourceChange],
    topology: Topology,
) -> Iterator[Effect]:
    """The effects on a resource that both outputs have."""
    replaced = [each for each in changes if each.action is Action.REPLACE]
    parts = _parts(replaced)
    if old.product and now.product and old.product != now.product and old.holds_data:
        yield _another_product(address, old, now)
    elif replaced:
        yield Effect("replaces", address, old, _changed(parts), old.holds_data, _keep(old, parts, after.resources))
    else:
        yield from _in_place(address, old, changes)
    if not replaced:
        yield from _fewer(address, old, now, topology)
    if old.region and now.region and old.region != now.region:
        cause = f"it stays in {old.region}, but new resources are in {now.region}"
        yield Effect("does not move", address, old, cause)
    if old.size is not None and now.size is not None and now.size < old.size:
        yield Effect("cannot shrink", address, old, f"from {old.size} to {now.size} GiB: the apply fails")


def _in_place(address: str, old: Tracked, changes: list[ResourceChange]) -> Iterator[Effect]:
    """Updates and moves."""
    updated = [each for each in changes if each.action in (Action.UPDATE, Action.RERUN)]
    moved = [each for each in changes if each.previous]
    if updated:
        again = any(each.action is Action.RERUN for each in updated)
        yield Effect("deploys a new release to" if again else "updates", address, old, _changed(_parts(updated)))
    if moved:
        yield Effect("moves", address, old, f"its address becomes {moved[0].address}")


def _parts(changes: Iterable[ResourceChange]) -> tuple[str, ...]:
    """The causes; arguments of the resource itself by their names."""
    found = []
    for each in changes:
        own = f"{each.address.partition('[')[0]}."
        found += [cause.what.removeprefix(own) for cause in each.causes]
    return tuple(dict.fromkeys(found))


def _another_product(address: str, old: Tracked, now: Tracked) -> Effect:
    if old.size is not None:
        cause = f"{now.product} cannot read the data of {old.product} and starts without data"
        return Effect("abandons the data on", address, old, cause, loses_data=True)
    return Effect("replaces", address, old, f"{old.product} changes to {now.product}", loses_data=True)


def _refusal(node: str, lost: list[Effect], topology: Topology, other_release: bool) -> Diagnostic:
    place = _place(lost[0].tracked, topology)
    advice = list(dict.fromkeys(effect.advice for effect in lost if effect.advice))
    undo = "use the release of camp2iac that wrote the previous output" if other_release else "undo the change"
    notes = [f"Terraform {effect.words}" for effect in lost]
    if other_release:
        notes.append("the plan and the environment are unchanged: this release of camp2iac generates different output")
    return Diagnostic(
        "CAMP720",
        f"applying this output would destroy data of {node}; nothing was written",
        place,
        label=f"{node} in the current plan" if place else "",
        notes=tuple(notes),
        help="\nor ".join([*(advice or [undo]), f"destroy the data: --lose {node}"]),
    )


def _place(tracked: Tracked, topology: Topology) -> Span | None:
    """The place in the plan of the part that a resource belongs to."""
    found: Service | Component | Tier | None = None
    match tracked.part:
        case "service":
            found = topology.services.get(tracked.node)
        case "component":
            found = topology.components.get(tracked.node)
        case "tier":
            found = topology.tiers.get(tracked.node)
    return found.span if found is not None else None


def _gone(before: Tracked, topology: Topology, fresh: Collection[str], *, known: bool) -> tuple[str, str]:
    node = before.node
    if not known:
        return "the new output does not have this address", ""
    if before.part == "environment":
        return "the environment file no longer asks for it", ""
    if _place(before, topology) is not None:
        return f"{node} no longer asks for it", ""
    name = nearest(node, fresh) or (next(iter(fresh)) if len(fresh) == 1 else None)
    advice = f"if {name} is the renamed {node}, keep the name {node}" if name else ""
    return f"{topology.file} no longer has the {before.part} {node}", advice


def _changed(parts: tuple[str, ...]) -> str:
    # A document or a local is more specific than the argument that contains it.
    files = [name for name in parts if "/" in name]
    values = [name for name in parts if name.startswith(("local.", "var."))]
    arguments = [name for name in parts if "." not in name]
    named = [*files, *values] or arguments or list(parts)
    more = len(named) - _REASONS
    shown = [*named[:_REASONS], *([f"{more} more"] if more > 0 else [])]
    return f"{listed(shown)} {'changes' if len(shown) == 1 else 'change'}"


def _keep(before: Tracked, parts: tuple[str, ...], new: Mapping[str, Tracked]) -> str:
    advice = before.advice
    return next((advice[part].write for part in parts if part in advice and advice[part].needs in new), "")


def _fewer(address: str, before: Tracked, after: Tracked, topology: Topology) -> Iterator[Effect]:
    (first, most), (now, at_most) = before.most, after.most
    if now >= first and at_most >= most:
        return
    least = now if now < first else at_most
    last = most if at_most < most else first
    where = f"{topology.file} or the environment"
    cause = f"starts with {now} instead of {first}" if now < first else f"allows {at_most} instead of {most}"
    which = f" {least + 1}" if last == least + 1 else f" {least + 1} to {last}"
    if least >= first:
        which += ", if it exists," if last == least + 1 else ", if they exist,"
    yield Effect("destroys", address, before, f"{where} now {cause}", before.holds_data, which=which)
