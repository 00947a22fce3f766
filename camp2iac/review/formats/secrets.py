"""The secrets of outputs: for a terminal, a wiki page or a ticket, and programs. None has the value of a secret."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from camp2iac.review.formats.cells import folded
from camp2iac.review.formats.markdown import words
from camp2iac.review.secrets.report import EnvironmentSecrets, SecretRow

_WIDTH = 100  # without a terminal
_LEAD = 10  # the columns before the text of a line
_NONE = "only what makes it"


def pretty(environments: Sequence[EnvironmentSecrets], folders: Mapping[str, str], width: int | None = None) -> str:
    """Each environment with its secrets. ``folders``: name of an environment, to its output folder."""
    wanted = max(width or _WIDTH, 40)
    lines: list[str] = []
    for each in environments:
        lines += [*folded(_head(each), wanted), ""]
        for row in each.secrets:
            lines += [*_row(row, wanted), ""]
        if any(row.rotate for row in each.secrets):
            lines += [*folded(f"Run the commands in {folders[each.name]}.", wanted), ""]
    return "\n".join(line.rstrip() for line in lines).rstrip() + "\n"


def _head(each: EnvironmentSecrets) -> str:
    count = len(each.secrets)
    named = f"{each.name} ({each.target})" if each.name != each.target else each.name
    return f"{named}: {count or 'no'} secret{'' if count == 1 else 's'}"


def _row(row: SecretRow, width: int) -> Iterator[str]:
    yield from folded(f"{row.name}  {row.address}".rstrip(), width)
    yield from _field("made", row.made, width)
    yield from _field("kept", "; ".join(row.kept), width)
    yield from _field("told", ", ".join(row.told) or _NONE, width)
    for number, text in enumerate((*(f"$ {command}" for command in row.rotate), *row.notes)):
        yield from _field("" if number else "rotate", text, width)
    if row.place:
        yield from _field("from", row.place, width)


def _field(name: str, text: str, width: int) -> Iterator[str]:
    for number, line in enumerate(folded(text, width - _LEAD)):
        yield f"  {'' if number else name:<{_LEAD - 2}}{line}"


def markdown(environments: Sequence[EnvironmentSecrets], folders: Mapping[str, str]) -> str:
    """A table for each environment."""
    blocks = ["# Secrets"]
    for each in environments:
        blocks += [f"## {words(each.name)} ({words(each.target)})", f"The commands run in {words(folders[each.name])}."]
        rows = [
            f"| {words(row.name)}<br>{words(row.address)} | {words(row.made)} | {_lines(row.kept)} "
            f"| {_lines(row.told or (_NONE,))} | {_lines((*row.rotate, *row.notes))} |"
            for row in each.secrets
        ]
        head = ["| secret | made | kept | told | rotate |", "|---|---|---|---|---|"]
        blocks.append("\n".join([*head, *rows]) if rows else "There are no secrets.")
    return "\n\n".join(blocks) + "\n"


def _lines(texts: Sequence[str]) -> str:
    return "<br>".join(map(words, texts))


def to_json(plan: str, environments: Sequence[EnvironmentSecrets], folders: Mapping[str, str]) -> str:
    """``{"plan", "environments": [{"name", "environment", "target", "folder", "secrets": [...]}]}``."""
    document = {
        "plan": plan,
        "environments": [
            {
                "name": each.name,
                "environment": each.environment,
                "target": each.target,
                "folder": folders[each.name],
                "secrets": [_entry(row) for row in each.secrets],
            }
            for each in environments
        ],
    }
    return json.dumps(document, indent=2) + "\n"


def _entry(row: SecretRow) -> dict[str, object]:
    return {
        "name": row.name,
        "address": row.address or None,
        "made": row.made,
        "kept": list(row.kept),
        "told": list(row.told),
        "holders": [
            {
                "address": each.address,
                "argument": each.argument or None,
                "what": each.words,
                "part": each.part or None,
                "place": each.place or None,
                "effect": each.effect or None,
            }
            for each in row.holders
        ],
        "rotate": list(row.rotate),
        "notes": list(row.notes),
        "place": row.place or None,
    }
