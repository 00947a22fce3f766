"""Prepare the copy of each runtime for its buildpack: one module per built-in product, with its name.

Each has ``prepare(build) -> str | None``: it completes the copy, records the outcomes of the component's options and of
the service's version, and returns the command of the ``web`` process. None if the runtime has no default command. For
a product without a module, other packages have such functions as entry points of the group ``camp2iac.heroku.kinds``,
by the kind of the artifact. Everything else is prepared by ``unchanged``.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any, TypeAlias, cast

from camp2iac.catalogue.versions import Version
from camp2iac.diagnostics import Diagnostic, Fix, Span
from camp2iac.record import Record, field
from camp2iac.targets import extensions
from camp2iac.targets.base import LedgerEntry
from camp2iac.targets.heroku import offers
from camp2iac.targets.heroku.offers import Buildpack
from camp2iac.targets.kit import degraded, kept, lost
from camp2iac.targets.kit.copies import Copy
from camp2iac.topology.model import Component, Service, Statement, Topology

GROUP = "camp2iac.heroku.kinds"


class Build(Record):
    """The work of a runtime.

    ``processes``: other process types, which the plan or the content can replace. ``path``: that it serves (``/shop``).
    ``fir``: of the generation with cloud native buildpacks. ``outcomes``, ``faults``: those of the statements,
    and errors.
    """

    topology: Topology
    component: Component
    service: Service
    pack: Buildpack
    copy: Copy
    processes: dict[str, str] = field(default_factory=dict)
    path: str = ""
    fir: bool = False
    outcomes: list[LedgerEntry] = field(default_factory=list)
    faults: list[Diagnostic] = field(default_factory=list)

    def keep(self, statement: Statement[Any], how: str) -> None:
        """The runtime keeps the statement."""
        self.outcomes.append(kept(statement, how))

    def degrade(self, statement: Statement[Any], how: str, why: str, *advice: str | Fix) -> None:
        """The runtime keeps the statement, with a difference."""
        self.outcomes.append(degraded(statement, how, why, *advice))

    def lose(self, statement: Statement[Any], why: str, *advice: str | Fix) -> None:
        """The runtime loses the statement."""
        self.outcomes.append(lost(statement, why, *advice))

    def fault(self, diagnostic: Diagnostic) -> None:
        """Record that Heroku cannot build or start the content."""
        self.faults.append(diagnostic)

    @property
    def origin(self) -> Span:
        """The origin of generated files: the plan's statement on how the component runs."""
        application = self.component.options.get("application")
        return application.span if application else self.component.span

    def release(self) -> Version | None:
        """The newest release of the buildpack in the plan's range that the content can use. CAMP442: there is none."""
        wanted = self.service.version
        version = offers.fitting(self.pack.versions, self.service, self.component.id)
        if version is None and wanted is not None:
            self.fault(offers.no_release(self.service, wanted, "its buildpack", self.pack.versions))
        return version

    def keep_version(self, how: str) -> None:
        """Record that the plan's version range is kept."""
        if self.service.version is not None:
            self.keep(self.service.version, how)

    def literal(self, option: str) -> str | None:
        """The value of an option. None if it is not set or not known before the apply."""
        statement = self.component.options.get(option)
        return statement.value.literal if statement else None


#: Runtimes whose buildpack builds only what is at the top of the content.
_AT_THE_TOP = frozenset(("go", "ruby"))
Prepare: TypeAlias = Callable[[Build], str | None]


def prepare(build: Build) -> str | None:
    """Prepare a copy for the buildpack of its product. Return the command of its ``web`` process."""
    function: Prepare | None = None
    if build.component.content.at and build.pack.module in _AT_THE_TOP:
        build.fault(below_the_root(build, build.service.product.title))
        return None
    if not build.pack.module:
        try:
            function = cast("Prepare | None", extensions.find(GROUP, build.component.kind))
        except LookupError as error:
            build.fault(_broken(build, error))
            return None
    if function is None:
        function = importlib.import_module(f"{__name__}.{build.pack.module or 'unchanged'}").prepare
    return function(build)


def below_the_root(build: Build, what: str) -> Diagnostic:
    """CAMP445: the buildpack does not find what is in a folder of the content."""
    return Diagnostic(
        "CAMP445",
        f"Heroku's buildpack cannot build {build.component.name} in a folder below its root",
        build.component.content.span,
        label=f"the buildpack for {what} reads only the top of the content",
        help="write only  href:  with the folder that has all files of the application, or name a buildpack for this "
        f"in the environment file:  buildpacks: {{ {build.component.id}: [URL] }}",
    )


def _broken(build: Build, error: LookupError) -> Diagnostic:
    product = build.service.product
    return Diagnostic(
        "CAMP306",
        f"the product {product.name} cannot be used: {error}",
        build.service.span,
        label=f"{build.service.name} is {product.title}",
        help="correct the package with this entry point, or uninstall it",
    )
