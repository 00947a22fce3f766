"""Content in the user data, compressed, because it would not fit otherwise: docs/adr/0039-packed-content.md."""

from __future__ import annotations

import hashlib

from camp2iac.camp.model import Content
from camp2iac.camp.package import Package, PackageFile
from camp2iac.record import replace
from camp2iac.synth.cloudinit import FromFile, WriteFile
from camp2iac.synth.module import Attribute, Document, Ref, expr
from camp2iac.synth.stream import FileData, size, whole
from camp2iac.targets.facts import CompressedContent
from camp2iac.targets.openstack.layout import names
from camp2iac.targets.openstack.machine.content import ContentRequest, DeliveredContent
from camp2iac.targets.openstack.machine.delivery.inline import deliver_file
from camp2iac.targets.openstack.machine.delivery.packed import inside, unchanged_archive, unchanged_folder
from camp2iac.targets.openstack.machine.delivery.unchanged import content_root, copy, writable
from camp2iac.targets.openstack.machine.document import MachineDocument, line_of, module_path
from camp2iac.targets.openstack.machine.halves import ContentFile, InstallContent

SOURCE = "compressed in the user data"
_NAME = "content.tar.gz"  # the same for all tiers of a component: the list with its digest identifies a release


def compress(package: Package, content: Content, most: int) -> bytes | None:
    """A gzip file of content: of a file, or of a tar archive of a folder. None if it has more than ``most`` bytes."""
    # Only content that does not fit needs them.
    from camp2iac.targets.openstack.machine.delivery.archive import pack
    from camp2iac.targets.openstack.machine.delivery.deflate import RATIO, gzip

    path = content.path or ""
    if content.data is not None:
        return gzip(content.data, most)
    data: FileData
    data = (
        PackageFile(package, path).checked() if path and package.is_file(path) else pack(package, inside(package, path))
    )
    return None if size(data) > most * RATIO else gzip(whole(data), most)


class CompressedDelivery:
    """A file that cloud-init unpacks, or an archive of a folder, which the install script checks and unpacks."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._sha256 = hashlib.sha256(data).hexdigest()

    def deliver(self, document: MachineDocument, request: ContentRequest) -> DeliveredContent | None:
        """None, and a diagnostic, if Terraform cannot name a file."""
        content, package = request.content, document.given.context.package
        if content.data is not None:
            source = f"content/{request.owner.id}"
            document.add_document(Document(source, content.data, origin=content.span))
            return self._file(document, request, source, content.data)
        if not writable(document.given, request):
            return None
        if content.path and package.is_file(content.path):
            copy(document, content.path, content.span)
            source = f"{content_root(document.given)}/{content.path}"
            return self._file(document, request, source, package.read(content.path))
        return self._folder(document, request)

    def _file(self, document: MachineDocument, request: ContentRequest, source: str, data: bytes) -> DeliveredContent:
        place = self._add(document, request, "gz", len(data))
        document.require(unchanged_archive(place, expr(f'"{self._sha256}"')))
        digest = hashlib.sha256(data).hexdigest()
        return replace(deliver_file(document, request, source, digest, compressed=place), source=SOURCE)

    def _folder(self, document: MachineDocument, request: ContentRequest) -> DeliveredContent:
        owner, package = request.owner, document.given.context.package
        files = inside(package, request.content.path or "")
        place = self._add(document, request, "tar.gz", sum(package.size(file) for _, file in files))
        local = f"{names.label(owner.id)}_sha256"
        comment = (
            f"{document.given.topology.file}: {owner.title}, the SHA-256 of {place}, which has its content compressed.",
            "If it changes, Terraform replaces the instances.",
        )
        document.add_local(Attribute(local, self._sha256, comment=comment, origin=request.content.span))
        known = Ref(f"local.{local}")
        for condition in (*unchanged_folder(document, request, place), unchanged_archive(place, known)):
            document.require(condition)
        folder, sums = f"{owner.folder}.packed", f"{owner.folder}.sha256"
        archive = f"{folder}/{_NAME}"
        read = FromFile(document.variable(owner.id, "", module_path(place), others=True))
        digest = document.variable(owner.id, "sha256", known, others=True)
        document.add_content(
            InstallContent((ContentFile(archive, place, self._sha256),), sums, folder),
            WriteFile(archive, read, comment=f"The content of {owner.title}, as an archive"),
            WriteFile(sums, line_of(digest, f"  {_NAME}\n")),
        )
        return DeliveredContent(
            "archive",
            archive,
            sums,
            folder,
            tuple(name for name, _ in files),
            folder=owner.folder,
            packed=True,
            source=SOURCE,
        )

    def _add(self, document: MachineDocument, request: ContentRequest, suffix: str, size: int) -> str:
        """Add the gzip file of content of ``size`` bytes to the module's folder, and return its path there."""
        owner, span = request.owner, request.content.span
        place = f"archives/{owner.id}.{suffix}"
        document.add_document(Document(place, self._data, origin=span))
        document.weigh(place, len(self._data), span)
        document.name_compressed(CompressedContent(owner.id, owner.title, place, size, len(self._data), span))
        return place
