"""What each kind of artifact is on a machine: one module a kind, named after it, with a ``KIND`` in it.

A catalogue entry says which kind its artifacts are (``artifacts: { "org.python:src": python }``). A kind without a
module is content that is put in its place and no more; it has a process where its product's ``web`` gives a command.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from typing import Any

from camp2iac.diagnostics import Diagnostic, Span
from camp2iac.targets.openstack.machine.content import Sent, reader
from camp2iac.targets.openstack.machine.draft import Draft
from camp2iac.topology.model import Component, Service


@dataclass(frozen=True, slots=True)
class Inside:
    """A component whose content is on its way to a machine, as its kind looks at it.

    ``folder``: where its files are on the machine; a kind names no other place, so that its files may be somewhere else
    (in the folder of a release). ``options``: those of its host, as text. ``attributes``: those of its service.
    """

    draft: Draft
    service: Service
    component: Component
    content: Sent
    folder: str
    options: Mapping[str, str]
    attributes: Mapping[str, Any]

    @property
    def files(self) -> tuple[str, ...]:
        """The names of its files, as far as known when compiling."""
        return self.content.names

    @property
    def read(self) -> Callable[[str], bytes] | None:
        """Gives a file's bytes; None where nobody knows what is in the content before a machine has it."""
        return reader(self.draft, self.component.content, self.content)

    def json(self, name: str) -> dict[str, Any]:
        """A JSON document of the content; empty where it is not there, not known, or no JSON."""
        read = self.read
        if read is None or name not in self.files:
            return {}
        try:
            found = json.loads(read(name))
        except (ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}

    def unknown(self, message: str, span: Span, label: str, help_: str) -> None:
        """CAMP429: nobody can tell how it is to be run."""
        self.draft.missing = True
        self.draft.context.diagnostics.add(Diagnostic("CAMP429", message, span, label=label, help=help_))


@dataclass(frozen=True, slots=True)
class Web:
    """How the web process of a component is started: by one program, quoted for systemd, or by a line of bash.

    ``notify``: it tells systemd when it listens. ``comment``: of its unit.
    """

    command: str = ""
    line: str = ""
    notify: bool = False
    comment: str = ""


def by_product(inside: Inside, **more: str) -> Web:
    """The command that the catalogue entry gives (``machine.web``), filled in."""
    form = inside.service.product.machine["web"]
    command = form["command"].format(folder=inside.folder, **more, **inside.attributes)
    return Web(command, notify=form.get("notify", False), comment=form.get("comment", ""))


def _nothing(inside: Inside) -> tuple[str, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of artifact.

    ``words``: what becomes of it, for the port report. ``folder``: it is a folder on the machine, so that archives are
    unpacked. ``file``: where a single file is to be, with ``{folder}``; empty: in the folder, by its own name.
    ``tools``: what its script must have before it can install it (``npm``), as its files tell. ``packages``: those of
    the distribution that it needs for the same reason. ``web``: how its web process is started; CAMP429 where nothing
    tells.
    """

    words: str = "on its machine"
    folder: bool = False
    file: str = ""
    tools: Callable[[Inside], tuple[str, ...]] = _nothing
    packages: Callable[[Inside], tuple[str, ...]] = _nothing
    web: Callable[[Inside], Web] = by_product


@cache
def find(name: str) -> Kind:
    """The kind of that name."""
    if find_spec(f"{__name__}.{name}") is None:
        return Kind()
    found: Kind = importlib.import_module(f"{__name__}.{name}").KIND
    return found
