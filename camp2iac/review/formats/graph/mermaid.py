"""A picture for Mermaid (https://mermaid.js.org), which GitHub and GitLab draw in Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.review.formats.graph import _strings as strings
from camp2iac.review.graph.model import Picture, PictureGroup, PictureNode

_INK = "colour".replace("u", "")  # the property of CSS
# Text and background are both set: legible on light and on dark pages.
_STYLES = {
    "users": f"fill:#ffffff,stroke:#57606a,{_INK}:#24292f",
    "entry": f"fill:#fff1c2,stroke:#9a6700,{_INK}:#24292f",
    "component": f"fill:#ddf4ff,stroke:#0969da,{_INK}:#24292f",
    "process": f"fill:#ddf4ff,stroke:#0969da,{_INK}:#24292f",
    "service": f"fill:#dafbe1,stroke:#1a7f37,{_INK}:#24292f",
    "server": f"fill:#dafbe1,stroke:#1a7f37,{_INK}:#24292f",
    "elsewhere": f"fill:#f6f8fa,stroke:#57606a,{_INK}:#24292f,stroke-dasharray:5 3",
    "lost": f"fill:#ffebe9,stroke:#cf222e,{_INK}:#24292f,stroke-dasharray:5 3",
}
_TIER = f"fill:#f6f8fa,stroke:#8c959f,{_INK}:#24292f"
_SHAPES = {
    "users": ("([", "])"),
    "entry": ("{{", "}}"),
    "component": ("[", "]"),
    "process": ("[", "]"),
    "service": ("[(", ")]"),
    "server": ("[", "]"),
    "elsewhere": ("([", "])"),
    "lost": ("[", "]"),
}


def render(picture: Picture) -> str:
    """The source of a flowchart from left to right, with a title and a description for screen readers."""
    return "\n".join(_lines(picture)) + "\n"


def _lines(picture: Picture) -> Iterator[str]:
    yield "flowchart LR"
    yield f"  accTitle: {strings.mermaid(picture.title, strings.TITLE * 2) or 'the application'}"
    yield f"  accDescr: {strings.mermaid(picture.words, strings.SENTENCE)}"
    for node in picture.nodes:
        if not node.group:
            yield f"  {_node(node)}"
    for group in picture.groups:
        yield f'  subgraph {strings.identifier(group.id)}["{_label(group)}"]'
        yield from (f"    {_node(node)}" for node in picture.nodes if node.group == group.id)
        yield "  end"
    for edge in picture.edges:
        label = f'|"{strings.mermaid(edge.label, strings.LINE)}"|' if edge.label else ""
        source, destination = strings.identifier(edge.source), strings.identifier(edge.destination)
        yield f"  {source} -->{label} {destination}"
    used = {node.kind for node in picture.nodes}
    yield from (f"  classDef {kind} {style}" for kind, style in _STYLES.items() if kind in used)
    if picture.groups:
        yield f"  classDef tier {_TIER}"
        yield f"  class {','.join(strings.identifier(group.id) for group in picture.groups)} tier"


def _node(node: PictureNode) -> str:
    begin, end = _SHAPES[node.kind]
    return f'{strings.identifier(node.id)}{begin}"{_label(node)}"{end}:::{node.kind}'


def _label(part: PictureNode | PictureGroup) -> str:
    title = f"<b>{strings.mermaid(part.title, strings.TITLE)}</b>"
    return "<br/>".join([title, *(strings.mermaid(line.text, strings.LINE) for line in part.lines)])
