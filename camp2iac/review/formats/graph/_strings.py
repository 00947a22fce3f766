"""Strings of plans in pictures: data in each format, whatever they contain."""

from __future__ import annotations

import re

from camp2iac.diagnostics.excerpt import harmless
from camp2iac.diagnostics.secrets import discreet

TITLE, LINE, SENTENCE = 60, 70, 600  # characters
_PLAIN = re.compile(r"[^\W_]| |,")
# Mermaid replaces entities by words with ° and ¶, and reads addresses and lists in labels; formulas, icons and line
# breaks even in entities, so they get a space without width.
_KEPT = re.compile(r"(?<=[A-Za-z0-9])[.:/_-](?=[A-Za-z0-9])|:(?= )")
_ADDRESS = re.compile(r"(?i:www)\.|:(?=\w+-)|://")
_SPECIAL = re.compile(r"\$(?=\$)|:(?=fa-)|\\(?=n)|ﬂ(?=°)|¶(?=ß)")
_SIGNS = re.compile("[^a-z0-9/-]|(?<=[/-])-|-(?=[/-])")
_NOT_XML = re.compile("[\ufffe\uffff]")


def shown(text: str, most: int) -> str:
    """One line of at most ``most`` characters, without secrets, and with visible control characters."""
    line = " ".join(_NOT_XML.sub("\ufffd", harmless(discreet(" ".join(text[: most * 4].split())))).split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


def mermaid(text: str, most: int) -> str:
    """A string for a label in quotes, or for a title or description of a picture of Mermaid."""
    line = _SPECIAL.sub("\\g<0>\u200b", shown(text, most))
    addresses = {at for found in _ADDRESS.finditer(line) for at in range(*found.span())}
    plain = {found.start() for found in _KEPT.finditer(line)} - addresses
    return "".join(
        c if (_PLAIN.fullmatch(c) and c not in "°¶") or at in plain else f"#{ord(c)};" for at, c in enumerate(line)
    )


def html(text: str, most: int) -> str:
    """A string in a label like HTML of Graphviz, which must not be empty. Escape sequences work even in entities."""
    line = shown(text, most).replace("\\", "\\\u200b")
    return "".join(f"&#{ord(c)};" if c in "&<>\"'\\" else c for c in line) or "&#160;"


def quoted(text: str, most: int) -> str:
    """A string in quotes for Graphviz, which reads entities and escape sequences in them."""
    escaped = shown(text, most).replace("&", "&amp;").replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def identifier(id_: str) -> str:
    """A name for a node from its id: letters, digits and underscores. Different ids have different names.

    It begins with the kind, so it is never a word of the language such as ``end``.
    """
    return _SIGNS.sub(lambda found: f"X{ord(found[0]):x}X", id_).replace("-", "_").replace("/", "__")
