"""The effects of an output on the resources of the previous output, by part of the plan and cause.

The source maps of both outputs are compared: offline, without credentials or state. The content of the new output does
not depend on the result.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from camp2iac.diagnostics import Diagnostic, Span
from camp2iac.diagnostics.suggest import listed, nearest
from camp2iac.record import Record, replace
from camp2iac.review import abandoned
from camp2iac.review.difference.model import Action, ResourceChange, VariableChange
from camp2iac.review.difference.naming import words
from camp2iac.review.difference.possible import PossibleRename, possible
from camp2iac.review.difference.variables import variables
from camp2iac.review.restore import FormerPlace, ReadEarlier, asked, nothing, restore
from camp2iac.synth.sourcemap import SourceMap, Standing
from camp2iac.synth.tracked import Tracked
from camp2iac.targets.kit.protection import without
from camp2iac.topology.model import Component, Secret, Service, Tier, Topology
from camp2iac.version import VERSION

_REASONS = 3  # the most parts of the output in a message
_REFUSED = ("destroys", "replaces")  # what Terraform refuses to do with protected resources
_ABANDONS = "abandons the data on"
_RENEWS = "replaces the pods of"
_PLAIN = {"network": "its network", "app_id": "the app that owns it"}  # arguments in the words of the plan


class Effect(Record, frozen=True):
    """The effect on one resource.

    ``act``: what Terraform does with it. ``cause``: why, in a few words. ``advice``: how to keep it, if known.
    ``which``: the affected ones of several instances. ``refused``: Terraform refuses it, because the new output
    protects the resource. ``asked``: what asked for it in the previous version, if nothing does now.
    """

    act: str
    address: str
    tracked: Tracked
    cause: str
    loses_data: bool = False
    advice: str = ""
    which: str = ""
    refused: bool = False
    asked: FormerPlace | None = None

    @property
    def words(self) -> str:
        """``destroys the volume data of database (openstack_blockstorage_volume_v3.database_data): camp.yaml ...``."""
        tracked = self.tracked
        one = self.which or self.act == "moves"  # Scale moves the first instance
        what = f"the {tracked.words}{self.which}" if one else f"the {tracked.described}"
        if self.which and tracked.words == "instance":
            what = self.which.removeprefix(" of ")
        return f"{self.act} {what}{tracked.whose} ({self.address}){tracked.kept}: {self.cause}"


class Change(Record, frozen=True):
    """The difference of two outputs.

    ``effects``: on the resources that users know by name. ``other_release``: the input is unchanged, but the release of
    camp2iac is not. ``resources``: what Terraform does with each resource instance. ``protected``: the parts of the
    plan whose resources Terraform refuses to destroy. ``variables``: those that Terraform asks for
    since the change, that have another name, or are gone. ``possible``: parts that are perhaps renamed.
    """

    effects: tuple[Effect, ...] = ()
    other_release: bool = False
    resources: tuple[ResourceChange, ...] = ()
    protected: frozenset[str] = frozenset()
    variables: tuple[VariableChange, ...] = ()
    possible: tuple[PossibleRename, ...] = ()

    def refused(self, permitted: Collection[str]) -> tuple[Effect, ...]:
        """The effects that destroy data of parts of the plan that ``permitted`` does not name."""
        return tuple(each for each in self.effects if each.loses_data and each.tracked.node not in permitted)

    def blocked(self) -> tuple[str, ...]:
        """The parts of the plan for which Terraform refuses an effect, because the new output protects them."""
        return tuple(sorted({each.tracked.node for each in self.effects if each.refused}))

    def unprotect(self, nodes: Collection[str]) -> str:
        """What to write into the environment file so that these parts are no longer protected."""
        return without(self.protected, nodes)

    def refusals(
        self, permitted: Collection[str], topology: Topology, read: ReadEarlier = nothing
    ) -> tuple[Diagnostic, ...]:
        """CAMP720 for each part of the plan whose data would be destroyed, unless ``permitted`` names it.

        ``read``: the files that the previous output was compiled from, to say what to restore.
        """
        lost: dict[str, list[Effect]] = {}
        for effect in self.refused(permitted):
            lost.setdefault(effect.tracked.node, []).append(effect)
        return tuple(_refusal(node, effects, topology, self, read) for node, effects in sorted(lost.items()))


def change(before: Standing | None, after: SourceMap, topology: Topology) -> Change:
    """The effects of an output, compiled from ``topology``, that is applied after another one.

    ``before``: the previous output. None if there is none.
    """
    if before is None:
        return Change()
    because = f"this output is for {after.target}" if before.target != after.target else ""
    standing = after.standing()
    resources, found = effects(before, standing, topology, because)
    asks = variables(before, standing, topology.renames) if not because else ()
    maybe = possible(before, standing, topology.renames)
    protected = frozenset(each.node for each in after.resources.values() if each.protected)
    return Change(found, before.version != VERSION and before.inputs == after.inputs, resources, protected, asks, maybe)


def effects(
    before: Standing, after: Standing, topology: Topology, because: str = ""
) -> tuple[tuple[ResourceChange, ...], tuple[Effect, ...]]:
    """The effects on all instances, and those on the resources that users know by name, when ``after`` is applied.

    ``because``: the cause for all removed resources, if there is a common one.
    """
    from camp2iac.review.difference.effects import of_resources  # the first output replaces nothing

    resources, stays = of_resources(before, after)
    changes = _by_resource(resources, stays)
    named = {each.node for each in after.resources.values() if each.part not in ("environment", "secret")}
    secrets = {each.node for each in after.resources.values() if each.part == "secret"}
    there = {each.node for each in before.resources.values()}
    renamed = {each.previously: each.advice for each in possible(before, after, topology.renames)}
    found: list[Effect] = []
    for address, tracked in sorted(before.resources.items()):
        now = after.resources.get(stays.get(address, ""))
        if now is not None:
            kept = _kept(address, tracked, now, after, changes.get(address, []), topology)
            found += (replace(each, refused=now.protected and each.act in _REFUSED) for each in kept)
            continue
        fresh = (secrets if tracked.part == "secret" else named) - there
        known = before.graph is not None
        still = known and not because and _still_asked(tracked, after)
        cause, advice = (because, "") if because else _gone(tracked, topology, fresh, known=known)
        if still:
            cause = f"the environment file still asks for {tracked.node}, but no instance of the plan has it now"
            advice = f"keep data for {tracked.node} in the plan"
        advice = renamed.get(tracked.node, advice)
        advice = advice or (_renamed_volume(tracked, before, after, stays) if known and not because else "")
        told = known and not because and not still
        asks = asked(before, address, gone=_place(tracked, topology) is None) if told else None
        found.append(Effect("destroys", address, tracked, cause, tracked.holds_data, advice, asked=asks))
    found += _new(before, after, resources, stays)
    found += _of_programs(resources, {*before.resources, *after.resources}, found)
    return resources, tuple(found)


def _still_asked(gone: Tracked, after: Standing) -> bool:
    """Whether the environment file has the key that asked for a resource, so that restoring it changes nothing."""
    return gone.part == "environment" and any(each.rpartition("#")[2] == gone.node for each in after.anchors)


def _of_programs(
    resources: Iterable[ResourceChange], tracked: Collection[str], found: Collection[Effect]
) -> Iterator[Effect]:
    """Effects on components and services of which nothing is known by name: a build on Heroku, or its configuration."""
    told = {each.tracked.node for each in found}
    changed: dict[str, list[ResourceChange]] = {}
    for each in resources:
        address = each.address.partition("[")[0]
        stays = each.action in (Action.REPLACE, Action.RERUN, Action.UPDATE)
        if stays and each.part in ("component", "service") and each.node not in told and address not in tracked:
            changed.setdefault(address, []).append(each)
    for address, changes in changed.items():
        act = "replaces" if any(each.action is Action.REPLACE for each in changes) else "updates"
        built = Tracked(changes[0].node, words(address), changes[0].part)
        yield Effect(act, address, built, _changed(_parts(changes)))


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
    if cause := abandoned.of_product(old, now):
        yield _another_product(address, old, now, cause)
    elif cause := abandoned.of_release(old, now, topology):
        keep = f'keep the release: write  version: "{old.release}"  in {now.node}'
        yield Effect(_ABANDONS, address, old, cause, loses_data=True, advice=keep)
    elif replaced:
        yield Effect("replaces", address, old, _changed(parts), old.holds_data, _keep(old, parts, after.resources))
    elif cause := abandoned.of_database(old, now):
        keep = abandoned.keep_database(old, now)
        yield Effect(_ABANDONS, address, old, cause, loses_data=True, advice=keep)
    elif renewed := [each for each in changes if each.data and each.action is Action.UPDATE]:
        yield Effect(_RENEWS, address, old, _changed(_parts(renewed)), loses_data=True)
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


def _another_product(address: str, old: Tracked, now: Tracked, cause: str) -> Effect:
    if old.outlives:
        return Effect(_ABANDONS, address, old, cause, loses_data=True)
    return Effect("replaces", address, old, f"{old.product} changes to {now.product}", loses_data=True)


def _refusal(node: str, lost: list[Effect], topology: Topology, change: Change, read: ReadEarlier) -> Diagnostic:
    place = _place(lost[0].tracked, topology)
    advice = list(dict.fromkeys(effect.advice for effect in lost if effect.advice))
    if not change.other_release:
        gone = f"the {lost[0].tracked.part} {node}" if place is None else ""
        asks = [
            (gone or f"the {each.tracked.described} of {node}", each.asked) for each in lost if each.asked is not None
        ]
        advice += dict.fromkeys(restore(what, each, read) for what, each in asks)
    undo = "use the release of camp2iac that wrote the previous output" if change.other_release else "undo the change"
    notes = [f"Terraform {effect.words}" for effect in lost]
    if any(effect.tracked.kept for effect in lost):
        notes.append(
            "a replaced instance starts with an empty disk: save its data first. A Volume keeps data next time"
        )
    if any(effect.act == _RENEWS for effect in lost):
        notes.append("a new pod starts without data: save them first. A Volume keeps data next time")
    if lost[0].tracked.part == "environment" and lost[0].tracked.words == f"password of {node}":
        notes.append(f"what {node} encrypted cannot be read without it: `terraform output` shows it, keep it first")
    if change.other_release:
        notes.append("the plan and the environment are unchanged: this release of camp2iac generates different output")
    what = f"the generated secret {node}" if lost[0].tracked.part == "secret" else f"data of {node}"
    return Diagnostic(
        "CAMP720",
        f"applying this output would destroy {what}; nothing was written",
        place,
        label=f"{node} in the current plan" if place else "",
        notes=tuple(notes),
        help="\nor ".join([*(advice or [undo]), _permission(node, lost, change)]),
    )


def _permission(node: str, lost: list[Effect], change: Change) -> str:
    """How to let the data go. Terraform refuses to replace what is protected, even with ``--lose``."""
    if any(effect.refused for effect in lost):
        write = change.unprotect(change.blocked())
        return f"destroy the data: write  {write}  in the environment file, and use --lose {node}"
    return f"destroy the data: --lose {node}"


def _place(tracked: Tracked, topology: Topology) -> Span | None:
    """The place in the plan of the part that a resource belongs to."""
    found: Service | Component | Tier | Secret | None = None
    match tracked.part:
        case "service":
            found = topology.services.get(tracked.node)
        case "component":
            found = topology.components.get(tracked.node)
        case "tier":
            found = topology.tiers.get(tracked.node)
        case "secret":
            found = topology.secrets.get(tracked.node)
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
    advice = f"if {name} is the renamed {node}, write  org.camp2iac:previously: [{node}]  in {name}" if name else ""
    return f"{topology.file} no longer has the {before.part} {node}", advice


def _renamed_volume(gone: Tracked, before: Standing, after: Standing, stays: Mapping[str, str]) -> str:
    """The advice for a volume that only has another name; empty if there is not exactly one new volume beside it."""
    kept, old = set(stays.values()), gone.words.rpartition(" ")[2]
    new = [
        each.words.rpartition(" ")[2]
        for address, each in after.resources.items()
        if _is_volume(gone) and _is_volume(each) and each.node == gone.node and address not in kept
    ]
    if len(new) != 1 or new[0] == old:
        return ""
    return f"if {new[0]} is the renamed volume {old}, write  org.camp2iac:previously: [{old}]  in its Volume"


def _is_volume(each: Tracked) -> bool:
    """Whether it has a name in the plan. The object of an operator has a size too."""
    return each.size is not None and each.words.startswith("volume ")


def _changed(parts: tuple[str, ...]) -> str:
    # A document or a local is more specific than the argument that contains it.
    files = [name for name in parts if "/" in name]
    values = [name for name in parts if name.startswith(("local.", "var."))]
    arguments = [name for name in parts if "." not in name]
    named = [*files, *values] or arguments or list(parts)
    more = len(named) - _REASONS
    shown = [*(_PLAIN.get(name, name) for name in named[:_REASONS]), *([f"{more} more"] if more > 0 else [])]
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
    cause = f"starts with {now} instead of {first}" if now < first else f"allows {at_most} instead of {most}"
    cause = f"{topology.file} or the environment now {cause}"
    if after.instances is None:
        cause = "the tier no longer has Scale, so only its first instance stays"
    which = f" of instance {last}" if last == least + 1 else f" of instances {least + 1} to {last}"
    if least >= first:
        which += ", if it exists," if last == least + 1 else ", if they exist,"
    yield Effect("destroys", address, before, cause, before.holds_data, which=which)
