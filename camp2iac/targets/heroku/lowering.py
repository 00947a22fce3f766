"""What all parts of one lowering share."""

from __future__ import annotations

from camp2iac.diagnostics import Diagnostics, Span
from camp2iac.record import Record, field
from camp2iac.synth.module import Attribute, Block, Document, Module, Value, body, ref
from camp2iac.targets.base import Context, Ledger
from camp2iac.targets.heroku import names
from camp2iac.targets.heroku.settings import HerokuSettings
from camp2iac.targets.heroku.wiring import Wiring
from camp2iac.targets.variables import variable
from camp2iac.topology.model import Component, Service, Topology

_RESERVED = {"variables", "outputs", "versions", "providers", "pipeline", "secrets", "space"}


class Lowering(Record):
    """The topology, the operator's word, and what is being written."""

    topology: Topology
    context: Context
    settings: HerokuSettings
    wiring: Wiring
    module: Module = field(default_factory=Module)
    documents: list[Document] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)  # for the output's README
    # Variables that the environment names: what they hold, and where it does.
    given: dict[str, tuple[str, Span | None]] = field(default_factory=dict)

    @property
    def ledger(self) -> Ledger:
        """Accounts for every statement of the plan."""
        return self.context.ledger

    @property
    def diagnostics(self) -> Diagnostics:
        """What is wrong."""
        return self.context.diagnostics

    def plan(self, what: str) -> str:
        """A comment: the plan's file and what of it."""
        return f"{self.topology.file}: {what}"

    def by(self, key: str) -> str:
        """A comment: the environment file and what of it; empty without a file."""
        file = self.context.environment.file
        return f"{file}: {key}" if file else ""

    def file(self, node: Component | Service) -> str:
        """The file that holds what a component or service becomes."""
        return f"{node.id}-app.tf" if node.id in _RESERVED else f"{node.id}.tf"

    def resource(
        self,
        file: str,
        type_: str,
        name: str,
        /,
        *items: Attribute | Block | None,
        comment: str = "",
        origin: Span | None = None,
        **arguments: Value | Attribute,
    ) -> None:
        """Adds a resource to a file."""
        self.module.add(file, Block("resource", (type_, name), body(*items, **arguments), comment, origin))

    def variable(
        self,
        name: str,
        description: str,
        type_: str,
        default: Value | None,
        *validations: Block,
        comment: str,
        origin: Span | None,
        sensitive: bool = False,
    ) -> None:
        """Adds a variable."""
        block = variable(
            name, description, type_, default, *validations, comment=comment, origin=origin, sensitive=sensitive
        )
        self.module.add("variables.tf", block)

    def asked(self, name: str, description: str, key: str, origin: Span | None) -> Value:
        """The sensitive variable that an environment file names, made by the first who needs it."""
        if name not in self.given:
            self.given[name] = (description, origin)
            self.variable(name, description, "string", None, comment=self.by(key), origin=origin, sensitive=True)
        return ref(f"var.{name}")

    def output(self, name: str, description: str, value: Value, comment: str, origin: Span | None) -> None:
        """Adds an output."""
        block = Block("output", (name,), body(description=description, value=value), comment, origin)
        self.module.add("outputs.tf", block)

    def app(self, component: Component) -> str:
        """The address of a component's app."""
        return f"heroku_app.{names.identifier(component.id)}"

    def app_called(self, component: Component) -> str:
        """How a command line names a component's app: by its default name, or NAME."""
        return self.settings.app_name(component)[0] or "NAME"
