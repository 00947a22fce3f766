"""Where each file of the repository is on the site, so that one link works on a forge and on the site."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = "docs"
#: Where the pages of codes are in the repository, and on the site.
CODES, ERRORS = "camp2iac/diagnostics/pages", "errors"
#: Files from outside ``docs/`` to which pages link are pages below this folder.
ELSEWHERE = "repository"

_CODE = re.compile(r"[a-z]+\d+")


def is_relative(href: str) -> bool:
    """Whether a link leads to a file of the repository, or to an anchor of its own page."""
    return not re.match(r"[a-z][a-z0-9+.-]*:|//", href, re.IGNORECASE)


def target(source: str, href: str) -> tuple[str, str]:
    """The file or folder, as a path in the repository, and the anchor that a relative link of ``source`` leads to.

    The pages of codes are parts of ``docs/errors.md``, so their links are relative to ``docs/``.
    """
    path, _, anchor = href.partition("#")
    if not path:
        return source, anchor
    folder = DOCS if source.startswith(f"{CODES}/") else posixpath.dirname(source)
    return posixpath.normpath(posixpath.join(folder, path)), anchor


def page(path: str) -> str:
    """The page of the site for a file or a folder of the repository."""
    inside = posixpath.relpath(path, DOCS)
    if path.startswith(f"{CODES}/"):
        return f"{ERRORS}/{posixpath.basename(path)}"
    if (ROOT / path).is_dir():
        index = "README.md" if (ROOT / path / "README.md").is_file() else "index.md"
        return posixpath.join(inside if path.startswith(f"{DOCS}/") else f"{ELSEWHERE}/{path}", index)
    if path.startswith(f"{DOCS}/"):
        return inside
    return f"{ELSEWHERE}/{path}" if path.endswith(".md") else f"{ELSEWHERE}/{path}.md"


def link(source: str, href: str) -> str:
    """A relative link of ``source``, from its page of the site to the page of what it leads to."""
    path, anchor = target(source, href)
    to = page(path)
    if path == f"{DOCS}/errors.md" and _CODE.fullmatch(anchor):
        to, anchor = f"{ERRORS}/{anchor.upper()}.md", ""
    relative = "" if path == source and anchor else posixpath.relpath(to, posixpath.dirname(page(source)) or ".")
    return f"{relative}#{anchor}" if anchor else relative
