"""How each runtime's copy is made ready for its buildpack: one module a catalogue product, named after it.

Each has ``prepare(build) -> str | None``: completes the copy, says what becomes of the component's options and of the
service's version, and gives the command of the ``web`` process; None where it has none of its own.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

from camp2iac.catalogue.versions import Version
from camp2iac.diagnostics import Diagnostic, Span
from camp2iac.record import Record, field
from camp2iac.targets.base import LedgerEntry, Remedy
from camp2iac.targets.heroku.layout import offers
from camp2iac.targets.heroku.layout.offers import Buildpack
from camp2iac.targets.heroku.runtimes.copies import Copy
from camp2iac.targets.kit import degraded, kept, lost
from camp2iac.topology.model import Component, Service, Statement, Topology


class Build(Record):
    """What a runtime works on.

    ``processes``: what it runs besides ``web``, unless plan or artifact say otherwise. ``path``: below which it
    answers (``/shop``). ``outcomes``, ``faults``: what becomes of the plan's words, and what is wrong.
    """

    topology: Topology
    component: Component
    service: Service
    pack: Buildpack
    copy: Copy
    processes: dict[str, str] = field(default_factory=dict)
    path: str = ""
    outcomes: list[LedgerEntry] = field(default_factory=list)
    faults: list[Diagnostic] = field(default_factory=list)

    def keep(self, statement: Statement[Any], how: str) -> None:
        """The runtime serves it."""
        self.outcomes.append(kept(statement, how))

    def degrade(self, statement: Statement[Any], how: str, why: str, *remedies: Remedy) -> None:
        """The runtime serves it, with a difference."""
        self.outcomes.append(degraded(statement, how, why, *remedies))

    def lose(self, statement: Statement[Any], why: str, *remedies: Remedy) -> None:
        """The runtime has no place for it."""
        self.outcomes.append(lost(statement, why, *remedies))

    def fault(self, diagnostic: Diagnostic) -> None:
        """The content cannot be built or started like this."""
        self.faults.append(diagnostic)

    @property
    def origin(self) -> Span:
        """Where files come from that the plan does not have: its word on how the component runs."""
        application = self.component.options.get("application")
        return application.span if application else self.component.span

    def release(self) -> Version | None:
        """The newest release of the buildpack in the wanted range; CAMP442 where there is none."""
        wanted = self.service.version
        version = offers.newest(self.pack.versions, wanted.value if wanted else None)
        if version is None and wanted is not None:
            self.fault(offers.no_release(self.service, wanted, "its buildpack", self.pack.versions))
        return version

    def keep_version(self, how: str) -> None:
        """The wanted range is kept, by that release."""
        if self.service.version is not None:
            self.keep(self.service.version, how)

    def literal(self, option: str) -> str | None:
        """The plain text of an option, None where it is not given or not known before applying."""
        statement = self.component.options.get(option)
        return statement.value.literal if statement else None


def prepare(build: Build) -> str | None:
    """Readies a copy for the buildpack of its product and gives the command of its ``web`` process."""
    module = importlib.import_module(f"{__name__}.{build.service.product.name}")
    function: Callable[[Build], str | None] = module.prepare
    return function(build)
