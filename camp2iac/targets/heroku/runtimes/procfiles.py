"""What the copies have for Heroku: the Procfile, and ``project.toml`` with cloud native buildpacks."""

from __future__ import annotations

import re

from camp2iac.targets.kit.copies import PROCESS, processes


def project(buildpacks: tuple[str, ...]) -> str:
    """``project.toml`` with the cloud native buildpacks, in their order. The last one reads the Procfile."""
    groups = "".join(f'\n[[io.buildpacks.group]]\nid = "{name}"\n' for name in (*buildpacks, "heroku/procfile"))
    return f'[_]\nschema-version = "0.2"\n{groups}'


def procfile(own: str | None, wanted: dict[str, str]) -> str:
    """A Procfile: the missing lines, then the content's own lines unchanged.

    A type in ``wanted`` replaces its line in the content's own Procfile.
    """
    had = processes(own)
    lines = [f"{type_}: {wanted[type_]}" for type_ in sorted(wanted, key=_rank) if wanted[type_] != had.get(type_)]
    replaced = {type_ for type_ in wanted if wanted[type_] != had.get(type_)}
    for line in re.split(r"\r?\n", own.removesuffix("\n")) if own else []:
        match = PROCESS.match(line)
        if not (match and match[1] in replaced):
            lines.append(line.rstrip())
    return "".join(f"{line}\n" for line in lines)


def _rank(type_: str) -> tuple[int, str]:
    return ({"release": 0, "web": 1}.get(type_, 2), type_)
