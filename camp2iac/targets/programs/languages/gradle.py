"""Java projects of Gradle: the build file and the wrapper."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic
from camp2iac.targets.programs.case import Case
from camp2iac.targets.programs.java_projects import needs


def check(case: Case) -> Iterator[Diagnostic]:
    """A ``build.gradle`` and a ``gradlew`` (CAMP217). Distributions have no current Gradle, and Heroku has none."""
    files, href = case.files, case.component.content.href
    missing = needs("gradle", files.names)
    if not missing:
        return
    if missing == "gradlew":
        yield case.missing(
            "has no Gradle wrapper, which selects the release of Gradle",
            "no gradlew in it",
            "run  gradle wrapper  and add gradlew and gradle/wrapper/ to the content",
        )
        return
    others = [folder for name in (missing, f"{missing}.kts") for folder in files.folders(name) if folder]
    help_ = "name the folder with build.gradle"
    if others and href is not None:
        help_ = f"write  href: {href.value.rstrip('/')}/{others[0]}/"
    yield case.missing("is not a Gradle project", "no build.gradle in it", help_)
