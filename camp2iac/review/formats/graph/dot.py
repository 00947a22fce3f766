"""A picture in the language of Graphviz (https://graphviz.org)."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.review.formats.graph import _strings as strings
from camp2iac.review.graph.model import Picture, PictureGroup, PictureNode

_FONT = 'fontname="Helvetica,Arial"'
_STYLES = {
    "users": 'shape=oval, style=filled, fillcolor="#ffffff", color="#57606a"',
    "entry": 'shape=hexagon, style=filled, fillcolor="#fff1c2", color="#9a6700"',
    "component": 'shape=box, style="rounded,filled", fillcolor="#ddf4ff", color="#0969da"',
    "process": 'shape=box, style="rounded,filled", fillcolor="#ddf4ff", color="#0969da"',
    "service": 'shape=cylinder, style=filled, fillcolor="#dafbe1", color="#1a7f37"',
    "server": 'shape=box, style="rounded,filled", fillcolor="#dafbe1", color="#1a7f37"',
    "elsewhere": 'shape=box, style="rounded,filled,dashed", fillcolor="#f6f8fa", color="#57606a"',
    "lost": 'shape=box, style="rounded,filled,dashed", fillcolor="#ffebe9", color="#cf222e"',
}


def render(picture: Picture) -> str:
    """The source of a digraph from left to right."""
    return "\n".join(_lines(picture)) + "\n"


def _lines(picture: Picture) -> Iterator[str]:
    title = strings.quoted(picture.title, strings.TITLE * 2)
    yield f"digraph {title} {{"
    yield "  rankdir=LR"
    yield f"  tooltip={strings.quoted(picture.words, strings.SENTENCE)}"
    yield f"  graph [{_FONT}, fontsize=12, nodesep=0.35, ranksep=0.7, pad=0.2]"
    yield f'  node [{_FONT}, fontsize=12, margin="0.18,0.1"]'
    yield f'  edge [{_FONT}, fontsize=10, color="#57606a", fontcolor="#24292f"]'
    for node in picture.nodes:
        if not node.group:
            yield f"  {_node(node)}"
    for group in picture.groups:
        yield f"  subgraph cluster_{strings.identifier(group.id)} {{"
        yield f'    graph [label={_label(group)}, style="rounded,filled", fillcolor="#f6f8fa", color="#8c959f"]'
        yield from (f"    {_node(node)}" for node in picture.nodes if node.group == group.id)
        yield "  }"
    for edge in picture.edges:
        label = f" [label={strings.quoted(edge.label, strings.LINE)}]" if edge.label else ""
        yield f"  {strings.identifier(edge.source)} -> {strings.identifier(edge.destination)}{label}"
    yield "}"


def _node(node: PictureNode) -> str:
    title = strings.quoted(node.title, strings.TITLE)
    return f"{strings.identifier(node.id)} [{_STYLES[node.kind]}, tooltip={title}, label={_label(node)}]"


def _label(part: PictureNode | PictureGroup) -> str:
    lines = [f"<b>{strings.html(part.title, strings.TITLE)}</b>"]
    lines += [f'<font point-size="10">{strings.html(line.text, strings.LINE)}</font>' for line in part.lines]
    return f"<{'<br/>'.join(lines)}>"
