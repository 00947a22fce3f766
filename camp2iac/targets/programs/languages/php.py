"""PHP: the page that Apache serves."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic, Severity
from camp2iac.diagnostics.suggest import listed, nearest
from camp2iac.targets.programs.case import Case


def check(case: Case) -> Iterator[Diagnostic]:
    """An ``index.php`` in the document root. CAMP217: a warning if other pages work."""
    component, files = case.component, case.files
    root = component.options["root"].value.literal if "root" in component.options else ""
    if case.has_web or root is None:
        return
    folder = f"{root.strip('/')}/" if root.strip("/") else ""
    if any(f"{folder}{name}" in files for name in ("index.php", "index.html", ".htaccess")):
        return
    if not any(name.endswith((".php", ".phtml")) for name in files.names):
        yield case.missing("has no PHP page", "this content has no .php file", "name the folder with index.php")
        return
    others = files.folders("index.php")
    place = component.options["root"].value.span if root else None
    best = (nearest(root, others) if root else None) or next(iter(others), "")
    if others:
        yield case.missing(
            f"has no index.php in {folder or 'its folder'}, which Apache serves",
            f"the content has one in {listed((each or 'its folder' for each in others[:3]), 'or')}",
            f"write  org.php.documentRoot: {best}  in the requirement for its runtime"
            if best
            else "remove  org.php.documentRoot  from the requirement for its runtime",
            place=place,
        )
        return
    inside = any(name.startswith(folder) for name in files.names)
    yield case.missing(
        f"has no index.php in {folder or 'its folder'}: requests to / fail",
        "this content has no index.php",
        "add index.php, or name the folder with it",
        Severity.WARNING if inside else None,
        place=place,
    )
