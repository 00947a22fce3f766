"""``camp2iac pack --sign`` and ``camp2iac verify``: other programs verify what is signed, and no change is accepted."""

from __future__ import annotations

import json
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from tests.camp.build import zipped
from tests.packing.keys import FILES, certificate_file, key_file, signed
from tests.packing.making import KINDS, PLAN, Done, camp2iac, laid_out

PASSPHRASE = "correct-horse-battery"
LISTED = sorted(FILES)


def members(archive: Path) -> dict[str, bytes]:
    """The files of a ZIP."""
    with zipfile.ZipFile(archive) as found:
        return {name: found.read(name) for name in found.namelist()}


@pytest.mark.parametrize("kind", ["rsa", "p256", "p384"])
def test_openssl_verifies_it(kind: str, tmp_path: Path) -> None:
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    archive, _ = signed(tmp_path, kind)
    found = members(archive)
    first, _, certificate = found["camp.cert"].partition(b"\n")
    assert first.startswith(b"SHA256(camp.mf)= ")
    laid_out(tmp_path / "out", {"camp.mf": found["camp.mf"], "camp.cert": certificate})
    (tmp_path / "out/signature").write_bytes(bytes.fromhex(first.split(b"= ")[1].decode()))

    def openssl(*args: str) -> str:
        done = subprocess.run(["openssl", *args], cwd=tmp_path / "out", capture_output=True, text=True, check=False)
        return done.stdout

    (tmp_path / "out/public.pem").write_text(openssl("x509", "-in", "camp.cert", "-noout", "-pubkey"))
    verify = ("dgst", "-sha256", "-verify", "public.pem", "-signature", "signature", "camp.mf")
    assert openssl(*verify) == "Verified OK\n"
    (tmp_path / "out/camp.mf").write_bytes(found["camp.mf"].replace(b"web/run", b"web/ran"))
    assert "OK" not in openssl(*verify)


@pytest.mark.parametrize("ending", KINDS)
@pytest.mark.parametrize("kind", ["rsa", "p256"])
def test_a_signed_package_is_accepted(kind: str, ending: str, tmp_path: Path) -> None:
    archive, certificate = signed(tmp_path, kind, ending)
    done = camp2iac("verify", archive, "--signer", certificate, "--strict", "--output", "json")
    assert done.status == 0
    found = json.loads(done.out)
    digest = x509.load_pem_x509_certificate(certificate.read_bytes()).fingerprint(hashes.SHA256()).hex()
    assert found["signer"] == {"subject": f"CN=Packager {kind}", "sha256": digest}
    assert (found["manifest"], found["listed"], found["unlisted"]) == (True, LISTED, [])
    assert [each["code"] for each in found["diagnostics"]] == ["CAMP161"]
    shown = camp2iac("verify", archive)
    assert shown.status == 0
    assert f"is signed by CN=Packager {kind}\n  certificate: SHA-256 {digest}\n  signed: 3 files\n" in shown.out
    compiled = ("synth", archive, "--target", "heroku", "-o", tmp_path / "out", "--signer", certificate, "--strict")
    assert camp2iac(*compiled).status == 0
    assert camp2iac("unpack", archive, "-o", tmp_path / "new", "--signer", certificate).status == 0
    assert camp2iac("verify", tmp_path / "new", "--signer", certificate, "--strict").status == 0


@pytest.mark.parametrize("kind", ["rsa", "p256"])
def test_the_same_signature_each_time(kind: str, tmp_path: Path) -> None:
    if kind == "p256":
        try:
            ec.generate_private_key(ec.SECP256R1()).sign(b"", ec.ECDSA(hashes.SHA256(), deterministic_signing=True))
        except (TypeError, UnsupportedAlgorithm):
            pytest.skip("this release of cryptography, or its OpenSSL, has no deterministic ECDSA")
    first, _ = signed(tmp_path, kind)
    before = first.read_bytes()
    assert signed(tmp_path, kind)[0].read_bytes() == before


def _other_signature(found: dict[str, bytes]) -> None:
    found["camp.cert"] = found["camp.cert"].replace(b"= 30", b"= 31", 1)


#: What someone changes in a signed package, and the code of the error.
CHANGES: dict[str, tuple[Callable[[dict[str, bytes]], object], str]] = {
    "a file": (lambda found: found.update({"web/run": b"#!/bin/evil\n"}), "CAMP155"),
    "the plan": (lambda found: found.update({"camp.yaml": PLAN + b"description: x\n"}), "CAMP155"),
    "the manifest": (lambda found: found.update({"camp.mf": found["camp.mf"] + b"\n"}), "CAMP158"),
    "a file that is missing": (lambda found: found.pop("web/run"), "CAMP154"),
    "a file that is added": (lambda found: found.update({"web/new": b""}), "CAMP156"),
    "the signature": (_other_signature, "CAMP158"),
    "the certificate that is missing": (lambda found: found.pop("camp.cert"), "CAMP749"),
    "the manifest that is missing": (lambda found: found.pop("camp.mf"), "CAMP749"),
}


@pytest.mark.parametrize("case", CHANGES)
def test_no_change_is_accepted(case: str, tmp_path: Path) -> None:
    archive, certificate = signed(tmp_path)
    found = members(archive)
    change, code = CHANGES[case]
    change(found)
    archive.write_bytes(zipped(found))
    done = camp2iac("verify", archive)
    assert done.status == 1
    assert f"error[{code}]" in done.err
    assert "is signed" not in done.out
    assert camp2iac("verify", archive, "--signer", certificate).status == 1


def test_another_signer(tmp_path: Path) -> None:
    archive, _ = signed(tmp_path)
    other = certificate_file(tmp_path / "other.pem", "other")
    done = camp2iac("verify", archive, "--signer", other)
    assert (done.status, done.out) == (1, "")
    assert "error[CAMP162]" in done.err
    found = members(archive)
    shop = laid_out(tmp_path / "forged", FILES | {"web/run": b"#!/bin/evil\n"})
    forged = tmp_path / "forged.zip"
    key = key_file(tmp_path / "otherkey", "other")
    assert camp2iac("pack", shop, "-o", forged, "--sign", key, "--certificate", other).status == 0
    forged.write_bytes(zipped(members(forged) | {"camp.cert": found["camp.cert"]}))
    assert "error[CAMP158]" in camp2iac("verify", forged).err


def test_a_package_without_a_signature(tmp_path: Path) -> None:
    shop = laid_out(tmp_path / "shop", FILES)
    archive = tmp_path / "x.zip"
    assert camp2iac("pack", shop, "-o", archive).status == 0
    done = camp2iac("verify", archive, "--output", "json")
    assert done.status == 1
    found = json.loads(done.out)
    assert (found["manifest"], found["signer"], found["listed"]) == (True, None, LISTED)
    assert [each["code"] for each in found["diagnostics"]] == ["CAMP749"]
    bare = camp2iac("verify", shop)
    assert bare.status == 1
    assert "it has no camp.mf" in bare.err
    assert bare.out.endswith("is not signed, and no digest was verified\n")


def test_files_that_are_not_signed_are_listed(tmp_path: Path) -> None:
    archive, _ = signed(tmp_path)
    archive.write_bytes(zipped(members(archive) | {"notes.txt": b""}))
    done = camp2iac("verify", archive)
    assert done.status == 0
    assert done.out.endswith("  signed: 3 files\n  not signed:\n    notes.txt\n")
    assert "error[CAMP156]" in camp2iac("verify", archive, "--strict").err


def _signing(folder: Path, key: Path, certificate: Path, *more: str) -> Done:
    shop = laid_out(folder / "shop", FILES)
    return camp2iac("pack", shop, "-o", folder / "x.zip", "--sign", key, "--certificate", certificate, *more)


@pytest.mark.parametrize("kind", ["rsa", "p256"])
def test_an_encrypted_key(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key = key_file(tmp_path / "key", kind, PASSPHRASE)
    certificate = certificate_file(tmp_path / "packager.pem", kind)
    monkeypatch.setenv("KEY_PASSPHRASE", PASSPHRASE)
    done = _signing(tmp_path, key, certificate, "--passphrase-env", "KEY_PASSPHRASE", "-v")
    assert done.status == 0
    assert PASSPHRASE not in done.out + done.err
    assert camp2iac("verify", tmp_path / "x.zip", "--signer", certificate).status == 0
    assert PASSPHRASE.encode() not in (tmp_path / "x.zip").read_bytes()


def test_keys_that_cannot_be_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    certificate = certificate_file(tmp_path / "packager.pem", "p256")
    encrypted, plain = key_file(tmp_path / "encrypted", "p256", PASSPHRASE), key_file(tmp_path / "plain", "p256")
    monkeypatch.setenv("WRONG", f"not-{PASSPHRASE}")
    large = tmp_path / "large"
    large.write_bytes(b"x" * 2_000_000)
    cases: list[tuple[Path, tuple[str, ...], str]] = [
        (encrypted, (), "it is encrypted"),
        (encrypted, ("--passphrase-env", "WRONG"), "the passphrase is wrong"),
        (plain, ("--passphrase-env", "WRONG"), "it is not encrypted"),
        (certificate, (), "it is not a private key in PEM form"),
        (key_file(tmp_path / "ed", "ed25519"), (), "it is neither RSA nor ECDSA"),
        (large, (), "it is larger than"),
    ]
    for key, more, what in cases:
        done = _signing(tmp_path, key, certificate, *more, "-v")
        assert done.status == 1
        assert "error[CAMP746]" in done.err
        assert what in done.err
        assert PASSPHRASE not in done.out + done.err
        assert not any(line in done.out + done.err for line in key.read_text().splitlines() if len(line) > 40)
        assert not (tmp_path / "x.zip").exists()


def test_certificates_of_other_keys(tmp_path: Path) -> None:
    key = key_file(tmp_path / "key", "p256")
    chain = certificate_file(tmp_path / "chain.pem", "other", "p256")
    ruined = tmp_path / "ruined.pem"
    ruined.write_text("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
    for certificate in (certificate_file(tmp_path / "rsa.pem", "rsa"), chain, ruined, key):
        done = _signing(tmp_path, key, certificate)
        assert done.status == 1
        assert "error[CAMP747]" in done.err
        assert not (tmp_path / "x.zip").exists()
    chain = certificate_file(tmp_path / "chain.pem", "p256", "other")
    assert _signing(tmp_path, key, chain).status == 0
    assert "is signed by CN=Packager p256\n" in camp2iac("verify", tmp_path / "x.zip").out


def test_weak_keys_are_refused(tmp_path: Path) -> None:
    certificate = certificate_file(tmp_path / "packager.pem", "rsa-1024")
    done = _signing(tmp_path, key_file(tmp_path / "key", "rsa-1024"), certificate)
    assert done.status == 1
    assert "error[CAMP160]" in done.err
    assert not (tmp_path / "x.zip").exists()


def test_options_that_need_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shop, archive = laid_out(tmp_path / "shop", FILES), tmp_path / "x.zip"
    key, certificate = key_file(tmp_path / "key", "p256"), certificate_file(tmp_path / "packager.pem", "p256")
    monkeypatch.setenv("KEY_PASSPHRASE", PASSPHRASE)
    monkeypatch.setenv("EMPTY", "")
    both = ("--sign", key, "--certificate", certificate)
    for more in (both[:2], both[2:], ("--passphrase-env", "KEY_PASSPHRASE"), (*both, "--passphrase-env", "EMPTY")):
        done = camp2iac("pack", shop, "-o", archive, *more)
        assert done.status == 2, more
        assert PASSPHRASE not in done.out + done.err
    # The passphrase instead of the name of its variable
    done = camp2iac("pack", shop, "-o", archive, *both, "--passphrase-env", PASSPHRASE)
    assert done.status == 2
    assert PASSPHRASE not in done.out + done.err
    assert not archive.exists()


def test_a_bug_does_not_show_the_passphrase(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(*given: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr("camp2iac.camp.packing.sign._signature", wrong)
    monkeypatch.setenv("KEY_PASSPHRASE", PASSPHRASE)
    key = key_file(tmp_path / "key", "p256", PASSPHRASE)
    certificate = certificate_file(tmp_path / "packager.pem", "p256")
    done = _signing(tmp_path, key, certificate, "--passphrase-env", "KEY_PASSPHRASE", "-v")
    assert done.status not in (0, 1, 2)
    assert "a bug" in done.err
    assert "Traceback" in done.err
    assert PASSPHRASE not in done.out + done.err
    assert not (tmp_path / "x.zip").exists()


def test_the_key_is_never_content(tmp_path: Path) -> None:
    shop = laid_out(tmp_path / "shop", FILES)
    key, certificate = key_file(shop / "web/key", "p256"), certificate_file(shop / "web/packager.crt", "p256")
    archive = tmp_path / "x.zip"
    assert camp2iac("pack", shop, "-o", archive, "--sign", key, "--certificate", certificate).status == 0
    assert sorted(members(archive)) == sorted([*FILES, "camp.cert", "camp.mf", "web/packager.crt"])
    assert not any(b"PRIVATE KEY" in data for data in members(archive).values())
