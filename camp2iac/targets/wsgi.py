"""The application that a WSGI server serves, from the plan or from the application's files."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Sequence

_NAME = r"[A-Za-z_][A-Za-z0-9_]*"
_MODULES = ("wsgi", "app", "main", "application", "server", "web")
_OBJECTS = ("application", "app", "wsgi")


def application(
    written: str | None, files: Sequence[str] = (), read: Callable[[str], bytes] | None = None
) -> str | None:
    """The application as ``module:callable``.

    Args:
        written: the plan's value: ``main/application``, ``shop.web:app``, ``shop/make()``, a module. None if not set.
        files: the names of the content's files, if they are known.
        read: returns a file's bytes.

    Returns:
        None if the plan's value has another form, or the files contain no recognisable application: a module ``wsgi``,
        ``app``, ``main`` or similar that defines ``application`` or ``app``, or a Django project's ``wsgi.py``.
    """
    if written is not None:
        match = re.fullmatch(rf"({_NAME}(?:[./]{_NAME})*):({_NAME}(?:\(\))?)", written) or re.fullmatch(
            rf"({_NAME}(?:[./]{_NAME})*)/({_NAME}(?:\(\))?)", written
        )
        if match:
            return f"{match[1].replace('/', '.')}:{match[2]}"
        return f"{written}:application" if re.fullmatch(rf"{_NAME}(?:\.{_NAME})*", written) else None
    for module in _MODULES:
        if read is not None and f"{module}.py" in files:
            found = _defined(read(f"{module}.py"))
            name = next((name for name in _OBJECTS if name in found), None)
            if name:
                return f"{module}:{name}"
    project = (settings(files, read) or "").partition(".settings")[0] if read is not None else ""
    return f"{project}.wsgi:application" if f"{project.replace('.', '/')}/wsgi.py" in files else None


def settings(files: Sequence[str], read: Callable[[str], bytes]) -> str | None:
    """The settings module of a Django project, from its ``manage.py``: ``shop.settings``."""
    text = read("manage.py").decode("utf-8", "replace") if "manage.py" in files else ""
    found = re.search(rf"""["']DJANGO_SETTINGS_MODULE["']\s*,\s*["']({_NAME}(?:\.{_NAME})*)["']""", text)
    return found[1] if found else None


def _defined(source: bytes) -> set[str]:
    """The names that a module defines at its top level."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set()
    names: set[str] = set()
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Assign):
            names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            names.add(node.target.id)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            names |= {alias.asname or alias.name for alias in node.names}
    return names
