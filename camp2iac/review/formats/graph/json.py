"""A picture for programs. docs/graph.md describes the keys."""

from __future__ import annotations

import json

from camp2iac.diagnostics.secrets import discreet
from camp2iac.review.graph.model import Picture, PictureLine


def render(picture: Picture) -> str:
    """``{"title", "plan", "nodes": [...], "groups": [...], "edges": [...]}``."""
    document = {
        "title": discreet(picture.title),
        "plan": picture.plan,
        "nodes": [
            {
                "id": node.id,
                "kind": node.kind,
                "title": discreet(node.title),
                "facts": _facts(node.lines),
                "group": node.group or None,
            }
            for node in picture.nodes
        ],
        "groups": [
            {"id": group.id, "title": discreet(group.title), "facts": _facts(group.lines)} for group in picture.groups
        ],
        "edges": [{"from": edge.source, "to": edge.destination, "label": edge.label or None} for edge in picture.edges],
    }
    return json.dumps(document, indent=2) + "\n"


def _facts(lines: tuple[PictureLine, ...]) -> list[dict[str, str]]:
    return [{"kind": line.kind, "text": discreet(line.text)} for line in lines]
