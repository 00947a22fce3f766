"""Content that the instance downloads from a bucket (``releases: { from: s3 }``).

The output has it in ``archives/``, with its SHA-256 in its name, and the pipeline uploads that folder before it
applies. So an object never changes, and whatever is in the bucket, the instance uses only what was reviewed.
"""

from __future__ import annotations

from camp2iac.record import Record, replace
from camp2iac.synth.module import Attribute, Document, Ref, Value, template
from camp2iac.synth.stream import sha256
from camp2iac.targets.openstack.layout import names
from camp2iac.targets.openstack.layout.releases import S3Releases
from camp2iac.targets.openstack.machine.content import ContentRequest, DeliveredContent, suffix
from camp2iac.targets.openstack.machine.delivery import authorised
from camp2iac.targets.openstack.machine.delivery.packed import packed
from camp2iac.targets.openstack.machine.document import MachineDocument, line_of
from camp2iac.targets.openstack.machine.halves import InstallContent

SOURCE = "from the bucket"


class UploadedContent(Record, frozen=True):
    """Content in the bucket. ``sent``: how an instance finds it. ``sha256``: a local value. ``url``: of the object."""

    sent: DeliveredContent
    digest: str
    sha256: Ref
    url: Value


class BucketDelivery:
    """An object of the bucket, and a file on the instance with its URL and the key."""

    def __init__(self, releases: S3Releases) -> None:
        self._releases = releases

    def deliver(self, document: MachineDocument, request: ContentRequest) -> DeliveredContent | None:
        """None, and a diagnostic, if Terraform cannot name a file."""
        uploaded = self.upload(document, request)
        if uploaded is None:
            return None
        at = f"{uploaded.sent.path}.url"
        url = document.variable(request.owner.id, "url", uploaded.url, others=True)
        authorised.curl_file(document, at, f"The content of {request.owner.title}", line_of('url = "', url, '"'))
        document.add_content(InstallContent(()))
        return replace(uploaded.sent, url_file=at, sha256=uploaded.digest, source=SOURCE)

    def upload(self, document: MachineDocument, request: ContentRequest) -> UploadedContent | None:
        """Put content into the output's folder ``archives``. None, and a diagnostic, as :meth:`deliver`."""
        owner, span = request.owner, request.content.span
        label = names.label(owner.id)
        known = Ref(f"local.{label}_sha256")
        made = packed(document, request, known, apart=True)
        if made is None:
            return None
        digest = sha256(made.data)
        comment = f"{document.given.topology.file}: {owner.title}, the SHA-256 of the object in the bucket"
        document.add_local(Attribute(f"{label}_sha256", digest, comment=comment, origin=span))
        for condition in made.conditions:
            document.require(condition)
        end = f".{suffix(made.name)}" if suffix(made.name) else ""
        document.add_document(Document(f"archives/{owner.id}-{digest}{end}", made.data, origin=span))
        document.download("curl", "ca-certificates")
        url = template(f"{self._releases.folder}/{owner.id}-", known, end)
        return UploadedContent(made.sent, digest, known, url)
