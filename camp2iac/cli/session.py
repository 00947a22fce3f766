"""Shared code of the commands that compile: read the plan, and show file names as the user typed them."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from camp2iac.cli.options import STDIN
from camp2iac.record import Record, replace

if TYPE_CHECKING:
    from camp2iac.camp.spool import Spool
    from camp2iac.compilation import Compilation
    from camp2iac.diagnostics import Diagnostic, Span
    from camp2iac.plan import Check, Plan
    from camp2iac.targets.base import Environment
    from camp2iac.targets.shared_stores import KeptElsewhere

PLAN = "camp.yaml"
INFRA = "infra"  # the folder for output, beside the plan
ENVIRONMENTS = "environments"  # the folder for environment files, beside the plan


def folder(plan: Path | None) -> Path:
    """The folder of a plan; the working directory for standard input."""
    if plan is None:
        return Path()
    return plan if plan.is_dir() else plan.parent


def default_output(plan: Path | None, environment: Path | None, target: str | None) -> Path:
    """``infra/<name of the environment>`` beside the plan."""
    return folder(plan) / INFRA / (environment.stem if environment else target or "")


def astray(output: Path, base: Path) -> str | None:
    """The part of an output folder's path that is a link; a hostile package can contain one (``infra``)."""
    parts = output.relative_to(base).parts
    ways = ("/".join(parts[:depth]) for depth in range(1, len(parts)))
    return next((way for way in ways if (base / way).is_symlink()), None)


def read(
    plan: Path | None,
    *,
    data: Spool | None = None,
    strict: bool = False,
    signer: str | None = None,
    leave_out: Sequence[Path] = (),
) -> Plan:
    """Read a plan; None: ``data``, or standard input. The paths in ``leave_out`` are not content."""
    from camp2iac import compiler
    from camp2iac import plan as library
    from camp2iac.compiler import Origin

    if plan is not None:
        return library.read(plan, strict=strict, signer=signer, leave_out=leave_out)
    source = data if data is not None else standard_input()
    return library.Plan(compiler.read(Origin(source, STDIN, strict, signer, tuple(leave_out))))


def edited(plan: Plan, edits: Mapping[Path, bytes]) -> Plan:
    """The same plan as if its file and the environment files had these bytes."""
    from camp2iac import compiler
    from camp2iac import plan as library

    return library.Plan(compiler.read(replace(plan.reading.origin, edits=edits)))


def standard_input() -> Spool:
    """The bytes of standard input, up to the limit and one more, so that the reader rejects longer input."""
    from camp2iac.camp.opening import read_source

    try:
        return read_source(sys.stdin.buffer)
    except (AttributeError, OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is closed"
        raise click.UsageError(f"standard input cannot be read: {reason}") from error


def severe(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The same with warnings as errors, for ``--strict``."""
    from camp2iac.diagnostics import Severity

    return [replace(each, severity=Severity.ERROR) if each.level is Severity.WARNING else each for each in found]


def failed(found: Iterable[Diagnostic]) -> bool:
    """Whether one of them is an error."""
    return any(each.level.value == "error" for each in found)


class Shown(Record, frozen=True):
    """Diagnostics as a command shows them, and the files that they quote. File names are as the user typed them, so
    that editors and terminals can open them. ``names``: from the compiler's file names to these.
    """

    diagnostics: list[Diagnostic]
    texts: Mapping[str, str]
    names: Mapping[str, str]

    @property
    def failed(self) -> bool:
        """Whether one of them is an error."""
        return failed(self.diagnostics)


def shown(
    made: Check | Compilation | Plan, read: Plan, plan: Path | None, environments: Iterable[Path], *, strict: bool
) -> Shown:
    """The diagnostics of a plan, with file names as typed. ``strict``: warnings become errors."""
    names = {read.reading.shown(path): path.as_posix() for path in environments}
    if plan is not None:
        file = plan / PLAN if plan.is_dir() else plan
        names[file.name] = file.as_posix()
    found = [renamed(each, names) for each in made.diagnostics]
    texts = {names.get(name, name): text for name, text in made.texts.items()}
    return Shown(severe(found) if strict else found, texts, names)


class States:
    """Where the environments of one run keep their state (CAMP364) and their backups (CAMP366)."""

    def __init__(self, strict: bool) -> None:
        self._strict = strict
        self._environments: list[Environment] = []
        self._stores: list[KeptElsewhere] = []
        self._texts: dict[str, str] = {}

    def shared(self, made: Check | Compilation, shown: Shown) -> Shown:
        """The diagnostics of one environment, and warnings if an earlier one has the same state or backups."""
        from camp2iac.targets import shared_stores
        from camp2iac.targets.shared_state import shared

        result = made.compiled.result
        if result is None:
            return shown
        state = shared(result.environment, self._environments)
        stores = shared_stores.of(result.environment, result.topology)
        found = [*([state] if state is not None else []), *shared_stores.shared(stores, self._stores)]
        self._environments.append(result.environment)
        self._stores += stores
        self._texts.update(shown.texts)
        if not found:
            return shown
        each = [renamed(one, shown.names) for one in found]
        diagnostics = [*shown.diagnostics, *(severe(each) if self._strict else each)]
        return replace(shown, diagnostics=diagnostics, texts={**self._texts, **shown.texts})


def renamed(diagnostic: Diagnostic, names: Mapping[str, str]) -> Diagnostic:
    """The same with file names as the user typed them."""

    def span(old: Span) -> Span:
        return replace(old, file=names.get(old.file, old.file))

    return replace(
        diagnostic,
        span=span(diagnostic.span) if diagnostic.span else None,
        related=tuple(replace(label, span=span(label.span)) for label in diagnostic.related),
        context=tuple(map(span, diagnostic.context)),
        fixes=tuple(
            replace(fix, replaces=span(fix.replaces), also=tuple(map(span, fix.also))) if fix.replaces else fix
            for fix in diagnostic.fixes
        ),
    )
