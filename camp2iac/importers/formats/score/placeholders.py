"""Placeholders in values of Score: ``${resources.db.host}``, ``${metadata.name}``; ``$${`` is a plain ``${``."""

from __future__ import annotations

import re

from camp2iac.record import Record

_PLACE = re.compile(r"\$\$|\$\{([^{}]{1,200})\}")


class Placeholder(Record, frozen=True):
    """A reference: ``resources``, ``db``, ``host``."""

    steps: tuple[str, ...]
    text: str

    @property
    def resource(self) -> str:
        """The resource that it names; empty if it names something else."""
        return self.steps[1] if self.steps[0] == "resources" and len(self.steps) > 1 else ""

    @property
    def output(self) -> str:
        """What it names of the resource: ``host``."""
        return ".".join(self.steps[2:])


def split(text: str) -> list[str | Placeholder]:
    """The parts of a text: strings, and placeholders."""
    found: list[str | Placeholder] = []
    position = 0
    for match in _PLACE.finditer(text):
        found.append(text[position : match.start()])
        if match[1] is None:
            found.append("$")
        else:
            steps = tuple(step.replace("\0", ".") for step in match[1].replace("\\.", "\0").split("."))
            found.append(Placeholder(steps, match[0]))
        position = match.end()
    found.append(text[position:])
    return [each for each in found if each != ""]
