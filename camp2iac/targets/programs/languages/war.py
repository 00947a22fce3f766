"""Web archives, for a servlet container."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic
from camp2iac.targets.programs.case import Case


def check(case: Case) -> Iterator[Diagnostic]:
    """A single file is a web archive (CAMP217)."""
    single = case.files.single
    if single and not case.has_web and not _is_archive(case.files.read(single)):
        yield case.missing("is not a web archive", "not a ZIP file", "name the WAR that the build creates")


def _is_archive(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)):
            return True
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, EOFError, ValueError):
        return False
