"""Diagnostics of several environments: each one once, with the environments that it concerns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import PurePath
from typing import TYPE_CHECKING

from camp2iac.record import Record, field, replace

if TYPE_CHECKING:
    from camp2iac.diagnostics import Diagnostic


class Concerned(Record):
    """Collects the diagnostics of environments. ``several``: whether there are several; otherwise nothing is added."""

    several: bool
    _checked: list[str] = field(default_factory=list)
    _found: dict[object, dict[str, Diagnostic]] = field(default_factory=dict)

    def add(self, environment: str, diagnostics: Iterable[Diagnostic]) -> None:
        """Add those of one environment file."""
        self._checked.append(environment)
        for each in diagnostics:
            self._found.setdefault(key(each), {}).setdefault(environment, each)

    def diagnostics(self) -> list[Diagnostic]:
        """All diagnostics, in the order in which they were added."""
        return [self._merged(group) for group in self._found.values()]

    def named(self, diagnostic: Diagnostic) -> Diagnostic:
        """One of those that were added, for all environments that have it."""
        return self._merged(self._found[key(diagnostic)])

    def _merged(self, group: Mapping[str, Diagnostic]) -> Diagnostic:
        made = _merged(group)
        return self._named(made, tuple(group)) if self.several else made

    def _named(self, diagnostic: Diagnostic, environments: tuple[str, ...]) -> Diagnostic:
        """With the environments if these are not all, and a note about them if the diagnostic does not name them."""
        from camp2iac.diagnostics.suggest import listed

        if len(environments) == len(self._checked):
            return diagnostic
        told = diagnostic.span is not None and diagnostic.span.file in self._checked
        said = "\n".join([diagnostic.message, *diagnostic.notes])
        told |= any(PurePath(name).name in said for name in environments)
        notes = diagnostic.notes if told else (*diagnostic.notes, f"only with {listed(environments)}")
        return replace(diagnostic, notes=notes, environments=environments)


def key(diagnostic: Diagnostic) -> object:
    """What diagnostics of several environments have in common if they are about one mistake."""
    return diagnostic.code, diagnostic.message, diagnostic.span, diagnostic.label, diagnostic.level, diagnostic.related


def _merged(group: Mapping[str, Diagnostic]) -> Diagnostic:
    """The first of those that differ in notes and in what to write, with the notes, the help and the fixes of all."""
    first, *others = group.values()
    if not others:
        return first
    fixes = dict.fromkeys(fix for each in group.values() for fix in each.fixes)
    notes = _said(group, lambda each: each.notes)
    helps = _said(group, lambda each: (each.help,) if each.help else ())
    return replace(first, notes=notes, help="\n".join(helps), fixes=tuple(fixes))


def _said(group: Mapping[str, Diagnostic], texts: Callable[[Diagnostic], Iterable[str]]) -> tuple[str, ...]:
    """Each text once, with the environments that have it unless these are all."""
    from camp2iac.diagnostics.suggest import listed

    found: dict[str, list[str]] = {}
    for environment, diagnostic in group.items():
        for text in texts(diagnostic):
            found.setdefault(text, []).append(environment)
    return tuple(
        text if len(environments) == len(group) else f"with {listed(environments)}: {text}"
        for text, environments in found.items()
    )
