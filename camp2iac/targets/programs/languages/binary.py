"""Programs that are already built: one file, or a folder or archive that contains it."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic
from camp2iac.diagnostics.suggest import listed
from camp2iac.targets.programs.case import PROCESS, Case

_PROGRAM = (b"\x7fELF", b"#!")
_MOST_FILES = 200


def check(case: Case) -> Iterator[Diagnostic]:
    """One file is a program for Linux; of several, the plan names one (CAMP217)."""
    files = case.files
    if files.single:
        if not files.read(files.single).startswith(_PROGRAM):
            yield case.missing(
                "is not a program that Linux can run",
                "neither an ELF file nor a script with #!",
                "build it for Linux, such as with  GOOS=linux CGO_ENABLED=0 go build",
            )
    elif case.serves:
        found = [name for name in files.names[:_MOST_FILES] if files.read(name).startswith(_PROGRAM)]
        yield case.missing(
            "is a folder, which does not show which file to run",
            f"the content has {listed(found[:3], 'and')}" if found else "no file in it is a program for Linux",
            f"{PROCESS}exec ./{found[0] if found else 'FILE'}",
            place=case.component.span,
        )
