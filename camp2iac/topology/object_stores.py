"""Object stores: the variables of components that connect to one, and the address of one that exists elsewhere."""

from __future__ import annotations

from collections.abc import Mapping

from camp2iac.record import Record
from camp2iac.topology import elsewhere
from camp2iac.topology.model import Component, Link, Service, Topology

PRODUCT = "object-store"

#: the endings of a link's variables, to the part of the store
PARTS: Mapping[str, str] = {
    "URL": "url",
    "ENDPOINT_URL": "endpoint",
    "BUCKET_NAME": "bucket",
    "AWS_REGION": "region",
    "AWS_ACCESS_KEY_ID": "access_key",
    "AWS_SECRET_ACCESS_KEY": "secret_key",
}
#: the variables that SDKs for S3 read themselves
SDK: Mapping[str, str] = {
    "AWS_ENDPOINT_URL_S3": "endpoint",
    "AWS_REGION": "region",
    "AWS_ACCESS_KEY_ID": "access_key",
    "AWS_SECRET_ACCESS_KEY": "secret_key",
}
#: settings of the same SDKs: without them, those of 2025 and later send checksums in a form that Swift refuses (501)
SETTINGS: Mapping[str, str] = {
    "AWS_REQUEST_CHECKSUM_CALCULATION": "checksums",
    "AWS_RESPONSE_CHECKSUM_VALIDATION": "checksums",
}
CHECKSUMS = "when_required"


class Bucket(Record, frozen=True):
    """A bucket that exists elsewhere: the URL of the server, and its name."""

    endpoint: str
    name: str


def is_store(service: Service) -> bool:
    """Whether a service is an object store."""
    return service.product.name == PRODUCT


def bucket(service: Service) -> Bucket | None:
    """The bucket of ``s3://BUCKET@SERVER`` or ``https://SERVER/BUCKET``; None if the href has another form."""
    found = elsewhere.of(service)
    if found is None:
        return None
    if found.scheme == "s3":
        return Bucket(f"https://{found.authority}", found.user) if found.user and not found.database else None
    name = found.rest.strip("/")
    if found.scheme not in ("http", "https") or not name or name != found.database:
        return None
    return Bucket(f"{found.scheme}://{found.authority}", name)


def variables(topology: Topology, link: Link) -> dict[str, str]:
    """The variables of a link to an object store, to the parts: with the service's id, settings of SDKs, and if it is
    the component's only one, the others that SDKs read.
    """
    base = link.variables[0].removesuffix("_URL")
    found = {f"{base}_{ending}": part for ending, part in PARTS.items()}
    return {**found, **SETTINGS, **(SDK if _only(topology, topology.components[link.component]) else {})}


def _only(topology: Topology, component: Component) -> bool:
    return sum(is_store(topology.services[link.service]) for link in component.links) == 1
