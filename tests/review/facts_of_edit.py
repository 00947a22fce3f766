"""The facts of an edit of an example: texts of the plan and of the environment file are replaced."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from support.plans import EXAMPLES

from camp2iac import compiler
from camp2iac.compiler import Origin, Request, Result
from camp2iac.review.difference.facts import Facts, facts

Edits = tuple[tuple[str, str], ...]


@cache
def compiled(example: str, environment: str, plan: Edits = (), file: Edits = (), overrides: Edits = ()) -> Result:
    """An example for one of its environments, with these edits of the plan and of the environment file.

    ``overrides``: parameters and their values.
    """
    folder = EXAMPLES / example
    paths = {folder / "camp.yaml": plan, folder / "environments" / f"{environment}.yaml": file}
    origin = Origin(folder / "camp.yaml", edits={path: _edited(path, edits) for path, edits in paths.items()})
    reading = compiler.read(origin)
    found = compiler.compile(reading, Request(reading.environment([*paths][1]), overrides=dict(overrides)))
    assert found.ok, found.diagnostics
    assert found.result is not None
    return found.result


def edited(
    example: str, environment: str, *, plan: Edits = (), file: Edits = (), renamed: Mapping[str, str] | None = None
) -> Facts:
    """The facts of these edits."""
    before, after = compiled(example, environment), compiled(example, environment, plan, file)
    return facts(before, after, renamed or {})


def _edited(path: Path, edits: Edits) -> bytes:
    text = path.read_text(encoding="utf-8")
    for old, new in edits:
        assert old in text, f"{path} does not have {old}"
        text = text.replace(old, new)
    return text.encode()
