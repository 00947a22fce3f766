"""The difference of two versions for a terminal, a pull request, programs and GitHub Actions. One file per format."""

from __future__ import annotations

from camp2iac.review.difference.model import Difference
from camp2iac.review.formats.difference import github, json, markdown, pretty

FORMS = ("pretty", "markdown", "json", "github")
"""The names of the formats."""


def render(difference: Difference, form: str, columns: int, verbose: bool = False, *, colour: bool = False) -> str:
    """The difference in complete lines. ``form``: one of ``FORMS`` (``LookupError`` if it is not).

    ``columns``: of the terminal, ``verbose``: each resource with its address, ``colour``: with ANSI sequences; these
    three only for ``pretty``.
    """
    match form:
        case "pretty":
            return pretty.render(difference, columns, verbose, colour=colour)
        case "markdown":
            return markdown.render(difference)
        case "json":
            return json.render(difference)
        case "github":
            return github.render(difference)
        case _:
            raise LookupError(f"there is no format {form}")
