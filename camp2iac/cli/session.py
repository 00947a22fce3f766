"""What commands that compile have in common: what is no content, and the files' names as the user typed them."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from camp2iac.cli.options import STDIN
from camp2iac.record import replace

if TYPE_CHECKING:
    from camp2iac.compiler import Loaded
    from camp2iac.diagnostics import Diagnostic, Span

PLAN = "camp.yaml"
_SHOWN = 4  # environment files that a message names
INFRA = "infra"  # where the output goes, beside the plan
ENVIRONMENTS = "environments"  # where environment files lie, beside the plan


def folder(plan: Path | None) -> Path:
    """The folder of a plan; the working directory for standard input."""
    if plan is None:
        return Path()
    return plan if plan.is_dir() else plan.parent


def default_output(plan: Path | None, environment: Path | None, target: str | None) -> Path:
    """``infra/<name of the environment>`` beside the plan."""
    return folder(plan) / INFRA / (environment.stem if environment else target or "")


def platforms(plan: Path | None) -> str:
    """What to write to name a platform: the environment files that are there, and any target."""
    there = sorted((folder(plan) / ENVIRONMENTS).glob("*.y*ml")) if plan is not None else []
    named = "".join(f"-e {path.as_posix()}, " for path in there[:_SHOWN])
    return f"{named or '-e ENV.yaml, '}or --target openstack"


def astray(output: Path, base: Path) -> str | None:
    """The part of an output folder's path that is a link, as a stranger's package may bring it (``infra``)."""
    parts = output.relative_to(base).parts
    ways = ("/".join(parts[:depth]) for depth in range(1, len(parts)))
    return next((way for way in ways if (base / way).is_symlink()), None)


def load(
    plan: Path | None,
    *,
    given: bytes | None = None,
    strict: bool = False,
    signer: str | None = None,
    leave_out: Sequence[Path] = (),
) -> Loaded:
    """Read a plan; None: ``given``, else standard input.

    Its output folders and environment files are no content, nor is what ``leave_out`` names.
    """
    from camp2iac import compiler

    without = [*leave_out, *(compiler.no_content(plan) if plan is not None else ())]
    if plan is None:
        data = standard_input() if given is None else given
        return compiler.load(data, name=STDIN, strict=strict, signer=signer, leave_out=without)
    # A plan compiles to the same whether it or its folder is named.
    file = plan / PLAN if plan.is_dir() and (plan / PLAN).is_file() else plan
    whole = strict and plan.is_dir()  # whoever names the folder asks for all of it to be listed
    return compiler.load(file, strict=strict, signer=signer, leave_out=without, whole=whole)


def standard_input() -> bytes:
    """What standard input gives, as far as anything reads it: the reader refuses what is longer."""
    from camp2iac.camp.opening import read_source

    try:
        return read_source(sys.stdin.buffer)
    except (AttributeError, OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is closed"
        raise click.UsageError(f"standard input cannot be read: {reason}") from error


def severe(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The same with warnings made errors, for ``--strict``."""
    from camp2iac.diagnostics import Severity

    return [replace(each, severity=Severity.ERROR) if each.level is Severity.WARNING else each for each in found]


def failed(found: Iterable[Diagnostic]) -> bool:
    """Whether an error is among them."""
    return any(each.level.value == "error" for each in found)


def from_output(path: Path, base: Path, output: Path) -> str:
    """A file's path from the output folder, where both lie in ``base``; else what no machine changes of it."""
    root = base.resolve()
    try:
        below = path.resolve().relative_to(root).as_posix()
    except ValueError:
        return path.name
    try:
        up = output.resolve().relative_to(root)
    except ValueError:
        return below
    return "/".join([".."] * len(up.parts) + [below])


def typed_names(
    loaded: Loaded, plan: Path | None, environments: Iterable[Path]
) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Shown name to the path as it was typed, which editors and terminals can open; and the texts by those."""
    from camp2iac.compiler import shown_name

    names = {shown_name(path, loaded): path.as_posix() for path in environments}
    if plan is not None:
        file = plan / PLAN if plan.is_dir() else plan
        names[file.name] = file.as_posix()
    return names, {names.get(name, name): text for name, text in loaded.texts.items()}


def renamed(diagnostic: Diagnostic, names: Mapping[str, str]) -> Diagnostic:
    """The same with its files named as the user typed them."""

    def span(old: Span) -> Span:
        return replace(old, file=names.get(old.file, old.file))

    return replace(
        diagnostic,
        span=span(diagnostic.span) if diagnostic.span else None,
        related=tuple(replace(label, span=span(label.span)) for label in diagnostic.related),
        context=tuple(map(span, diagnostic.context)),
        fixes=tuple(replace(fix, replaces=span(fix.replaces)) if fix.replaces else fix for fix in diagnostic.fixes),
    )
