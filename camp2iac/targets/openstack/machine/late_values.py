"""Values that only Terraform knows, in places where the compiler needs them."""

from __future__ import annotations

from camp2iac.diagnostics import Diagnostic
from camp2iac.targets.openstack.machine.document import MachineInput
from camp2iac.topology.model import Statement, TextValue


def later(given: MachineInput, name: str, owner: str, statement: Statement[TextValue]) -> None:
    """Report an attribute or option whose value only Terraform knows (CAMP422)."""
    given.context.diagnostics.add(
        Diagnostic(
            "CAMP422",
            f"{name} of {owner} must be known when camp2iac compiles the plan",
            statement.value.span,
            label="only Terraform knows this value",
            help="write the value itself",
        )
    )
