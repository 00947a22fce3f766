"""Content that is not known when compiling: a note, once (CAMP220)."""

from __future__ import annotations

from collections.abc import Iterable

from camp2iac.diagnostics import Diagnostic, Diagnostics
from camp2iac.diagnostics.suggest import listed
from camp2iac.topology.model import Component

#: Kinds that start a file of their content, which camp2iac checks.
_CHECKED = frozenset(
    ["python", "django", "nodejs", "ruby", "go", "php", "static", "jar", "war", "binary", "maven", "gradle"]
)
_MOST = 5


def note(components: Iterable[Component], diagnostics: Diagnostics) -> None:
    """CAMP220 for the components whose content is a download, or an archive that cannot be read here."""
    missing = [each for each in sorted(components, key=lambda each: each.span) if each.content.data is None]
    unknown = [
        each
        for each in missing
        if each.kind in _CHECKED or (each.kind == "files" and (each.processes or each.schedules))
    ]
    if not unknown:
        return
    names = [each.name for each in unknown]
    shown = listed(names) if len(names) <= _MOST else f"{', '.join(names[:_MOST])} and {len(names) - _MOST} more"
    content = unknown[0].content
    fetched = content.path is None
    diagnostics.add(
        Diagnostic(
            "CAMP220",
            f"camp2iac cannot check what {shown} {'run' if len(names) > 1 else 'runs'}",
            content.href.span if content.href else content.span,
            label="a platform downloads this content" if fetched else "camp2iac cannot read this archive",
            help="check that the content has the files, modules and classes that the plan and its defaults name",
        )
    )
