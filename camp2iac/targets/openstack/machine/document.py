"""The document of a tier's instances: what products and components add to it, in the plan's order.

:class:`MachineInput` is what is known before. :class:`MachineDocument` takes what is added, in two halves
(``halves.py``), and never removes anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from camp2iac.catalogue.recipe import Recipe
from camp2iac.catalogue.vendor import VendorRepository
from camp2iac.diagnostics import Span
from camp2iac.record import Record, field, replace
from camp2iac.synth.cloudinit import AptSource, FileLoop, WriteFile
from camp2iac.synth.module import Attribute, Block, Document, Expr, Template, Value
from camp2iac.targets.base import Context
from camp2iac.targets.facts import CompressedContent
from camp2iac.targets.openstack.layout import names
from camp2iac.targets.openstack.machine import status_lines
from camp2iac.targets.openstack.machine.contract import TierInfrastructure
from camp2iac.targets.openstack.machine.halves import (
    CONFIGURE,
    INSTALL,
    ConfigureHalf,
    InstallContent,
    InstallHalf,
    InstanceScript,
)
from camp2iac.targets.openstack.machine.render import SCRIPTS
from camp2iac.topology.model import Service, Tier, Topology

LIB = "/usr/local/lib/camp"
_PYTHON = ("camp-certificate", "camp-once", "repository")
# scripts that instances share
SHARED = (
    "build",
    "camp-callback",
    "camp-certificate",
    "camp-once",
    "camp-status",
    "install-half",
    "java-project",
    "node-build",
    "python-packages",
    "release",
    "repository",
    "volume",
    "wait-for",
)
PACKED = ("camp-once", "node-build", "release", "repository")  # the largest of them
_BUILDING = ("build", "java-project", "node-build", "python-packages")  # install scripts run these


class MachineInput(Record, frozen=True):
    """What the document of a tier's instances is made of.

    ``alone``: the tier has only one product or component, so names need no owner in them. ``outside``: the owners whose
    content instances download, because the document has no room for it. ``packed``: large scripts are compressed, for
    the same reason. ``compressed``: the gzip files of contents that have room in the document only so, by their owners.
    """

    topology: Topology
    tier: Tier
    infrastructure: TierInfrastructure
    context: Context
    alone: bool
    outside: frozenset[str] = frozenset()
    packed: bool = False
    compressed: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def app(self) -> str:
        """The application's name in files, units and roles."""
        return self.infrastructure.app

    @property
    def services(self) -> tuple[Service, ...]:
        """The services on the instances, in the plan's order."""
        services = (self.topology.services[id_] for id_ in self.tier.services)
        return tuple(service for service in services if service.href is None)

    def recipe(self, service: Service) -> Recipe:
        """How a service is installed on the operating system of the instances.

        Packages of a vendor are not in it: a script installs them.
        """
        recipe, source = service.product.recipe_for(self.infrastructure.os), self.source(service)
        if source is None:
            return recipe
        compiles = {name: packages for name, packages in recipe.compiles.items() if name not in source.compiles}
        return replace(recipe, packages=(), linked={}, apt={}, compiles=compiles)

    def source(self, service: Service) -> VendorRepository | None:
        """The vendor's repository that a service comes from. None: the distribution has it."""
        chosen = self.infrastructure.sources.get(service.id)
        return chosen.source if chosen else None


class MachineDocument:
    """Takes what functions add to a document. What is added stays, in the order of the calls."""

    def __init__(self, given: MachineInput) -> None:
        self.given = given
        self._packages: list[str] = []
        self._releases: list[str] = []
        self._repositories: list[AptSource] = []
        self._content: list[InstallContent] = []
        self._written: list[tuple[WriteFile | FileLoop, ...]] = []
        self._files: list[tuple[WriteFile | FileLoop, ...]] = []
        self._scripts: dict[str, list[InstanceScript]] = {INSTALL: [], CONFIGURE: []}
        self._shared: set[str] = set()
        self._status: list[str | Template] = []
        self._first: list[str | Template] = []
        self._variables: dict[str, Value] = {}
        self._locals: list[Attribute] = []
        self._preconditions: list[Block] = []
        self._documents: list[Document] = []
        self._objects: list[Block] = []
        self._metadata: dict[str, Value] = {}
        self._compressed: list[CompressedContent] = []
        self._downloads = False
        self._companions: list[str] = []
        self._contents: dict[str, tuple[int, Span]] = {}
        self._encoded: dict[str, int] = {}
        self._patience = 60

    def install(self, *packages: str) -> None:
        """Packages of the distribution. You can name one twice. (Install half.)"""
        self._packages += packages

    def name_release(self, release: str) -> None:
        """The product that packages install, with its release. (Install half.)"""
        self._releases.append(release)

    def add_repository(self, repository: AptSource) -> None:
        """A vendor's repository for apt. (Install half.)"""
        self._repositories.append(repository)

    def add_content(self, content: InstallContent, *written: WriteFile | FileLoop) -> None:
        """Content of the plan. (Install half.)

        ``written``: how the document writes it. Its variables hold content only: ``build.py`` checks them.
        """
        self._content.append(content)
        if written:
            self._written.append(written)

    def add_script(self, half: str, file: str, path: str, text: str, origin: Span | None = None) -> None:
        """A script of a service or a companion, in one of the halves. ``origin``: what asks for it, if no service."""
        self._scripts[half].append(InstanceScript(file, path, text))
        self.add_document(Document(f"cloud-init/{file}", text.encode(), origin=origin))

    def write(self, *files: WriteFile | FileLoop, once: bool = False) -> None:
        """Files, as one paragraph. ``once``: unless the document has them already. (Configure half.)"""
        if not once or files not in self._files:
            self._files.append(files)

    def run_first(self, command: str | Template) -> None:
        """A command that cloud-init runs once, before all scripts. (Configure half.)"""
        self._first.append(command)

    def share(self, script: str) -> str:
        """The path of a script that instances share (:data:`SHARED`), and add it to the document. (Install half.)"""
        self._shared.add(script)
        return _shared(script).path

    def share_named(self, text: str) -> None:
        """Add the scripts for builds that a script runs. (Install half.)"""
        for name in _BUILDING:
            if f"camp/{name} " in text:
                self.share(name)

    def watch(self, what: str, name: Value) -> None:
        """A line for camp-status."""
        line = line_of(what, " ", name)
        if line not in self._status:
            self._status.append(line)

    def allow(self, seconds: int) -> None:
        """How long its processes may take to start, at least."""
        self._patience = max(self._patience, seconds)

    def variable(self, owner: str, name: str, value: Value, *, others: bool = False) -> Value:
        """How a document writes a value: literally if it is plain, else as a variable of the template.

        Args:
            owner: the id of its service, component, job or tier.
            name: its name in the owner, ``password``. Empty: the owner itself.
            value: the value.
            others: the owner is not the tier's own component or product, so the name of the variable contains it.
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
        """A variable of the template with this name."""
        self._variables[name] = value

    def add_local(self, attribute: Attribute) -> None:
        """A value for the tier's ``locals`` block."""
        self._locals.append(attribute)

    def require(self, precondition: Block) -> None:
        """A precondition of the instances."""
        self._preconditions.append(precondition)

    def add_document(self, document: Document) -> None:
        """A file of the module's folder."""
        self._documents.append(document)

    def add_objects(self, blocks: Iterable[Block]) -> None:
        """Blocks for the object store."""
        self._objects += blocks

    def announce(self, key: str, value: Value) -> None:
        """A key of the instances' metadata, which they check again and again."""
        self._metadata[key] = value

    def download(self, *packages: str) -> None:
        """It connects to the server of ``releases``, with programs of these packages."""
        self._downloads = True
        self.install(*packages)

    def name_compressed(self, content: CompressedContent) -> None:
        """Content that the document has compressed."""
        self._compressed.append(content)

    def accompany(self, companion: str) -> None:
        """A companion that the instances have."""
        self._companions.append(companion)

    def weigh(self, content: str, size: int, span: Span) -> None:
        """The size of content in the document, in bytes. ``content``: its name in messages."""
        self._contents[content] = (size, span)

    def weigh_file(self, path: str, size: int) -> None:
        """The size of a file whose text Terraform creates, in bytes, at least."""
        self._encoded[path] = size

    @property
    def install_half(self) -> InstallHalf:
        """What an image can contain."""
        scripts = self._scripts[INSTALL]
        return InstallHalf(
            packages=tuple(dict.fromkeys(self._packages)),
            releases=tuple(dict.fromkeys(self._releases)),
            repositories=tuple(self._repositories),
            content=tuple(self._content),
            scripts=(*scripts, *self.shared),
            commands=tuple(script.path for script in scripts if script.path.endswith(f".{INSTALL}.sh")),
        )

    @property
    def configure_half(self) -> ConfigureHalf:
        """What depends on the environment."""
        scripts = self._scripts[CONFIGURE]
        return ConfigureHalf(
            files=tuple(self._files),
            scripts=tuple(scripts),
            first=tuple(self._first),
            commands=tuple(script.path for script in scripts),
        )

    @property
    def shared(self) -> tuple[InstanceScript, ...]:
        """The scripts that instances share."""
        found = (_shared(name, packed=self.given.packed) for name in SHARED if name in self._shared)
        # Tiers share the files, so another text has another name.
        return tuple(status_lines.needed(script, self._status) for script in found)

    @property
    def packable(self) -> bool:
        """Whether it has scripts that can be compressed."""
        return not self._shared.isdisjoint(PACKED)

    @property
    def written(self) -> tuple[tuple[WriteFile | FileLoop, ...], ...]:
        """How the document writes the content of the install half, in paragraphs."""
        return tuple(self._written)

    @property
    def status(self) -> tuple[str | Template, ...]:
        """The lines for camp-status."""
        return tuple(self._status)

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
        """Of the instances."""
        return tuple(self._preconditions)

    @property
    def documents(self) -> tuple[Document, ...]:
        """Files of the module's folder."""
        return tuple(self._documents)

    @property
    def objects(self) -> tuple[Block, ...]:
        """Blocks for the object store."""
        return tuple(self._objects)

    @property
    def metadata(self) -> Mapping[str, Value]:
        """For the instances' metadata."""
        return self._metadata

    @property
    def compressed(self) -> tuple[CompressedContent, ...]:
        """The contents that the document has compressed."""
        return tuple(self._compressed)

    @property
    def downloads(self) -> bool:
        """Whether it connects to the server of ``releases``."""
        return self._downloads

    @property
    def companions(self) -> tuple[str, ...]:
        """The names of the companions that the instances have."""
        return tuple(self._companions)

    @property
    def contents(self) -> Mapping[str, tuple[int, Span]]:
        """Content in the document: its name in messages, to its size in bytes and its place in the plan."""
        return self._contents

    @property
    def encoded(self) -> Mapping[str, int]:
        """The path of a file whose text Terraform creates, to its size in bytes, at least."""
        return self._encoded

    @property
    def patience(self) -> int:
        """Seconds that its processes may take to start."""
        return self._patience


def packed(file: str) -> bytes:
    """A large script, compressed. It is data: the output of zlib differs between its releases."""
    return (SCRIPTS / "packed" / f"{file}.gz").read_bytes()


def _shared(name: str, *, packed: bool = False) -> InstanceScript:
    path = f"/usr/local/bin/{name}" if name == "camp-status" else f"{LIB}/{name}"
    file = f"{name}.py" if name in _PYTHON else f"{name}.sh"
    text = (SCRIPTS / file).read_text(encoding="utf-8")
    return InstanceScript(file, path, text, packed=packed and name in PACKED)


def line_of(*parts: Value) -> str | Template:
    """A string if all parts are plain, else a Template."""
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
    """The name of a service's scripts: its id, but never the name of a shared script."""
    base = name
    while base.endswith("-service"):
        base = base.removesuffix("-service")
    return f"{name}-service" if base in SHARED else name
