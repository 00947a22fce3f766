"""Generate ``docs/errors.md`` from the pages of all codes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from camp2iac.diagnostics.codes import OURS, PAGES, Code

_AREAS = {
    "10": "YAML",
    "11": "Other dialects",
    "12": "CAMP's grammar",
    "13": "Packages and archives",
    "14": "Files that are content",
    "15": "Integrity",
    **dict.fromkeys(("169", "17"), "Encrypted environment files"),
    "16": "Signatures",
    "20": "References",
    "21": "Content",
    "22": "Content",
    "23": "Content",
    "30": "Products, types and versions",
    "31": "Values",
    "32": "Tiers and ports",
    "33": "Networks",
    "34": "Names",
    "35": "What products need",
    "36": "Placement",
    "4": "Targets",
    "50": "Parameters and secrets",
    "6": "Environment files",
    "70": "The output folder",
    "71": "Commands, CDKTF and child modules",
    "72": "Effects of a change",
    **dict.fromkeys(("168", "736", "737", "738", "739"), "What other tools report"),
    "73": "Versions to compare",
    "74": "Packages that camp2iac makes",
    **dict.fromkeys(("76", "77"), "Other formats that become plans"),
}
_HEAD = """\
# Errors and warnings

Every message of camp2iac has a code. This page has the explanation of each code, as `camp2iac explain CODE` prints it.
An error stops the compiler, a warning stops it with `--strict`, a note never does.

`pytest --regen` generates this page: do not edit it.
"""


def document(pages: Mapping[str, Code] = PAGES) -> str:
    """The page in Markdown: a table of contents by area, then the pages.

    ``pages``: by default ours; ``camp2iac.diagnostics.codes.CODES`` also has those of installed extensions.
    """
    areas = by_area(pages)
    contents = [
        f"- {area}: {', '.join(f'[{code}](#{code.lower()})' for code in codes)}" for area, codes in areas.items()
    ]
    parts = [_HEAD, "\n".join(contents) + "\n"]
    for area, codes in areas.items():
        parts.append(f"## {area}\n")
        for code in codes:
            page = pages[code]
            parts.append(f"### {code}\n\n**{page.title}** ({page.severity.value})\n\n{page.text}")
    return "\n".join(parts)


def by_area(codes: Iterable[str]) -> dict[str, list[str]]:
    """Codes, grouped by what they are about: the sections of the page."""
    areas: dict[str, list[str]] = {}
    for code in codes:
        areas.setdefault(_area(code), []).append(code)
    return areas


def _area(code: str) -> str:
    if not code.startswith(OURS):
        return f"Extensions: {code.rstrip('0123456789')}"
    digits = code.removeprefix(OURS)
    return next((name for start, name in _AREAS.items() if digits.startswith(start)), "Others")
