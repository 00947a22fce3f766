"""A machine's document in the making: what its products and components add, in the plan's order."""

from __future__ import annotations

from camp2iac.diagnostics import Span
from camp2iac.record import Record, field
from camp2iac.synth.cloudinit import AptSource, FileLoop, WriteFile
from camp2iac.synth.module import Attribute, Block, Document, Expr, Template, Value
from camp2iac.targets.base import Context
from camp2iac.targets.openstack.layout import names
from camp2iac.targets.openstack.machine.contract import Facts
from camp2iac.topology.model import Tier, Topology

LIB = "/usr/local/lib/camp"
SHARED = ("camp-callback", "camp-status", "release", "volume", "wait-for")  # scripts that machines share


class Release(Record, frozen=True):
    """What a component's release says: an archive or a file, its name, its digest, and where it is fetched."""

    form: str
    name: str
    sha256: Value
    url: Value


class MachineDraft(Record):
    """Collects. ``alone``: one product or component is all that the tier has, so names need no owner in them.

    ``stored``: the owners whose content goes by way of the object store, since there is no room for it here.
    """

    topology: Topology
    tier: Tier
    facts: Facts
    context: Context
    alone: bool
    stored: frozenset[str] = frozenset()
    packages: list[str] = field(default_factory=list)
    apt: list[AptSource] = field(default_factory=list)
    files: list[tuple[WriteFile | FileLoop, ...]] = field(default_factory=list)
    scripts: list[WriteFile] = field(default_factory=list)
    shared: set[str] = field(default_factory=set)
    status: list[str | Template] = field(default_factory=list)
    run: list[str | Template] = field(default_factory=list)
    variables: dict[str, Value] = field(default_factory=dict)
    locals: list[Attribute] = field(default_factory=list)
    preconditions: list[Block] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    sizes: dict[str, tuple[int, Span]] = field(default_factory=dict)  # of contents, in bytes
    told: dict[str, int] = field(default_factory=dict)  # of files that processes read, in bytes at least
    patience: int = 60  # seconds that its processes may take to start
    contents: dict[str, int] = field(default_factory=dict)  # owner to the size of what is sent, in bytes
    releases: dict[str, Release] = field(default_factory=dict)  # by component
    objects: list[Block] = field(default_factory=list)  # what machines fetch from the object store
    missing: bool = False  # something cannot be built; the diagnostics say what

    @property
    def app(self) -> str:
        """The application's name as files, units and roles have it."""
        return self.facts.app

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
        candidates = [name] if name and self.alone and not others else []
        for candidate in (*candidates, full, f"{full}_here", f"{full}_there"):
            if self.variables.setdefault(candidate, value) == value:
                return Expr((candidate,))
        raise ValueError(f"two values for {full}")

    def share(self, script: str) -> str:
        """The path of a script that machines share; from now on it is in the document."""
        self.shared.add(script)
        return "/usr/local/bin/camp-status" if script == "camp-status" else f"{LIB}/{script}"

    def watch(self, what: str, name: Value) -> None:
        """A line for camp-status."""
        line = line_of(what, " ", name)
        if line not in self.status:
            self.status.append(line)


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
