"""The size of the user data. Nova accepts 65,535 characters of base64, which is 49,149 bytes."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic, Span
from camp2iac.diagnostics.suggest import listed
from camp2iac.synth.cloudinit import CloudConfig, Encoded, FileLoop, PackedScript, Script, WriteFile
from camp2iac.synth.module import Call, Commented, Template, Value
from camp2iac.targets.openstack.machine.document import MachineDocument
from camp2iac.topology import command_places
from camp2iac.topology.model import Topology

LIMIT = 49_149  # https://docs.openstack.org/api-ref/compute/#create-server, user_data
FIXED = 1_000  # the parts that every document has
_LIMITED = f"OpenStack accepts {LIMIT:,} bytes for each instance: its files, scripts and settings"
_UPLOAD = "upload it where instances can download it, and write  href: https://...  and  sha256: DIGEST"
_WAYS = f"""\
choose another way for large content in the environment file:
  releases: {{ from: git, repository: https://... }}           # instances clone this repository
  object_store: true                                         # the cloud has Swift
  releases: {{ from: s3, endpoint: https://..., bucket: ... }} # you have a bucket
or {_UPLOAD}"""
_SHORTER = "make it shorter, or put it into a file of the content, which the process reads"
_UNKNOWN = 24  # a value that Terraform fills in: an address, a password, an id


def total(document: MachineDocument, config: CloudConfig) -> int:
    """Return the minimum size of the document in bytes.

    It counts contents, scripts and strings. Values that only Terraform knows count as short ones.
    """
    parts = {statement: encoded(size) for statement, (size, _) in document.contents.items()}
    rest = sum(_file(document, file) for paragraph in config.files for file in paragraph if isinstance(file, WriteFile))
    return (
        sum(parts.values())
        + rest
        + sum(len(line) + 5 for section in config.sections for line in section.runcmd if isinstance(line, str))
        + FIXED
    )


def refuse(document: MachineDocument, total: int) -> None:
    """Report a document that Nova would refuse (CAMP428), at the largest part that the plan can change.

    If scripts and settings are too large without any content, another way for content does not help.
    """
    contents = [(name, size, encoded(size), span) for name, (size, span) in document.contents.items()]
    largest = max(contents, key=lambda each: (each[2], each[0]), default=None)
    text = max(_texts(document), key=lambda each: (each[1], each[0]), default=None)
    content = sum(each[2] for each in contents)
    label, help_, span = "", _apart(document), document.given.tier.span
    notes = [_LIMITED, f"content needs {content:,} bytes, and scripts and settings {total - content:,}"]
    if text is not None and text[1] >= max(largest[2] if largest else 0, total - content - text[1]):
        name, size, span = text
        label, help_ = f"the largest part: {name}, {size:,} bytes", _SHORTER
    elif total - content > LIMIT:
        label = "too much software for one tier"
        notes.append("without content, it would not fit either")
    elif largest is not None:
        name, size, _, span = largest
        label = f"the largest part: {name}, {size:,} bytes, and a third more in base64"
        help_ = _UPLOAD if document.given.infrastructure.object_store else _WAYS
        notes.append("compressed content would not fit either")
    needed = -(-total // 1024)
    document.given.context.diagnostics.add(
        Diagnostic(
            "CAMP428",
            f"user_data of the tier {document.given.tier.id} has at least {needed} KiB, but the limit is 48 KiB",
            span,
            label=label,
            notes=tuple(notes),
            help=help_,
        )
    )


def _apart(document: MachineDocument) -> str:
    """How to have less software on each instance: with a tier for a service or a process, or without a companion."""
    given, tier = document.given, document.given.tier
    servers = [each.id for each in given.services if each.product.role == "service"]
    names = servers or [each.id for each in given.services if each.id != tier.id]
    if names and len(given.services) > 1:
        place = f"  - characteristic_type: org.camp2iac:Placement\n    tier: {_free(given.topology, names[-1])}"
        return f"move services to tiers of their own, for example {names[-1]}:\n{place}"
    hosted = [given.topology.components[id_] for service in given.services for id_ in service.components]
    if process := next((one for each in hosted for one in each.processes if one.type != "web"), None):
        own = _free(given.topology, process.type)
        return f"move a process to a tier of its own, for example  {process.type}: {{ command: ..., tier: {own} }}"
    companions = [each.companion.name for each in given.context.environment.companions]
    if companions:
        return f"remove from the environment file what instances can do without: {listed(companions, 'or')}"
    return "move a component to a service and a tier of its own"


def _free(topology: Topology, name: str) -> str:
    return name if name not in topology.tiers else f"{name}-tier"


def _texts(document: MachineDocument) -> Iterator[tuple[str, int, Span]]:
    """The strings of the plan in the document: their names in messages, their sizes in bytes, their places."""
    topology, tier = document.given.topology, document.given.tier
    for component in topology.components.values():
        if component.tier != tier.id:
            continue
        for variable in component.variables:
            size = sum(len(part.encode()) for part in variable.value.parts if isinstance(part, str))
            yield f"the variable {variable.name} of {component.name}", size, variable.value.span
        commands = [
            (f"process {each.type}", each.command, command_places.written(each)) for each in component.processes
        ]
        commands += [
            (f"schedule {each.name}", each.command, command_places.written(each)) for each in component.schedules
        ]
        for what, command, span in commands:
            yield f"the {what} of {component.name}", len(command.encode()), span
    for id_ in tier.services:
        for name, attribute in topology.services[id_].attributes.items():
            size = sum(len(part.encode()) for part in attribute.value.parts if isinstance(part, str))
            yield f"the {name} of {topology.services[id_].name}", size, attribute.value.span


def encoded(size: int) -> int:
    """Return the length of so many bytes in base64."""
    return (size + 2) // 3 * 4


def _file(document: MachineDocument, file: WriteFile | FileLoop) -> int:
    """Return the size of a file's entry, without content, which is counted separately."""
    if not isinstance(file, WriteFile):
        return 0
    own = 60 + len(file.path) + len(file.comment)
    match file.body:
        case str() as text:
            return own + len(text.encode()) + 6 * text.count("\n")
        case Template() as template:
            return own + sum(_value(part) for part in template.parts)
        case Script(file=name):
            script = next(d.data for d in document.documents if d.path == f"cloud-init/{name}")
            return own + len(script) + 6 * script.count(b"\n")
        case PackedScript(file=name):
            return own + encoded(len(next(d.data for d in document.documents if d.path == f"cloud-init/{name}")))
        case Encoded():
            return own + encoded(document.encoded.get(file.path, _UNKNOWN))
        case _:
            return own + _UNKNOWN


def _value(value: Value) -> int:
    return len(value.encode()) + 6 * value.count("\n") if isinstance(value, str) else _UNKNOWN


def told(value: Value) -> int:
    """Return the minimum length of a variable's value."""
    match value:
        case Commented():
            return told(value.value)
        case str():
            return len(value.encode())
        case Template():
            return sum(told(part) for part in value.parts)
        case Call(function="sensitive"):
            return sum(told(each) for each in value.args)
        case _:
            return 0
