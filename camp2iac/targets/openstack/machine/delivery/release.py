"""A component's releases: content that changes while its machines stay (``on_change: rerun``).

An archive in the object store never changes; beside it one small text, the release, says which archive is meant, where
it is fetched, and what the processes are told. Machines look at it each minute: docs/adr/0007-releases.md.
``component_release.py`` writes that text, and what a machine does with it.
"""

from __future__ import annotations

from camp2iac.targets.openstack.machine.content import ComponentRelease, ContentRequest, DeliveredContent, fetched
from camp2iac.targets.openstack.machine.delivery.fetched import FetchedDelivery
from camp2iac.targets.openstack.machine.delivery.object_store import store
from camp2iac.targets.openstack.machine.document import MachineDocument, MachineInput
from camp2iac.topology.model import Service


class ReleaseDelivery:
    """An archive or a file in the object store, or where the plan says that it is."""

    def deliver(self, document: MachineDocument, request: ContentRequest) -> DeliveredContent | None:
        """None, and a diagnostic, where it cannot be sent or fetched.

        What the machine fetches elsewhere stays there; without a digest it is no release, and comes as it does
        otherwise.
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
    """Whether what runs on a service comes as releases. A server that is told for several at once has none."""
    wanted = given.infrastructure.object_store and given.infrastructure.on_change == "rerun"
    return wanted and given.recipe(service).rerun and not (service.product.server and len(service.components) > 1)


def folder(given: MachineInput, component: str) -> str:
    """Where the files of a component are that comes as releases: ``current`` leads to the one in use."""
    return f"/opt/{given.app}/{component}/current/app"
