"""Links, anchors and code blocks of a Markdown file, as GitHub reads it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple


class Link(NamedTuple):
    """A link, and the line that it is on."""

    line: int
    href: str


class Fence(NamedTuple):
    """A fenced code block: the line of its first ``` and its text, without the indentation of the fence."""

    line: int
    language: str
    text: str


def links(text: str) -> Iterator[Link]:
    """All links and pictures, without those in code and comments."""
    bare = _INLINE_CODE.sub(_blank, _COMMENT.sub(_blank, _FENCE.sub(_blank, text)))
    for found in _LINK.finditer(bare):
        yield Link(text.count("\n", 0, found.start()) + 1, found[1] or found[2])


def anchors(text: str) -> Iterator[str]:
    """The anchors of the headings, in their order."""
    seen: Counter[str] = Counter()
    for found in _HEADING.finditer(_COMMENT.sub(_blank, _FENCE.sub(_blank, text))):
        anchor = slug(_MARKED_LINK.sub(r"\1", found[1]).replace("`", "").replace("*", ""))
        yield f"{anchor}-{seen[anchor]}" if seen[anchor] else anchor
        seen[anchor] += 1


def slug(heading: str, _separator: str = "-") -> str:
    """The anchor that GitHub gives to a heading: lowercase, without punctuation, a hyphen for each space."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def fences(text: str) -> Iterator[Fence]:
    """All fenced code blocks."""
    for found in _FENCE.finditer(text):
        indent = len(found["indent"])
        body = "".join(line[indent:] if line[:indent].isspace() else line for line in found["body"].splitlines(True))
        yield Fence(text.count("\n", 0, found.start()) + 1, found["language"], body if indent else found["body"])


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found[0])


_FENCE = re.compile(
    r"^(?P<indent> *)(?P<ticks>`{3,})(?P<language>[^\n`]*)\n(?P<body>.*?)^(?P=indent)(?P=ticks)`* *$",
    re.DOTALL | re.MULTILINE,
)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_INLINE_CODE = re.compile(r"(?<!`)(`+)(?!`)(?:(?!\n\n).)+?(?<!`)\1(?!`)", re.DOTALL)
_LINK = re.compile(r"\]\(\s*<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\)|^ {0,3}\[[^\]]+\]:\s+<?([^\s>]+)", re.MULTILINE)
_HEADING = re.compile(r"^ {0,3}#{1,6} +(.+?)(?: +#+)? *$", re.MULTILINE)
_MARKED_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
