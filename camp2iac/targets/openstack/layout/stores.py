"""Object stores of the plan: a container of Swift each, with keys for the S3 API of the same object store."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from camp2iac.synth.module import Value, ref, template
from camp2iac.targets.kit.stores import REGION
from camp2iac.targets.openstack.layout import names
from camp2iac.targets.openstack.layout.settings import OpenStackSettings
from camp2iac.targets.openstack.resource_types import CONTAINER, EC2_CREDENTIAL
from camp2iac.topology import object_stores
from camp2iac.topology.model import Service, Topology

ENDPOINT = "s3_endpoint"
"""The variable for the URL of the S3 API, if the environment file has none."""


def own(topology: Topology) -> tuple[Service, ...]:
    """The object stores that the module creates, by id."""
    return tuple(each for each in topology.services.values() if object_stores.is_store(each) and each.href is None)


def label(service: Service) -> str:
    """The name of an object store's resources."""
    return names.label("store", service.id)


def parts(topology: Topology, settings: OpenStackSettings) -> Mapping[str, Mapping[str, Value]]:
    """The parts of each object store that the module creates (:data:`camp2iac.topology.object_stores.PARTS`)."""
    return {service.id: _parts(service, settings) for service in own(topology)}


def _parts(service: Service, settings: OpenStackSettings) -> Mapping[str, Value]:
    endpoint: Value = settings.s3_endpoint or ref(f"var.{ENDPOINT}")
    bucket = ref(f"{CONTAINER}.{label(service)}", ".name")
    key = f"{EC2_CREDENTIAL}.{label(service)}"
    return {
        "url": template(endpoint, "/", bucket),
        "endpoint": endpoint,
        "bucket": bucket,
        "region": settings.s3_region or REGION,
        "access_key": ref(key, ".access"),
        "secret_key": ref(key, ".secret"),
        "checksums": object_stores.CHECKSUMS,
    }


def ports(topology: Topology, settings: OpenStackSettings) -> Mapping[str, int]:
    """The port of the S3 API for these stores. A variable can only have the usual ones."""
    found = urlsplit(settings.s3_endpoint or "")
    port = found.port or (80 if found.scheme == "http" else 443)
    return {service.id: port for service in own(topology)}
