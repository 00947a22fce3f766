"""Keys, certificates and signed packages for tests."""

from __future__ import annotations

import datetime
from functools import cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.x509.oid import NameOID

from tests.packing.making import PLAN, camp2iac, laid_out

FILES = {"camp.yaml": PLAN, "web/index.html": b"<p>hello</p>\n", "web/run": b"#!/bin/sh\n"}
Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey


@cache
def _key(kind: str) -> Key:
    if kind.startswith("rsa"):
        return rsa.generate_private_key(public_exponent=65537, key_size=1024 if kind == "rsa-1024" else 2048)
    if kind == "ed25519":
        return ed25519.Ed25519PrivateKey.generate()
    return ec.generate_private_key({"p256": ec.SECP256R1(), "p384": ec.SECP384R1(), "other": ec.SECP256R1()}[kind])


def key_file(place: Path, kind: str, passphrase: str = "") -> Path:
    """The private key in a new file, encrypted if there is a passphrase."""
    how = serialization.BestAvailableEncryption(passphrase.encode()) if passphrase else serialization.NoEncryption()
    pem = serialization.Encoding.PEM
    place.write_bytes(_key(kind).private_bytes(pem, serialization.PrivateFormat.PKCS8, how))
    return place


@cache
def _certificate(kind: str) -> bytes:
    key = _key(kind)
    assert not isinstance(key, ed25519.Ed25519PrivateKey)  # signs without a digest
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"Packager {kind}")])
    start = datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc)
    built = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    built = built.serial_number(1).not_valid_before(start).not_valid_after(start + datetime.timedelta(days=1))
    return built.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


def certificate_file(place: Path, *kinds: str) -> Path:
    """The certificates of keys in a new file."""
    place.write_bytes(b"".join(map(_certificate, kinds)))
    return place


def signed(folder: Path, kind: str = "p256", ending: str = ".zip") -> tuple[Path, Path]:
    """A signed package, and the certificate of its signer."""
    shop = laid_out(folder / "shop", FILES, runs=("web/run",))
    archive = folder / f"shop{ending}"
    certificate = certificate_file(folder / "packager.pem", kind)
    done = camp2iac("pack", shop, "-o", archive, "--sign", key_file(folder / "key", kind), "--certificate", certificate)
    assert done.status == 0, done.err
    assert "signed" in done.err
    return archive, certificate
