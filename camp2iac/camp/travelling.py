"""Warnings about content: git does not track it, or it looks like a secret."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator

from camp2iac.camp.leaks import suspect
from camp2iac.camp.package import Package
from camp2iac.diagnostics import Diagnostic, Span
from camp2iac.diagnostics.suggest import listed, short

_SHOWN = 3  # files that a message names
_MOST_SUSPECTS = 20
_READ_BY_RUNTIMES = (".npmrc",)  # of the package itself, though a dot file


def judge(package: Package, path: str, owner: str, span: Span, context: Span) -> Iterator[Diagnostic]:
    """The warnings for the content of ``owner`` at a path; ``span``: where the plan names it."""
    untracked = package.untracked(path)
    if untracked:
        yield _untracked(untracked, owner, span, context)
    found = list(_suspects(package, path))
    for name, what in found[:_MOST_SUSPECTS]:
        yield _suspect(name, what, owner, span, context, _remedy(package, path, name))
    if len(found) > _MOST_SUSPECTS:
        more = f"{len(found) - _MOST_SUSPECTS} more files"
        yield _suspect(more, "secrets", owner, span, context, _remedy(package, path, found[-1][0]))


def _remedy(package: Package, path: str, name: str) -> str:
    """How to exclude a file from the content at a path: rules do not exclude what git tracks or a manifest lists."""
    if name == path:
        return "remove it from the plan"
    if package.listed(name):
        return "remove it from the content, and its line from camp.mf"
    if package.tracked(name):
        return f"list it in .gitignore and run  git rm --cached {short(shlex.quote(name))}  because git tracks it"
    return "remove it from the content, or list it in .gitignore"


def _suspects(package: Package, path: str) -> Iterator[tuple[str, str]]:
    for name in _named(package, path):
        try:
            what = suspect(name, lambda size, name=name: package.start(name, size))  # type: ignore[misc]
        except OSError:  # reported when it is compiled
            continue
        if what:
            yield name, what


def _named(package: Package, path: str) -> Iterable[str]:
    if package.is_file(path):
        return (path,)
    more = () if path else (name for name in _READ_BY_RUNTIMES if package.is_file(name) and package.travels(name))
    return dict.fromkeys((*package.files(path), *more))


def _untracked(paths: tuple[str, ...], owner: str, span: Span, context: Span) -> Diagnostic:
    more = len(paths) - _SHOWN
    names = listed([*map(short, paths[:_SHOWN]), *([f"{more} more"] if more > 0 else [])])
    return Diagnostic(
        "CAMP140",
        f"git does not track all of the content of {owner}: {names}",
        span,
        "a clone of the repository has other content, and so another output",
        context=(context,),
        help=f"run  git add {short(paths[0])}  or list it in .gitignore",
    )


def _suspect(name: str, what: str, owner: str, span: Span, context: Span, remedy: str) -> Diagnostic:
    return Diagnostic(
        "CAMP141",
        f"the content of {owner} seems to contain {what}: {short(name)}",
        span,
        "every instance and the output get a copy of it",
        context=(context,),
        notes=("everyone who can read the output, Terraform's state or an instance can read it",),
        help=f"{remedy}; provide the value as a secret of the plan (org.camp2iac:Secrets)",
    )
