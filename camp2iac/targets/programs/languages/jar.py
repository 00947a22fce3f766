"""Java programs: a JAR, or a folder with one JAR and its libraries."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic
from camp2iac.diagnostics.suggest import listed
from camp2iac.targets.programs.case import PROCESS, Case
from camp2iac.targets.programs.languages.jars import fault


def check(case: Case) -> Iterator[Diagnostic]:
    """One JAR that names its main class and contains it (CAMP217)."""
    files = case.files
    every = [name for name in files.names if name.endswith(".jar")]
    top = [files.single] if files.single else [name for name in every if "/" not in name]
    if not every and not files.single:
        if not case.has_web:
            yield case.missing("has no JAR", "this content has no .jar file", "name the JAR that the build creates")
    elif len(top) == 1:
        wrong = fault(files.archive(top[0]), case.component)
        if wrong:
            yield case.missing("is not a JAR that Java can run", *wrong)
    elif case.serves:
        near = top or every
        yield case.missing(
            f"has {len(top) or 'no'} {'JARs' if top else 'JAR'} at its top: which one to run is not known",
            f"the content has {listed(near[:3], 'and')}",
            f"{PROCESS}exec java -jar {near[0]}",
            place=case.component.span,
        )
