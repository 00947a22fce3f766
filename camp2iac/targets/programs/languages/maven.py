"""Java projects of Maven: the ``pom.xml``."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic
from camp2iac.targets.programs.case import Case
from camp2iac.targets.programs.java_projects import needs


def check(case: Case) -> Iterator[Diagnostic]:
    """A ``pom.xml`` at the top (CAMP217)."""
    files, href = case.files, case.component.content.href
    if not needs("maven", files.names):
        return
    others = [folder for folder in files.folders("pom.xml") if folder]
    help_ = "name the folder with pom.xml"
    if others and href is not None:
        help_ = f"write  href: {href.value.rstrip('/')}/{others[0]}/"
    yield case.missing("is not a Maven project", "no pom.xml in it", help_)
