"""The picture of a plan, and of what a platform makes of it.

The plan's facts come from the topology. On a platform, what the ledger calls lost is left out, and the target's facts
(:class:`~camp2iac.targets.facts.PlatformFacts`) add their words: a target that has none still has a picture.
"""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.compiler import Result
from camp2iac.record import replace
from camp2iac.review.graph.connections import Connections
from camp2iac.review.graph.model import Picture, PictureGroup, PictureLine, PictureNode, in_order, sorted_lines
from camp2iac.review.graph.nodes import Nodes
from camp2iac.review.graph.view import View
from camp2iac.topology.model import Topology


def of_plan(topology: Topology) -> Picture:
    """The picture of a plan on no platform."""
    return _picture(View(topology), topology.title or topology.name)


def of_result(result: Result) -> Picture:
    """The picture of a plan on a platform."""
    topology, outcomes = result.topology, {each.statement.key: each.outcome for each in result.statements}
    view = View(topology, result.lowered.facts, outcomes)
    return _picture(view, f"{topology.title or topology.name} on {result.target.title}")


def _picture(view: View, title: str) -> Picture:
    parts = Nodes(view)
    connections = Connections(view, parts.ids)
    edges = connections.all()
    groups, nodes = _grouped(parts)
    nodes = sorted([*connections.nodes.values(), *nodes], key=lambda node: in_order(node.id))
    return Picture(title, view.topology.file, tuple(nodes), tuple(sorted(groups, key=lambda each: each.id)), edges)


def _grouped(parts: Nodes) -> tuple[list[PictureGroup], list[PictureNode]]:
    """The groups, and the nodes in them. A tier with one node has no group: the node has its lines."""
    groups, nodes = [], []
    for tier, inside in parts.by_tier().items():
        lines = tuple(parts.of_tier(tier))
        if len(inside) > 1 and not parts.view.without_tiers:
            group = PictureGroup(f"tier/{tier}", f"tier {tier}", sorted_lines(lines))
            groups.append(group)
            nodes += [replace(node, lines=sorted_lines(node.lines), group=group.id) for node in inside]
        else:
            nodes += [replace(node, lines=sorted_lines((*node.lines, *_unless(node, lines)))) for node in inside]
    return groups, [*nodes, *parts.elsewhere]


def _unless(node: PictureNode, lines: tuple[PictureLine, ...]) -> Iterator[PictureLine]:
    """The lines of a tier for one of its nodes; none if the platform does not have the node."""
    yield from () if node.kind == "lost" else lines
