"""The variables with certificates and private keys that the operator has."""

from __future__ import annotations

from camp2iac.synth.module import Block, Value, call, ref
from camp2iac.targets.kit import ModuleBuilder
from camp2iac.targets.kit.variables import validation
from camp2iac.targets.openstack.layout import certificates
from camp2iac.targets.openstack.layout.layout import OpenStackLayout

_CERTIFICATE = "^\\s*-----BEGIN CERTIFICATE-----"
_KEY = "-----BEGIN (EC |RSA )?(PRIVATE )?KEY-----"  # not ENCRYPTED; the module's tests have no PRIVATE KEY


def add(made: ModuleBuilder, layout: OpenStackLayout) -> None:
    """Two variables for each component with a certificate of the operator's."""
    ends = [end for found in layout.endpoints.values() for end in found]
    used = {end.component.id for end in ends if end.certificate and end.certificate.source == "files"}
    for component in sorted(used):
        certificate, key = certificates.variables(component)
        _add(
            made,
            layout,
            certificate,
            f"Certificate of {component}, in PEM form, with the intermediate certificates after it.",
            validation(_matches(certificate, _CERTIFICATE), f"{certificate} must be a certificate in PEM form."),
        )
        _add(
            made,
            layout,
            key,
            f"Private key for the certificate of {component}, in PEM form, without a passphrase.",
            validation(_matches(key, _KEY), f"{key} must be a private key in PEM form, without a passphrase."),
        )


def _matches(name: str, pattern: str) -> Value:
    return call("can", call("regex", pattern, ref(f"var.{name}")))


def _add(made: ModuleBuilder, layout: OpenStackLayout, name: str, description: str, form: Block) -> None:
    made.variable(
        name, description, "string", None, form, comment=layout.settings.comment("certificates"), sensitive=True
    )
