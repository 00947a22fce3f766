"""The image of a component: its Dockerfile, from the template of its product, and the files that it copies.

One module per built-in product has its name, and a ``prepare(build)`` that finds what the template needs to know,
records the outcomes of the component's options, and names the default processes. The folder ``build/<component>`` has
the Dockerfile, the content in ``content/``, and what else the Dockerfile copies. With its own Dockerfile, the content
is this folder.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path

from camp2iac.catalogue.versions import Version
from camp2iac.diagnostics import Diagnostic, Fix, Span
from camp2iac.diagnostics.suggest import listed
from camp2iac.record import Record, asdict, field
from camp2iac.targets.base import LedgerEntry
from camp2iac.targets.containers.images.context import Fact, ImageContext
from camp2iac.targets.containers.images.render import render
from camp2iac.targets.containers.offers.runtimes import RuntimeImage
from camp2iac.targets.kit import degraded, kept, lost
from camp2iac.targets.kit.copies import Copy
from camp2iac.targets.kit.releases import fitting
from camp2iac.topology.model import Component, Service, Statement, Topology

FILE = "Dockerfile"
#: Dotfiles that Docker or a build reads.
DOTFILES = (".dockerignore",)
_CONTENT = "content"
_RUN, _BUILD = "camp-run", "camp-build"
_DEBIAN = "debian"  # the family of all images
_SCRIPT = Path(__file__).with_name("camp-run.sh")


class ImageBuild(Record):
    """The work on an image.

    ``processes``: the default process types and their command lines, which the plan or the content can replace.
    ``dockerfile``: the text. ``own``: it is in the content. ``outcomes``, ``faults``: of the statements, and errors.
    Modules fill in the rest. ``facts``: for the template. ``compiles``: the dependencies that may be compiled.
    ``command``: what builds the application, for bash. ``beside``: the text of each file beside the content.
    ``variables``: those that containers need, and the attribute of the service with the value. ``proxied``: users
    reach it only through a proxy, which sets X-Forwarded-For and X-Forwarded-Proto.
    """

    topology: Topology
    component: Component
    service: Service
    runtime: RuntimeImage
    copy: Copy
    processes: dict[str, str] = field(default_factory=dict)
    dockerfile: str = ""
    own: bool = False
    outcomes: list[LedgerEntry] = field(default_factory=list)
    faults: list[Diagnostic] = field(default_factory=list)
    facts: dict[str, Fact] = field(default_factory=dict)
    compiles: list[str] = field(default_factory=list)
    command: str = ""
    beside: dict[str, str] = field(default_factory=dict)
    variables: dict[str, str] = field(default_factory=dict)
    proxied: bool = False

    def keep(self, statement: Statement[object], how: str) -> None:
        """The image keeps the statement."""
        self.outcomes.append(kept(statement, how))

    def degrade(self, statement: Statement[object], how: str, why: str, *advice: str | Fix) -> None:
        """The image keeps the statement, with a difference."""
        self.outcomes.append(degraded(statement, how, why, *advice))

    def lose(self, statement: Statement[object], why: str, *advice: str | Fix) -> None:
        """The image loses the statement."""
        self.outcomes.append(lost(statement, why, *advice))

    def wrong(self, message: str, label: str, help_: str, span: Span | None = None) -> None:
        """CAMP479: no image can be built from the content, or nothing in it can be started."""
        content = self.component.content
        place = span or (content.href.span if content.href else content.span)
        self.faults.append(Diagnostic("CAMP479", f"{self.component.name} {message}", place, label=label, help=help_))

    @property
    def origin(self) -> Span:
        """The origin of generated files: the plan's statement on how the component runs."""
        application = self.component.options.get("application")
        return application.span if application else self.component.span

    @property
    def serves(self) -> bool:
        """Whether the default web process is needed, as on instances: the plan and the content name none."""
        component = self.component
        types = {process.type for process in component.processes} - {"release"}
        asked = "application" in component.options or any(exposure.port for exposure in component.exposures)
        return "web" not in types and (not types or asked)

    def literal(self, option: str) -> str | None:
        """The value of an option. None if it is not set or not known before the apply."""
        statement = self.component.options.get(option)
        return statement.value.literal if statement else None

    def attribute(self, name: str, how: str) -> str:
        """The value of an attribute of the service, or its default. Empty: none, or only Terraform knows it.

        Records its outcome, ``how``: with ``{}`` for the value.
        """
        statement = self.service.attributes.get(name)
        if statement is None:
            known = self.service.product.attributes.get(name)
            return "" if known is None or known.default is None else str(known.default)
        value = statement.value.literal
        if value is None:
            self.lose(statement, "Terraform only knows the value after the image is built.", "Write the value itself.")
            return ""
        self.keep(statement, how.format(value))
        return value

    def number(self, name: str, how: str) -> str:
        """The same for a number in a command of the shell, where a variable can have what only Terraform knows."""
        statement = self.service.attributes.get(name)
        if statement is not None and statement.value.literal is None:
            return self.told(name)
        value = self.attribute(name, how)
        return value if value.isdecimal() else ""

    def told(self, name: str) -> str:
        """An attribute as a variable of the shell: its containers have it."""
        variable = f"CAMP_{name.upper()}"
        self.variables[variable] = name
        self.keep(self.service.attributes[name], f"{variable} in the environment")
        return f"${{{variable}}}"


def prepare(build: ImageBuild) -> None:
    """Complete the copy of the content, so that Docker can build it, and record what is kept of the plan."""
    names, _ = build.copy.home
    if FILE in names:
        _own(build)
        return
    release = _release(build)
    if release is None:
        return
    if build.component.build is not None:
        build.command = build.component.build.command
        build.keep(build.component.build.statement, "in the image, when it is built")
    _module(build.runtime.module)(build)
    _packages(build)
    for statement in (*build.service.attributes.values(), *build.component.options.values()):
        if not any(entry.statement is statement for entry in build.outcomes):
            build.lose(statement, f"The image of {build.service.product.title} has no setting for it.", "None needed.")
    if not build.faults:
        _write(build, release)


def _own(build: ImageBuild) -> None:
    """Docker builds the folder of the application with its own Dockerfile. Nothing is added."""
    build.own, component, copy = True, build.component, build.copy
    at = f"{component.content.at}/" if component.content.at else ""
    files, copy.files = copy.files, {}
    for path, document in files.items():
        if path.startswith(at):
            copy.add(path.removeprefix(at), document.content, document.origin, executable=document.executable)
    build.dockerfile = copy.text(FILE) or ""
    build.keep(component.statement, "an image, built with its own Dockerfile")
    planned = [component.build.statement] if component.build else []
    packages = [each.statement for each in component.packages]
    versions = [build.service.version] if build.service.version else []
    decides: list[Statement[object]] = [*planned, *packages, *versions, *component.options.values()]
    for statement in (*decides, *build.service.attributes.values()):
        build.lose(statement, "The content has its own Dockerfile.", "Write it into the Dockerfile.")


def _release(build: ImageBuild) -> Version | None:
    """The newest release in the plan's range that the content can use. CAMP470: there is none."""
    service, tags = build.service, build.runtime.tags
    found, wanted = fitting(tags, service, build.component.id), service.version
    if found is None and wanted is not None:
        build.faults.append(
            Diagnostic(
                "CAMP470",
                f"no image of {service.product.title} has a release in the range {wanted.value}",
                wanted.span,
                label=wanted.value.words(),
                notes=(f"the images of {build.runtime.image} have {listed(map(str, tags))}",),
                help=f'write for example  version: "[{next(iter(tags))},)"',
            )
        )
    elif found is not None:
        build.keep(build.component.statement, f"an image, built on {build.runtime.based(found)}")
        if wanted is not None:
            build.keep(wanted, build.runtime.based(found))
    return found


def _module(name: str) -> Callable[[ImageBuild], None]:
    module = importlib.import_module(f"{__name__}.{name or 'unchanged'}")
    function: Callable[[ImageBuild], None] = module.prepare
    return function


def _packages(build: ImageBuild) -> None:
    for each in build.component.packages:
        if each.families.get(_DEBIAN):
            build.keep(each.statement, "installed in the image")
        else:
            build.lose(
                each.statement, "The images are Debian, and the plan has no names for it.", "Add `debian: [NAME]`."
            )


def _write(build: ImageBuild, release: Version) -> None:
    """Write the Dockerfile and the scripts beside the content."""
    copy, component, beside = build.copy, build.component, build.beside
    try:
        build.dockerfile = render(build.runtime.template, asdict(ImageContext.of(build, release)))
    except Exception as problem:
        if build.runtime.module:
            raise
        build.faults.append(_broken(build, problem))
        return
    copy.under(_CONTENT)
    if build.command:
        planned = component.build.statement.span if component.build else build.origin
        copy.add(_BUILD, f"#!/bin/bash\n# Builds the application in its folder\nset -e\n{build.command}\n", planned)
    copy.add(_RUN, _SCRIPT.read_bytes(), build.origin, executable=True)
    for name, text in beside.items():
        copy.add(name, text, build.origin)
    copy.add(FILE, build.dockerfile, build.origin)


def _broken(build: ImageBuild, problem: Exception) -> Diagnostic:
    return Diagnostic(
        "CAMP306",
        f"the product {build.service.product.name} cannot be used: {problem}",
        build.service.span,
        label=f"{build.service.name} is {build.service.product.title}",
        help="correct the template of its Dockerfile",
    )
