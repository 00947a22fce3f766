"""Web archives, for a servlet container."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic
from camp2iac.targets.programs.case import Case
from camp2iac.targets.programs.languages.jars import names_in


def check(case: Case) -> Iterator[Diagnostic]:
    """A single file is a web archive (CAMP217)."""
    single = case.files.single
    if single and not case.has_web and names_in(case.files.archive(single)) is None:
        yield case.missing("is not a web archive", "not a ZIP file", "name the WAR that the build creates")
