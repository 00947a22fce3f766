"""Strings of plans in Markdown for GitHub, and in labels of Mermaid."""

from __future__ import annotations

import re

from camp2iac.diagnostics.excerpt import harmless

LONGEST = 300  # characters of a string
_SIGNS = re.compile(r"[&<>`*\\\[\]|~{}$!]|(?<![^\W_])_|_(?![^\W_])")
_LINKS = re.compile(r"@|#(?=\w)|://|(?i:www)\.|(?i:GH)-(?=\d)|:(?=[A-Za-z0-9_+-]+:)")
_BREAK = "&#8203;"  # a space without width
_SPECIAL = re.compile(r"\$(?=\$)|:(?=\w+-)")  # $$formula$$, fa:fa-icon
_PLAIN = re.compile(r"[\w ,()/→+=%…-]", re.ASCII)


def cut(text: str, most: int = LONGEST) -> str:
    """One line of at most ``most`` characters, without effect on a terminal."""
    return harmless(text if len(text) <= most else f"{text[: most - 1]}…")


def words(text: str, most: int = LONGEST) -> str:
    """Text without Markdown, HTML, mentions, links and references to issues. Also for cells of tables and headings."""
    escaped = _SIGNS.sub(lambda found: f"&#{ord(found[0])};", cut(text, most))
    return _LINKS.sub(_broken, escaped)


def _broken(found: re.Match[str]) -> str:
    text, at = found[0], found.start()
    if text == "#" and at and found.string[at - 1] == "&":  # our own entity
        return text
    if text in ("@", "#", ":"):
        return text + _BREAK
    return text[:1] + _BREAK + text[1:]


def code(text: str) -> str:
    """Code, also in a cell of a table; empty if the text is."""
    line = cut(text)
    if not line.strip():
        return ""
    if "\\" in line and "|" in line:  # cells end at a bar after two backslashes
        entities = "".join(c if c.isalnum() or c == " " else f"&#{ord(c)};" for c in line)
        return f"<code>{entities}</code>"
    fence = "`"
    while fence in line:
        fence += "`"
    pad = " " if "`" in line or line != line.strip() else ""
    return f"{fence}{pad}{line}{pad}{fence}".replace("|", "\\|")


def label(text: str, most: int = 40) -> str:
    """The label of a node or an edge in a picture, in quotes. Mermaid reads formulas and icons even in entities."""
    line = _SPECIAL.sub("\\g<0>\u200b", cut(text, most))
    return '"' + "".join(c if _PLAIN.match(c) or not c.isascii() else f"#{ord(c)};" for c in line) + '"'
