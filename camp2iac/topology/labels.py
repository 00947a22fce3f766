"""Labels of artifacts and services: description, tags, and the name if the id does not come from it."""

from __future__ import annotations

from camp2iac.camp.model import Labels
from camp2iac.topology import statement_kinds as kinds
from camp2iac.topology.statements import Statements, Subject


def say(subject: Subject, labels: Labels, statements: Statements) -> None:
    """Record the labels of an artifact or a service."""
    name, description, tags = labels.name, labels.description, labels.tags
    if name is not None and name.value != subject.name:
        statements.say(subject, kinds.NAME, name.value, f"name: {_line(name.value)}", name.span)
    if description is not None:
        words = f"description: {_line(description.value)}"
        statements.say(subject, kinds.DESCRIPTION, description.value, words, description.span)
    if tags:
        found = tuple(sorted({tag.value for tag in tags}))
        statements.say(subject, kinds.TAGS, found, f"tags: {', '.join(map(_line, found))}", tags[0].span)


def _line(text: str) -> str:
    return " ".join(text.split())
