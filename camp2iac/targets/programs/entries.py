"""What a runtime other than Python starts with: the page, the archive or the package that it must find (CAMP217)."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping

from camp2iac.diagnostics import Diagnostic, Diagnostics, Severity
from camp2iac.diagnostics.suggest import listed
from camp2iac.targets.programs.contents import ContentFiles
from camp2iac.topology.model import Component, Service

_COMMENTS = re.compile(rb"//[^\n]*|/\*.*?\*/", re.DOTALL)
_MAIN = re.compile(rb"\A[\s;\xef\xbb\xbf]*package\s+main\b")
_IGNORED = re.compile(
    rb"\A(\s|//[^\n]*\n|/\*.*?\*/)*?//(go:build|\s*\+build)[ \t]+ignore[ \t]*\r?$", re.DOTALL | re.MULTILINE
)
_SERVED = re.compile(
    r"\.(html?|xhtml|css|m?js|json|xml|txt|svg|png|jpe?g|gif|webp|avif|ico|woff2?|pdf|wasm|mp[34]|webm|zip)$"
)


def check(component: Component, service: Service, files: ContentFiles, diagnostics: Diagnostics) -> None:
    """Look for what the component's kind needs. A process ``web`` of the plan's own takes its place."""
    if any(process.type == "web" for process in component.processes) or component.kind not in _KINDS:
        return
    found = _KINDS[component.kind](component, service, files)
    if found is not None:
        diagnostics.add(found)


def _missing(
    component: Component, files: ContentFiles, what: str, label: str, help_: str, severity: Severity | None = None
) -> Diagnostic:
    tells, kind, type_ = files.what()
    strange = bool(tells) and type_ != component.statement.value
    notes = (f"it has a {tells}: this looks like {kind}",) if strange else ()
    return Diagnostic(
        "CAMP217", f"{component.name} {what}", files.span, label=label, notes=notes, help=help_, severity=severity
    )


def _php(component: Component, service: Service, files: ContentFiles) -> Diagnostic | None:
    root = component.options["root"].value.literal if "root" in component.options else ""
    if root is None:
        return None
    folder = f"{root.strip('/')}/" if root.strip("/") else ""
    inside = [name for name in files.names if name.startswith(folder)]
    if any(f"{folder}{name}" in files for name in ("index.php", "index.html", ".htaccess")):
        return None
    if not any(name.endswith((".php", ".phtml")) for name in files.names):
        return _missing(component, files, "has no page of PHP", "no .php in it", "name the folder that has index.php")
    others = _folders("index.php", files)
    if others:
        where = listed(others[:3], "or")
        return _missing(
            component,
            files,
            f"has no index.php in {folder or 'its folder'}, where Apache looks",
            f"there is one in {where}",
            f"add to the requirement that it runs by  org.php.documentRoot: {others[0]}",
        )
    severity = Severity.WARNING if inside else None
    return _missing(
        component,
        files,
        f"has no index.php in {folder or 'its folder'}: nothing answers at /",
        "no index.php in it",
        "add one, or name the folder that has it",
        severity,
    )


def _static(component: Component, service: Service, files: ContentFiles) -> Diagnostic | None:
    if service.product.name != "static" or any(name in files for name in ("index.html", "index.htm")):
        return None
    others = _folders("index.html", files)
    help_ = "add one, or name the folder that the pages are in"
    if others and component.content.href is not None:
        help_ = f"write  href: {component.content.href.value.rstrip('/')}/{others[0]}/"
    served = any(_SERVED.search(name.lower()) for name in files.names) and not _source(files)
    severity = Severity.WARNING if served else None  # asked for by their names, they answer
    return _missing(component, files, "has no index.html: nothing answers at /", "no index.html in it", help_, severity)


def _source(files: ContentFiles) -> bool:
    """Whether it is the source of an application, which no web server should hand out."""
    return bool(files.what()[0])


def _folders(name: str, files: ContentFiles) -> list[str]:
    """The folders that have a file of this name, nearest first."""
    found = [path.rpartition("/")[0] for path in files.names if path.endswith(f"/{name}")]
    return sorted(found, key=lambda path: (path.count("/"), path))


def _go(component: Component, service: Service, files: ContentFiles) -> Diagnostic | None:
    if "go.mod" not in files:
        return None  # each platform says that
    statement = component.options.get("main")
    main = statement.value.literal if statement else ""
    if main is None:
        return None
    folder = re.sub(r"^\./", "", main).strip("/")
    found = mains(files)
    if folder in found:
        return None
    others = [path for path in found if path]
    help_ = "add one, with  package main  and  func main()"
    if others:
        help_ = f"add to the requirement that it runs by  org.golang.main: {others[0]}"
    return _missing(
        component,
        files,
        f"has no program in {folder or 'its folder'}: no file of package main",
        f"there is one in {listed(others[:3], 'or')}" if others else "no package main in it",
        help_,
    )


def mains(files: ContentFiles) -> list[str]:
    """The folders of programs in Go, those above first; empty: the top of the content."""
    found = {
        name.rpartition("/")[0]
        for name in files.names
        if name.endswith(".go") and not name.endswith("_test.go") and _is_main(files.read(name))
    }
    return sorted(found, key=lambda path: (path.count("/"), path))


def _is_main(source: bytes) -> bool:
    """Whether a file is of package main, and ``go build`` takes it: no ``//go:build ignore`` before its package."""
    return bool(_MAIN.match(_COMMENTS.sub(b" ", source))) and not _IGNORED.match(source)


def _war(component: Component, service: Service, files: ContentFiles) -> Diagnostic | None:
    if files.single:
        names = _members(files.read(files.single))
        if names is not None:
            return None
        return _missing(component, files, "is no web archive", "not a ZIP", "give the WAR that its build makes")
    return None


def _jar(component: Component, service: Service, files: ContentFiles) -> Diagnostic | None:
    if files.single or any(name.endswith(".jar") for name in files.names):
        return None  # what is in it, and which of several, each platform looks
    return _missing(
        component, files, "has no JAR that Java could run", "no .jar in it", "give the JAR that its build makes"
    )


def _members(data: bytes) -> list[str] | None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.namelist()
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, EOFError, ValueError):
        return None


_KINDS: Mapping[str, Callable[[Component, Service, ContentFiles], Diagnostic | None]] = {
    "php": _php,
    "static": _static,
    "go": _go,
    "war": _war,
    "jar": _jar,
}
