"""A component's releases: content that changes while its instances keep running (``on_change: rerun``).

An archive in the object store never changes. A small object beside it, the release, has the URL and digest of the
current archive and the environment variables. Instances read it every minute: docs/adr/0007-releases.md. Without an
object store, the metadata of the instances has the digest: docs/adr/0018-sources-of-releases.md.
``component_release.py`` writes the object or the metadata, and the files on the instances.
"""

from __future__ import annotations

from camp2iac.record import replace
from camp2iac.synth.module import Attribute, Ref
from camp2iac.targets.openstack.layout import names
from camp2iac.targets.openstack.layout.releases import BuiltArtifact, GitReleases, HttpsReleases, S3Releases
from camp2iac.targets.openstack.machine.content import (
    ComponentRelease,
    ContentRequest,
    DeliveredContent,
    fetched,
)
from camp2iac.targets.openstack.machine.delivery import bucket, object_store
from camp2iac.targets.openstack.machine.delivery.artifact import ArtifactDelivery
from camp2iac.targets.openstack.machine.delivery.bucket import BucketDelivery
from camp2iac.targets.openstack.machine.delivery.fetched import FetchedDelivery
from camp2iac.targets.openstack.machine.delivery.object_store import store
from camp2iac.targets.openstack.machine.delivery.repository import RepositoryDelivery
from camp2iac.targets.openstack.machine.document import MachineDocument, MachineInput
from camp2iac.targets.openstack.machine.kinds import find
from camp2iac.topology.model import Component, Service


class ReleaseDelivery:
    """An archive or a file in the object store, in the git repository, or at a URL."""

    def deliver(self, document: MachineDocument, request: ContentRequest) -> DeliveredContent | None:
        """None, and a diagnostic, if it cannot be sent or downloaded.

        Content at the plan's URL stays there. Without a digest it is not a release, but ordinary content.
        """
        given = document.given
        artifact, releases = built(given, request.owner.id), given.infrastructure.releases
        if artifact is not None:
            return _of_build(document, request, ArtifactDelivery(artifact))
        if fetched(request.content):
            return _of_plan(document, request)
        match releases:
            case GitReleases() if request.content.path is not None:
                return _of_repository(document, request, RepositoryDelivery(releases))
            case S3Releases():
                return _of_bucket(document, request, BucketDelivery(releases))
            case _:
                return _of_store(document, request)


def _released(
    request: ContentRequest, sent: DeliveredContent, release: ComponentRelease, *, packed: bool = False
) -> DeliveredContent:
    owner = request.owner
    return DeliveredContent(
        "release",
        request.place,
        names=sent.names,
        folder=owner.folder,
        packed=packed or sent.packed,
        release=release,
        source=sent.source,
    )


def _name(sent: DeliveredContent) -> str:
    """The name of an archive or of a single file."""
    return sent.path.rpartition("/")[2] if sent.form == "archive" else sent.names[0]


def _of_build(
    document: MachineDocument, request: ContentRequest, delivery: ArtifactDelivery
) -> DeliveredContent | None:
    sent = delivery.found(document, request)
    if sent is None:
        return None
    sha256 = delivery.release(document, request)
    release = ComponentRelease(request.owner.id, sent.form, _name(sent), sha256, delivery.url, announced=True)
    return _released(request, sent, release)


def _of_plan(document: MachineDocument, request: ContentRequest) -> DeliveredContent | None:
    sent = FetchedDelivery().deliver(document, request)
    if sent is None or not sent.sha256:
        return sent
    name = sent.path.rpartition("/")[2]
    return _released(request, sent, ComponentRelease(request.owner.id, sent.form, name, sent.sha256, sent.url))


def _of_store(document: MachineDocument, request: ContentRequest) -> DeliveredContent | None:
    stored = store(document, request)
    if stored is None:
        return None
    sent = replace(stored.sent, source=object_store.SOURCE)
    release = ComponentRelease(request.owner.id, sent.form, _name(sent), stored.sha256, stored.url)
    return _released(request, sent, release)


def _of_bucket(document: MachineDocument, request: ContentRequest, delivery: BucketDelivery) -> DeliveredContent | None:
    uploaded = delivery.upload(document, request)
    if uploaded is None:
        return None
    sent = replace(uploaded.sent, source=bucket.SOURCE)
    release = ComponentRelease(request.owner.id, sent.form, _name(sent), uploaded.sha256, uploaded.url, announced=True)
    return _released(request, sent, release)


def _of_repository(
    document: MachineDocument, request: ContentRequest, delivery: RepositoryDelivery
) -> DeliveredContent | None:
    sent, owner = delivery.deliver(document, request), request.owner
    if sent is None or sent.tracked is None:
        return None
    local = f"{names.label(owner.id)}_revision"
    where = "the repository" if sent.tracked.path == "." else f"{sent.tracked.path} in the repository"
    comment = (
        f"{document.given.topology.file}: {owner.title}, the digest of {where}. If it changes, instances",
        "take the newest commit of the branch whose content has it.",
    )
    document.add_local(Attribute(local, sent.tracked.digest, comment=comment, origin=request.content.span))
    name = "" if sent.form == "folder" else _name(sent)
    release = ComponentRelease(owner.id, sent.form, name, Ref(f"local.{local}"), tracked=sent.tracked, announced=True)
    return _released(request, sent, release, packed=sent.known)


def built(given: MachineInput, owner: str) -> BuiltArtifact | None:
    """The artifact of a component, which a build made elsewhere."""
    releases = given.infrastructure.releases
    return releases.artifacts.get(owner) if isinstance(releases, HttpsReleases) else None


def possible(given: MachineInput, service: Service, component: Component) -> bool:
    """Whether a component on a service comes as releases. A server with several components has none."""
    if given.infrastructure.on_change != "rerun" or not given.recipe(service).rerun:
        return False
    return (
        find(component.kind).releases
        and _source(given, component)
        and not (service.product.server and len(service.components) > 1)
    )


def _source(given: MachineInput, component: Component) -> bool:
    """Whether its releases have a source."""
    match given.infrastructure.releases:
        case GitReleases():
            found = component.content.path is not None
        case S3Releases():
            found = not fetched(component.content)
        case _:
            found = built(given, component.id) is not None
    return found or given.infrastructure.object_store


def of_text(given: MachineInput, component: Component) -> bool:
    """Whether a small text of the compiler can be a release: it is in no repository, and no build makes it."""
    return given.infrastructure.object_store and built(given, component.id) is None


def folder(given: MachineInput, component: str) -> str:
    """The folder of a component that comes as releases. ``current`` is a link to the current release."""
    return f"/opt/{given.app}/{component}/current/app"
