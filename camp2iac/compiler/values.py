"""The values that phases pass on. All are frozen, so a result does not depend on what is compiled later."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from camp2iac.diagnostics import Diagnostic, Severity
from camp2iac.record import Record, field
from camp2iac.targets.base import Environment, LedgerEntry, Lowered, Target
from camp2iac.topology.model import Topology
from camp2iac.topology.substitution import Given, Places, Substituted


class InternalError(Exception):
    """An error in camp2iac: the generated module is wrong. The user did not cause it."""


class EnvironmentFile(Record, frozen=True):
    """An environment file, read once.

    ``name``: the file's stem. ``shown``: its name in messages. ``data``: its bytes, cut off one byte after the limit;
    empty if ``problem`` says why it is not readable.
    """

    name: str
    shown: str
    data: bytes
    problem: str = ""


class Request(Record, frozen=True):
    """What a plan is compiled for.

    ``environment``: the environment file, which names the target if ``target`` does not. Without both, the plan is
    checked for no platform. ``overrides``: values of parameters and environment keys that replace those in the file.
    ``catalogue``: folders with more products. ``output``: the folder that will be written. Content inside the plan's
    folder is then used from there. ``inside``: the module's folder in the output folder, if it is another one.
    """

    environment: EnvironmentFile | None = None
    target: str | None = None
    overrides: Mapping[str, str] = field(default_factory=dict)
    catalogue: tuple[Path, ...] = ()
    output: Path | None = None
    inside: str = ""


class Result(Record, frozen=True):
    """The result of a target.

    ``statements``: one entry for each statement of the plan, in its order. ``inputs``: the files that the output
    depends on, by their names in messages, to their SHA-256. ``content_root``: see
    :class:`camp2iac.targets.base.Context`. ``substituted``: the plan with the values of the
    environment; None if it is the plan itself. ``given``: these values.
    """

    topology: Topology
    target: Target
    environment: Environment
    lowered: Lowered
    statements: tuple[LedgerEntry, ...]
    inputs: Mapping[str, str]
    content_root: str | None
    substituted: Substituted | None = None
    given: Given = Given()

    @property
    def places(self) -> Places:
        """Where the values of the environment come from."""
        return self.substituted.places if self.substituted is not None else Places()


class Compiled(Record, frozen=True):
    """The result of a request.

    ``diagnostics``: of reading, catalogue and compiling, in the order of their places. ``texts``: names of files in
    messages, to their text. ``topology``: None if plan, environment or catalogue was not readable. ``result``: None if
    errors prevented lowering, or if no target was named. It can exist even if a target reported errors.
    """

    diagnostics: tuple[Diagnostic, ...]
    texts: Mapping[str, str]
    topology: Topology | None = None
    result: Result | None = None

    @property
    def ok(self) -> bool:
        """Whether there is a result without errors."""
        return self.result is not None and not failed(self.diagnostics)


def failed(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether one of them is an error."""
    return any(each.level is Severity.ERROR for each in diagnostics)
