"""``camp2iac synth --watch``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from camp2iac.cli import rounds
from camp2iac.cli.account import Account, SynthOptions, accounts, opened
from camp2iac.cli.console import Console
from camp2iac.cli.rounds import Rounds, WatchedFiles
from camp2iac.cli.synth_text import tell, tell_next
from camp2iac.cli.watch import WatchScope
from camp2iac.diagnostics import Diagnostic
from camp2iac.plan import Plan


class SynthRounds(Rounds):
    """Compiles. ``options`` finds the environment files each time."""

    def __init__(self, console: Console, options: Callable[[], SynthOptions]) -> None:
        super().__init__(console)
        self._options = options
        self._last: dict[Path, tuple[Diagnostic, ...]] | None = None

    def look(self) -> WatchScope:
        """What to watch at first."""
        given = self._options()
        return _scope(given, opened(given))

    def act(self, changed: Sequence[str]) -> None:
        """Compile once."""
        last, self._last = self._last, self._last or {}
        given = self._options()
        read = opened(given)
        self._scope = _scope(given, read)
        found = accounts(read, given)
        self._last = {each.place: each.diagnostics for each in found}
        new = [each for each in found if last is None or _news(each, last)]
        if new:
            self.announce(changed)
        before = (diagnostic for diagnostics in (last or {}).values() for diagnostic in diagnostics)
        tell(self._console, given, new, rounds.known(before))
        if last is None:
            tell_next(self._console, given, new)


def _news(each: Account, last: dict[Path, tuple[Diagnostic, ...]]) -> bool:
    """Whether something was written, or there are other diagnostics than before."""
    wrote = each.done is not None and each.done.changed
    return wrote or last.get(each.place) != each.diagnostics


def _scope(given: SynthOptions, read: Plan) -> WatchScope:
    assert given.plan is not None  # noqa: S101 - standard input cannot be watched
    places = tuple(given.place(environment) for environment in given.runs)
    return rounds.scope(WatchedFiles(given.plan, given.environments, given.catalogue, places), read)
