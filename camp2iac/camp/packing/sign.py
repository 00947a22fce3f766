"""Sign a manifest: ``camp.cert`` in OVF's format, which :mod:`camp2iac.camp.signature` reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from camp2iac.camp.manifest import ALGORITHM, MANIFEST
from camp2iac.camp.packing.pack import Sign
from camp2iac.camp.signature import pem
from camp2iac.diagnostics import Diagnostic

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey


def signing(key: bytes, certificate: bytes, passphrase: bytes | None) -> Sign | Diagnostic:
    """A function that signs manifests. A diagnostic if the key cannot be used (CAMP746), or is not that of the
    certificate (CAMP747).

    ``key``: RSA or ECDSA, in PEM form. ``passphrase``: of an encrypted key. No message quotes one of them.
    """
    framed = pem(certificate)
    if framed is None:
        return _not_its_key("the file has no certificate in PEM form")
    try:
        from cryptography import x509
        from cryptography.exceptions import UnsupportedAlgorithm
        from cryptography.hazmat.primitives.asymmetric import ec, rsa
        from cryptography.hazmat.primitives.serialization import load_pem_private_key
    except ImportError:
        return _unusable("the package cryptography is not installed", "run  pip install 'camp2iac[signatures]'")
    try:
        private = load_pem_private_key(key, passphrase)
    except TypeError:  # that is how the library says it
        return _unusable(*(_ENCRYPTED if passphrase is None else _PLAIN))
    except (ValueError, UnsupportedAlgorithm):
        return _unusable(*(_NO_KEY if passphrase is None else _WRONG))
    if not isinstance(private, (rsa.RSAPrivateKey, ec.EllipticCurvePrivateKey)):
        return _unusable("it is neither RSA nor ECDSA", "sign with an RSA or ECDSA key")
    try:
        theirs = x509.load_pem_x509_certificate(framed).public_key()
    except (ValueError, UnsupportedAlgorithm):
        return _not_its_key("the certificate cannot be read")
    if theirs != private.public_key():
        return _not_its_key("it was made for another key")

    def sign(manifest: bytes) -> bytes:
        signature = _signature(private, manifest)
        return f"{ALGORITHM}({MANIFEST})= {signature.hex()}\n".encode() + framed + b"\n"

    return sign


def _signature(key: RSAPrivateKey | EllipticCurvePrivateKey, manifest: bytes) -> bytes:
    """RSA (PKCS #1 v1.5) or ECDSA, with SHA-256. Where the library can, ECDSA uses no random numbers (RFC 6979), so
    that the same manifest has the same signature."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

    if isinstance(key, rsa.RSAPrivateKey):
        return key.sign(manifest, padding.PKCS1v15(), hashes.SHA256())
    try:
        return key.sign(manifest, ec.ECDSA(hashes.SHA256(), deterministic_signing=True))
    except (TypeError, UnsupportedAlgorithm):
        return key.sign(manifest, ec.ECDSA(hashes.SHA256()))


_ENCRYPTED = ("it is encrypted", "write the name of the variable with its passphrase after  --passphrase-env")
_PLAIN = ("it is not encrypted, but a passphrase was given", "remove  --passphrase-env")
_WRONG = ("the passphrase is wrong, or it is not a private key in PEM form", "check the variable of  --passphrase-env")
_NO_KEY = ("it is not a private key in PEM form", "write the file that begins with  -----BEGIN PRIVATE KEY-----")


def _unusable(what: str, help_: str) -> Diagnostic:
    return Diagnostic("CAMP746", f"the key in --sign cannot be used: {what}", help=help_)


def _not_its_key(what: str) -> Diagnostic:
    return Diagnostic(
        "CAMP747",
        f"the certificate in --certificate does not belong to the key in --sign: {what}",
        help="name the certificate of the key",
    )
