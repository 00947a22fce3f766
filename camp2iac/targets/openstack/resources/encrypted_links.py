"""The CA of encrypted links, and the key and certificate of each service that serves them."""

from __future__ import annotations

from camp2iac.synth.module import Attribute, Block, body, ref
from camp2iac.targets.kit import ModuleBuilder
from camp2iac.targets.openstack.layout import addressing, encrypted_links
from camp2iac.targets.openstack.layout.encrypted_links import CA
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup, services
from camp2iac.targets.openstack.resource_types import (
    CA_CERTIFICATE,
    CERTIFICATE,
    CERTIFICATE_REQUEST,
    PRIVATE_KEY,
)

_FILE = "secrets.tf"
_YEARS = Attribute(
    "validity_period_hours",
    10 * 365 * 24,
    comment="Ten years: a new certificate is new user data, which replaces instances.",
)
_KEY = {"algorithm": "ECDSA", "ecdsa_curve": "P256"}


def add_ca(made: ModuleBuilder, layout: OpenStackLayout) -> None:
    """The CA of this output, whose certificate clients have."""
    if not layout.encrypted:
        return
    comment, origin = layout.settings.comment("encrypt_links"), layout.environment.span("encrypt_links")
    made.resource(_FILE, PRIVATE_KEY, CA, comment=comment, origin=origin, **_KEY)
    made.resource(
        _FILE,
        CA_CERTIFICATE,
        CA,
        Block("subject", body=body(common_name=f"links of {layout.app}")),
        comment="Clients accept only servers with a certificate of this CA.",
        origin=origin,
        private_key_pem=ref(f"{PRIVATE_KEY}.{CA}", ".private_key_pem"),
        is_ca_certificate=True,
        set_subject_key_id=True,
        set_authority_key_id=True,
        allowed_uses=("cert_signing", "crl_signing"),
        validity_period_hours=_YEARS,
        early_renewal_hours=0,
    )


def add_certificates(made: ModuleBuilder, layout: OpenStackLayout, group: MachineGroup) -> None:
    """The certificates of the services on a tier."""
    for service in services(layout.topology, group):
        if service.id not in layout.encrypted:
            continue
        label, addresses = encrypted_links.label(service.id), addressing.certified(layout, service)
        key = encrypted_links.key(service.id)
        made.resource(
            group.file,
            PRIVATE_KEY,
            label,
            comment=f"The key with which {service.name} identifies itself to its clients.",
            origin=service.span,
            **_KEY,
        )
        made.resource(
            group.file,
            CERTIFICATE_REQUEST,
            label,
            Block("subject", body=body(common_name=service.id)),
            comment="The addresses by which clients connect. Older clients compare them with DNS names.",
            origin=service.span,
            private_key_pem=key,
            dns_names=("localhost", "127.0.0.1", *addresses),
            ip_addresses=("127.0.0.1", *addresses),
        )
        made.resource(
            group.file,
            CERTIFICATE,
            label,
            origin=service.span,
            cert_request_pem=ref(f"{CERTIFICATE_REQUEST}.{label}", ".cert_request_pem"),
            ca_private_key_pem=ref(f"{PRIVATE_KEY}.{CA}", ".private_key_pem"),
            ca_cert_pem=encrypted_links.ca(),
            set_subject_key_id=True,
            allowed_uses=("digital_signature", "server_auth"),
            validity_period_hours=_YEARS,
            early_renewal_hours=0,
        )
