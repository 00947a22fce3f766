"""Questions at the terminal. Without one, and with ``--yes``, each has its default as its answer."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TypeVar

import click

from camp2iac.cli.console import write
from camp2iac.cli.foreign import harmless_output
from camp2iac.diagnostics.suggest import nearest
from camp2iac.record import Record

NONE, ALL = "none", "all"
T = TypeVar("T")


class Prompts(Record, frozen=True):
    """``yes``: ask nothing."""

    yes: bool = False

    def ask(self, question: str, default: str) -> str:
        """A string."""
        return self._answer(question, default, str.strip)

    def one(self, question: str, names: Sequence[str], default: str) -> str:
        """One of the names."""
        return self._answer(question, default, lambda text: known(text.strip(), names))

    def several(self, question: str, names: Sequence[str], default: str) -> list[str]:
        """Those of the names that the answer lists, each once; ``none`` and ``all`` are answers, too."""

        def read(text: str) -> list[str]:
            words = [word.strip() for word in text.split(",") if word.strip()]
            if words in ([], [NONE]):
                return []
            return list(names) if words == [ALL] else list(dict.fromkeys(known(word, names) for word in words))

        return self._answer(question, default, read)

    def _answer(self, question: str, default: str, read: Callable[[str], T]) -> T:
        if self.yes:
            return read(default)
        try:
            asked, usual = (harmless_output(text, colour=False) for text in (question, default))
            answer: T = click.prompt(
                asked, default=usual, value_proc=lambda text: read(default if text == usual else text), err=True
            )
        except click.Abort:
            if sys.stdin is not None and sys.stdin.isatty():
                raise
            write(sys.stderr, f"{default}\n")  # standard input ended: no answer will come
            return read(default)
        return answer


def known(text: str, names: Sequence[str]) -> str:
    """A name of the list; else a usage error with the nearest one."""
    if text not in names:
        begun = [name for name in names if text and name.startswith(text)]
        near = begun[0] if len(begun) == 1 else nearest(text, names)
        raise click.BadParameter(f"there is no {text!r}; " + (f"did you mean {near}?" if near else "see above"))
    return text
