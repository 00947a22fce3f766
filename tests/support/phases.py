"""Compiling in the test's own process, phase by phase: nothing is left out of the content that is not named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from camp2iac import compiler
from camp2iac.compiler import Compiled, Origin, Reading, Request
from camp2iac.compiler.values import failed

__all__ = ["Compiled", "Reading", "compile", "failed", "load"]


def load(
    source: Path | bytes,
    *,
    name: str = "",
    strict: bool = False,
    signer: str | None = None,
    leave_out: Sequence[Path] = (),
    whole: bool = False,
) -> Reading:
    """A plan as read."""
    return compiler.read(Origin(source, name, strict, signer, tuple(leave_out), whole))


def compile(  # noqa: A001
    loaded: Reading,
    *,
    environment: Path | None = None,
    target: str | None = None,
    overrides: Mapping[str, str] | None = None,
    catalogue: Sequence[Path] = (),
    output: Path | None = None,
    inside: str = "",
) -> Compiled:
    """What came of it; content is copied unless ``output`` says where the module will be."""
    file = loaded.environment(environment) if environment is not None else None
    return compiler.compile(loaded, Request(file, target, overrides or {}, tuple(catalogue), output, inside))
