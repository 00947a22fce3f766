"""What each kind of artifact is on a machine: one module a kind, named after it, with a ``KIND`` in it.

A catalogue entry says which kind its artifacts are (``artifacts: { "org.python:src": python }``). A kind without a
module is content that is put in its place and no more; it has a process where its product's ``web`` gives a command.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable, Mapping
from functools import cache
from importlib.util import find_spec
from typing import Any

from camp2iac.catalogue import forms
from camp2iac.catalogue.recipe import Recipe, WebProcess
from camp2iac.diagnostics import Diagnostic, Severity, Span
from camp2iac.record import Record
from camp2iac.targets.openstack.machine.content import DeliveredContent, reader
from camp2iac.targets.openstack.machine.document import MachineInput
from camp2iac.targets.openstack.machine.options import later
from camp2iac.targets.openstack.machine.render import unit as word
from camp2iac.targets.openstack.machine.templates import ProductFault, files_of, filled
from camp2iac.topology.model import Component, Service


class ArtifactOnMachine(Record, frozen=True):
    """A component whose content is on its way to a machine, as its kind looks at it.

    ``folder``: where its files are on the machine; a kind names no other place, so that its files may be somewhere else
    (in the folder of a release). ``options``: those of its host, as text. ``attributes``: those of its service.
    ``mounts``: where its volumes are.
    """

    given: MachineInput
    service: Service
    component: Component
    content: DeliveredContent
    folder: str
    options: Mapping[str, str]
    attributes: Mapping[str, Any]
    mounts: tuple[str, ...]

    @property
    def recipe(self) -> Recipe:
        """How its product is installed here."""
        return self.given.recipe(self.service)

    @property
    def files(self) -> tuple[str, ...]:
        """The names of its files, as far as known when compiling."""
        return self.content.names

    @property
    def read(self) -> Callable[[str], bytes] | None:
        """Gives a file's bytes; None where nobody knows what is in the content before a machine has it."""
        return reader(self.given, self.component.content, self.content)

    @property
    def variables(self) -> tuple[str, ...]:
        """The names of what its links and the plan tell it."""
        linked = {name for link in self.component.links for name in link.variables}
        return tuple(sorted({variable.name for variable in self.component.variables} | linked))

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
        self.given.context.diagnostics.add(Diagnostic("CAMP429", message, span, label=label, help=help_))

    def wrong(self, message: str, label: str, help_: str, severity: Severity = Severity.ERROR) -> None:
        """CAMP465: the content is not what its artifact type says."""
        content = self.component.content
        span = content.href.span if content.href else content.span
        diagnostic = Diagnostic("CAMP465", message, span, severity=severity, label=label, help=help_)
        self.given.context.diagnostics.add(diagnostic)

    @property
    def data(self) -> bytes | None:
        """The bytes of content that is a single file; None where it is no file, or fetched by the machine."""
        content = self.component.content
        if content.data is not None:
            return content.data
        package = self.given.context.package
        return package.read(content.path) if content.path and package.is_file(content.path) else None


class StartCommand(Record, frozen=True):
    """How the web process of a component is started: by one program, quoted for systemd, or by a line of bash.

    ``notify``: it tells systemd when it listens. ``comment``: of its unit.
    """

    command: str = ""
    line: str = ""
    notify: bool = False
    comment: str = ""


def by_product(inside: ArtifactOnMachine, **more: str) -> StartCommand:
    """The command that the catalogue entry gives (``machine.web``), filled in."""
    form = inside.recipe.web or WebProcess()
    if not form.command:
        raise ProductFault(inside.service, LookupError("machine.web has no command for artifacts of this kind"))
    known = {"folder": inside.folder, **more}
    command = filled(inside.service, form.command, {**_attributes(inside, form.command, known), **known})
    return StartCommand(command, notify=form.notify, comment=form.comment)


def _attributes(inside: ArtifactOnMachine, form: str, known: Mapping[str, str]) -> dict[str, str]:
    """The attributes that a command names, each as one word of it; CAMP422 where only Terraform knows one."""
    found = {}
    with files_of(inside.service):
        for name in forms.fields(form):
            if name in known or name not in inside.service.product.attributes:
                continue
            value = inside.attributes[name]
            if value is None:
                raise LookupError(f"machine.web.command names {{{name}}}, which has no value: give it a default")
            if isinstance(value, bool):
                value = str(value).lower()
            elif not isinstance(value, str | int):
                later(inside.given, name, inside.service.name, inside.service.attributes[name])
            found[name] = str(word(value))
    return found


class ArtifactKind:
    """A kind of artifact: what it overrides is what is special about it.

    ``words``: what becomes of it, for the port report. ``folder``: it is a folder on the machine, so that archives are
    unpacked. ``file``: where a single file is to be, with ``{folder}``; empty: in the folder, by its own name.
    ``confined``: systemd confines its processes; else they are root, and confine what they run.
    """

    words = "on its machine"
    folder = False
    file = ""
    confined = True

    def check(self, inside: ArtifactOnMachine) -> None:
        """Look whether the content is what it should be (CAMP465)."""

    def tools(self, inside: ArtifactOnMachine) -> tuple[str, ...]:
        """What its script must have before it can install it (``npm``), as its files tell."""
        return ()

    def packages(self, inside: ArtifactOnMachine) -> tuple[str, ...]:
        """Those of the distribution that it needs for the same reason."""
        return ()

    def web(self, inside: ArtifactOnMachine) -> StartCommand:
        """How its web process is started; CAMP429 where nothing tells."""
        return by_product(inside)

    def before_start(self, inside: ArtifactOnMachine) -> str:
        """A line of bash that runs before each start, where the plan has none; empty: nothing does."""
        return ""

    def line(self, inside: ArtifactOnMachine, unit: str, file: str) -> str:
        """The command for systemd that runs a line of the plan, given the process's unit and the file of the line."""
        return f"/bin/bash -e {file}"

    def refer(self, given: MachineInput, component: Component) -> DeliveredContent | None:
        """Content that a machine gets in another way than by us; None: it gets it as usual."""
        return None


@cache
def find(name: str) -> ArtifactKind:
    """The kind of that name."""
    if find_spec(f"{__name__}.{name}") is None:
        return ArtifactKind()
    found: ArtifactKind = importlib.import_module(f"{__name__}.{name}").KIND
    return found
