"""Go: a module, and the package that ``go build`` compiles."""

from __future__ import annotations

import re
from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic
from camp2iac.diagnostics.suggest import listed, nearest
from camp2iac.targets.programs import go_programs
from camp2iac.targets.programs.case import Case
from camp2iac.targets.programs.contents import ContentFiles

_COMMENTS = re.compile(rb"//[^\n]*|/\*.*?\*/", re.DOTALL)
_MAIN = re.compile(rb"\A[\s;\xef\xbb\xbf]*package\s+main\b")
_IGNORED = re.compile(
    rb"\A(\s|//[^\n]*\n|/\*.*?\*/)*?//(go:build|\s*\+build)[ \t]+ignore[ \t]*\r?$", re.DOTALL | re.MULTILINE
)
_ASIDE = re.compile(r"(^|/)([._][^/]*|testdata|vendor)/|(^|/)[._][^/]*$")
_MODULE = re.compile(r"^module[ \t]+\"?[^\s\"]", re.MULTILINE)


def check(case: Case) -> Iterator[Diagnostic]:
    """A ``go.mod`` with a name, a package ``main`` (CAMP217), and the programs that processes run (CAMP226)."""
    component, files = case.component, case.files
    if not _MODULE.search(files.text("go.mod")):
        yield _no_module(case)
        return
    yield from _programs(case)
    statement = component.options.get("main")
    main = statement.value.literal if statement else ""
    if case.has_web or main is None:
        return
    folder = re.sub(r"^\./", "", main).strip("/")
    found = mains(files)
    if folder in found or (statement is None and (len(found) == 1 or (found and not case.serves))):
        return
    others = [path for path in found if path]
    best = nearest(folder, others) or next(iter(others), "")
    help_ = "add a file with  package main  and  func main()"
    if best:
        help_ = f"write  org.golang.main: {best}  in the requirement for its runtime"
    elif found:
        help_ = "remove  org.golang.main  from the requirement for its runtime"
    yield case.missing(
        f"has no Go program in {folder or 'its folder'}: no file has  package main",
        f"the content has one in {listed(others[:3], 'or')}" if others else "this content has no package main",
        help_,
        place=statement.value.span if statement else None,
    )


def _no_module(case: Case) -> Diagnostic:
    others = [folder for folder in case.files.folders("go.mod") if folder]
    href = case.component.content.href
    help_ = "run  go mod init NAME  in its folder"
    if others and href is not None:
        help_ = f"write  href: {href.value.rstrip('/')}/{others[0]}/"
    label = "no  module NAME  in its go.mod" if "go.mod" in case.files else "no go.mod in it"
    return case.missing("is not a Go module", label, help_)


def _programs(case: Case) -> Iterator[Diagnostic]:
    """CAMP226: a process or a schedule runs a program that the module does not have, or two programs have its name."""
    component, files = case.component, case.files
    module, found = files.text("go.mod"), mains(files)
    names = [go_programs.name(folder, module) for folder in found]
    for what, place, name in go_programs.run(component):
        if f"bin/{name}" in files:
            continue
        places = [folder or "the top" for folder, each in zip(found, names, strict=True) if each == name]
        if len(places) == 1:
            continue
        best = nearest(name, names) or next(iter(names), "")
        yield Diagnostic(
            "CAMP226",
            f"{what} of {component.name} runs bin/{name}, but "
            + (f"{len(places)} programs have this name" if places else "its module has no program of this name"),
            place,
            label=f"the module has one in {listed(places, 'and')}" if places else "no folder with package main",
            help=f"write  bin/{best}" if best and not places else "add a folder for it, such as  cmd/" + name,
        )


def mains(files: ContentFiles) -> list[str]:
    """The folders of programs in Go, those above first; empty: the top of the content.

    Go leaves out folders with other modules, vendored packages, and names that begin with a dot or an underscore.
    """
    modules = tuple(f"{folder}/" for folder in files.folders("go.mod") if folder)
    found = {
        name.rpartition("/")[0]
        for name in files.names
        if name.endswith(".go")
        and not name.endswith("_test.go")
        and not name.startswith(modules)
        and not _ASIDE.search(name)
        and _is_main(files.read(name))
    }
    return sorted(found, key=lambda path: (path.count("/"), path))


def _is_main(source: bytes) -> bool:
    """Whether a file is in package main and ``go build`` compiles it (no ``//go:build ignore``)."""
    return bool(_MAIN.match(_COMMENTS.sub(b" ", source))) and not _IGNORED.match(source)
