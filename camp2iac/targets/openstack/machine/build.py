"""The software of a tier's instances: its document, its scripts, and what Terraform needs for them."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence, Set
from contextlib import contextmanager

from camp2iac.catalogue.loader import BUILT_IN
from camp2iac.diagnostics import Diagnostic, Diagnostics, Label
from camp2iac.diagnostics.suggest import listed
from camp2iac.record import Record, replace
from camp2iac.synth.cloudinit import CloudConfig, PackedScript, Script, Section, WriteFile
from camp2iac.synth.cloudinit_writer import files_of, write
from camp2iac.synth.module import Commented, Document, Expr, Ref, Template, Value, call
from camp2iac.synth.remarks import Remark
from camp2iac.synth.template_names import names
from camp2iac.targets.base import Context
from camp2iac.targets.openstack.machine import baking, companions, encrypted_links, https, units
from camp2iac.targets.openstack.machine.contract import TierInfrastructure, TierSoftware
from camp2iac.targets.openstack.machine.delivery import choose
from camp2iac.targets.openstack.machine.document import (
    MachineDocument,
    MachineInput,
    line_of,
    module_path,
    packed,
)
from camp2iac.targets.openstack.machine.halves import ConfigureHalf, ImageRecipe, InstallHalf, InstanceScript
from camp2iac.targets.openstack.machine.install import install
from camp2iac.targets.openstack.machine.size import FIXED, LIMIT, refuse, total
from camp2iac.targets.openstack.machine.template_context import TemplateContext
from camp2iac.targets.openstack.machine.templates import ProductFault
from camp2iac.topology.model import Service, Tier, Topology


def build(
    topology: Topology,
    tier: Tier,
    infrastructure: TierInfrastructure,
    context: Context,
    compressed: Set[str] = frozenset(),
) -> TierSoftware:
    """The software of a tier's instances.

    Errors go to the context's diagnostics (CAMP420 to CAMP429), and then the result must not be written. The ledger
    gets the plan's statements about software. If instances can download content, the document leaves out the largest
    contents until the rest fits. Otherwise, it has them compressed.

    Args:
        topology: the plan.
        tier: its instances have the software.
        infrastructure: what it needs to know of other resources.
        context: of the compilation.
        compressed: components whose content the document has compressed, even if there is room for it.
    """
    given = MachineInput(topology, tier, infrastructure, context, alone=_alone(topology, tier))
    if compressed:
        wanted = {owner: data for owner, data in choose.compressible(given) if owner in compressed}
        given = replace(given, compressed=wanted)
    made = _within(given)
    document, text = made.document, write(made.config)
    if made.size > LIMIT:
        refuse(document, made.size)
    context.diagnostics.extend(document.given.context.diagnostics)
    path = f"cloud-init/{tier.id}.yaml.tftpl"
    variables = sorted(_used(document.variables, text).items(), key=lambda item: isinstance(item[1], Commented))
    return TierSoftware(
        locals=document.locals,
        user_data=call("templatefile", module_path(path), dict(variables)),
        preconditions=document.preconditions,
        documents=(*document.documents, Document(path, text.encode())),
        objects=document.objects,
        metadata=document.metadata,
        downloads=document.downloads,
        install=document.install_half,
        image=made.image,
        compressed=document.compressed,
        companions=document.companions,
    )


class _Made(Record, frozen=True):
    """A document, as cloud-init reads it, and its size in bytes, at least. ``image``: the recipe for its image."""

    document: MachineDocument
    config: CloudConfig
    size: int
    image: ImageRecipe | None


def _within(given: MachineInput) -> _Made:
    """The document that fits: with all contents, with the rest outside, or with the largest compressed.

    If none of these fits, it is the document without compressed contents.
    """
    made = plain = _with_room(given)
    for owner, data in choose.compressible(plain.document.given) if plain.size > LIMIT else ():
        before = made.document.given
        context = replace(given.context, diagnostics=Diagnostics())
        made = _made(replace(before, compressed={**before.compressed, owner: data}, context=context))
        if made.size <= LIMIT:
            return made
    return plain


def _with_room(given: MachineInput) -> _Made:
    """The document, with as much of the contents as it has room for.

    The sizes of the contents decide before anything is built. The size of scripts and files is known only afterwards.
    If they need more than the rest, the document is built again with the room that remains.
    """
    room = LIMIT - FIXED
    while True:
        outside = choose.outside(given, room)
        chosen = replace(given, outside=outside, context=replace(given.context, diagnostics=Diagnostics()))
        made = _made(chosen)
        if made.size <= LIMIT:
            return made
        inside = {owner: size for owner, size in choose.sizes(given).items() if owner not in outside}
        room = LIMIT - (made.size - choose.taken(inside))
        if choose.outside(given, room) == outside:  # nothing is left to move
            if given.packed or not made.document.packable:
                return made
            given, room = replace(given, packed=True), LIMIT - FIXED


def _made(given: MachineInput) -> _Made:
    document = MachineDocument(given)
    document.fill("scripts", module_path("cloud-init"))
    tier = given.tier
    routed = tier.networks is not None and len(tier.networks.value) > 1
    if routed:
        document.run_first("systemctl enable --quiet --now camp-route.service")
        document.watch("running", "camp-route.service")
    if given.infrastructure.https:
        https.add(document, given.infrastructure.https)
    encrypted_links.add(document)
    installed: dict[str, TemplateContext] = {}
    for service in given.services:
        _one_server(given, service)
        if (known := _install(document, service)) is not None:
            installed[service.id] = known
    if given.infrastructure.https:
        https.watch(document, given.infrastructure.https)
    with _products_fit(document):
        companions.add(document, installed)
    if tier.networks is not None and routed:
        gateway = document.variable(tier.id, "gateway", given.infrastructure.gateway)
        document.write(*units.route(gateway, tier.networks.value[0]))
    baked = baking.possible(document)
    config = _config(document, baked=baked)
    for script in document.shared:
        document.add_document(Document(f"cloud-init/{script.file}", script.text.encode()))
        if script.packed:
            document.add_document(Document(f"cloud-init/{script.file}.gz", packed(script.file)))
    image = baking.recipe(given, document.install_half) if baked else None
    return _Made(document, config, total(document, config), image)


def _alone(topology: Topology, tier: Tier) -> bool:
    """Whether the tier has only one product or component."""
    services = [topology.services[id_] for id_ in tier.services if topology.services[id_].href is None]
    return sum(max(1, len(service.components)) for service in services) <= 1


def _install(document: MachineDocument, service: Service) -> TemplateContext | None:
    """Install a service, and return the names for its templates. None: it does not fit them."""
    with _products_fit(document):
        return install(document, service)
    return None


@contextmanager
def _products_fit(document: MachineDocument) -> Iterator[None]:
    """CAMP306: a catalogue entry of the user's does not fit its templates."""
    try:
        yield
    except ProductFault as fault:
        product, problem = fault.service.product, fault.problem
        if product.folder.parent == BUILT_IN:
            raise
        document.given.context.diagnostics.add(
            Diagnostic(
                "CAMP306",
                f"the product {product.name} cannot be used: {type(problem).__name__}: {problem}",
                fault.service.span,
                label=f"{fault.service.name} is {product.title}",
                help=f"correct {product.name}/product.yaml or its templates",
            )
        )
        return None


def _one_server(given: MachineInput, service: Service) -> None:
    """CAMP426: the tier has that server already, for the same product or another. It can have several runtimes without
    a server.
    """
    product, unit = service.product, _server(given, service)
    first = next(other for other in given.services if other is service or (unit and _server(given, other) == unit))
    if first is not service:
        given.context.diagnostics.add(
            Diagnostic(
                "CAMP426",
                f"{first.name} and {service.name} are both {product.title} and share instances"
                if first.product is product
                else f"{first.name} and {service.name} are {first.product.title} and {product.title}, "
                "which are one server, and share instances",
                service.span,
                label=f"a second {product.title} of the tier {given.tier.id}"
                if first.product is product
                else f"both are {unit.removesuffix('.service')}",
                related=(Label(first.span, "the first"),),
                help="make them one service, or put one of them on a tier of its own, for example\n"
                f"  - characteristic_type: org.camp2iac:Placement\n    tier: {service.id}",
            )
        )


def _server(given: MachineInput, service: Service) -> str:
    """The distribution's unit of a service, or empty."""
    unit = given.recipe(service).unit
    return unit.drop_in if unit else ""


def _used(variables: Mapping[str, Value], text: str) -> dict[str, Value]:
    """Return the variables that a template reads."""
    read = names(text)
    return {name: value for name, value in variables.items() if name in read}


_COMMENT = (
    "User data for the instances of tier {tier} of {app}, in two halves. cloud-init runs both when an instance first",
    "boots. Afterwards systemd runs the services, and `camp-status` on the instance prints whether it is ready.",
    "Install: packages, content and scripts. It is the same in every environment and holds no secrets or addresses.",
    "Configure: secrets, addresses, volumes and units of this environment.",
)
_RUNCMD = (
    "cloud-init stops at the first command that fails, and `cloud-init status` shows the error. In any case,",
    "{report} writes to the console whether the instance is ready.",
)


def _config(document: MachineDocument, *, baked: bool) -> CloudConfig:
    given = document.given
    document.share("camp-status")
    callback = given.context.environment.get("callback", default="")
    if callback:
        document.install("curl")
    report = units.report(document, callback)
    if baked:
        document.share(baking.SCRIPT)
    install, configure = document.install_half, document.configure_half
    section = _install_section(document, install, baked=baked)
    return CloudConfig(
        comment=tuple(line.format(tier=given.tier.id, app=given.app) for line in _COMMENT),
        packages_comment="" if baked else _packages_comment(install.releases),
        packages=() if baked else install.packages,
        package_update=not baked,
        sections=(section, _configure_section(document, configure, report)),
        runcmd=(
            "systemctl daemon-reload",
            f"systemctl enable --quiet {units.REPORT}",
            f"trap 'systemctl start --no-block {units.REPORT}' EXIT",
            *configure.first,
        ),
        runcmd_comment=tuple(line.format(report=units.REPORT) for line in _RUNCMD),
        apt_sources=install.repositories,
    )


def _packages_comment(releases: Sequence[str]) -> Remark:
    """Which releases the packages install. The names of packages are often the same on another operating system."""
    if not releases:
        return "Install: packages"
    return tuple(textwrap.wrap(f"Install: packages of {listed(releases, 'and')}", 110, break_on_hyphens=False))


def _baked_comment(releases: Sequence[str]) -> Remark:
    """Which releases the packages install, and when."""
    packages = f"packages of {listed(releases, 'and')}, and" if releases else "packages and"
    text = f"Install: {packages} scripts, unless the image has all this already"
    return tuple(textwrap.wrap(text, 110, break_on_hyphens=False))


def _install_section(document: MachineDocument, half: InstallHalf, *, baked: bool) -> Section:
    """The section of the install half. Its variables hold only content of the plan.

    ``baked``: an image can have the half, so one command decides whether to install it.
    """
    commands: tuple[str, ...] = half.commands
    comment: Remark = "Install" if half.commands else ""
    if baked:
        commands, comment = (baking.command(document.given, half),), _baked_comment(half.releases)
    section = Section(
        comment="Install: content and scripts" if half.content else "Install: scripts",
        files=(*document.written, tuple(map(_script, half.scripts))),
        runcmd=commands,
        runcmd_comment=comment,
    )
    text = "\n".join(line for lines in files_of(section) for line in lines)
    for name, value in _used(document.variables, text).items():
        if not _is_content(document, value):
            raise ValueError(f"the install half of {document.given.tier.id} uses {name}, which is not content: {value}")
    return section


def _is_content(document: MachineDocument, value: Value) -> bool:
    """Whether a variable holds only the plan's content: a path in the module, digests, or names of files."""
    match value:
        case Ref(address=address, path=""):
            known = {f"local.{each.name}": each.value for each in document.locals}.get(address)
            digests = tuple(known.values()) if isinstance(known, dict) else (known,)
            return all(isinstance(digest, str) for digest in digests)
        case Template(parts=(Expr(parts=("path.module",)), *rest)):
            return all(isinstance(part, str) for part in rest)
        case tuple():
            return all(isinstance(part, str) for part in value)
    return False


def _configure_section(document: MachineDocument, half: ConfigureHalf, report: WriteFile) -> Section:
    # Scripts run in this order, and the first that fails is the last. So it is the first that is missing here.
    lines = sorted(document.status, key=lambda line: not str(line).startswith("installed "))
    status = line_of(*(part for line in lines for part in (line, "\n")))
    own = (
        *map(_script, half.scripts),
        WriteFile("/etc/camp/status", status, comment="What camp-status checks"),
        report,
    )
    return Section(
        comment="Configure: files and scripts",
        files=(*half.files, own),
        runcmd=half.commands,
        runcmd_comment="Configure" if half.commands else "",
    )


def _script(script: InstanceScript) -> WriteFile:
    if script.packed:
        body, comment = PackedScript(f"{script.file}.gz"), f"{script.file}, compressed to fit into user data"
        return WriteFile(script.path, body, permissions="0755", comment=comment)
    return WriteFile(script.path, Script(script.file), permissions="0755")
