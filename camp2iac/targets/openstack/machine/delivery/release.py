"""A component's releases: content that changes while its instances keep running (``on_change: rerun``).

An archive in the object store never changes. A small object beside it, the release, has the URL and digest of the
current archive and the environment variables. Instances read it every minute: docs/adr/0007-releases.md. Without an
object store, the metadata of the instances has the digest: docs/adr/0018-releases-from-git.md.
``component_release.py`` writes the object or the metadata, and the files on the instances.
"""

from __future__ import annotations

from camp2iac.camp.model import Content
from camp2iac.synth.module import Attribute, Ref
from camp2iac.targets.openstack.layout import names
from camp2iac.targets.openstack.layout.releases import GitReleases
from camp2iac.targets.openstack.machine.content import (
    ComponentRelease,
    ContentRequest,
    DeliveredContent,
    TrackedContent,
    fetched,
)
from camp2iac.targets.openstack.machine.delivery.fetched import FetchedDelivery
from camp2iac.targets.openstack.machine.delivery.object_store import store
from camp2iac.targets.openstack.machine.delivery.repository import RepositoryDelivery
from camp2iac.targets.openstack.machine.document import MachineDocument, MachineInput
from camp2iac.topology.model import Service


class ReleaseDelivery:
    """An archive or a file in the object store, in the git repository, or at a URL."""

    def deliver(self, document: MachineDocument, request: ContentRequest) -> DeliveredContent | None:
        """None, and a diagnostic, if it cannot be sent or downloaded.

        Content at the plan's URL stays there. Without a digest it is not a release, but ordinary content.
        """
        if fetched(request.content):
            sent = FetchedDelivery().deliver(document, request)
            if sent is None or not sent.sha256:
                return sent
            name, announced = sent.path.rpartition("/")[2], not document.given.infrastructure.object_store
            release = ComponentRelease(request.owner.id, sent.form, name, sent.sha256, sent.url, announced=announced)
        elif releases := repository(document.given, request.content):
            sent = RepositoryDelivery(releases).deliver(document, request)
            if sent is None or sent.tracked is None:
                return None
            release = _of_repository(document, request, sent, sent.tracked)
        else:
            stored = store(document, request)
            if stored is None:
                return None
            sent = stored.sent
            release = ComponentRelease(request.owner.id, sent.form, _name(sent), stored.sha256, stored.url)
        folder = request.owner.folder
        return DeliveredContent(
            "release", request.place, names=sent.names, folder=folder, packed=sent.packed or sent.known, release=release
        )


def _name(sent: DeliveredContent) -> str:
    """The name of an archive or of a single file."""
    return sent.path.rpartition("/")[2] if sent.form == "archive" else sent.names[0]


def _of_repository(
    document: MachineDocument, request: ContentRequest, sent: DeliveredContent, found: TrackedContent
) -> ComponentRelease:
    owner = request.owner
    local = f"{names.label(owner.id)}_revision"
    where = "the repository" if found.path == "." else f"{found.path} in the repository"
    comment = (
        f"{document.given.topology.file}: {owner.title}, the digest of {where}. If it changes, instances\n"
        "take the newest commit of the branch whose content has it."
    )
    document.add_local(Attribute(local, found.digest, comment=comment, origin=request.content.span))
    name = "" if sent.form == "folder" else _name(sent)
    return ComponentRelease(owner.id, sent.form, name, Ref(f"local.{local}"), tracked=found, announced=True)


def repository(given: MachineInput, content: Content) -> GitReleases | None:
    """The repository that content comes from if user data has no room for it. None: another source has it."""
    releases = given.infrastructure.releases
    return releases if isinstance(releases, GitReleases) and content.path is not None else None


def possible(given: MachineInput, service: Service, content: Content) -> bool:
    """Whether content on a service comes as releases. A server with several components has none."""
    infrastructure = given.infrastructure
    source = infrastructure.object_store or repository(given, content) is not None
    wanted = source and infrastructure.on_change == "rerun"
    return wanted and given.recipe(service).rerun and not (service.product.server and len(service.components) > 1)


def folder(given: MachineInput, component: str) -> str:
    """The folder of a component that comes as releases. ``current`` is a link to the current release."""
    return f"/opt/{given.app}/{component}/current/app"
