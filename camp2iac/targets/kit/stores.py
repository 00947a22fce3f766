"""The variables of components that connect to an object store elsewhere (``href``)."""

from __future__ import annotations

from collections.abc import Callable

from camp2iac.targets.kit.values import Resolved
from camp2iac.topology import object_stores
from camp2iac.topology.model import Link, TextValue, Topology

REGION = "us-east-1"
"""The region that servers other than AWS expect, unless they are configured otherwise."""


def variables(topology: Topology, link: Link, resolve: Callable[[TextValue], Resolved]) -> dict[str, Resolved]:
    """The variables of a link. ``resolve``: the platform's value of an attribute."""
    service = topology.services[link.service]
    bucket = object_stores.bucket(service)
    if bucket is None:  # CAMP449
        return {}
    parts = {
        "url": Resolved(f"{bucket.endpoint}/{bucket.name}", False, ()),
        "endpoint": Resolved(bucket.endpoint, False, ()),
        "bucket": Resolved(bucket.name, False, ()),
        "region": Resolved(REGION, False, ()),
        "checksums": Resolved(object_stores.CHECKSUMS, False, ()),
    }
    parts |= {name: resolve(each.value) for name, each in service.attributes.items() if name in _GIVEN}
    return {name: parts[part] for name, part in object_stores.variables(topology, link).items() if part in parts}


_GIVEN = ("region", "access_key", "secret_key")
