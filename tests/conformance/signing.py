"""Sign manifests as a packager does."""

from __future__ import annotations

import datetime
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509.oid import NameOID


@cache
def _key(kind: str) -> rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey:
    if kind.startswith("rsa"):
        return rsa.generate_private_key(public_exponent=65537, key_size=int(kind.partition("-")[2] or 2048))
    if kind == "secp192r1":
        return ec.generate_private_key(ec.SECP192R1())
    return ec.generate_private_key(ec.SECP256R1())


def certificate(manifest: bytes, kind: str = "ecdsa") -> bytes:
    """``camp.cert`` for a manifest."""
    key = _key(kind)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Packager")])
    start = datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc)
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(start)
        .not_valid_after(start + datetime.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    if isinstance(key, rsa.RSAPrivateKey):
        signature = key.sign(manifest, padding.PKCS1v15(), hashes.SHA256())
    else:
        signature = key.sign(manifest, ec.ECDSA(hashes.SHA256()))
    pem = built.public_bytes(serialization.Encoding.PEM)
    return f"SHA256(camp.mf)= {signature.hex()}\n".encode() + pem
