"""Mutants that a person has reviewed: the program behaves as before, so no test can notice them (`equivalent.yaml`)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import yaml

from mutation.mutants import Mutant

LIST = Path(__file__).with_name("equivalent.yaml")


@dataclass(frozen=True)
class Equivalent:
    """One entry. ``source`` is the text of the line: line numbers change too often."""

    file: str
    source: str
    before: str
    after: str
    why: str

    def is_for(self, mutant: Mutant) -> bool:
        """Whether the entry names this mutant."""
        return (self.file, self.source, self.before, self.after) == (
            mutant.file,
            mutant.source,
            " ".join(mutant.before.split()),
            " ".join(mutant.after.split()),
        )


def reviewed(path: Path = LIST) -> list[Equivalent]:
    """The entries of the list."""
    return [Equivalent(**each) for each in yaml.safe_load(path.read_text(encoding="utf-8")) or []]


def reasons(mutants: Iterable[Mutant], entries: Iterable[Equivalent]) -> dict[str, str]:
    """Of each equivalent mutant, why it is one, by its id."""
    by_file: dict[str, list[Equivalent]] = {}
    for entry in entries:
        by_file.setdefault(entry.file, []).append(entry)
    return {
        mutant.id: entry.why for mutant in mutants for entry in by_file.get(mutant.file, ()) if entry.is_for(mutant)
    }
