"""The machine of a tier: its document, its scripts, and what Terraform must hold for them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from camp2iac.catalogue.loader import BUILT_IN
from camp2iac.diagnostics import Diagnostic, Diagnostics, Label
from camp2iac.record import replace
from camp2iac.synth.cloudinit import CloudConfig, Script, WriteFile
from camp2iac.synth.cloudinit_writer import write
from camp2iac.synth.module import Commented, Document, Value, call
from camp2iac.targets.base import Context
from camp2iac.targets.openstack.machine import units
from camp2iac.targets.openstack.machine.contract import Facts, Machine
from camp2iac.targets.openstack.machine.draft import LIB, MachineDraft, line_of, module_path
from camp2iac.targets.openstack.machine.install import install
from camp2iac.targets.openstack.machine.render import SCRIPTS, UnquotedError
from camp2iac.targets.openstack.machine.size import LIMIT, refuse, total
from camp2iac.topology.model import Service, Tier, Topology


def build(topology: Topology, tier: Tier, facts: Facts, context: Context) -> Machine:
    """Everything that makes a tier's machines what they are.

    Faults go to the context's diagnostics (CAMP420 to CAMP429); the result is then not to be written. The statements of
    the plan that concern software are taken out of the ledger here. Where there is an object store, the largest
    contents go there until the rest fits.
    """
    stored: frozenset[str] = frozenset()
    while True:
        found = Diagnostics()
        draft, config, text = _draft(topology, tier, facts, replace(context, diagnostics=found), stored)
        size = total(draft, config)
        waiting = {owner: bytes_ for owner, bytes_ in draft.contents.items() if owner not in stored and bytes_}
        if size <= LIMIT or not facts.object_store or not waiting:
            break
        stored |= {max(waiting, key=lambda owner: (waiting[owner], owner))}
    if size > LIMIT:
        refuse(draft, size)
    context.diagnostics.extend(found)
    path = f"cloud-init/{tier.id}.yaml.tftpl"
    variables = sorted(_used(draft.variables, text).items(), key=lambda item: isinstance(item[1], Commented))
    return Machine(
        locals=tuple(draft.locals),
        user_data=call("templatefile", module_path(path), dict(variables)),
        preconditions=tuple(draft.preconditions),
        documents=(*draft.documents, Document(path, text.encode())),
        objects=tuple(draft.objects),
    )


def _draft(
    topology: Topology, tier: Tier, facts: Facts, context: Context, stored: frozenset[str]
) -> tuple[MachineDraft, CloudConfig, str]:
    services = [topology.services[id_] for id_ in tier.services if topology.services[id_].href is None]
    parts = sum(max(1, len(service.components)) for service in services)
    draft = MachineDraft(topology, tier, facts, context, alone=parts <= 1, stored=stored)
    draft.variables["scripts"] = module_path("cloud-init")
    first = tier.networks.value[0] if tier.networks else ""
    routed = tier.networks is not None and len(tier.networks.value) > 1
    if routed:
        draft.run.append("systemctl enable --quiet --now camp-route.service")
        draft.watch("running", "camp-route.service")
    for service in services:
        _alone(draft, service, services)
        _install(draft, service)
    if routed:
        draft.files.append(units.route(draft.variable(tier.id, "gateway", facts.gateway), first))
    config = _config(draft)
    draft.documents += _shared(draft)
    return draft, config, write(config)


def _install(draft: MachineDraft, service: Service) -> None:
    """Install a service; a catalogue entry of the user's that does not fit its templates is said (CAMP306)."""
    folder = service.product.folder
    if folder.parent == BUILT_IN:
        install(draft, service)
        return
    from jinja2 import TemplateError

    try:
        install(draft, service)
    except (TemplateError, UnquotedError, OSError, LookupError, TypeError, ValueError, AttributeError) as problem:
        draft.missing = True
        draft.context.diagnostics.add(
            Diagnostic(
                "CAMP306",
                f"the catalogue entry {folder.name} cannot be used: {type(problem).__name__}: {problem}",
                service.span,
                label=f"{service.name} is {service.product.title}",
                help=f"look at what {folder.name}/product.yaml and its templates name",
            )
        )


def _alone(draft: MachineDraft, service: Service, services: list[Service]) -> None:
    """CAMP426 where the tier has that server already, for the same product or another; runtimes without a server may be
    several.
    """
    product, unit = service.product, _server(draft, service)
    first = next(other for other in services if other is service or (unit and _server(draft, other) == unit))
    if first is not service:
        draft.missing = True
        draft.context.diagnostics.add(
            Diagnostic(
                "CAMP426",
                f"{first.name} and {service.name} are both {product.title}, and share machines"
                if first.product is product
                else f"{first.name} and {service.name} are {first.product.title} and {product.title}, one server on a "
                "machine, and share machines",
                service.span,
                label=f"a second {product.title} of the tier {draft.tier.id}"
                if first.product is product
                else f"both are {unit.removesuffix('.service')}",
                related=(Label(first.span, "the first"),),
                help="let both be one service, or write for one of them a tier of its own, such as\n"
                f"  - characteristic_type: org.camp2iac:Placement\n    tier: {service.id}",
            )
        )


def _server(draft: MachineDraft, service: Service) -> str:
    """The distribution's unit of a service; empty where it has none."""
    unit = draft.recipe(service).unit
    return unit.drop_in if unit else ""


def _used(variables: Mapping[str, Value], text: str) -> dict[str, Value]:
    """The variables that a template reads."""
    read = {word for code in re.findall(r"[$%]\{.*?\}", text) for word in re.findall(r"\w+", code)}
    return {name: value for name, value in variables.items() if name in read}


def _config(draft: MachineDraft) -> CloudConfig:
    draft.share("camp-status")
    callback = draft.context.environment.get("callback", default="")
    if callback:
        draft.packages.append("curl")
    report = units.report(draft, callback)
    scripts = [*draft.scripts]
    shared = [name for name in ("wait-for", "volume", "release", "camp-callback") if name in draft.shared]
    scripts += [WriteFile(f"{LIB}/{name}", Script(f"{name}.sh"), permissions="0755") for name in shared]
    scripts.append(WriteFile("/usr/local/bin/camp-status", Script("camp-status.sh"), permissions="0755"))
    status = line_of(*(part for line in draft.status for part in (line, "\n")))
    scripts.append(WriteFile("/etc/camp/status", status, comment="What camp-status asks for"))
    scripts.append(report)
    names = ", ".join(script.path.rpartition("/")[2] for script in draft.scripts if script.path.endswith(".sh"))
    return CloudConfig(
        comment=f"A machine of the tier {draft.tier.id} of {draft.app}. First its files; then, once, {names}; from\n"
        "then on systemd runs what they installed. `camp-status` says how it is.",
        packages=tuple(dict.fromkeys(draft.packages)),
        files=(*draft.files, tuple(scripts)),
        runcmd=(
            "systemctl daemon-reload",
            f"systemctl enable --quiet {units.REPORT}",
            f"trap 'systemctl start --no-block {units.REPORT}' EXIT",
            *draft.run,
        ),
        runcmd_comment="A script that fails is the last; its exit status is cloud-init's, in `cloud-init status`.\n"
        "However it ends, the report is made",
        apt_sources=tuple(draft.apt),
    )


def _shared(draft: MachineDraft) -> list[Document]:
    return [Document(f"cloud-init/{name}.sh", (SCRIPTS / f"{name}.sh").read_bytes()) for name in sorted(draft.shared)]
