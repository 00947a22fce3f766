"""Read what a plan declares itself: networks, parameters, secrets. One module each."""

from __future__ import annotations

from camp2iac.camp.model import PlanDocument
from camp2iac.camp.nodes import Mapping, MappingEntry, Node
from camp2iac.diagnostics import Diagnostic, Diagnostics
from camp2iac.diagnostics.suggest import nearest
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
            _read_names(_meant(key), entry.value, declared)
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
        else:
            _read_names(name, entry.value, declared)
    return declared


def misspelt(plan: PlanDocument, name: str) -> Mapping | None:
    """The declarations below a key that is similar to the name of a profile's key, if the plan has no such key."""
    for key, entry in plan.extensions.entries.items():
        if key.startswith(PROFILE) and _meant(key) == name and isinstance(entry.value, Mapping):
            return entry.value
    return None


def _meant(key: str) -> str:
    """The profile's key of a plan that a key is similar to; empty if there is none."""
    return nearest(key.removeprefix(PROFILE), PLAN_KEYS) or ""


def bare(given: Mapping) -> Mapping:
    """Declarations without their keys."""
    nothing = {name: MappingEntry(entry.key, Mapping({}, entry.value.span)) for name, entry in given.entries.items()}
    return Mapping(nothing, given.span)


def _read_names(name: str, given: Node, declared: Declarations) -> None:
    """Read only the names of wrong declarations, so that their uses are not reported in addition."""
    if isinstance(given, Mapping):
        _read(name, bare(given), declared, Statements(), Diagnostics())


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
