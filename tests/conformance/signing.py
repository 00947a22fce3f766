"""Sign manifests as a packager does."""

from __future__ import annotations

import base64
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


_SHA256_RSA = bytes.fromhex("06092a864886f70d01010b")
#: DER values in a certificate (an exponent, the algorithm of its own signature), and weak ones.
WEAK = {
    "exponent 1": (bytes.fromhex("0203010001"), bytes.fromhex("020101")),
    "SHA-1": (_SHA256_RSA, bytes.fromhex("06092a864886f70d010105")),
    "MD5": (_SHA256_RSA, bytes.fromhex("06092a864886f70d010104")),
}


def altered(signed: bytes, old: bytes, new: bytes) -> bytes:
    """``camp.cert`` with another DER value in its certificate."""
    begin = signed.index(b"-----BEGIN")
    der = x509.load_pem_x509_certificate(signed[begin:]).public_bytes(serialization.Encoding.DER)
    lines = base64.encodebytes(_replaced(der, old, new))
    return signed[:begin] + b"-----BEGIN CERTIFICATE-----\n" + lines + b"-----END CERTIFICATE-----\n"


def _replaced(der: bytes, old: bytes, new: bytes) -> bytes:
    out, at = b"", 0
    while at < len(der):
        tag, length, begin = der[at], der[at + 1], at + 2
        if length & 0x80:
            begin += length & 0x7F
            length = int.from_bytes(der[at + 2 : begin], "big")
        value, whole, at = der[begin : begin + length], der[at : begin + length], begin + length
        if whole == old:
            out += new
        elif tag & 0x20:  # consists of values
            out += _value(tag, _replaced(value, old, new))
        elif tag == 3 and value[:2] == b"\0\x30":  # a bit string that has the key in it
            out += _value(tag, b"\0" + _replaced(value[1:], old, new))
        else:
            out += whole
    return out


def _value(tag: int, value: bytes) -> bytes:
    size = len(value)
    length = size.to_bytes((size.bit_length() + 7) // 8 or 1, "big")
    return bytes([tag]) + (length if size < 128 else bytes([0x80 | len(length)]) + length) + value
