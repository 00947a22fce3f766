"""``camp.cert``: the manifest's signature and the signer's certificate, in OVF's format.

The check proves that the manifest was signed with the certificate's key. It does not prove who the signer is, or that
the certificate is still valid: that requires trust anchors and a clock, which a compiler does not have.
"""

from __future__ import annotations

import binascii
import hashlib
import re
from typing import TYPE_CHECKING

from camp2iac.diagnostics import Diagnostic
from camp2iac.record import Record

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
    from cryptography.x509 import Certificate

_SIGNED = rb"\s*(MD5|SHA-?1|SHA-?256)\s*\(\s*camp\.mf\s*\)\s*=\s*([0-9A-Fa-f]+)\s*"
_BEGIN, _END = b"-----BEGIN CERTIFICATE-----", b"-----END CERTIFICATE-----"
LONGEST = 1_000_000  # bytes
LEAST_RSA, LEAST_CURVE = 2048, 224  # bits: the minimum of NIST SP 800-131A (112 bits of strength)
# Signature algorithms of certificates whose digests have known collisions, by their object identifiers.
_BROKEN = {
    "1.2.840.113549.1.1.2": "MD2",
    "1.2.840.113549.1.1.3": "MD4",
    "1.2.840.113549.1.1.4": "MD5",
    "1.2.840.113549.1.1.5": "SHA-1",
    "1.3.14.3.2.29": "SHA-1",
    "1.2.840.10040.4.3": "SHA-1",
    "1.2.840.10045.4.1": "SHA-1",
}
LEAST_EXPONENT = 3
_RSA = "1.2.840.113549.1.1.1"
_PSS = "1.2.840.113549.1.1.10"  # names its digest in its parameters


class Signer(Record, frozen=True):
    """A certificate: the SHA-256 of its DER form, in lowercase hexadecimal digits, and its subject."""

    fingerprint: str
    subject: str


def pem(data: bytes) -> bytes | None:
    """The first certificate in a PEM file, with its BEGIN and END lines."""
    begin = data.find(_BEGIN)
    end = data.find(_END, begin) if begin >= 0 else -1
    return data[begin : end + len(_END)] if end >= 0 else None


def fingerprint(certificate: bytes) -> str | None:
    """The fingerprint of a certificate file in PEM or DER form; None if it is neither."""
    framed = pem(certificate)
    if framed is None:
        return hashlib.sha256(certificate).hexdigest() if certificate[:1] == b"\x30" else None
    try:
        der = binascii.a2b_base64(framed[len(_BEGIN) : -len(_END)])
    except binascii.Error:
        return None
    return hashlib.sha256(der).hexdigest()


def verify(certificate: bytes, manifest: bytes) -> Signer | Diagnostic:
    """The signer of ``manifest``, or a diagnostic for the signature (CAMP158), for a weak key or digest (CAMP160), or
    because the library to check it is not installed (CAMP159).

    RSA (PKCS #1 v1.5) and ECDSA, both with SHA-256. The first certificate is the signer's; others are ignored.
    """
    long = len(certificate) > LONGEST
    signed, framed = (None, None) if long else (re.match(_SIGNED, certificate, flags=re.IGNORECASE), pem(certificate))
    if signed is None or len(signed[2]) % 2 or framed is None:
        return _bad("camp.cert does not contain a signature and a certificate", _FORM)
    if b"256" not in signed[1]:
        return _weak_digest("the signature of camp.mf", signed[1].decode().upper())
    try:
        from cryptography import x509
        from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
        from cryptography.hazmat.primitives import hashes
        from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
    except ImportError:
        return Diagnostic(
            "CAMP159",
            "the signature in camp.cert cannot be checked: the package cryptography is not installed",
            help="run  pip install 'camp2iac[signatures]'",
        )
    signature = bytes.fromhex(signed[2].decode("ascii"))
    try:
        found = x509.load_pem_x509_certificate(framed)
        if broken := _digest_of(found):
            return _weak_digest("the certificate's own signature", broken)
        key = _rsa(found) or found.public_key()
        if isinstance(key, Diagnostic):
            return key
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, manifest, padding.PKCS1v15(), hashes.SHA256())
        elif isinstance(key, ec.EllipticCurvePublicKey):
            if key.key_size < LEAST_CURVE:
                return _weak(f"a curve with {key.key_size} bits", "on the curve P-256")
            key.verify(signature, manifest, ec.ECDSA(hashes.SHA256()))
        else:
            return _bad("the key of camp.cert is neither RSA nor ECDSA", "sign with an RSA or ECDSA key")
        return Signer(found.fingerprint(hashes.SHA256()).hex(), found.subject.rfc4514_string() or "an empty subject")
    except InvalidSignature:
        return _bad(
            "the signature in camp.cert does not match camp.mf",
            "get the package again; if you changed camp.mf, sign it again",
        )
    except (ValueError, UnsupportedAlgorithm):
        return _bad("the certificate in camp.cert cannot be read", _FORM)


_FORM = "write  SHA256(camp.mf)= SIGNATURE  in hexadecimal digits, and the certificate in PEM form below it"


def _bad(message: str, help_: str) -> Diagnostic:
    return Diagnostic("CAMP158", message, help=help_)


def _rsa(certificate: Certificate) -> RSAPublicKey | Diagnostic | None:
    """The RSA key of a certificate, or why it is too weak; None if it has another key."""
    from cryptography.hazmat.primitives.asymmetric import rsa

    if certificate.public_key_algorithm_oid.dotted_string not in (_RSA, _PSS):
        return None
    instead = f"of {LEAST_RSA} bits or more"
    try:
        key = certificate.public_key()
    except ValueError:  # the library refuses such a key itself
        return _weak("RSA with an unsafe modulus or exponent", instead)
    if not isinstance(key, rsa.RSAPublicKey):
        return None
    if key.key_size < LEAST_RSA:
        return _weak(f"RSA with {key.key_size} bits", instead)
    if key.public_numbers().e < LEAST_EXPONENT:  # with 1, anyone can write a signature
        return _weak(f"RSA with the exponent {key.public_numbers().e}", instead)
    return key


def _digest_of(certificate: Certificate) -> str:
    """The digest in a certificate's own signature, if it is broken; otherwise empty."""
    algorithm = certificate.signature_algorithm_oid.dotted_string
    if algorithm == _PSS and certificate.signature_hash_algorithm is not None:
        name = certificate.signature_hash_algorithm.name.upper()
        return {"SHA1": "SHA-1", "MD5": "MD5"}.get(name, "")
    return _BROKEN.get(algorithm, "")


def _weak_digest(what: str, digest: str) -> Diagnostic:
    return Diagnostic(
        "CAMP160",
        f"{what} uses {digest}, which is too weak",
        notes=(f"two documents can have the same {digest}, so its signature proves nothing",),
        help="sign camp.mf with SHA-256, and use a certificate that was signed with SHA-256",
    )


def _weak(what: str, instead: str) -> Diagnostic:
    return Diagnostic(
        "CAMP160",
        f"the key of camp.cert is too weak: {what}",
        notes=("such a key can be broken, so its signature proves nothing",),
        help=f"create a key {instead} and its certificate, and sign camp.mf again",
    )
