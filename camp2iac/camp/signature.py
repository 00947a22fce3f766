"""``camp.cert``: the manifest's signature and the certificate of who made it, in OVF's form.

The check says that the holder of the certificate's key made the manifest. It says nothing of who that is, whether the
certificate is still valid, or why to trust it: that takes trust anchors and a clock, which a compiler has not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic

_SIGNED = re.compile(rb"\s*SHA-?256\s*\(\s*camp\.mf\s*\)\s*=\s*([0-9A-Fa-f]+)\s*", re.IGNORECASE)
_PEM = re.compile(rb"-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----", re.DOTALL)
LONGEST = 1_000_000  # bytes


def verify(certificate: bytes, manifest: bytes) -> Iterator[Diagnostic]:
    """What is wrong with the signature over ``manifest`` (CAMP158), or why it cannot be checked (CAMP159).

    RSA (PKCS #1 v1.5) and ECDSA, both with SHA-256. The first certificate is the signer's; others are not looked at.
    """
    signed = _SIGNED.match(certificate)
    pem = _PEM.search(certificate) if len(certificate) <= LONGEST else None
    if signed is None or len(signed[1]) % 2 or pem is None:
        yield _bad("camp.cert is not a signature with its certificate", _FORM)
        return
    try:
        from cryptography import x509
        from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
        from cryptography.hazmat.primitives import hashes
        from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
    except ImportError:
        yield Diagnostic(
            "CAMP159",
            "the signature in camp.cert cannot be checked: the library for it is not installed",
            help="install it:  pip install 'camp2iac[signatures]'",
        )
        return
    signature = bytes.fromhex(signed[1].decode("ascii"))
    try:
        key = x509.load_pem_x509_certificate(pem[0]).public_key()
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, manifest, padding.PKCS1v15(), hashes.SHA256())
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, manifest, ec.ECDSA(hashes.SHA256()))
        else:
            yield _bad("camp.cert is signed with a kind of key that is not known", "sign with RSA or ECDSA")
    except InvalidSignature:
        yield _bad(
            "the signature in camp.cert is not one of this camp.mf",
            "get the package anew; who changed the manifest on purpose must sign it anew",
        )
    except (ValueError, UnsupportedAlgorithm):
        yield _bad("the certificate in camp.cert cannot be read", _FORM)


_FORM = "it holds  SHA256(camp.mf)= SIGNATURE  in hexadecimal digits, and below it the certificate in PEM form"


def _bad(message: str, help_: str) -> Diagnostic:
    return Diagnostic("CAMP158", message, help=help_)
