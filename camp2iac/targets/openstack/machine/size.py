"""The size of the user data. Nova accepts 65,535 characters of base64, which is 49,149 bytes."""

from __future__ import annotations

from camp2iac.diagnostics import Diagnostic
from camp2iac.synth.cloudinit import CloudConfig, Encoded, FileLoop, PackedScript, Script, WriteFile
from camp2iac.synth.module import Commented, Template, Value
from camp2iac.targets.openstack.machine.document import MachineDocument

LIMIT = 49_149  # https://docs.openstack.org/api-ref/compute/#create-server, user_data
FIXED = 1_000  # the parts that every document has
_UPLOAD = "upload it where instances can download it, and write  href: https://...  and  sha256: DIGEST"
_WAYS = f"""\
choose another way for large content in the environment file:
  releases: {{ from: git, repository: https://... }}           # instances clone this repository
  object_store: true                                         # the cloud has Swift
  releases: {{ from: s3, endpoint: https://..., bucket: ... }} # you have a bucket
or {_UPLOAD}"""
_APART = """\
move a service or a process to a tier of its own, for example
  - characteristic_type: org.camp2iac:Placement
    tier: NAME"""
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
    """Report a document that Nova would refuse (CAMP428)."""
    name, (size, span) = max(document.contents.items(), key=lambda item: (item[1][0], item[0]), default=("", (0, None)))
    needed = -(-total // 1024)
    content = sum(encoded(each) for each, _ in document.contents.values())
    limit = f"OpenStack accepts {LIMIT:,} bytes for each instance: its files, scripts and settings"
    document.given.context.diagnostics.add(
        Diagnostic(
            "CAMP428",
            f"user_data of the tier {document.given.tier.id} has at least {needed} KiB, but the limit is 48 KiB",
            span or document.given.tier.span,
            label=f"the largest part: {name}, {size:,} bytes, and a third more in base64" if size else "",
            notes=(limit, f"content needs {content:,} bytes, and scripts and settings {total - content:,}"),
            help=_APART if not size else _UPLOAD if document.given.infrastructure.object_store else _WAYS,
        )
    )


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
        case _:
            return 0
