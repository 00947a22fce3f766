"""A component as the file that a build made from its content (``releases: { from: https }``)."""

from __future__ import annotations

from camp2iac.diagnostics import Diagnostic
from camp2iac.record import replace
from camp2iac.synth.module import Attribute, Ref
from camp2iac.targets.openstack.layout import names
from camp2iac.targets.openstack.layout.releases import BuiltArtifact
from camp2iac.targets.openstack.machine.content import ContentRequest, DeliveredContent, suffix
from camp2iac.targets.openstack.machine.delivery import authorised
from camp2iac.targets.openstack.machine.document import MachineDocument
from camp2iac.targets.openstack.machine.halves import InstallContent

_SOURCE = "from its build"


class ArtifactDelivery:
    """A download from the address in the environment file, instead of the plan's content."""

    def __init__(self, artifact: BuiltArtifact) -> None:
        self._artifact = artifact

    def deliver(self, document: MachineDocument, request: ContentRequest) -> DeliveredContent | None:
        """None, and a diagnostic (CAMP431), if the content must be a folder and the artifact is not an archive."""
        sent = self.found(document, request)
        if sent is None:
            return None
        about = f"The address of {request.owner.title}"
        at, escaped = f"{sent.path}.url", self._artifact.url.replace("\\", "\\\\")
        authorised.curl_file(document, at, about, f'url = "{escaped}"')
        document.add_content(InstallContent(()))
        return replace(sent, url_file=at, sha256=self._artifact.sha256)

    def found(self, document: MachineDocument, request: ContentRequest) -> DeliveredContent | None:
        """The same without the address."""
        owner, name = request.owner, self._artifact.url.partition("?")[0].rpartition("/")[2] or "artifact"
        document.download("curl", "ca-certificates")
        if request.unpack and suffix(name):
            return DeliveredContent(
                "archive", f"{owner.folder}.{suffix(name)}", names=(name,), folder=owner.folder, source=_SOURCE
            )
        package, path = document.given.context.package, request.content.path
        if request.unpack and not (path and package.is_file(path)):
            known = document.given.topology.planned_id(owner.id)
            where = document.given.context.environment.span("releases", "artifacts", known, "url")
            document.given.context.diagnostics.add(
                Diagnostic(
                    "CAMP431",
                    f"the artifact of {owner.title} is not an archive: {name}",
                    where or request.content.span,
                    label="the content is a folder, so an archive of it belongs here",
                    help="name a .tar, .tar.gz, .tar.bz2, .tar.xz or .zip file with the files of the folder",
                )
            )
            return None
        return DeliveredContent(
            "file", owner.file or f"{owner.folder}/{name}", names=(name,), folder=owner.folder, source=_SOURCE
        )

    def release(self, document: MachineDocument, request: ContentRequest) -> Ref:
        """The local value with its SHA-256, which is the current release."""
        label = f"{names.label(request.owner.id)}_sha256"
        known = document.given.topology.planned_id(request.owner.id)
        comment = f"{document.given.context.environment.shown}: releases: artifacts: {known}"
        document.add_local(Attribute(label, self._artifact.sha256, comment=comment, origin=request.content.span))
        return Ref(f"local.{label}")

    @property
    def url(self) -> str:
        """Its address."""
        return self._artifact.url
