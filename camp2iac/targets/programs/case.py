"""A component and its content, for the checks of what it runs."""

from __future__ import annotations

from camp2iac.diagnostics import Diagnostic, Severity, Span
from camp2iac.record import Record
from camp2iac.targets.programs.contents import ContentFiles
from camp2iac.topology.model import Component, Service

PROCESS = "add to its requirements\n  - requirement_type: org.camp2iac:Process\n    web: "


class Case(Record, frozen=True):
    """A component, the service that it runs on, and the files of its content."""

    component: Component
    service: Service
    files: ContentFiles

    @property
    def has_web(self) -> bool:
        """Whether the plan has the command of the process ``web``."""
        return any(process.type == "web" for process in self.component.processes)

    @property
    def serves(self) -> bool:
        """Whether a platform has to find what answers requests.

        A component with other processes answers requests only if the plan says so. A platform may use a ``Procfile``.
        """
        types = {process.type for process in self.component.processes} - {"release"}
        asked = "application" in self.component.options or any(each.port for each in self.component.exposures)
        return not self.has_web and (not types or asked) and "web" not in self.files.procfile

    def missing(
        self, what: str, label: str, help_: str, severity: Severity | None = None, *, place: Span | None = None
    ) -> Diagnostic:
        """CAMP217, at the content or another place: of an option, or of the name if the plan leaves the option out."""
        tells, kind, type_ = self.files.what()
        strange = bool(tells) and self.service.product.artifacts.get(type_, "") != self.component.kind
        notes = (f"the content has a {tells}, so it looks like {kind}",) if strange else ()
        message = f"{self.component.name} {what}"
        return Diagnostic(
            "CAMP217", message, place or self.files.span, label=label, notes=notes, help=help_, severity=severity
        )
