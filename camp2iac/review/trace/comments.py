"""The parts of the plan and the keys of the environment file that comments of an output name.

A comment such as ``# environments/production.yaml: ssh_from`` is the only trace of a statement that decides whether a
block exists, or which several blocks share.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from camp2iac.diagnostics import Span
from camp2iac.review.trace.generated import GeneratedOutput, PlanPlace
from camp2iac.synth import places

_ENDS = re.compile(r"[,;:]\s|[.,;:]?\s*$|\.\s")
_OF_ARTIFACTS = re.compile(r",\s*(?:Expose|ConnectTo|Env|Process|content\b|public\b|the SHA-256)")
_KINDS = ("service", "component", "job")


def named(output: GeneratedOutput, text: str) -> Iterator[PlanPlace]:
    """The places that a comment names, in its order."""
    files = sorted({each.partition("#")[0] for each in output.standing.anchors}, key=len, reverse=True)
    for line in text.split("\n"):
        for file in files:
            begin = f"{file.replace('%23', '#').replace('%25', '%')}: "
            for found in re.finditer(rf"(?<![\w/.-]){re.escape(begin)}", line):
                place = _place(output, file, line[found.end() :])
                if place is not None:
                    yield place


def of(output: GeneratedOutput, name: str, block: str) -> Iterator[PlanPlace]:
    """What the comment of a block or an argument names, otherwise that of what contains it. The comment of a block that
    has no address, such as ``terraform``, can be that of another one.
    """
    while name.startswith(block) and "." in name:
        found = list(named(output, output.comments.get(name, "")))
        if found or name == block:
            yield from found
            return
        name = name.rpartition(".")[0]


def _place(output: GeneratedOutput, file: str, rest: str) -> PlanPlace | None:
    anchors = output.standing.anchors
    end = _ENDS.search(rest)
    name = rest[: end.start()] if end else rest
    kinds = ("component", *_KINDS) if _OF_ARTIFACTS.match(rest[len(name) :]) else _KINDS
    for part in (name, *(f"{kind} {name}" for kind in kinds)):
        anchor = f"{file}#{part}"
        if anchor in anchors:
            kind, node = places.part(f"{anchor}+0:1", anchors)
            span = _first_word(output, file.replace("%23", "#").replace("%25", "%"), anchors[anchor])
            return PlanPlace(part, span, kind, node)
    return None


def _first_word(output: GeneratedOutput, file: str, line: int) -> Span:
    """The first word of a line, without the dash of a list."""
    source = output.source(file)
    texts = output.lines(source)
    text = texts[line - 1] if 0 < line <= len(texts) else ""
    indent = len(text) - len(text.lstrip(" -"))
    return output.span(f"{file}:{line}:{indent + 1}") or Span(source, line, 1, line, 1)
