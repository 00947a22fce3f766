"""How instances run each kind of artifact: one module for each kind, with its name and a ``KIND``.

A ``product.yaml`` names the kind of its artifacts (``artifacts: { "org.python:src": python }``). Other packages add
kinds as entry points of the group ``camp2iac.openstack.kinds``, whose values are classes; ours win. The content of any
other kind is only copied. It has a process if ``machine.web`` of its product has a command.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib.util import find_spec
from typing import Any, cast

from camp2iac.camp.members import BLOCK
from camp2iac.catalogue import forms
from camp2iac.catalogue.recipe import Recipe, WebProcess
from camp2iac.diagnostics import Diagnostic, Severity, Span
from camp2iac.record import Record
from camp2iac.targets import extensions
from camp2iac.targets.openstack.machine import encrypted_links
from camp2iac.targets.openstack.machine.component_build import ComponentBuild, line
from camp2iac.targets.openstack.machine.content import DeliveredContent, reader
from camp2iac.targets.openstack.machine.document import MachineInput
from camp2iac.targets.openstack.machine.late_values import later
from camp2iac.targets.openstack.machine.render import unit as word
from camp2iac.targets.openstack.machine.templates import ProductFault, files_of, filled
from camp2iac.targets.programs import lines
from camp2iac.targets.programs.builds import node
from camp2iac.targets.programs.builds.node import NodeContent
from camp2iac.topology.model import Component, Service

GROUP = "camp2iac.openstack.kinds"


class ArtifactOnMachine(Record, frozen=True):
    """A component whose content goes to instances, for its kind.

    ``folder``: the folder of its content on the instance. A kind uses no other path, because the files can be elsewhere
    (in the folder of a release). ``options``: the options of its host, as strings. ``attributes``: the attributes of
    its service. ``mounts``: the mount points of its volumes.
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
        """How its product is installed on the operating system of the instances."""
        return self.given.recipe(self.service)

    @property
    def port(self) -> int | None:
        """The port where it listens. None if it does not listen."""
        return self.given.infrastructure.ports.get(self.component.id)

    @property
    def home(self) -> str:
        """The folder where it is built and runs: that of its content, or one in it."""
        at = self.component.content.at
        return f"{self.folder}/{at}" if at else self.folder

    @property
    def files(self) -> tuple[str, ...]:
        """The names of the files in its ``home``, as far as they are known at compilation."""
        at = self.component.content.at
        if not at:
            return self.content.names
        inside = f"{at}/"
        return tuple(name.removeprefix(inside) for name in self.content.names if name.startswith(inside))

    @property
    def read(self) -> Callable[[str], bytes] | None:
        """A function that returns the bytes of a file. None if only the instance can see the content."""
        read, at = self.read_content, self.component.content.at
        return read if read is None or not at else lambda name: read(f"{at}/{name}")

    @property
    def read_content(self) -> Callable[[str], bytes] | None:
        """The same for names in the whole content, which can be more than ``home``."""
        return reader(self.given, self.component.content, self.content)

    @property
    def node(self) -> NodeContent | None:
        """Its content as Node.js builds it. None if only the instance can see the content."""
        read, content = reader(self.given, self.component.content, self.content), self.component.content
        return None if read is None else node.of(self.content.names, read, content.at, content.span)

    @property
    def variables(self) -> tuple[str, ...]:
        """The names of its environment variables, from its links and from the plan."""
        linked = {
            name
            for link in self.component.links
            for name in (*link.variables, *encrypted_links.variables(self.given, link))
        }
        return tuple(sorted({variable.name for variable in self.component.variables} | linked))

    def json(self, name: str) -> dict[str, Any]:
        """A JSON object of the content. Empty if the file is missing, unknown, or not a JSON object."""
        read = self.read
        if read is None or name not in self.files:
            return {}
        try:
            found = json.loads(read(name))
        except (ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}

    def unknown(self, message: str, span: Span, label: str, help_: str) -> None:
        """Report that the content does not show how to run it (CAMP429), unless an error says what is missing."""
        if self.component.id in self.given.context.broken:
            return
        self.given.context.diagnostics.add(Diagnostic("CAMP429", message, span, label=label, help=help_))

    def wrong(self, message: str, label: str, help_: str, severity: Severity = Severity.ERROR) -> None:
        """Report that the content does not match its artifact type (CAMP465), unless an error says so already."""
        if self.component.id in self.given.context.broken:
            return
        content = self.component.content
        span = content.href.span if content.href else content.span
        diagnostic = Diagnostic("CAMP465", message, span, severity=severity, label=label, help=help_)
        self.given.context.diagnostics.add(diagnostic)

    @property
    def start(self) -> bytes | None:
        """The first bytes of content that is a single file. None if it is not one, or if the instance downloads it."""
        content = self.component.content
        if content.data is not None:
            return content.data[:BLOCK]
        package = self.given.context.package
        return package.start(content.path, BLOCK) if content.path and package.is_file(content.path) else None


class StartCommand(Record, frozen=True):
    """How the web process of a component starts: ``command`` for systemd, quoted, or a ``line`` of bash.

    ``notify``: it notifies systemd when it is ready. ``comment``: a comment for its unit.
    """

    command: str = ""
    line: str = ""
    notify: bool = False
    comment: str = ""


def by_product(inside: ArtifactOnMachine, **more: str) -> StartCommand:
    """The command from the ``machine.web`` of its product, filled in."""
    form = inside.recipe.web or WebProcess()
    if not form.command:
        raise ProductFault(inside.service, LookupError("machine.web has no command for artifacts of this kind"))
    known = {"folder": inside.folder, **more}
    command = filled(inside.service, form.command, {**_attributes(inside, form.command, known), **known})
    return StartCommand(command, notify=form.notify, comment=form.comment)


def _attributes(inside: ArtifactOnMachine, form: str, known: Mapping[str, str]) -> dict[str, str]:
    """The attributes in a command, each quoted as one word. CAMP422: only Terraform knows the value of one."""
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
    """A kind of artifact. Subclasses override what differs.

    ``words``: its outcome in the port report. ``folder``: it is a folder on the instance, so archives are unpacked.
    ``file``: the path of a single file, with ``{folder}``. Empty: in the folder, with its own name. ``confined``:
    systemd confines its processes. Otherwise they are root, and confine what they run. ``releases``: it can come as
    releases, if its product allows that.
    """

    words = "on its instances"
    folder = False
    file = ""
    confined = True
    releases = True

    def place(self, component: Component, folder: str) -> str:
        """The path of a single file: ``file``, or its own name in the folder if a command of the plan runs that."""
        own = (component.content.path or "").rpartition("/")[2]
        commands = [process.command for process in component.processes]
        commands += [schedule.command for schedule in component.schedules]
        runs = [lines.first(command) for command in commands]
        if own and self.file.startswith("{folder}/") and any(run is not None and run.file == own for run in runs):
            return f"{folder}/{own}"
        return self.file.format(folder=folder)

    def check(self, inside: ArtifactOnMachine) -> None:
        """Check that the content matches its artifact type (CAMP465)."""

    def tools(self, inside: ArtifactOnMachine) -> tuple[str, ...]:
        """The tools that its install script needs (``npm``), found from its files."""
        return ()

    def packages(self, inside: ArtifactOnMachine) -> tuple[str, ...]:
        """The packages of the distribution that have these tools."""
        return ()

    def locked(self, inside: ArtifactOnMachine) -> str:
        """The program whose lock file the content has, such as ``uv``. Empty: none, or the content is unknown."""
        return ""

    def programs(self, inside: ArtifactOnMachine) -> Mapping[str, str]:
        """What a build creates, by name, and from which package. An empty name: it creates only this program."""
        return {}

    def dependencies(self, inside: ArtifactOnMachine) -> Iterable[str]:
        """The names of its dependencies, as its product's ``compiles`` spells them, found from its files."""
        return ()

    def build(self, inside: ArtifactOnMachine) -> ComponentBuild | None:
        """How it is built. None: nothing is built. The default is the plan's process ``build``."""
        planned = inside.component.build
        if planned is None:
            return None
        path = filled(inside.service, inside.recipe.path, {"folder": "$top"})
        text = line(planned.command, inside.component.content.at)
        return ComponentBuild(planned.command, path=f"{path}:" if path else "", line=text)

    def web(self, inside: ArtifactOnMachine) -> StartCommand:
        """How its web process starts. CAMP429: the content does not show it."""
        return by_product(inside)

    def before_start(self, inside: ArtifactOnMachine) -> str:
        """A line of bash that runs before each start, unless the plan has one. Empty: nothing runs."""
        return ""

    def line(self, inside: ArtifactOnMachine, unit: str, file: str) -> str:
        """The command with which systemd runs a line of the plan. ``file``: the script with the line."""
        return f"/bin/bash -e {file}"

    def settings(self, inside: ArtifactOnMachine) -> tuple[str, ...]:
        """More lines of its units."""
        return ()

    def text(self, refers: DeliveredContent) -> bytes:
        """The text that is a release of what :meth:`refer` returns, for ``build.sh.j2`` of its product."""
        return refers.path.encode()

    def refer(self, given: MachineInput, component: Component) -> DeliveredContent | None:
        """Content that instances get without a delivery (an image in a registry). None: it has the usual delivery."""
        return None


@cache
def find(name: str) -> ArtifactKind:
    """The kind with this name: ours, that of an installed package, or files that are only copied.

    ``LookupError`` if the package cannot be imported.
    """
    if name.isidentifier() and find_spec(f"{__name__}.{name}") is not None:
        found: ArtifactKind = importlib.import_module(f"{__name__}.{name}").KIND
        return found
    made = cast("type[ArtifactKind] | None", extensions.find(GROUP, name))
    return ArtifactKind() if made is None else made()
