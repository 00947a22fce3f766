"""Content in the document of the instances: in base64 in the user data."""

from __future__ import annotations

import hashlib
import re

from camp2iac.synth.cloudinit import Checksums, FileLoop, FromFile, WriteFile
from camp2iac.synth.module import Attribute, Document, Expr, Ref, Value, call, expr
from camp2iac.targets.openstack.layout import names
from camp2iac.targets.openstack.machine.content import ContentRequest, DeliveredContent, suffix
from camp2iac.targets.openstack.machine.delivery.unchanged import content_root, copy, same, unchanged, writable
from camp2iac.targets.openstack.machine.document import MachineDocument, line_of, module_path
from camp2iac.targets.openstack.machine.halves import ContentFile, InstallContent

_PLAIN_NAME = re.compile(r"[^\\\x00-\x1f\x7f]*")


class InlineDelivery:
    """A file, or a loop over the files of a folder."""

    def deliver(self, document: MachineDocument, request: ContentRequest) -> DeliveredContent | None:
        """None, and a diagnostic, if Terraform cannot name a file."""
        owner, content = request.owner, request.content
        if content.data is not None:
            path = f"content/{owner.id}"
            document.add_document(Document(path, content.data, origin=content.span))
            document.weigh(owner.title, len(content.data), content.span)
            return deliver_file(document, request, path, hashlib.sha256(content.data).hexdigest())
        if not writable(document.given, request):
            return None
        package = document.given.context.package
        if content.path and package.is_file(content.path):
            copy(document, content.path, content.span)
            document.weigh(content.path, package.size(content.path), content.span)
            source = f"{content_root(document.given)}/{content.path}"
            return deliver_file(document, request, source, package.sha256(content.path))
        return _folder(document, request)


def deliver_file(
    document: MachineDocument, request: ContentRequest, source: str, digest: str, *, compressed: str = ""
) -> DeliveredContent:
    """One file in the document.

    ``source``: where Terraform reads it. ``digest``: its SHA-256. ``compressed``: where it is compressed; empty: it is
    not.
    """
    owner, content, path = request.owner, request.content, module_path(source)
    label, name = names.label(owner.id), (content.path or owner.id).rpartition("/")[2]
    comment = f"{document.given.topology.file}: {owner.title}, the SHA-256 of its content"
    document.add_local(Attribute(f"{label}_sha256", digest, comment=comment, origin=content.span))
    known = Ref(f"local.{label}_sha256")
    document.require(unchanged(request.title, expr(call("filesha256", path), " == ", known)))
    archive = bool(request.unpack and suffix(name))
    target = f"{owner.folder}.{suffix(name)}" if archive else owner.file or f"{owner.folder}/{name}"
    folder, _, base = target.rpartition("/")
    sums = f"{target if archive or owner.file else owner.folder}.sha256"
    sent = module_path(compressed) if compressed else path
    read = FromFile(document.variable(owner.id, "", sent, others=True), compressed=bool(compressed))
    digest_here = document.variable(owner.id, "sha256", known, others=True)
    document.add_content(
        InstallContent((ContentFile(target, source, digest),), sums, folder),
        WriteFile(target, read, comment=f"The content of {owner.title}"),
        WriteFile(sums, line_of(digest_here, f"  {_escaped(base)}\n")),
    )
    return DeliveredContent("archive" if archive else "file", target, sums, folder, (name,), folder=owner.folder)


def _escaped(name: str) -> str:
    """The name of a file as sha256sum writes it."""
    return name.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")


def _folder(document: MachineDocument, request: ContentRequest) -> DeliveredContent:
    given, owner, path, span = document.given, request.owner, request.content.path or "", request.content.span
    package, label = given.context.package, names.label(owner.id)
    prefix = f"{path.rstrip('/')}/" if path else ""
    files = package.files(path)
    inside = tuple(file.removeprefix(prefix) for file in files)
    for file in files:
        copy(document, file, span)
        document.weigh(file, package.size(file) + len(file), span)
    document.add_local(
        Attribute(
            f"{label}_content",
            {name: package.sha256(file) for name, file in zip(inside, files, strict=True)},
            comment=(
                f"{given.topology.file}: {owner.title}, the SHA-256 of each file of its content.",
                "If a line changes, Terraform replaces the instances. Each instance checks the files that it gets.",
            ),
            origin=span,
        )
    )
    known = Ref(f"local.{label}_content")
    root = module_path(content_root(given), path.rstrip("/"))
    executables = tuple(n for n, file in zip(inside, files, strict=True) if package.is_executable(file))
    at = _name(document.variable(owner.id, "content_root", root))
    of = _name(document.variable(owner.id, "content", known))
    runnable = _name(document.variable(owner.id, "executables", executables)) if executables else ""
    comment = f"The content of {owner.title}: in base64, so that each byte stays the same"
    plain = all(_PLAIN_NAME.fullmatch(name) for name in inside)
    document.add_content(
        InstallContent(
            tuple(
                ContentFile(
                    f"{owner.folder}/{name}", f"{content_root(given)}/{file}", package.sha256(file), name in executables
                )
                for name, file in zip(inside, files, strict=True)
            ),
            f"{owner.folder}.sha256",
            owner.folder,
        ),
        FileLoop(owner.folder, content=of, root=at, executables=runnable, comment=comment),
        WriteFile(f"{owner.folder}.sha256", Checksums(of, plain=plain)),
    )
    what = f"{path.rstrip('/')}/" if path else "the package"
    document.require(unchanged(what, same(document, owner.id, root, known, path)))
    return DeliveredContent("folder", owner.folder, f"{owner.folder}.sha256", owner.folder, inside)


def _name(value: Value) -> str:
    """The name of a template's variable."""
    return str(value.parts[0]) if isinstance(value, Expr) else ""
