"""What applying an output does to the resources that an earlier output made, told by part of the plan and cause.

Both outputs are compared by their source maps: offline, without credentials or state. The earlier output is never
changed by what is found, and what is written does not depend on it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from camp2iac.diagnostics import Diagnostic
from camp2iac.diagnostics.suggest import listed, nearest
from camp2iac.synth.sourcemap import Recorded, SourceMap, inputs, resources
from camp2iac.synth.tracked import Tracked
from camp2iac.topology.model import Topology

_REASONS = 3  # parts of the output that a message names


@dataclass(frozen=True, slots=True)
class Effect:
    """What becomes of one resource. ``cause``: why, in a few words; ``advice``: how it can be kept, where we know."""

    act: Literal["destroys", "replaces"]
    address: str
    tracked: Tracked
    cause: str
    advice: str = ""
    which: str = ""  # of several instances those that are meant

    @property
    def words(self) -> str:
        """``destroys the volume data of database (openstack_blockstorage_volume_v3.database_data): camp.yaml ...``."""
        tracked = self.tracked
        return f"{self.act} the {tracked.words}{self.which} of {tracked.node} ({self.address}): {self.cause}"


def effects(old: Mapping[str, Recorded], new: Mapping[str, Recorded], topology: Topology) -> tuple[Effect, ...]:
    """What becomes of the resources of ``old`` when ``new``, compiled from ``topology``, is applied after it."""
    # With or without for_each: what refers to instances is then written otherwise, and means the same.
    reshaped = any(
        address in new and (each.tracked.instances is None) != (new[address].tracked.instances is None)
        for address, each in old.items()
    )
    fresh = {each.tracked.node for each in new.values()} - {each.tracked.node for each in old.values()}
    found = []
    for address, before in sorted(old.items()):
        after = new.get(address)
        if after is None:
            cause, advice = _gone(before.tracked, topology, fresh)
            found.append(Effect("destroys", address, before.tracked, cause, advice))
        elif parts := _replaced(before, after, reshaped):
            found.append(Effect("replaces", address, before.tracked, _changed(parts), _keep(before, parts, new)))
        else:
            found += _fewer(address, before.tracked, after.tracked, topology)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Change:
    """From one output to the next. ``same_inputs``: both were made of the same files, by two releases of camp2iac."""

    effects: tuple[Effect, ...]
    same_inputs: bool

    def refusals(self, permitted: Collection[str], topology: Topology) -> tuple[Diagnostic, ...]:
        """CAMP720 for each part of the plan whose data would be lost, unless ``permitted`` names it."""
        lost: dict[str, list[Effect]] = {}
        for effect in self.effects:
            if effect.tracked.holds_data and effect.tracked.node not in permitted:
                lost.setdefault(effect.tracked.node, []).append(effect)
        return tuple(_refusal(node, effects, topology, self.same_inputs) for node, effects in sorted(lost.items()))


def change(before: bytes | None, after: SourceMap, topology: Topology) -> Change:
    """What becomes of an output when another, compiled from ``topology``, is applied after it.

    ``before``: the text of its source map; None: there was none, and nothing can be lost.
    """
    if before is None:
        return Change((), same_inputs=False)
    found = effects(resources(before) or {}, after.resources, topology)
    return Change(found, same_inputs=inputs(before) == after.inputs)


def _refusal(node: str, lost: list[Effect], topology: Topology, same_inputs: bool) -> Diagnostic:
    place = topology.services.get(node) or topology.components.get(node) or topology.tiers.get(node)
    advice = list(dict.fromkeys(effect.advice for effect in lost if effect.advice))
    undo = "compile with the release of camp2iac that wrote the output before" if same_inputs else "undo the change"
    help_ = "\nor ".join([*(advice or [undo]), f"let the data go: --lose {node}"])
    notes = [f"Terraform {effect.words}" for effect in lost]
    if same_inputs:
        notes.append("plan and environment are the same as before: this release of camp2iac writes it differently")
    return Diagnostic(
        "CAMP720",
        f"data of {node} would be lost when this is applied; nothing was written",
        place.span if place else None,
        label=f"{node} as it is now" if place else "",
        notes=tuple(notes),
        help=help_,
    )


def _gone(tracked: Tracked, topology: Topology, fresh: Collection[str]) -> tuple[str, str]:
    node = tracked.node
    if node in topology.services or node in topology.components or node in topology.tiers:
        return f"{node} no longer asks for it", ""
    cause = f"{topology.file} has no {node} any more"
    name = nearest(node, fresh) or (next(iter(fresh)) if len(fresh) == 1 else None)
    return cause, f"keep the name {node}, if {name} is the same under another name" if name else ""


def _replaced(before: Recorded, after: Recorded, reshaped: bool) -> tuple[str, ...]:
    """The parts whose change replaces it; empty where it stays."""
    old, new = before.identity, after.identity
    if old is None or new is None or (old.loose == new.loose if reshaped else old.exact == new.exact):
        return ()
    changed = {name for name in old.parts.keys() | new.parts.keys() if old.parts.get(name) != new.parts.get(name)}
    return tuple(sorted(changed)) or ("what it is made of",)


def _changed(parts: tuple[str, ...]) -> str:
    # A document or a local tells more than the argument that holds it, and that more than what it refers to.
    files = [name for name in parts if "/" in name]
    values = [name for name in parts if name.startswith(("local.", "var."))]
    arguments = [name for name in parts if "." not in name]
    named = [*files, *values] or arguments or list(parts)
    more = len(named) - _REASONS
    shown = [*named[:_REASONS], *([f"{more} more"] if more > 0 else [])]
    return f"{listed(shown)} {'changes' if len(shown) == 1 else 'change'}"


def _keep(before: Recorded, parts: tuple[str, ...], new: Mapping[str, Recorded]) -> str:
    advice = before.tracked.advice
    return next((advice[part].write for part in parts if part in advice and advice[part].needs in new), "")


def _fewer(address: str, before: Tracked, after: Tracked, topology: Topology) -> Iterator[Effect]:
    (first, most), (now, at_most) = before.most, after.most
    if now >= first and at_most >= most:
        return
    least = now if now < first else at_most
    last = most if at_most < most else first
    where = f"{topology.file} or the environment"
    if now < first:
        cause = f"{where} now starts with {now}, not {first}"
    else:
        cause = f"{where} now allows {at_most}, not {most}"
    which = f" {least + 1}" if last == least + 1 else f" {least + 1} to {last}"
    yield Effect("destroys", address, before, cause, which=which)
