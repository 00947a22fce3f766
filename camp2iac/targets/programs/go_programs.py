"""Which programs of a Go module are built, and where: one rule on every platform.

A single program is the build. If a process or a schedule of the plan runs ``bin/NAME``, or if the module has several
programs and the plan selects none, all of them are built into ``bin/``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from camp2iac.diagnostics import Span
from camp2iac.record import Record, field
from camp2iac.targets.programs import lines
from camp2iac.topology import command_places
from camp2iac.topology.model import Component

_BIN = re.compile(r"(?:\./)?bin/([^/\s]+)")
_VERSION = re.compile(r"v[0-9]+")
_MODULE = re.compile(r"^module[ \t]+\"?([^\s\"]+)", re.MULTILINE)


class GoPrograms(Record, frozen=True):
    """The programs to build.

    ``single``: the folder of the only one (empty: the top). None: those of ``several``, by their names in ``bin/``.
    ``web``: the name in ``bin/`` of the program that answers requests, if the plan has no process ``web``. Empty: it
    is not known, or there is only one.
    """

    single: str | None = ""
    several: Mapping[str, str] = field(default_factory=dict)
    web: str = ""


def cleaned(main: str) -> str:
    """The folder that ``org.golang.main`` names. Empty: the top of the content."""
    return re.sub(r"^\./", "", main).strip("/").removeprefix(".")


def name(folder: str, module: str) -> str:
    """The name that Go gives to the program of a folder. ``module``: the text of ``go.mod``."""
    if folder:
        return folder.rpartition("/")[2]
    found = _MODULE.search(module)
    parts = found[1].split("/") if found else ["app"]
    return parts[-2] if len(parts) > 1 and _VERSION.fullmatch(parts[-1]) else parts[-1]


def run(component: Component) -> list[tuple[str, Span, str]]:
    """The processes and schedules that run a program in ``bin/``: their words, their place, and the program's name."""
    said = [
        *((f"the process {each.type}", each.command, command_places.written(each)) for each in component.processes),
        *((f"the schedule {each.name}", each.command, command_places.written(each)) for each in component.schedules),
    ]
    found = []
    for words, line, place in said:
        command = lines.command(line)
        match = _BIN.fullmatch(command.words[0]) if command is not None and not command.folder else None
        if match:
            found.append((words, place, match[1]))
    return found


def programs(component: Component, mains: Iterable[str], module: str, files: Iterable[str] = ()) -> GoPrograms:
    """What to build. ``mains``: the folders with ``package main``. ``files``: a program in ``bin/`` can be content."""
    statement = component.options.get("main")
    option = cleaned(statement.value.literal or "") if statement else None
    found, own = list(mains), set(files)
    named = [each for _, _, each in run(component) if f"bin/{each}" not in own]
    if not found or (not named and (option is not None or "" in found)):
        return GoPrograms(option or "")
    if len(found) == 1 and not named:
        return GoPrograms(found[0])
    several = {name(folder, module): folder for folder in reversed(found)}
    usual = option if option is not None else "" if "" in found else found[0] if len(found) == 1 else None
    return GoPrograms(None, dict(sorted(several.items())), "" if usual is None else name(usual, module))
