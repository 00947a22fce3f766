"""The picture as data. All strings are for people, and strings of the plan are data in them. None is secret.

Ids are derived from ids of the plan (``component/web``), so that a small change of the plan is a small change of the
picture. Users come first, then what is in front of components, then the others, sorted by their ids.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, TypeAlias, get_args

from camp2iac.record import Record

NodeKind: TypeAlias = Literal["users", "entry", "component", "process", "service", "server", "elsewhere", "lost"]
LineKind: TypeAlias = Literal[
    "product", "address", "platform", "scale", "process", "schedule", "volume", "content", "network", "region"
]


class PictureLine(Record, frozen=True):
    """A fact about a node or a group, in a few words."""

    kind: LineKind
    text: str


class PictureNode(Record, frozen=True):
    """``users``: those who connect from outside. ``entry``: what is in front of components, such as a load balancer.

    ``process``: a process of a component on instances of its own. ``server``: a service that has no data of its own to
    connect to, such as a load balancer product or an empty instance. ``elsewhere``: a service that the output does not
    create. ``lost``: the platform does not have it. ``group``: the id of its group; empty: it is in none.
    """

    id: str
    kind: NodeKind
    title: str
    lines: tuple[PictureLine, ...] = ()
    group: str = ""


class PictureGroup(Record, frozen=True):
    """A tier with several nodes."""

    id: str
    title: str
    lines: tuple[PictureLine, ...] = ()


class PictureEdge(Record, frozen=True):
    """A connection: ``source`` opens it to ``destination``. ``label``: the protocol and port; empty: not known."""

    source: str
    destination: str
    label: str = ""


class Picture(Record, frozen=True):
    """``title``: the application, and the platform if there is one. ``plan``: the name of the plan's file."""

    title: str
    plan: str
    nodes: tuple[PictureNode, ...]
    groups: tuple[PictureGroup, ...]
    edges: tuple[PictureEdge, ...]

    @property
    def words(self) -> str:
        """The connections as a sentence, for readers who do not see the picture."""
        titles = {node.id: node.title for node in self.nodes}
        found = [
            f"{titles[edge.source]} to {titles[edge.destination]}" + (f" on {edge.label}" if edge.label else "")
            for edge in self.edges
        ]
        return f"Connections: {', '.join(found)}" if found else "There are no connections"


def sorted_lines(lines: Iterable[PictureLine]) -> tuple[PictureLine, ...]:
    """Lines in the order of their kinds."""
    return tuple(sorted(lines, key=lambda line: get_args(LineKind).index(line.kind)))


def in_order(id_: str) -> tuple[int, str]:
    """The order of nodes, by their ids: in the direction of the connections."""
    kind = id_.partition("/")[0]
    return ("users", "entry").index(kind) if kind in ("users", "entry") else 2, id_
