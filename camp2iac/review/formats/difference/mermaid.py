"""A picture of the application, coloured by what happens to its parts, for Mermaid (https://mermaid.js.org)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator

from camp2iac.review.difference.model import EnvironmentDifference, PartEdge, PartNode, TrafficChange
from camp2iac.review.formats.difference.escape import label
from camp2iac.review.formats.difference.findings import Danger, danger

MOST_PARTS = 40
MOST_EDGES = 120
_INK = "colour".replace("u", "")  # the property of CSS
# Text and background are both set: legible on light and on dark pages.
_CLASSES = {
    "lost": f"fill:#cf222e,stroke:#82071e,{_INK}:#ffffff,stroke-width:3px",
    "destroyed": f"fill:#ffcecb,stroke:#cf222e,{_INK}:#24292f,stroke-dasharray:5 3",
    "replaced": f"fill:#ffd8a8,stroke:#bc4c00,{_INK}:#24292f",
    "created": f"fill:#aceebb,stroke:#1a7f37,{_INK}:#24292f",
    "updated": f"fill:#b6e3ff,stroke:#0969da,{_INK}:#24292f",
    "renamed": f"fill:#eaeef2,stroke:#0969da,{_INK}:#24292f",
    "unchanged": f"fill:#eaeef2,stroke:#6e7781,{_INK}:#24292f",
}
_OF = {
    Danger.DATA: "lost",
    Danger.DESTROY: "destroyed",
    Danger.REPLACE: "replaced",
    Danger.CREATE: "created",
    Danger.UPDATE: "updated",
    Danger.RERUN: "updated",
    Danger.MOVE: "renamed",
}
_WORDS = {
    "lost": "loses data",
    "destroyed": "destroys {}",
    "replaced": "replaces {}",
    "created": "creates {}",
    "updated": "updates {}",
    "renamed": "renames {}",
}
_SHAPES = {"component": ("(", ")"), "service": ("[(", ")]"), "tier": ("[", "]")}


def picture(environment: EnvironmentDifference) -> str:
    """The lines of a flowchart; empty if there are no parts, or too many that change."""
    effects = _effects(environment)
    drawn = _traffic(environment.traffic)
    changed = set(effects) | {each for pair in drawn for each in pair}
    parts = {each.id: each for each in environment.parts}
    for outside in [each for pair in drawn for each in pair]:
        parts.setdefault(outside, PartNode(outside))
    edges = [*environment.edges, *(PartEdge(*pair) for pair in drawn if not _has(environment.edges, pair))]
    if len(parts) > MOST_PARTS:
        near = {
            each
            for edge in edges
            if {edge.source, edge.destination} & changed
            for each in (edge.source, edge.destination)
        }
        chosen = near | changed if len(near | changed) <= MOST_PARTS else changed
        parts = {each: part for each, part in parts.items() if each in chosen}
    edges = [edge for edge in edges if edge.source in parts and edge.destination in parts]
    if not environment.parts or not parts or len(parts) > MOST_PARTS or len(edges) > MOST_EDGES:
        return ""
    return "\n".join(_lines(list(parts.values()), edges, effects, drawn))


def _has(edges: Collection[PartEdge], pair: tuple[str, str]) -> bool:
    return any((edge.source, edge.destination) == pair for edge in edges)


def _effects(environment: EnvironmentDifference) -> dict[str, tuple[str, str]]:
    """The class of each part that changes, and its words: the worst that happens to it, and to how many resources."""
    found: dict[str, Counter[str]] = {}
    for each in environment.resources:
        if each.node:
            found.setdefault(each.node, Counter())[_OF[danger(each)]] += 1
    worst = {node: next(effect for effect in _WORDS if effect in counts) for node, counts in found.items()}
    return {node: (effect, _WORDS[effect].format(f"{found[node][effect]:,}")) for node, effect in worst.items()}


def _traffic(changes: Collection[TrafficChange]) -> dict[tuple[str, str], bool]:
    """Whether traffic between two parts opens or closes; those that do both open."""
    drawn: dict[tuple[str, str], bool] = {}
    for each in changes:
        pair = (each.source, each.destination)
        drawn[pair] = drawn.get(pair, False) or each.opens
    return drawn


def _lines(
    parts: list[PartNode],
    edges: list[PartEdge],
    effects: dict[str, tuple[str, str]],
    drawn: dict[tuple[str, str], bool],
) -> Iterator[str]:
    yield "flowchart LR"
    names = {part.id: f"n{index}" for index, part in enumerate(parts)}
    used: dict[str, list[str]] = {}
    for part in parts:
        effect, says = effects.get(part.id, ("unchanged", ""))
        used.setdefault(effect, []).append(names[part.id])
        begin, end = _SHAPES.get(part.kind, ("([", "])"))
        title = label(part.title or part.id)[1:-1]
        word = f"<br/>{says}" if says else ""
        yield f'  {names[part.id]}{begin}"{title}{word}"{end}'
    styles = []
    for index, edge in enumerate(edges):
        opens = drawn.get((edge.source, edge.destination))
        text = {None: edge.label, True: f"opens {edge.label}", False: f"closes {edge.label}"}[opens].strip()
        arrow = "-.->" if opens is False else "==>" if opens else "-->"
        middle = f"|{label(text)}|" if text else ""
        yield f"  {names[edge.source]} {arrow}{middle} {names[edge.destination]}"
        if opens is not None:
            styles.append(f"  linkStyle {index} stroke:{'#1a7f37' if opens else '#cf222e'}")
    yield from styles
    for effect, style in _CLASSES.items():
        if effect in used:
            yield f"  classDef {effect} {style}"
            yield f"  class {','.join(used[effect])} {effect}"
