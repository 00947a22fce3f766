"""Links with TLS on an instance: the CA for those that connect, and the certificate and key of a server."""

from __future__ import annotations

from collections.abc import Mapping

from camp2iac.catalogue import systems
from camp2iac.catalogue.model import EncryptedForm
from camp2iac.record import Record
from camp2iac.synth.cloudinit import JsonString, WriteFile
from camp2iac.synth.module import Value
from camp2iac.targets.openstack.layout import encrypted_links
from camp2iac.targets.openstack.machine.document import MachineDocument, MachineInput
from camp2iac.topology.model import Component, Link, Service

# Where a family's trust store takes certificates from, and the command that reads them
_TRUST = {
    "debian": ("/usr/local/share/ca-certificates", "update-ca-certificates"),
    "rhel": ("/etc/pki/ca-trust/source/anchors", "update-ca-trust"),
}


class ServerTls(Record, frozen=True):
    """The files of a server whose links are encrypted.

    Attributes:
        certificate: The path of its certificate.
        key: The path of its private key, which root owns until the script changes that.
        user: The user who must own the key.
        ca: The path of the CA's certificate, for programs on the instance that connect.
    """

    certificate: str
    key: str
    user: str
    ca: str


def ca_path(given: MachineInput) -> str:
    """The path of the CA's certificate."""
    return f"/etc/{given.app}/links.pem"  # no file of a service ends like this


def form(given: MachineInput, service: Service) -> EncryptedForm | None:
    """How the links of a service are encrypted. None: they are not."""
    link = service.product.link
    return link.encrypted if link and service.id in given.infrastructure.encrypted else None


def linked(given: MachineInput, component: Component) -> bool:
    """Whether a component has an encrypted link."""
    return any(_encrypted(given, link) for link in component.links)


def variables(given: MachineInput, link: Link) -> Mapping[str, str]:
    """The variables of a link with the path of the CA's certificate: ``DATABASE_CA`` beside ``DATABASE_URL``."""
    if not _encrypted(given, link):
        return {}
    return {f"{name.removesuffix('_URL')}_CA": ca_path(given) for name in link.variables}


def _encrypted(given: MachineInput, link: Link) -> bool:
    return not link.callee and link.service in given.infrastructure.encrypted


def add(document: MachineDocument) -> None:
    """Add the CA to a tier that has clients or servers of encrypted links, before anything that connects starts."""
    given = document.given
    clients = any(linked(given, component) for component in given.topology.tier_components(given.tier.id))
    if not clients and given.infrastructure.encrypted.isdisjoint(service.id for service in given.services):
        return
    folder, command = _TRUST[systems.family(given.infrastructure.os)]
    document.install("ca-certificates")
    document.write(
        WriteFile(
            ca_path(given),
            JsonString(document.variable(given.tier.id, "links_ca", encrypted_links.ca())),
            comment="The CA of the servers that components connect to",
        )
    )
    document.run_first(f"install -D -m 0644 {ca_path(given)} {folder}/{given.app}-links.crt")
    document.run_first(f"{command} > /dev/null")


def serve(document: MachineDocument, service: Service) -> ServerTls | None:
    """Add the certificate and the key of a service. None: its links are not encrypted."""
    given, known = document.given, form(document.given, service)
    if known is None:
        return None
    base = f"/etc/{given.app}/{service.id}"
    document.write(
        _pem(document, service, f"{base}.crt", "certificate", encrypted_links.certificate(service.id)),
        _pem(document, service, f"{base}.key", "key", encrypted_links.key(service.id)),
    )
    return ServerTls(f"{base}.crt", f"{base}.key", known.user, ca_path(given))


def _pem(document: MachineDocument, service: Service, path: str, name: str, value: Value) -> WriteFile:
    secret = name == "key"
    return WriteFile(
        path,
        JsonString(document.variable(service.id, f"links_{name}", value)),
        permissions="0600" if secret else "0644",
        comment="Its private key. Root owns it until the server's user exists" if secret else "Its certificate",
    )
