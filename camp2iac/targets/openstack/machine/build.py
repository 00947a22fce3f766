"""The software of a tier: its cloud-init document, its scripts, and what Terraform needs for them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from camp2iac.catalogue.loader import BUILT_IN
from camp2iac.diagnostics import Diagnostic, Diagnostics, Label
from camp2iac.record import Record, replace
from camp2iac.synth.cloudinit import CloudConfig, Script, WriteFile
from camp2iac.synth.cloudinit_writer import write
from camp2iac.synth.module import Commented, Document, Value, call
from camp2iac.targets.base import Context
from camp2iac.targets.openstack.machine import units
from camp2iac.targets.openstack.machine.contract import TierInfrastructure, TierSoftware
from camp2iac.targets.openstack.machine.delivery import choose
from camp2iac.targets.openstack.machine.document import LIB, MachineDocument, MachineInput, line_of, module_path
from camp2iac.targets.openstack.machine.install import install
from camp2iac.targets.openstack.machine.render import SCRIPTS
from camp2iac.targets.openstack.machine.size import FIXED, LIMIT, refuse, total
from camp2iac.targets.openstack.machine.templates import ProductFault
from camp2iac.topology.model import Service, Tier, Topology


def build(topology: Topology, tier: Tier, infrastructure: TierInfrastructure, context: Context) -> TierSoftware:
    """Build the software of a tier's instances.

    Faults go to the context's diagnostics (CAMP420 to CAMP429), and the result must not be written then. This function
    accounts for the statements of the plan about software in the ledger. If there is an object store, the largest
    contents go there until the rest fits.
    """
    made = _within(MachineInput(topology, tier, infrastructure, context, alone=_alone(topology, tier)))
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
    )


class _Made(Record, frozen=True):
    """A document, as cloud-init reads it, and its minimum size in bytes."""

    document: MachineDocument
    config: CloudConfig
    size: int


def _within(given: MachineInput) -> _Made:
    """Build the document with as much content in it as fits.

    The sizes of the contents decide before anything is built. The size of scripts and files is known only afterwards.
    If they are too large, the document is built again with the space that is left.
    """
    room = LIMIT - FIXED
    while True:
        in_store = choose.in_store(given, room)
        chosen = replace(given, in_store=in_store, context=replace(given.context, diagnostics=Diagnostics()))
        made = _made(chosen)
        if made.size <= LIMIT:
            return made
        inside = {owner: size for owner, size in choose.sizes(given).items() if owner not in in_store}
        room = LIMIT - (made.size - choose.taken(inside))
        if choose.in_store(given, room) == in_store:  # nothing else can go there
            return made


def _made(given: MachineInput) -> _Made:
    document = MachineDocument(given)
    document.fill("scripts", module_path("cloud-init"))
    tier = given.tier
    routed = tier.networks is not None and len(tier.networks.value) > 1
    if routed:
        document.run("systemctl enable --quiet --now camp-route.service")
        document.watch("running", "camp-route.service")
    for service in given.services:
        _one_server(given, service)
        _install(document, service)
    if tier.networks is not None and routed:
        gateway = document.variable(tier.id, "gateway", given.infrastructure.gateway)
        document.write(*units.route(gateway, tier.networks.value[0]))
    config = _config(document)
    for name in document.shared:
        document.add_document(Document(f"cloud-init/{name}.sh", (SCRIPTS / f"{name}.sh").read_bytes()))
    return _Made(document, config, total(document, config))


def _alone(topology: Topology, tier: Tier) -> bool:
    """Whether the tier has only one product or component."""
    services = [topology.services[id_] for id_ in tier.services if topology.services[id_].href is None]
    return sum(max(1, len(service.components)) for service in services) <= 1


def _install(document: MachineDocument, service: Service) -> None:
    """Install a service. Report a product of the user that does not fit its templates (CAMP306)."""
    try:
        install(document, service)
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


def _one_server(given: MachineInput, service: Service) -> None:
    """Report a second server of the same distribution's unit on a tier (CAMP426), for the same product or another.

    A tier can have several runtimes without a server.
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
    """Return the distribution's unit of a service, or an empty string."""
    unit = given.recipe(service).unit
    return unit.drop_in if unit else ""


def _used(variables: Mapping[str, Value], text: str) -> dict[str, Value]:
    """Return the variables that a template reads."""
    read = {word for code in re.findall(r"[$%]\{.*?\}", text) for word in re.findall(r"\w+", code)}
    return {name: value for name, value in variables.items() if name in read}


def _config(document: MachineDocument) -> CloudConfig:
    given = document.given
    document.share("camp-status")
    callback = given.context.environment.get("callback", default="")
    if callback:
        document.install("curl")
    report = units.report(document, callback)
    shared = [name for name in ("wait-for", "volume", "release", "camp-callback") if name in document.shared]
    status = line_of(*(part for line in document.status for part in (line, "\n")))
    scripts = (
        *document.scripts,
        *(WriteFile(f"{LIB}/{name}", Script(f"{name}.sh"), permissions="0755") for name in shared),
        WriteFile("/usr/local/bin/camp-status", Script("camp-status.sh"), permissions="0755"),
        WriteFile("/etc/camp/status", status, comment="What camp-status checks"),
        report,
    )
    names = ", ".join(script.path.rpartition("/")[2] for script in document.scripts if script.path.endswith(".sh"))
    return CloudConfig(
        comment=f"An instance of the tier {given.tier.id} of {given.app}. cloud-init writes the files, then\n"
        f"runs {names} once. After that, systemd runs what they installed. `camp-status` shows whether\n"
        "the instance is ready.",
        packages=document.packages,
        files=(*document.files, scripts),
        runcmd=(
            "systemctl daemon-reload",
            f"systemctl enable --quiet {units.REPORT}",
            f"trap 'systemctl start --no-block {units.REPORT}' EXIT",
            *document.commands,
        ),
        runcmd_comment="The first script that fails ends this, and `cloud-init status` shows an error.\n"
        "The report is made in any case",
        apt_sources=document.repositories,
    )
