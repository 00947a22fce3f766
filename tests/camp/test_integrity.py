"""Manifests and certificates, beyond the conformance table."""

from __future__ import annotations

import base64
import hashlib
import os
import sys
import tarfile
import time
import tracemalloc
from collections.abc import Mapping
from pathlib import Path

import pytest

from camp2iac.camp import read, signature
from camp2iac.diagnostics import Diagnostics, Severity
from tests.camp.build import FILES, PLAN, laid_out, reading, tarred, tgz, zipped
from tests.conformance import signing
from tests.conformance.signing import certificate


def listed(*names: str) -> str:
    return "".join(f"SHA256({name})= {hashlib.sha256(FILES[name]).hexdigest()}\n" for name in names)


WHOLE = listed(*FILES)


@pytest.mark.parametrize(
    ("manifest", "codes"),
    [
        (WHOLE, []),
        (WHOLE.replace("\n", "\r\n"), ["CAMP151"]),
        (WHOLE.rstrip("\n"), ["CAMP151"]),
        (WHOLE.replace("SHA256(", "SHA256 ( ").replace(")= ", " ) = "), ["CAMP151"]),
        (WHOLE.upper().replace("CAMP.YAML", "camp.yaml").replace("WEB/APP.PY", "web/app.py"), ["CAMP151"]),
        (WHOLE.replace("SHA256", "SHA1"), ["CAMP152", "CAMP152", "CAMP156"]),
        (WHOLE + "SHA256(web/app.py)= 00\n", ["CAMP152"]),
        (WHOLE + WHOLE, ["CAMP153", "CAMP153"]),
        (WHOLE + "nonsense\n", ["CAMP150"]),
        (WHOLE + f"SHA256(../x)= {'0' * 64}\n", ["CAMP150"]),
        (WHOLE + f"SHA256(camp.mf)= {'0' * 64}\n", ["CAMP150"]),
        ("", ["CAMP156"]),
    ],
)
def test_manifests(manifest: str, codes: list[str]) -> None:
    assert sorted(reading(zipped(FILES | {"camp.mf": manifest.encode()}))[1]) == codes


def test_a_certificate_has_to_cover_the_plan() -> None:
    manifest = listed("web/app.py").encode()
    package = zipped(FILES | {"camp.mf": manifest, "camp.cert": certificate(manifest)})
    assert reading(package) == (None, ["CAMP156", "CAMP161"])
    assert reading(package, strict=True) == (None, ["CAMP156", "CAMP161"])


@pytest.mark.parametrize(
    "change", [lambda c: c[:100], lambda c: c.replace(b"CERTIFICATE", b"NOTHING"), lambda c: b"x" + c]
)
def test_ruined_certificates(change) -> None:  # type: ignore[no-untyped-def]
    manifest = WHOLE.encode()
    package = zipped(FILES | {"camp.mf": manifest, "camp.cert": change(certificate(manifest))})
    assert reading(package) == (None, ["CAMP158"])


def test_without_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    manifest = WHOLE.encode()
    signed = certificate(manifest)
    monkeypatch.setitem(sys.modules, "cryptography", None)
    package = zipped(FILES | {"camp.mf": manifest, "camp.cert": signed})
    assert reading(package) == (None, ["CAMP159"])


def test_what_lies_beside_a_bare_plan_need_not_be_listed(tmp_path: Path) -> None:
    folder = laid_out(tmp_path, FILES | {"camp.mf": WHOLE.encode(), "notes.txt": b""})
    assert reading(folder / "camp.yaml", strict=True)[1] == []
    assert reading(folder)[1] == ["CAMP156"]
    (folder / "web/other.py").write_text("x")
    assert reading(folder / "camp.yaml")[1] == ["CAMP156"]


def manifest(files: Mapping[str, bytes]) -> bytes:
    return "".join(f"SHA256({name})= {hashlib.sha256(data).hexdigest()}\n" for name, data in files.items()).encode()


def signed(files: Mapping[str, bytes], kind: str = "ecdsa") -> dict[str, bytes]:
    """The files with a signed manifest."""
    listing = manifest(files)
    return {**files, "camp.mf": listing, "camp.cert": certificate(listing, kind)}


THE_PACKAGE = {
    "camp.yaml": PLAN.replace(b"{ href: web/ }", b'{ href: "pdp:!" }'),
    "app.py": b"print('hello')\n",
    "lib/a.py": b"",
}
UNLISTED = {
    "a file at the top": {"evil.py": b"x"},
    "a file below": {"lib/evil.py": b"x"},
    "a folder": {"evil/x.py": b"x"},
    "a file that no rule leaves out": {"evil.py": b"x", ".gitignore": b"*.txt\n"},
}


@pytest.mark.parametrize("case", UNLISTED)
@pytest.mark.parametrize("form", ["folder", "plan", "zip"])
def test_what_is_read_is_what_is_signed(case: str, form: str, tmp_path: Path) -> None:
    """With a certificate, an unlisted file that would be content is an error."""
    package = signed(THE_PACKAGE) | UNLISTED[case]
    folder = laid_out(tmp_path, package)
    source = {"folder": folder, "plan": folder / "camp.yaml", "zip": zipped(package)}[form]
    assert reading(source) == (None, ["CAMP156", "CAMP161"])
    assert reading(source, strict=True) == (None, ["CAMP156", "CAMP161"])


@pytest.mark.parametrize(
    "trick",
    [
        {".gitignore": b"*.py\n"},
        {".gitignore": b"lib/\n"},
        {".camp2iac.json": b"{}"},
        {"lib/.gitignore": b"*"},
        {"lib/.camp2iac.json": b"{}"},
        {"lib/.camp2iac-new/x": b""},
    ],
)
@pytest.mark.parametrize("form", ["folder", "plan", "zip"])
def test_what_is_signed_is_read(trick: dict[str, bytes], form: str, tmp_path: Path) -> None:
    """A file that is not listed cannot exclude a listed one."""
    package = signed(THE_PACKAGE) | trick
    folder = laid_out(tmp_path, package)
    source = {"folder": folder, "plan": folder / "camp.yaml", "zip": zipped(package)}[form]
    read_, codes = reading(source)
    assert read_ is not None
    assert set(codes) - {"CAMP156"} == {"CAMP161"}
    assert read_.package.files() == ("app.py", "lib/a.py")


def test_a_rule_leaves_out_what_is_not_listed(tmp_path: Path) -> None:
    package = signed(THE_PACKAGE) | {".gitignore": b"lib/\n*.log\n", "x.log": b"", "lib/b.py": b""}
    for source in (laid_out(tmp_path, package), tmp_path / "camp.yaml", zipped(package)):
        read_, codes = reading(source)
        assert read_ is not None
        assert set(codes) - {"CAMP156"} == {"CAMP161"}
        assert read_.package.files() == ("app.py", "lib/a.py")


def test_a_plan_of_another_name_is_verified(tmp_path: Path) -> None:
    folder = laid_out(tmp_path, signed(FILES) | {"shop.yaml": PLAN})
    assert reading(folder / "shop.yaml") == (None, ["CAMP156", "CAMP161"])
    listing = signed(FILES | {"shop.yaml": PLAN})
    laid_out(tmp_path, listing)
    assert reading(folder / "shop.yaml")[1] == ["CAMP161"]
    (folder / "shop.yaml").write_bytes(PLAN + b"\n")
    assert reading(folder / "shop.yaml") == (None, ["CAMP161", "CAMP155"])


def test_content_that_changes_after_it_was_verified(tmp_path: Path) -> None:
    folder = laid_out(tmp_path, signed(FILES))
    source, _ = reading(folder)
    assert source is not None
    assert source.package.read("web/app.py") == FILES["web/app.py"]
    (folder / "web/app.py").write_bytes(b"other")
    with pytest.raises(OSError, match="changed while camp2iac read it"):
        source.package.read("web/app.py")


@pytest.mark.parametrize("kind", ["rsa-1024", "secp192r1"])
def test_weak_keys(kind: str) -> None:
    assert reading(zipped(signed(FILES, kind))) == (None, ["CAMP160"])


@pytest.mark.parametrize(("old", "new"), signing.WEAK.values(), ids=signing.WEAK)
def test_weak_certificates(old: bytes, new: bytes) -> None:
    """A key with the exponent 1, with which anyone can sign, and digests that are broken."""
    manifest = WHOLE.encode()
    weak = signing.altered(certificate(manifest, "rsa"), old, new)
    assert reading(zipped(FILES | {"camp.mf": manifest, "camp.cert": weak})) == (None, ["CAMP160"])
    same = signing.altered(certificate(manifest, "rsa"), new, old)
    assert reading(zipped(FILES | {"camp.mf": manifest, "camp.cert": same}))[1] == ["CAMP161"]


def test_only_the_first_faults_of_a_manifest_are_reported() -> None:
    lines = "".join(f"SHA256(web/{number})= {'0' * 64}\n" for number in range(500))
    source, codes = reading(zipped(FILES | {"camp.mf": (WHOLE + lines).encode()}))
    assert (source, codes) == (None, ["CAMP154"] * 201)


@pytest.mark.parametrize("digest", ["SHA1", "sha-1", "MD5"])
def test_weak_signatures(digest: str) -> None:
    manifest = WHOLE.encode()
    weak = certificate(manifest).replace(b"SHA256(camp.mf)", f"{digest}(camp.mf)".encode())
    assert reading(zipped(FILES | {"camp.mf": manifest, "camp.cert": weak})) == (None, ["CAMP160"])


@pytest.mark.parametrize("name", ["camp.mf", "camp.cert"])
@pytest.mark.parametrize("kind", ["out", "nowhere", "folder", "pipe", "device", "loop"])
def test_what_stands_in_the_place_of_a_proof(name: str, kind: str, tmp_path: Path) -> None:
    folder = laid_out(tmp_path / "shop", signed(FILES))
    place = folder / name
    outside = place.rename(tmp_path / name)
    targets = {"out": outside, "nowhere": Path("gone"), "device": Path("/dev/null"), "loop": Path(name)}
    if kind == "folder":
        place.mkdir()
    elif kind == "pipe":
        os.mkfifo(place)
    else:
        place.symlink_to(targets[kind])
    assert reading(folder) == (None, ["CAMP133"])
    assert reading(folder / "camp.yaml") == (None, ["CAMP133"])


def test_a_proof_may_be_a_link_inside_the_folder(tmp_path: Path) -> None:
    folder = laid_out(tmp_path, signed(FILES))
    (folder / "camp.mf").rename(folder / "web/camp.mf")
    (folder / "camp.mf").symlink_to("web/camp.mf")
    assert reading(folder)[0] is None  # web/camp.mf is content, and not listed
    (folder / "web/camp.mf").rename(folder / "list")
    (folder / "camp.mf").unlink()
    (folder / "camp.mf").symlink_to("list")
    assert reading(folder)[0] is not None


def test_a_folder_in_the_place_of_a_proof_in_an_archive() -> None:
    assert reading(zipped(FILES | {"camp.mf/x": b""})) == (None, ["CAMP133"])


def test_who_signed() -> None:
    found = Diagnostics()
    package = signed(FILES)
    assert read(zipped(package), name="shop.zip", diagnostics=found) is not None
    (note,) = found
    assert (note.code, note.level, note.message) == ("CAMP161", Severity.NOTE, "the package is signed by CN=Packager")
    digest = signature.fingerprint(package["camp.cert"])
    assert note.notes == (f"the SHA-256 of the certificate is {digest}",)
    body = package["camp.cert"].split(b"-----")[2]
    assert digest == hashlib.sha256(base64.b64decode(body)).hexdigest()


def test_one_signer_alone() -> None:
    def codes(package: Mapping[str, bytes], signer: str | None) -> tuple[bool, list[str]]:
        found = Diagnostics()
        source = read(zipped(package), name="shop.zip", diagnostics=found, signer=signer)
        return source is not None, [item.code for item in found.ordered()]

    package = signed(FILES)
    theirs, other = signature.fingerprint(package["camp.cert"]), "0" * 64
    assert codes(package, theirs) == (True, ["CAMP161"])
    assert codes(package, other) == (False, ["CAMP162"])
    assert codes(FILES | {"camp.mf": manifest(FILES)}, theirs) == (False, ["CAMP162"])
    assert codes(FILES, theirs) == (False, ["CAMP162"])
    assert codes(FILES | {"camp.cert": package["camp.cert"]}, theirs) == (False, ["CAMP157", "CAMP162"])
    assert codes(package | {"web/app.py": b"other"}, theirs) == (False, ["CAMP161", "CAMP155"])


@pytest.mark.parametrize(
    "data",
    [
        b"a(" + b" " * 9_900 + b"\n",
        (b"SHA256(" + b" )" * 4_000 + b"\n") * 50,
        (b"SHA256(x)" + b" = " * 3_000 + b"\n") * 50,
        b"-----BEGIN CERTIFICATE-----" * 30_000,
        b"SHA256(camp.mf)= 00\n" + b"-----BEGIN CERTIFICATE-----" * 30_000,
    ],
    ids=range(5),
)
def test_no_line_takes_for_ever(data: bytes) -> None:
    start = time.process_time()
    for name in ("camp.mf", "camp.cert"):
        reading(zipped(FILES | {"camp.mf": b"", name: data}))
    assert time.process_time() - start < 10


def test_bounds(tmp_path: Path) -> None:
    folder = laid_out(tmp_path, FILES)
    for name, size, codes in (
        ("camp.mf", 2**32, ["CAMP135"]),
        ("camp.cert", 2**32, ["CAMP156", "CAMP158"]),
        (".gitignore", 2**32, ["CAMP135"]),
        ("web/.gitignore", 2**32, ["CAMP135"]),
        ("web/data", 2**32, ["CAMP135"]),
        ("camp.yaml", 2**32, ["CAMP107"]),
    ):
        laid_out(tmp_path, FILES | {"camp.mf": b""} if name == "camp.cert" else FILES)
        with (folder / name).open("wb") as file:
            file.truncate(size)  # a sparse file, larger than any disk
        tracemalloc.start()
        assert sorted(set(reading(folder)[1])) == codes, name
        assert sorted(set(reading(folder / "camp.yaml")[1])) == codes, name
        assert tracemalloc.get_traced_memory()[1] < 100 * 2**20
        tracemalloc.stop()
        (folder / name).unlink()
        (folder / "camp.mf").unlink(missing_ok=True)


def test_many_files_in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    laid_out(tmp_path, FILES | {f"web/{number}": b"x" * 100 for number in range(10)})
    assert reading(tmp_path)[1] == []
    monkeypatch.setattr("camp2iac.camp.directory.MOST_ENTRIES", 10)
    assert reading(tmp_path)[1] == ["CAMP135"]
    monkeypatch.setattr("camp2iac.camp.directory.MOST_ENTRIES", 20)
    monkeypatch.setattr("camp2iac.camp.directory.MOST_BYTES", 1000)
    assert reading(tmp_path)[1] == ["CAMP135"]


EXTRA: dict[str, dict[str, bytes]] = {
    "nothing": {},
    "a rule": {".gitignore": b"*"},
    "a rule below": {"web/.gitignore": b"*.txt"},
    "an output": {"web/sub/.camp2iac.json": b"{}", "web/sub/m.py": b""},
    "a dot file": {".hid": b""},
    "what is never content": {"node_modules/a.js": b"", "web/__pycache__/x.pyc": b""},
    "an environment": {"environments/x.yaml": b""},
    "a forge's": {".github/x.yml": b""},
    "what a rule leaves out": {".gitignore": b"*.log", "x.log": b""},
    "content": {"web/more.py": b""},
    "what lies beside": {"README": b""},
    "what macOS leaves": {"web/.DS_Store": b"", ".DS_Store": b""},
}


@pytest.mark.parametrize("extra", EXTRA)
@pytest.mark.parametrize("certified", [True, False])
def test_strict_is_the_same_for_folders_and_archives(extra: str, certified: bool, tmp_path: Path) -> None:
    """A file that the manifest does not list is an error in every kind of package."""
    package = signed(FILES) | EXTRA[extra]
    if not certified:
        del package["camp.cert"]
    expected = {"CAMP161"} if certified else set()
    if EXTRA[extra] and extra != "what macOS leaves":
        expected.add("CAMP156")
    for source in (laid_out(tmp_path, package), zipped(package), tgz(package)):
        read_, codes = reading(source, strict=True)
        assert set(codes) - {"CAMP137"} == expected
        assert (read_ is None) == ("CAMP156" in expected)


def test_version_control_need_not_be_listed(tmp_path: Path) -> None:
    package = signed(FILES) | {".git/config": b"", "web/.svn/x": b""}
    for source in (laid_out(tmp_path, package), zipped(package), tgz(package)):
        assert reading(source, strict=True)[1] == ["CAMP161"]


@pytest.mark.parametrize("name", ["web/._x", "web/.DS_Store", "__MACOSX/x"])
def test_what_is_listed_is_read_whatever_its_name(name: str, tmp_path: Path) -> None:
    package = signed(FILES | {name: b"listed"})
    for source in (laid_out(tmp_path, package), zipped(package), tgz(package)):
        read_, codes = reading(source, strict=True)
        assert codes == ["CAMP161"]
        assert read_ is not None
        assert read_.package.read(name) == b"listed"
        assert name in read_.package.files("web") or not name.startswith("web/")
    changed = package | {name: b"changed"}
    for source in (laid_out(tmp_path, changed), zipped(changed), tgz(changed)):
        assert reading(source)[1] == ["CAMP161", "CAMP155"]


def test_of_what_macos_leaves_twice_nothing_is_read() -> None:
    link = tarfile.TarInfo("web/._x")
    link.type, link.linkname = tarfile.SYMTYPE, "app.py"
    assert reading(tarred(signed(FILES | {"web/._x": b"listed"}), link))[0] is None
