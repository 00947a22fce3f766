"""Django: a project with ``manage.py``, and its WSGI application."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic
from camp2iac.targets.programs.case import Case
from camp2iac.targets.programs.languages import python


def check(case: Case) -> Iterator[Diagnostic]:
    """A ``manage.py`` (CAMP217), and the application like that of Python (CAMP216)."""
    files, href = case.files, case.component.content.href
    if "manage.py" in files:
        yield from python.check(case)
        return
    others = [folder for folder in files.folders("manage.py") if folder]
    help_ = "name the folder that contains it, or use artifact_type: org.python:src and com.python:wsgi"
    if others and href is not None:
        help_ = f"write  href: {href.value.rstrip('/')}/{others[0]}/"
    label = f"the content has a manage.py in {others[0]}" if others else "no manage.py in it"
    yield case.missing("is not a Django project", label, help_)
