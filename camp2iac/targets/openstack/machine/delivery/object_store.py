"""Content that the instance gets from the object store, because the user data has no room for it."""

from __future__ import annotations

from camp2iac.record import Record, replace
from camp2iac.synth.cloudinit import WriteFile
from camp2iac.synth.module import Attribute, Ref, Value, template
from camp2iac.synth.stream import sha256
from camp2iac.targets.openstack.layout import names
from camp2iac.targets.openstack.machine import objects
from camp2iac.targets.openstack.machine.content import ContentRequest, DeliveredContent, suffix
from camp2iac.targets.openstack.machine.delivery.packed import packed
from camp2iac.targets.openstack.machine.document import MachineDocument, line_of, module_path
from camp2iac.targets.openstack.machine.halves import ContentFile, InstallContent

SOURCE = "from the object store"


class ObjectStoreDelivery:
    """An object with a secret URL, and a file on the instance that contains the URL."""

    def deliver(self, document: MachineDocument, request: ContentRequest) -> DeliveredContent | None:
        """None, and a diagnostic, if Terraform cannot name a file."""
        owner, stored = request.owner, store(document, request)
        if stored is None:
            return None
        at = f"{stored.sent.path}.url"
        url = document.variable(owner.id, "url", stored.url, others=True)
        about = f"The secret URL of the content of {owner.title}"
        document.write(WriteFile(at, line_of('url = "', url, '"\n'), permissions="0600", comment=about))
        document.add_content(InstallContent((ContentFile(stored.sent.path, stored.source, stored.digest),)))
        return replace(stored.sent, url_file=at, sha256=stored.digest, source=SOURCE)


class StoredContent(Record, frozen=True):
    """Content in the object store.

    ``sent``: how an instance finds it. ``source``: where Terraform reads it. ``digest``, ``sha256``: its SHA-256, as
    text and as a local value. ``url``: of the object.
    """

    sent: DeliveredContent
    source: str
    digest: str
    sha256: Ref
    url: Value


def store(document: MachineDocument, request: ContentRequest) -> StoredContent | None:
    """Put content into the object store. Its SHA-256 is in the name of the object, so an object never changes."""
    owner, span = request.owner, request.content.span
    label, what = names.label(owner.id), f"{document.given.topology.file}: {owner.title}, content"
    known = Ref(f"local.{label}_sha256")
    made = packed(document, request, known)
    if made is None:
        return None
    digest = sha256(made.data)
    comment = f"{what}: the SHA-256 of the object"
    document.add_local(Attribute(f"{label}_sha256", digest, comment=comment, origin=span))
    end = suffix(made.name)
    object_ = template(f"{owner.id}/", known, f".{end}" if end else "")
    source = module_path(made.source)
    document.add_objects(objects.archive(f"{label}_content", object_, source, what, span, list(made.conditions)))
    document.install("curl", "ca-certificates")
    return StoredContent(made.sent, made.source, digest, known, objects.url(f"{label}_content"))
