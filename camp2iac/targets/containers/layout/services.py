"""The containers of services: image, release, variables, files, and what is loaded into them."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from camp2iac.camp.package import Package, PackageFile
from camp2iac.catalogue import Product, Version
from camp2iac.diagnostics import Span
from camp2iac.record import Record, replace
from camp2iac.synth.module import Document, Value
from camp2iac.synth.stream import FileData
from camp2iac.targets.containers import offers
from camp2iac.targets.containers.layout.credentials import databases, login
from camp2iac.targets.containers.layout.forms import filled, text
from camp2iac.targets.containers.layout.known import KnownValues
from camp2iac.targets.containers.offers import ServiceImage
from camp2iac.topology.model import Job, Service, Topology

Parts: TypeAlias = Mapping[str, Value]


class LoadedJob(Record, frozen=True):
    """Content that the image loads when it starts without data. ``files``: path in the container to the module's file.

    ``lost``: why it is not loaded; then there are no files.
    """

    job: Job
    files: Mapping[str, Document]
    lost: str = ""


class ServiceContainer(Record, frozen=True):
    """What a service is in a container.

    ``image``: with its tag. ``release``: None: the environment file names the image. ``told``: attributes that reach
    the image. ``files``: path to text. ``scripts``: path to the module's file. ``command``: empty: that of the image.
    """

    service: Service
    offer: ServiceImage
    image: str
    release: Version | None
    environment: Mapping[str, Value]
    files: Mapping[str, Value]
    scripts: Mapping[str, Document]
    command: tuple[Value, ...]
    ready: tuple[str, ...]
    jobs: tuple[LoadedJob, ...]
    told: frozenset[str]

    @property
    def documents(self) -> Iterator[Document]:
        """The files of the module that the container gets."""
        yield from self.scripts.values()
        for loaded in self.jobs:
            yield from loaded.files.values()


def running(topology: Topology) -> Mapping[str, Service]:
    """The services that have containers of their own, by id."""
    return {
        id_: service
        for id_, service in topology.services.items()
        if service.href is None and service.product.role == "service" and offers.service(service.product) is not None
    }


def image_of(product: Product) -> str:
    """The newest image of a product that comes with camp2iac."""
    offer = offers.service(product)
    if offer is None:
        return ""
    return f"{offer.image}:{offer.tags[max(offer.tags)]}"


def decide(known: KnownValues, given: str | None, package: Package, service: Service) -> ServiceContainer:
    """Decide about a service in :func:`running`. Without a fitting release (CAMP470), it has the newest one.

    ``given``: the image that the environment file names for it.
    """
    offer = offers.service(service.product)
    assert offer is not None  # noqa: S101 - the caller selects such services
    found = offers.fitting(offer.tags, service)
    release, tag = found or (max(offer.tags), offer.tags[max(offer.tags)])
    parts = _parts(known, service)
    uses = {name: use for name, use in offer.attributes.items() if name in service.attributes}
    values = {name: known.resolve(service.attributes[name].value) for name in uses}
    words = tuple(filled(word, {"value": values[name].value}) for name, use in uses.items() for word in use.words)
    environment = {name: filled(form, parts) for name, form in offer.environment.items()}
    for name, use in uses.items():
        environment |= {key: filled(form, {"value": values[name].value}) for key, form in use.environment.items()}
    scripts = {path: _script(service, path, body) for path, body in offers.scripts(service.product).items()}
    return ServiceContainer(
        service,
        offer,
        given or f"{offer.image}:{tag}",
        None if given else release,
        environment,
        {path: filled(form, parts) for path, form in offer.files.items()},
        scripts,
        (*(filled(word, parts) for word in offer.command), *words),
        tuple(text(word, parts) for word in offer.health),
        tuple(_jobs(known, package, service, offer)),
        frozenset(uses),
    )


def _parts(known: KnownValues, service: Service) -> Parts:
    own = login(known, service)
    return {
        "user": own.user,
        "name": own.name,
        "databases": " ".join(databases(known, service)),
        "password": own.password,
        "port": str(known.ports.get(service.id, service.product.port or "")),
        "app": own.name if not service.attributes else login(known, replace(service, attributes={})).name,
        "id": service.id,
    }


def _script(service: Service, path: str, body: str) -> Document:
    return Document(f"load/{service.id}/{posixpath.basename(path)}", body.encode(), True, service.span)


def _jobs(known: KnownValues, package: Package, service: Service, offer: ServiceImage) -> Iterator[LoadedJob]:
    for number, job in enumerate(service.jobs, 1):
        folder = offer.folder(job.kind, number, login(known, service, job).name, job.id)
        if folder is None:
            yield LoadedJob(job, {}, f"The image of {service.product.title} cannot load {job.kind}.")
            continue
        contents = dict(_contents(job, package))
        if not contents:
            yield LoadedJob(job, {}, "It is downloaded from elsewhere, and the image cannot do that.")
            continue
        here = f"load/{service.id}/{number:03}-{job.id}"
        span: Span = job.content.span
        yield LoadedJob(
            job,
            {
                posixpath.join(folder, name): Document(f"{here}/{name}", data, False, span)
                for name, data in contents.items()
            },
        )


def _contents(job: Job, package: Package) -> Iterator[tuple[str, FileData]]:
    """The files of a job; none if its content is elsewhere."""
    content = job.content
    if content.data is not None:
        yield f"{job.id}.{job.kind}", content.data
    elif content.path is not None and package.is_file(content.path):
        yield posixpath.basename(content.path), PackageFile(package, content.path).checked()
    elif content.path is not None:
        prefix = f"{content.path.rstrip('/')}/" if content.path else ""
        for file in package.files(content.path):
            yield file.removeprefix(prefix), PackageFile(package, file).checked()
