"""The entry points of runtimes other than Python: a page, an archive or a package (CAMP217)."""

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
    """Check the entry point for the component's kind, unless the plan has a process ``web``."""
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
    notes = (f"the content has a {tells}, so it looks like {kind}",) if strange else ()
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
        return _missing(
            component, files, "has no PHP page", "this content has no .php file", "name the folder with index.php"
        )
    others = _folders("index.php", files)
    if others:
        where = listed(others[:3], "or")
        return _missing(
            component,
            files,
            f"has no index.php in {folder or 'its folder'}, which Apache serves",
            f"the content has one in {where}",
            f"write  org.php.documentRoot: {others[0]}  in the requirement for its runtime",
        )
    severity = Severity.WARNING if inside else None
    return _missing(
        component,
        files,
        f"has no index.php in {folder or 'its folder'}: requests to / fail",
        "this content has no index.php",
        "add index.php, or name the folder with it",
        severity,
    )


def _static(component: Component, service: Service, files: ContentFiles) -> Diagnostic | None:
    if service.product.name != "static" or any(name in files for name in ("index.html", "index.htm")):
        return None
    others = _folders("index.html", files)
    help_ = "add index.html, or name the folder with the pages"
    if others and component.content.href is not None:
        help_ = f"write  href: {component.content.href.value.rstrip('/')}/{others[0]}/"
    served = any(_SERVED.search(name.lower()) for name in files.names) and not _source(files)
    severity = Severity.WARNING if served else None  # other pages work
    return _missing(
        component,
        files,
        "has no index.html: requests to / fail",
        "this content has no index.html",
        help_,
        severity,
    )


def _source(files: ContentFiles) -> bool:
    """Whether it is the source code of an application, which a web server must not serve."""
    return bool(files.what()[0])


def _folders(name: str, files: ContentFiles) -> list[str]:
    """The folders with a file of this name, nearest to the top first."""
    found = [path.rpartition("/")[0] for path in files.names if path.endswith(f"/{name}")]
    return sorted(found, key=lambda path: (path.count("/"), path))


def _go(component: Component, service: Service, files: ContentFiles) -> Diagnostic | None:
    if "go.mod" not in files:
        return None  # each platform reports that
    statement = component.options.get("main")
    main = statement.value.literal if statement else ""
    if main is None:
        return None
    folder = re.sub(r"^\./", "", main).strip("/")
    found = mains(files)
    if folder in found:
        return None
    others = [path for path in found if path]
    help_ = "add a file with  package main  and  func main()"
    if others:
        help_ = f"write  org.golang.main: {others[0]}  in the requirement for its runtime"
    return _missing(
        component,
        files,
        f"has no Go program in {folder or 'its folder'}: no file has  package main",
        f"the content has one in {listed(others[:3], 'or')}" if others else "this content has no package main",
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
    """Whether a file is in package main and ``go build`` compiles it (no ``//go:build ignore``)."""
    return bool(_MAIN.match(_COMMENTS.sub(b" ", source))) and not _IGNORED.match(source)


def _war(component: Component, service: Service, files: ContentFiles) -> Diagnostic | None:
    if files.single:
        names = _members(files.read(files.single))
        if names is not None:
            return None
        return _missing(
            component, files, "is not a web archive", "not a ZIP file", "name the WAR that the build creates"
        )
    return None


def _jar(component: Component, service: Service, files: ContentFiles) -> Diagnostic | None:
    if files.single or any(name.endswith(".jar") for name in files.names):
        return None  # each platform checks the JAR
    return _missing(
        component, files, "has no JAR", "this content has no .jar file", "name the JAR that the build creates"
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
