"""A machine's document: what products and components add to it, in the plan's order.

:class:`MachineInput` is what is known before; :class:`MachineDocument` takes what is added, and nothing is taken back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from camp2iac.catalogue.recipe import Recipe
from camp2iac.diagnostics import Span
from camp2iac.record import Record
from camp2iac.synth.cloudinit import AptSource, FileLoop, WriteFile
from camp2iac.synth.module import Attribute, Block, Document, Expr, Template, Value
from camp2iac.targets.base import Context
from camp2iac.targets.openstack.layout import names
from camp2iac.targets.openstack.machine.contract import TierInfrastructure
from camp2iac.topology.model import Service, Tier, Topology

LIB = "/usr/local/lib/camp"
SHARED = ("camp-callback", "camp-status", "release", "volume", "wait-for")  # scripts that machines share


class MachineInput(Record, frozen=True):
    """What a machine's document is made of.

    ``alone``: one product or component is all that the tier has, so names need no owner in them. ``in_store``: the
    owners whose content goes by way of the object store, since there is no room for it in the document.
    """

    topology: Topology
    tier: Tier
    infrastructure: TierInfrastructure
    context: Context
    alone: bool
    in_store: frozenset[str] = frozenset()

    @property
    def app(self) -> str:
        """The application's name as files, units and roles have it."""
        return self.infrastructure.app

    @property
    def services(self) -> tuple[Service, ...]:
        """What is installed on the machine, in the plan's order."""
        services = (self.topology.services[id_] for id_ in self.tier.services)
        return tuple(service for service in services if service.href is None)

    def recipe(self, service: Service) -> Recipe:
        """How a service is installed on this machine's operating system."""
        return service.product.recipe_for(self.infrastructure.os)


class MachineDocument:
    """Takes what functions add to a machine: what is added stays, in the order of the calls."""

    def __init__(self, given: MachineInput) -> None:
        self.given = given
        self._packages: list[str] = []
        self._repositories: list[AptSource] = []
        self._files: list[tuple[WriteFile | FileLoop, ...]] = []
        self._scripts: list[WriteFile] = []
        self._shared: set[str] = set()
        self._status: list[str | Template] = []
        self._commands: list[str | Template] = []
        self._variables: dict[str, Value] = {}
        self._locals: list[Attribute] = []
        self._preconditions: list[Block] = []
        self._documents: list[Document] = []
        self._objects: list[Block] = []
        self._contents: dict[str, tuple[int, Span]] = {}
        self._encoded: dict[str, int] = {}
        self._patience = 60

    def install(self, *packages: str) -> None:
        """Packages of the distribution; naming one twice does no harm."""
        self._packages += packages

    def add_repository(self, repository: AptSource) -> None:
        """A vendor's repository for apt."""
        self._repositories.append(repository)

    def write(self, *files: WriteFile | FileLoop, once: bool = False) -> None:
        """Files, which stand together in the document. ``once``: not if the same stand there already."""
        if not once or files not in self._files:
            self._files.append(files)

    def add_script(self, script: WriteFile) -> None:
        """A script of a product's; it stands after all other files."""
        self._scripts.append(script)

    def run(self, command: str | Template) -> None:
        """A command that cloud-init runs once, after those before it."""
        self._commands.append(command)

    def share(self, script: str) -> str:
        """The path of a script that machines share (:data:`SHARED`); from now on it is in the document."""
        self._shared.add(script)
        return "/usr/local/bin/camp-status" if script == "camp-status" else f"{LIB}/{script}"

    def watch(self, what: str, name: Value) -> None:
        """A line for camp-status."""
        line = line_of(what, " ", name)
        if line not in self._status:
            self._status.append(line)

    def allow(self, seconds: int) -> None:
        """How long its processes may take to start, at least."""
        self._patience = max(self._patience, seconds)

    def variable(self, owner: str, name: str, value: Value, *, others: bool = False) -> Value:
        """How a document writes a value: as it is where it is plain, else by a variable of the template.

        Args:
            owner: the id of the service, component, job or tier that it belongs to.
            name: what it is to that, ``password``; empty: the owner itself.
            value: what Terraform fills in.
            others: the owner is not what the machine is there for, so its name stays in the variable's.
        """
        if isinstance(value, str | int | float) or value is None:
            return value
        label = names.label(owner)
        full = f"{label}_{name}" if name else label
        candidates = [name] if name and self.given.alone and not others else []
        for candidate in (*candidates, full, f"{full}_here", f"{full}_there"):
            if self._variables.setdefault(candidate, value) == value:
                return Expr((candidate,))
        raise ValueError(f"two values for {full}")

    def fill(self, name: str, value: Value) -> None:
        """A variable of the template by a name of its own."""
        self._variables[name] = value

    def add_local(self, attribute: Attribute) -> None:
        """A value for the tier's ``locals`` block."""
        self._locals.append(attribute)

    def require(self, precondition: Block) -> None:
        """A precondition of the machines."""
        self._preconditions.append(precondition)

    def add_document(self, document: Document) -> None:
        """A file of the module's folder."""
        self._documents.append(document)

    def add_objects(self, blocks: Iterable[Block]) -> None:
        """Blocks of what the machines fetch from the object store."""
        self._objects += blocks

    def weigh(self, content: str, size: int, span: Span) -> None:
        """How large content in the document is, in bytes; ``content``: what messages call it."""
        self._contents[content] = (size, span)

    def weigh_file(self, path: str, size: int) -> None:
        """How large a file is whose text Terraform makes, in bytes at least."""
        self._encoded[path] = size

    @property
    def packages(self) -> tuple[str, ...]:
        """Each once."""
        return tuple(dict.fromkeys(self._packages))

    @property
    def repositories(self) -> tuple[AptSource, ...]:
        """Those of vendors."""
        return tuple(self._repositories)

    @property
    def files(self) -> tuple[tuple[WriteFile | FileLoop, ...], ...]:
        """Paragraphs of files, without the scripts."""
        return tuple(self._files)

    @property
    def scripts(self) -> tuple[WriteFile, ...]:
        """Those of products."""
        return tuple(self._scripts)

    @property
    def shared(self) -> tuple[str, ...]:
        """The scripts that machines share, by name."""
        return tuple(sorted(self._shared))

    @property
    def status(self) -> tuple[str | Template, ...]:
        """The lines for camp-status."""
        return tuple(self._status)

    @property
    def commands(self) -> tuple[str | Template, ...]:
        """What cloud-init runs once."""
        return tuple(self._commands)

    @property
    def variables(self) -> Mapping[str, Value]:
        """Those of the template."""
        return self._variables

    @property
    def locals(self) -> tuple[Attribute, ...]:
        """For the tier's ``locals`` block."""
        return tuple(self._locals)

    @property
    def preconditions(self) -> tuple[Block, ...]:
        """Of the machines."""
        return tuple(self._preconditions)

    @property
    def documents(self) -> tuple[Document, ...]:
        """Files of the module's folder."""
        return tuple(self._documents)

    @property
    def objects(self) -> tuple[Block, ...]:
        """Blocks of what the machines fetch from the object store."""
        return tuple(self._objects)

    @property
    def contents(self) -> Mapping[str, tuple[int, Span]]:
        """Content in the document: what messages call it, to its size in bytes and where the plan names it."""
        return self._contents

    @property
    def encoded(self) -> Mapping[str, int]:
        """Path of a file whose text Terraform makes, to its size in bytes at least."""
        return self._encoded

    @property
    def patience(self) -> int:
        """Seconds that its processes may take to start."""
        return self._patience


def line_of(*parts: Value) -> str | Template:
    """Text where all parts are plain, else a Template."""
    flat: list[Value] = []
    for part in parts:
        for piece in part.parts if isinstance(part, Template) else (part,):
            text = str(piece) if isinstance(piece, str | int) else None
            if text is not None and flat and isinstance(flat[-1], str):
                flat[-1] += text
            else:
                flat.append(piece if text is None else text)
    return "".join(map(str, flat)) if all(isinstance(piece, str) for piece in flat) else Template(tuple(flat))


def module_path(*parts: str) -> Template:
    """``"${path.module}/cloud-init"``."""
    return Template((Expr(("path.module",)), "/", "/".join(part for part in parts if part)))


def keep_named(name: str) -> str:
    """A script's name, by its service's id; never that of a script which machines share."""
    base = name
    while base.endswith("-service"):
        base = base.removesuffix("-service")
    return f"{name}-service" if base in SHARED else name
