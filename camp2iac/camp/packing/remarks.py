"""What a user should know about a package that was made."""

from __future__ import annotations

import os
from pathlib import Path

from camp2iac.camp.reader import Source
from camp2iac.diagnostics import Diagnostic
from camp2iac.diagnostics.suggest import short


def remarks(source: Source, archive: Path) -> list[Diagnostic]:
    """CAMP745: the plan has no name. CAMP748: the package is content of the plan's folder itself."""
    found = []
    if source.plan.labels.name is None:
        found.append(
            Diagnostic(
                "CAMP745",
                "the plan has no name, so the application is named after the file of the package",
                notes=(f"if you rename {short(archive.name)}, an apply replaces what is deployed",),
                help="write  name:  in the plan, and pack it again",
            )
        )
    inside = _inside(source, archive)
    if inside is not None:
        found.append(
            Diagnostic(
                "CAMP748",
                f"{short(inside)} is content of the plan from now on",
                notes=("it is in a folder that an artifact names, and no .gitignore excludes it",),
                help="write the package to another folder, such as  -o ../" + short(archive.name),
            )
        )
    return found


def _inside(source: Source, archive: Path) -> str | None:
    """The path of the archive in the package, if it would be content the next time."""
    package = source.package
    if package.folder is None:
        return None
    place = Path(os.path.relpath(os.path.realpath(archive), package.folder)).as_posix()
    folders = [each.content.path for each in source.plan.artifacts]
    within = any(
        folder is not None and package.is_folder(folder) and place.startswith(f"{folder}/" if folder else "")
        for folder in folders
    )
    return place if within and not place.startswith("../") and package.travels(place) else None
