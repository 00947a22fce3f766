"""A component's releases: content that changes while its instances keep running (``on_change: rerun``).

An archive in the object store never changes. A small object beside it, the release, has the URL and digest of the
current archive and the environment variables. Instances read it every minute: docs/adr/0007-releases.md.
``component_release.py`` writes that object and the files on the instances.
"""

from __future__ import annotations

from camp2iac.targets.openstack.machine.content import ComponentRelease, ContentRequest, DeliveredContent, fetched
from camp2iac.targets.openstack.machine.delivery.fetched import FetchedDelivery
from camp2iac.targets.openstack.machine.delivery.object_store import store
from camp2iac.targets.openstack.machine.document import MachineDocument, MachineInput
from camp2iac.topology.model import Service


class ReleaseDelivery:
    """An archive or a file in the object store, or at the plan's URL."""

    def deliver(self, document: MachineDocument, request: ContentRequest) -> DeliveredContent | None:
        """None, and a diagnostic, if it cannot be sent or downloaded.

        Content at the plan's URL stays there. Without a digest it is not a release, but ordinary content.
        """
        if fetched(request.content):
            sent = FetchedDelivery().deliver(document, request)
            if sent is None or not sent.sha256:
                return sent
            name = sent.path.rpartition("/")[2]
            release = ComponentRelease(request.owner.id, sent.form, name, sent.sha256, sent.url)
        else:
            stored = store(document, request)
            if stored is None:
                return None
            sent = stored.sent
            name = sent.path.rpartition("/")[2] if sent.form == "archive" else sent.names[0]
            release = ComponentRelease(request.owner.id, sent.form, name, stored.sha256, stored.url)
        folder = request.owner.folder
        return DeliveredContent(
            "release", request.place, names=sent.names, folder=folder, packed=sent.packed, release=release
        )


def possible(given: MachineInput, service: Service) -> bool:
    """Whether the components of a service come as releases. A server with several components has none."""
    wanted = given.infrastructure.object_store and given.infrastructure.on_change == "rerun"
    return wanted and given.recipe(service).rerun and not (service.product.server and len(service.components) > 1)


def folder(given: MachineInput, component: str) -> str:
    """The folder of a component that comes as releases. ``current`` is a link to the current release."""
    return f"/opt/{given.app}/{component}/current/app"
