"""Content as one file to store: a file as it is, or a folder as an archive, and the check that it did not change."""

from __future__ import annotations

from camp2iac.camp.package import Package, PackageFile
from camp2iac.record import Record, replace
from camp2iac.synth.module import Attribute, Block, Document, Expr, Ref, call, expr
from camp2iac.synth.stream import FileData
from camp2iac.targets.openstack.layout import names
from camp2iac.targets.openstack.machine.content import ContentRequest, DeliveredContent, suffix
from camp2iac.targets.openstack.machine.delivery.unchanged import content_root, copy, same, unchanged, writable
from camp2iac.targets.openstack.machine.document import MachineDocument, module_path


class PackedContent(Record, frozen=True):
    """Content as one file.

    ``name``: its name. ``source``: where Terraform reads it, from the module's folder. ``data``: its bytes.
    ``conditions``: that it did not change since it was compiled. ``sent``: how an instance finds it.
    """

    name: str
    source: str
    data: FileData
    conditions: tuple[Block, ...]
    sent: DeliveredContent


def packed(
    document: MachineDocument, request: ContentRequest, digest: Ref, *, apart: bool = False
) -> PackedContent | None:
    """Content as one file. None, and a diagnostic, if Terraform cannot name one of its files.

    Args:
        document: takes the file if it must be in the module's folder.
        request: the content.
        digest: the local value for the file's SHA-256.
        apart: the caller puts the file into the module's folder, under another name.
    """
    content, package = request.content, document.given.context.package
    if content.data is not None:
        place = f"content/{request.owner.id}"
        if not apart:
            document.add_document(Document(place, content.data, origin=content.span))
        made = _file(request, place, content.data, digest)
        return replace(made, conditions=()) if apart else made
    if not writable(document.given, request):
        return None
    if content.path and package.is_file(content.path):
        copy(document, content.path, content.span)
        source = f"{content_root(document.given)}/{content.path}"
        return _file(request, source, PackageFile(package, content.path).checked(), digest)
    return _folder(document, request, digest, apart=apart)


def _file(request: ContentRequest, source: str, data: FileData, digest: Ref) -> PackedContent:
    owner, name = request.owner, (request.content.path or "").rpartition("/")[2] or request.owner.id
    same_file = unchanged(request.title, expr(call("filesha256", module_path(source)), " == ", digest))
    if request.unpack and suffix(name):
        archive = f"{owner.folder}.{suffix(name)}"
        sent = DeliveredContent("archive", archive, names=(name,), folder=owner.folder)
    else:
        sent = DeliveredContent("file", owner.file or f"{owner.folder}/{name}", names=(name,), packed=True)
    return PackedContent(name, source, data, (same_file,), sent)


def _folder(document: MachineDocument, request: ContentRequest, digest: Ref, *, apart: bool) -> PackedContent:
    """A folder as an archive, with the check that neither changed since the compilation."""
    from camp2iac.targets.openstack.machine.delivery.archive import pack  # most content needs no archive

    given, owner, content = document.given, request.owner, request.content
    files = inside(given.context.package, content.path or "")
    data, place = pack(given.context.package, files), f"archives/{owner.id}.tar"
    if not apart:
        document.add_document(Document(place, data, origin=content.span))
    conditions = unchanged_folder(document, request, place)
    sent = DeliveredContent(
        "archive", f"{owner.folder}.tar", names=tuple(name for name, _ in files), folder=owner.folder, packed=True
    )
    if not apart:
        conditions.append(unchanged_archive(place, digest))
    return PackedContent(f"{owner.id}.tar", place, data, tuple(conditions), sent)


def inside(package: Package, path: str) -> list[tuple[str, str]]:
    """The files of a folder: each with its name in the folder, and its path in the package."""
    prefix = f"{path.rstrip('/')}/" if path else ""
    return [(file.removeprefix(prefix), file) for file in package.files(path)]


def unchanged_archive(place: str, digest: Ref | Expr) -> Block:
    """The precondition that an archive in the module's folder did not change since the compilation."""
    return unchanged(place, expr("try(", call("filesha256", module_path(place)), ', "") == ', digest))


def unchanged_folder(document: MachineDocument, request: ContentRequest, place: str) -> list[Block]:
    """The precondition that the files of an archive, ``place``, are still those of the plan; none if there are only
    those in the archive.
    """
    given, owner, content = document.given, request.owner, request.content
    package, label, path = given.context.package, names.label(owner.id), content.path or ""
    if given.context.content_root is None:
        return []
    document.add_local(
        Attribute(
            f"{label}_content",
            {name: package.sha256(file) for name, file in inside(package, path)},
            comment=(
                f"{given.topology.file}: {owner.title}, the SHA-256 of each file of its content.",
                f"{place} contains these files.",
            ),
            origin=content.span,
        )
    )
    root = module_path(content_root(given), path.rstrip("/"))
    same_files = same(document, owner.id, root, Ref(f"local.{label}_content"), path)
    return [unchanged(f"{path.rstrip('/')}/" if path else "the package", same_files)]
