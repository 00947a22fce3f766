"""``camp2iac validate --watch``."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from camp2iac.cli import rounds, session
from camp2iac.cli.checking import ValidateOptions, check, opened, report, sound
from camp2iac.cli.console import Console
from camp2iac.cli.faults import Fault
from camp2iac.cli.rounds import Rounds, WatchedFiles
from camp2iac.cli.watch import WatchScope
from camp2iac.diagnostics import Diagnostic
from camp2iac.plan import Plan


class ValidateRounds(Rounds):
    """Checks. ``options`` finds the environment files each time; ``output``: the format of the reports."""

    def __init__(self, console: Console, options: Callable[[], ValidateOptions], output: str) -> None:
        super().__init__(console)
        self._options = options
        self._output = output
        self._last: list[Diagnostic] | None = None

    def look(self) -> WatchScope:
        """What to watch at first."""
        given = self._options()
        return _scope(given, opened(given))

    def act(self, changed: Sequence[str]) -> None:
        """Check once. Print all errors and what else is new, unless the result is that of the last time."""
        last, self._last = self._last, None
        try:
            given = self._options()
        except Fault as fault:
            self.announce(changed)
            report([fault.diagnostic], {}, self._output, self._console, "")
            return
        read = opened(given)
        self._scope = _scope(given, read)
        shown = check(given, read).shown
        self._last = shown.diagnostics
        if shown.diagnostics == last:
            return
        self.announce(changed)
        before = rounds.known(last or ())
        new = [each for each in shown.diagnostics if each not in before]
        report(new, shown.texts, self._output, self._console, sound(given))


def _scope(given: ValidateOptions, read: Plan) -> WatchScope:
    assert given.plan is not None  # noqa: S101 - standard input cannot be watched
    outputs = session.folder(given.plan) / session.INFRA
    return rounds.scope(WatchedFiles(given.plan, given.environments, given.catalogue, (outputs,)), read)
