"""The repository of a vendor on an instance: its key, what may come from it, and the packages of a service."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import Any
from urllib.parse import urlsplit

from camp2iac.catalogue import systems
from camp2iac.catalogue.vendor import VendorRepository
from camp2iac.catalogue.versions import Version
from camp2iac.record import asdict, replace
from camp2iac.targets.openstack.machine.document import LIB, MachineDocument, keep_named
from camp2iac.targets.openstack.machine.halves import INSTALL
from camp2iac.targets.openstack.machine.render import SCRIPTS, render
from camp2iac.topology.model import Service

_NEEDS = {"debian": ("ca-certificates", "curl", "gpg"), "rhel": ("curl", "gnupg2")}


def prepare(document: MachineDocument, service: Service) -> None:
    """Install what the script needs."""
    if document.given.source(service) is not None:
        document.install(*_NEEDS[systems.family(document.given.infrastructure.os)])


def add(
    document: MachineDocument, service: Service, release: Version | None, dependencies: frozenset[str] = frozenset()
) -> None:
    """Add the script that installs a service from its vendor's repository. Nothing, if the distribution has it.

    ``dependencies``: names of dependencies of its components, for which the vendor can have packages.
    """
    source = document.given.source(service)
    if source is None:
        return
    family = systems.family(document.given.infrastructure.os)
    more = tuple(each for name in sorted(dependencies) for each in source.compiles.get(name, ()))
    source = replace(source, packages=(*source.packages, *more))
    name = keep_named(service.id)
    text = render(
        SCRIPTS, "vendor.sh.j2", _names(document, service, source, release) | {"family": family, "name": name}
    )
    # It runs before the service's own install script, which uses the packages.
    document.add_script(INSTALL, f"{name}.vendor.sh", f"{LIB}/{name}.vendor.install.sh", str(text))
    document.watch("installed", f"{name}.vendor")


def _names(
    document: MachineDocument, service: Service, source: VendorRepository, release: Version | None
) -> dict[str, Any]:
    """The names in ``vendor.sh.j2``."""
    topology = document.given.topology
    components = [topology.components[id_] for id_ in service.components]
    links = (link for component in components for link in component.links)
    linked = (source.linked.get(topology.services[link.service].product.name, ()) for link in links)
    more = (*linked, *(source.kinds.get(component.kind, ()) for component in components))
    packages = tuple(dict.fromkeys((*source.packages, *(each for words in more for each in words))))
    url = urlsplit(source.url)
    return {
        **asdict(source),
        "title": service.product.title,
        "vendor": source.title,
        "release": str(release),
        "os": document.given.infrastructure.os,
        "packages": packages,
        "own": tuple(each for each in packages if any(fnmatchcase(each, pattern) for pattern in source.pin)),
        "host": url.hostname or "",
        "file": f"camp-{source.name}",
        "key_protocol": "=http,https" if source.key.url.startswith("http:") else "=https",
    }
