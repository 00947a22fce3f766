"""``protect`` of the environment file: which resources Terraform refuses to destroy or replace.

Terraform knows only ``prevent_destroy`` for that. It counts for all instances of a resource, so a resource with
``for_each`` never has it: scaling down must work. A block that is removed from the module protects nothing, so
``synth`` compares with the previous output, too (CAMP720).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping

from camp2iac.camp import edits
from camp2iac.camp.nodes import Scalar, Sequence
from camp2iac.diagnostics import Diagnostic
from camp2iac.diagnostics.suggest import listed
from camp2iac.record import replace
from camp2iac.synth.module import Attribute, Block, Module
from camp2iac.synth.tracked import Keeps, Tracked
from camp2iac.targets.base import Environment
from camp2iac.topology.model import Topology

KEY = "protect"


def protect(
    module: Module, tracked: Mapping[str, Tracked], keeps: Mapping[str, Keeps], environment: Environment
) -> Mapping[str, Tracked]:
    """Add ``prevent_destroy`` to the resources that hold data and that ``environment`` protects.

    Args:
        module: its blocks are replaced.
        tracked: the resources that people know by name, by address.
        keeps: what resources of a type keep.
        environment: all that holds data is protected, unless it says otherwise.

    Returns:
        ``tracked``, with what is protected, and without what the module does not have.
    """
    wanted = {
        address: each
        for address, each in _can(tracked, keeps).items()
        if each.instances is None and _names(environment, each.node)
    }
    for blocks in module.files.values():
        blocks[:] = [
            _protected(block, wanted[block.address].node, environment) if block.address in wanted else block
            for block in blocks
        ]
    there = module.addresses()
    return {
        address: replace(each, protected=True) if address in wanted else each
        for address, each in tracked.items()
        if address in there
    }


def unprotected(
    tracked: Mapping[str, Tracked], keeps: Mapping[str, Keeps], environment: Environment, topology: Topology
) -> Iterator[Diagnostic]:
    """CAMP640 for each part of the plan that ``protect`` names, and of which it protects nothing.

    ``tracked``, ``keeps``: as in :func:`protect`. Names that the plan does not have are CAMP601.
    """
    known = {*topology.services, *topology.tiers, *topology.components}
    given = environment.values.get(KEY)
    can = _can(tracked, keeps)
    single = sorted({each.node for each in can.values() if each.instances is None})
    for item in given.items if isinstance(given, Sequence) else ():
        if not isinstance(item, Scalar) or item.text in single or item.text not in known:
            continue
        scales = any(each.node == item.text for each in can.values())
        others = f"{KEY} can name {listed(single)}" if single else f"remove  {KEY}"
        yield Diagnostic(
            "CAMP640",
            f"{KEY} names {item.text}, but nothing of {item.text} can be protected",
            item.span,
            label="it can have several instances, and scaling down must be able to destroy some"
            if scales
            else "Terraform has nothing with data that belongs to it",
            help=others,
        )


def tracked_secrets(topology: Topology, label: Callable[[str], str]) -> Mapping[str, Tracked]:
    """The generated secrets of the plan, by address. No one can generate the same value again. It may encrypt data.

    ``label``: a secret's id, to the name of its block.
    """
    return {
        f"random_password.{label(secret.id)}": Tracked(secret.id, f"secret {secret.id}", "secret", holds_data=True)
        for secret in topology.secrets.values()
        if secret.length is not None
    }


def without(protected: Collection[str], nodes: Collection[str]) -> str:
    """What to write so that ``nodes`` are not protected: ``protect: false``, or ``protect: [the others]``."""
    others = sorted({*protected} - {*nodes})
    return f"{KEY}: [{', '.join(map(edits.word, others))}]" if others else f"{KEY}: false"


def _can(tracked: Mapping[str, Tracked], keeps: Mapping[str, Keeps]) -> Mapping[str, Tracked]:
    """What holds data and is more than a value in Terraform's state."""
    return {
        address: each
        for address, each in tracked.items()
        if each.holds_data and keeps[address.partition(".")[0]] is Keeps.DATA
    }


def _names(environment: Environment, node: str) -> bool:
    """Whether the environment protects a part of the plan."""
    given = environment.get(KEY, default=True)
    return node in given if isinstance(given, (list, tuple)) else bool(given)


def _protected(block: Block, node: str, environment: Environment) -> Block:
    """The block with ``prevent_destroy`` at the beginning of its ``lifecycle``."""
    file = environment.file or "an environment file"
    why = (
        "It holds data, so Terraform refuses to destroy or replace it. To allow that, write",
        f"`{KEY}: false` in {file}, or a list without {node}.",
    )
    attribute = Attribute("prevent_destroy", True, why, environment.span(KEY))
    if not any(isinstance(item, Block) and item.type == "lifecycle" for item in block.body):
        return replace(block, body=(*block.body, Block("lifecycle", body=(attribute,))))
    return replace(
        block,
        body=tuple(
            replace(item, body=(attribute, *item.body))
            if isinstance(item, Block) and item.type == "lifecycle"
            else item
            for item in block.body
        ),
    )
