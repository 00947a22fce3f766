"""What the phases hand on. All of it is frozen: a result says the same whatever is compiled after it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from camp2iac.diagnostics import Diagnostic, Severity
from camp2iac.record import Record, field
from camp2iac.targets.base import Environment, LedgerEntry, Lowered, Target
from camp2iac.topology.model import Topology


class InternalError(Exception):
    """A fault of camp2iac itself: the module that it made is not right. Never the user's doing."""


class EnvironmentFile(Record, frozen=True):
    """An environment file as it was read, once.

    ``name``: the environment's, which is the file's stem. ``shown``: the name to show. ``data``: its bytes, one more
    than the most that is read where it is too large; empty where ``problem`` says why it cannot be read.
    """

    name: str
    shown: str
    data: bytes
    problem: str = ""


class Request(Record, frozen=True):
    """What a plan is compiled for.

    ``environment``: the environment file; names the target, unless ``target`` does. Without both, the plan is checked
    for no platform. ``overrides``: values of parameters and of keys of the environment, above those of its file.
    ``catalogue``: folders with more products. ``output``: the folder that will be written; content inside of the
    plan's folder is then read in place. ``inside``: the module's folder in it, where that is not the output folder.
    """

    environment: EnvironmentFile | None = None
    target: str | None = None
    overrides: Mapping[str, str] = field(default_factory=dict)
    catalogue: tuple[Path, ...] = ()
    output: Path | None = None
    inside: str = ""


class Result(Record, frozen=True):
    """What a target made of a plan.

    ``statements``: one entry for each statement of the plan, in its order. ``inputs``: files that the output was made
    of, by their shown names, to their SHA-256. ``content_root``: as in
    :class:`camp2iac.targets.base.Context`.
    """

    topology: Topology
    target: Target
    environment: Environment
    lowered: Lowered
    statements: tuple[LedgerEntry, ...]
    inputs: Mapping[str, str]
    content_root: str | None


class Compiled(Record, frozen=True):
    """What came of a request.

    ``diagnostics``: of reading, catalogue and compiling, ordered by place. ``texts``: shown file names to their text.
    ``topology``: None where plan, environment or catalogue could not be read. ``result``: None where errors stopped it
    before a target saw it, or no target was named; it may be there though a target reported errors.
    """

    diagnostics: tuple[Diagnostic, ...]
    texts: Mapping[str, str]
    topology: Topology | None = None
    result: Result | None = None

    @property
    def ok(self) -> bool:
        """Whether there is a result, and nothing is wrong with it."""
        return self.result is not None and not failed(self.diagnostics)


def failed(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether an error is among them."""
    return any(each.level is Severity.ERROR for each in diagnostics)
