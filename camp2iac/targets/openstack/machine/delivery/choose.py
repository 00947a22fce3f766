"""Selects how content reaches an instance, by its size, before anything is built."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from camp2iac.camp.model import Content
from camp2iac.record import Record
from camp2iac.targets.openstack.layout.releases import GitReleases, S3Releases
from camp2iac.targets.openstack.machine.content import ContentRequest, fetched
from camp2iac.targets.openstack.machine.delivery import Delivery
from camp2iac.targets.openstack.machine.delivery.artifact import ArtifactDelivery
from camp2iac.targets.openstack.machine.delivery.bucket import BucketDelivery
from camp2iac.targets.openstack.machine.delivery.compressed import CompressedDelivery, compress
from camp2iac.targets.openstack.machine.delivery.fetched import FetchedDelivery
from camp2iac.targets.openstack.machine.delivery.inline import InlineDelivery
from camp2iac.targets.openstack.machine.delivery.object_store import ObjectStoreDelivery
from camp2iac.targets.openstack.machine.delivery.release import ReleaseDelivery, built, possible
from camp2iac.targets.openstack.machine.delivery.repository import RepositoryDelivery
from camp2iac.targets.openstack.machine.document import MachineInput
from camp2iac.targets.openstack.machine.kinds import find
from camp2iac.targets.openstack.machine.size import LIMIT, encoded
from camp2iac.topology.model import Job, Service

_MOST = LIMIT // 4 * 3  # bytes of which base64 has the limit
_MORE = 300  # bytes of the entries for an archive: its path, its digest


def delivery(given: MachineInput, request: ContentRequest, *, released: bool = False) -> Delivery:
    """The delivery of one content. ``released``: its component has releases."""
    if released:
        return ReleaseDelivery()
    artifact = built(given, request.owner.id)
    if artifact is not None:
        return ArtifactDelivery(artifact)
    if fetched(request.content):
        return FetchedDelivery()
    if (data := given.compressed.get(request.owner.id)) is not None:
        return CompressedDelivery(data)
    if request.owner.id not in given.outside:
        return InlineDelivery()
    match given.infrastructure.releases:
        case GitReleases() as releases if request.content.path is not None:
            return RepositoryDelivery(releases)
        case S3Releases() as releases:
            return BucketDelivery(releases)
        case _:
            return ObjectStoreDelivery()


class ContentSize(Record, frozen=True):
    """The size of content in ``bytes``, and the size of each of its files in a document, by its name in messages."""

    bytes: int
    encoded: Mapping[str, int]


def sizes(given: MachineInput) -> Mapping[str, ContentSize]:
    """The contents that can be in the document or outside it, by the id of their owner."""
    return {owner: _size(given, owner, title, content) for owner, title, content in _contents(given)}


def _contents(given: MachineInput) -> Iterator[tuple[str, str, Content]]:
    """The same contents: the ids of their owners, and the names of those for people."""
    for service in given.services:
        for component in (given.topology.components[id_] for id_ in service.components):
            elsewhere = fetched(component.content) or built(given, component.id)
            if not elsewhere and not possible(given, service, component):
                yield component.id, component.name, component.content
        for job in service.jobs:
            if not fetched(job.content):
                yield job_id(job, service), job.id, job.content


def job_id(job: Job, service: Service) -> str:
    """The id of a job's content on the instances of a service."""
    return f"{job.id}-into-{service.id}" if job.several else job.id


def outside(given: MachineInput, room: int) -> frozenset[str]:
    """The owners whose content instances download: the largest, until the others fit into ``room`` bytes.

    Without an object store or another source, there are none.
    """
    inside = dict(sizes(given))
    everything = given.infrastructure.object_store or isinstance(given.infrastructure.releases, S3Releases)
    kept = inside.keys() if everything else _in_repository(given)
    found = set()
    for owner in sorted(inside.keys() & kept, key=lambda owner: (inside[owner].bytes, owner), reverse=True):
        if not inside[owner].bytes or taken(inside) <= room:
            break
        del inside[owner]
        found.add(owner)
    return frozenset(found)


def compressible(given: MachineInput) -> Iterator[tuple[str, bytes]]:
    """The owners whose content is smaller in the document if it is compressed, the largest first: their gzip files.

    A file that must be one, such as a package, is left out if the content is a folder. That is an error of its own.
    """
    package, known = given.context.package, sizes(given)
    contents = {owner: content for owner, _, content in _contents(given)}
    for owner in sorted(known, key=lambda owner: (known[owner].bytes, owner), reverse=True):
        content = contents[owner]
        folder = content.data is None and not (content.path and package.is_file(content.path))
        component = given.topology.components.get(owner)
        wrong = folder and component is not None and not find(component.kind).folder
        if owner in given.outside or owner in given.compressed or wrong:
            continue
        data = compress(package, content, _MOST)
        if data is not None and encoded(len(data)) + _MORE < sum(known[owner].encoded.values()):
            yield owner, data


def _in_repository(given: MachineInput) -> frozenset[str]:
    """The owners whose content can come from the git repository."""
    if not isinstance(given.infrastructure.releases, GitReleases):
        return frozenset()
    found = {id_ for service in given.services for id_ in service.components}
    owners = {id_: given.topology.components[id_].content for id_ in found}
    owners |= {job_id(job, service): job.content for service in given.services for job in service.jobs}
    return frozenset(owner for owner, content in owners.items() if content.path is not None)


def taken(contents: Mapping[str, ContentSize]) -> int:
    """The size of contents in a document, in bytes. Content of two owners counts once."""
    return sum({title: size for each in contents.values() for title, size in each.encoded.items()}.values())


def _size(given: MachineInput, owner: str, title: str, content: Content) -> ContentSize:
    if owner in given.compressed:
        size = len(given.compressed[owner])
        return ContentSize(size, {f"{title}, compressed": encoded(size)})
    if content.data is not None:
        return ContentSize(len(content.data), {title: encoded(len(content.data))})
    package, path = given.context.package, content.path or ""
    if path and package.is_file(path):
        return ContentSize(package.size(path), {path: encoded(package.size(path))})
    files = {file: package.size(file) for file in package.files(path)}
    return ContentSize(sum(files.values()), {file: encoded(size + len(file)) for file, size in files.items()})
