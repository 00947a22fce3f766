"""The values of parameters when a plan is compiled: from the environment, or the defaults of the plan."""

from __future__ import annotations

import re

from camp2iac.camp import schema_keywords
from camp2iac.camp.model import PlanDocument
from camp2iac.camp.nodes import Mapping, Node, Scalar
from camp2iac.diagnostics import Diagnostic, Diagnostics, Label, Span
from camp2iac.record import Record, field
from camp2iac.topology.declarations import bare, misspelt, parameters
from camp2iac.topology.model import Parameter
from camp2iac.topology.profile import sound
from camp2iac.topology.requirements import PROFILE
from camp2iac.topology.statements import Statements
from camp2iac.topology.substitution.given import Given

_RE2 = r"\\[pPzCQ]|\[\[?:|\(\?"  # syntax that Python does not have, or reads differently


class Values(Record):
    """The parameters of a plan, and their values in an environment. ``used``: those that were looked up. ``whole``:
    whether all declarations are sound.
    """

    declared: dict[str, Parameter]
    written: Mapping
    given: Given
    diagnostics: Diagnostics
    used: dict[str, None] = field(default_factory=dict)
    whole: bool = True

    def known(self, name: str) -> bool:
        """Whether the plan declares the parameter."""
        return name in self.declared

    def find(self, name: str) -> Scalar | None:
        """The value as it is written: from ``--set``, the environment file, or the default. None if there is none."""
        if name in self.given.parameters:
            return self.given.parameters[name]
        form = self.written.get(name)
        default = form.get("default") if isinstance(form, Mapping) else None
        return default if isinstance(default, Scalar) and default.value is not None else None

    def fits(self, name: str, value: Scalar, place: Span) -> bool:
        """Whether a value fits the parameter's declaration. A wrong type or choice is reported elsewhere, because it
        is wrong even if no part of the plan uses the parameter. A wrong pattern is reported at the ``place`` of
        the use (CAMP602).
        """
        parameter = self.declared[name]
        plain = value.text if parameter.type == "string" else value.value
        if parameters.unfit(parameter, plain):
            return False
        if parameter.pattern is None or self.unchecked(name):
            return True
        if schema_keywords.pattern(parameter.pattern).search(value.text):
            return True
        self.diagnostics.add(
            Diagnostic(
                "CAMP602",
                f"the value of parameter {name} does not match {parameter.pattern}",
                place,
                label="this value does not match",
                related=(Label(parameter.span, "declared here"),),
                help="set a value that the plan allows",
            )
        )
        return False

    def unchecked(self, name: str) -> bool:
        """Whether only Terraform can check the parameter's pattern, because it has syntax of RE2."""
        pattern = self.declared[name].pattern
        if pattern is None:
            return False
        try:
            schema_keywords.pattern(pattern)
        except (re.error, OverflowError, RecursionError):
            return True
        return re.search(_RE2, pattern) is not None

    def is_string(self, name: str) -> bool:
        """Whether the plan says that the value is a string."""
        form = self.written.get(name)
        type_ = form.get("type") if isinstance(form, Mapping) else None
        return isinstance(type_, Scalar) and type_.text == "string"


def read(plan: PlanDocument, given: Given, diagnostics: Diagnostics) -> Values:
    """The parameters that a plan declares. Errors in their declarations are reported when the topology is built."""
    written: Node | None = plan.extensions.get(f"{PROFILE}Parameters")
    typo = misspelt(plan, "Parameters") if written is None else None
    if not isinstance(written, Mapping):
        written = typo or Mapping({}, plan.span)
    quiet = Diagnostics()
    whole = typo is None and sound("Parameters", written, "the plan", quiet, written.span)
    declared = parameters.read(written if whole else bare(written), Statements(), quiet)
    return Values(declared, written, given, diagnostics, whole=whole)
