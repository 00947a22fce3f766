"""Read what a plan declares itself: networks, parameters, secrets. One module each."""

from __future__ import annotations

from camp2iac.camp.model import PlanDocument
from camp2iac.camp.nodes import Mapping
from camp2iac.diagnostics import Diagnostic, Diagnostics
from camp2iac.record import Record, field
from camp2iac.topology import unread
from camp2iac.topology.declarations import networks, parameters, secrets
from camp2iac.topology.model import Network, Parameter, Secret
from camp2iac.topology.profile import PLAN_KEYS, known, sound
from camp2iac.topology.requirements import PROFILE
from camp2iac.topology.statements import PLAN, Statements


class Declarations(Record):
    """Networks, parameters and secrets by name, sorted."""

    networks: dict[str, Network] = field(default_factory=dict)
    parameters: dict[str, Parameter] = field(default_factory=dict)
    secrets: dict[str, Secret] = field(default_factory=dict)


def names(plan: PlanDocument) -> frozenset[str]:
    """The names of the parameters that a plan declares, before anything is checked."""
    given = plan.extensions.get(f"{PROFILE}Parameters")
    return frozenset(given.entries) if isinstance(given, Mapping) else frozenset()


def read(plan: PlanDocument, statements: Statements, diagnostics: Diagnostics) -> Declarations:
    """Read the extension keys of a plan. Each declaration is a statement."""
    declared = Declarations()
    for key, entry in plan.extensions.entries.items():
        if not key.startswith(PROFILE):
            unread.plan(PLAN, key, entry.value, entry.key, statements)
            continue
        name = known(key, entry.key.span, PLAN_KEYS, "key of a plan", diagnostics)
        if name is None:
            continue
        if not isinstance(entry.value, Mapping):
            diagnostics.add(
                Diagnostic(
                    "CAMP311",
                    f"the {name} of the plan are not a mapping",
                    entry.value.span,
                    label="names, each with its keys, belong here",
                    help=f"write, for example,  {_EXAMPLES[name]}",
                )
            )
        elif sound(name, entry.value, "the plan", diagnostics, entry.key.span):
            _read(name, entry.value, declared, statements, diagnostics)
    return declared


_EXAMPLES = {
    "Networks": "front: { cidr: 10.20.1.0/24 }",
    "Parameters": "greeting: { default: Hello }",
    "Secrets": "session_key: { generate: 32 }",
}


def _read(name: str, given: Mapping, declared: Declarations, statements: Statements, diagnostics: Diagnostics) -> None:
    if name == "Networks":
        declared.networks = networks.read(given, statements, diagnostics)
    elif name == "Parameters":
        declared.parameters = parameters.read(given, statements, diagnostics)
    elif name == "Secrets":
        declared.secrets = secrets.read(given, statements, diagnostics)
