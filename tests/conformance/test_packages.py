"""Packages (PDPs)."""

from __future__ import annotations

import hashlib
import io
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from camp2iac.camp import read
from camp2iac.diagnostics import Diagnostics, Severity
from tests.camp.build import FILES, PLAN, laid_out, reading, tarred, tgz, zipped
from tests.conformance import row
from tests.conformance.signing import certificate


def manifest(files: dict[str, bytes]) -> bytes:
    return "".join(f"SHA256({name})= {hashlib.sha256(data).hexdigest()}\n" for name, data in files.items()).encode()


@row("CT-PDP-01", "a ZIP archive is opened")
def test_zip() -> None:
    source, codes = reading(zipped(FILES), "shop.zip")
    assert source is not None
    assert codes == []
    assert source.package.read("web/app.py") == FILES["web/app.py"]


@row("CT-PDP-02", "a TAR archive is opened")
def test_tar() -> None:
    source, codes = reading(tarred({f"./{name}": data for name, data in FILES.items()}), "shop.tar")
    assert source is not None
    assert codes == []
    assert source.package.files("web") == ("web/app.py",)


@row("CT-PDP-03", "a gzipped TAR archive is opened")
def test_tgz() -> None:
    source, codes = reading(tgz(FILES), "shop.tgz")
    assert source is not None
    assert codes == []


@row("CT-PDP-04", "the format is detected from the content, not from the file name", "should")
@pytest.mark.parametrize("pack", [zipped, tarred, tgz])
def test_format_by_content(pack, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "package.bin"
    path.write_bytes(pack(FILES))
    assert reading(path, "package.bin")[0] is not None


@row("CT-PDP-05", "a package without `camp.yaml` at the root is refused, and the error names a plan in a subfolder")
def test_plan_at_the_root() -> None:
    found = Diagnostics()
    wrapped = zipped({f"shop/{name}": data for name, data in FILES.items()})
    assert read(wrapped, name="shop.zip", diagnostics=found) is None
    (only,) = found
    assert only.code == "CAMP131"
    assert "shop/" in only.notes[0]


@row("CT-PDP-06", "a package with two plans at the root is refused")
def test_one_plan() -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for data in (PLAN, PLAN.replace(b"shop", b"shed")):
            info = tarfile.TarInfo("camp.yaml")
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    assert reading(out.getvalue(), "shop.tar") == (None, ["CAMP134"])


@row("CT-PDP-07", "`Camp.yaml` and `camp.yml` are not plans, and the error names `camp.yaml`", "should")
@pytest.mark.parametrize("name", ["Camp.yaml", "camp.yml", "CAMP.YAML"])
def test_exact_name(name: str, tmp_path: Path) -> None:
    for source in (zipped({name: PLAN}), laid_out(tmp_path, {name: PLAN})):
        found = Diagnostics()
        assert read(source, name="shop", diagnostics=found) is None
        assert f"rename {name} to camp.yaml" in [item.help for item in found]


@row("CT-PDP-08", "a package without manifest and certificate is accepted")
def test_without_manifest() -> None:
    assert reading(zipped(FILES))[1] == []


@row("CT-PDP-09", "a manifest with correct SHA-256 digests is accepted")
def test_right_manifest() -> None:
    source, codes = reading(zipped(FILES | {"camp.mf": manifest(FILES)}), strict=True)
    assert source is not None
    assert codes == []


@row("CT-PDP-10", "a package with one changed byte in a listed file is refused, and the error names the file")
def test_changed_byte() -> None:
    found = Diagnostics()
    changed = FILES | {"web/app.py": FILES["web/app.py"].replace(b"h", b"H"), "camp.mf": manifest(FILES)}
    assert read(tgz(changed), name="shop.tgz", diagnostics=found) is None
    (only,) = found
    assert only.code == "CAMP155"
    assert "web/app.py" in only.message


@row("CT-PDP-11", "a package in which a listed file is missing is refused")
def test_listed_but_missing() -> None:
    listed = manifest(FILES | {"web/other.py": b""})
    assert reading(zipped(FILES | {"camp.mf": listed})) == (None, ["CAMP154"])


@row("CT-PDP-12", "a partial manifest is accepted, and the other files are reported; `--strict` refuses it", "may")
def test_partial_manifest() -> None:
    package = zipped(FILES | {"camp.mf": manifest({"camp.yaml": PLAN})})
    source, codes = reading(package)
    assert source is not None
    assert codes == ["CAMP156"]
    assert reading(package, strict=True) == (None, ["CAMP156"])


@row("CT-PDP-13", "the certificate's signature is checked, and a wrong one is refused", "should")
@pytest.mark.parametrize("kind", ["rsa", "ecdsa"])
def test_signature(kind: str) -> None:
    listed = manifest(FILES)
    signed = certificate(listed, kind)
    assert reading(zipped(FILES | {"camp.mf": listed, "camp.cert": signed}), strict=True)[1] == ["CAMP161"]
    other = FILES | {"web/app.py": b"print('other')\n"}
    forged = zipped(other | {"camp.mf": manifest(other), "camp.cert": signed})
    assert reading(forged) == (None, ["CAMP158"])


@row("CT-PDP-14", "a certificate without a manifest is reported", "should")
def test_certificate_alone() -> None:
    found = Diagnostics()
    source = read(zipped(FILES | {"camp.cert": b"x"}), name="shop.zip", diagnostics=found)
    assert source is not None
    assert [(item.code, item.level) for item in found] == [("CAMP157", Severity.WARNING)]


@row("CT-PDP-15", "a plan without a package and a folder with the layout of a package are accepted")
def test_bare_plan_and_folder(tmp_path: Path) -> None:
    folder = laid_out(tmp_path, FILES)
    for source in (folder, folder / "camp.yaml"):
        read_, codes = reading(source)
        assert read_ is not None
        assert codes == []
        assert read_.package.folder == str(tmp_path.resolve())
    assert reading(b"camp_version: CAMP 1.1\n")[0] is not None


def _special(name: str, kind: bytes, target: str = "") -> bytes:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, target
    return tarred(FILES, info)


def _setuid() -> bytes:
    info = tarfile.TarInfo("web/tool")
    info.mode = 0o4755
    return tarred(FILES, info)


def _encrypted() -> bytes:
    packed = bytearray(zipped(FILES))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        packed[packed.index(mark) + offset] |= 1
    return bytes(packed)


def _zip_link(name: str, target: str) -> bytes:
    out = io.BytesIO(zipped(FILES))
    with zipfile.ZipFile(out, "a") as archive:
        info = zipfile.ZipInfo(name)
        info.create_system, info.external_attr = 3, 0o120777 << 16
        archive.writestr(info, target)
    return out.getvalue()


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "absolute": (lambda: tarred(FILES | {"/etc/cron.d/x": b""}), "CAMP132"),
    "above": (lambda: zipped(FILES | {"../x": b""}), "CAMP132"),
    "above, inside": (lambda: tarred(FILES | {"web/../../x": b""}), "CAMP132"),
    "drive": (lambda: zipped(FILES | {"C:/x": b""}), "CAMP132"),
    "backslash": (lambda: tarred(FILES | {"web\\..\\..\\x": b""}), "CAMP132"),
    "control": (lambda: tarred(FILES | {"web/a\nb": b""}), "CAMP132"),
    "too deep": (lambda: tarred(FILES | {"a/" * 80 + "x": b""}), "CAMP132"),
    "link out": (lambda: _special("web/x", tarfile.SYMTYPE, "../../x"), "CAMP133"),
    "link to the root": (lambda: _special("web/x", tarfile.SYMTYPE, "/etc/passwd"), "CAMP133"),
    "link out, zipped": (lambda: _zip_link("web/x", "../../etc/passwd"), "CAMP133"),
    "links in a circle": (lambda: _special("web/x", tarfile.SYMTYPE, "x"), "CAMP133"),
    "hard link": (lambda: _special("web/x", tarfile.LNKTYPE, "camp.yaml"), "CAMP133"),
    "device": (lambda: _special("web/x", tarfile.CHRTYPE), "CAMP133"),
    "pipe": (lambda: _special("web/x", tarfile.FIFOTYPE), "CAMP133"),
    "setuid": (_setuid, "CAMP133"),
    "twice but for case": (lambda: zipped(FILES | {"Web/app.py": b""}), "CAMP134"),
    "twice but for accents": (lambda: tarred(FILES | {"caf\u00e9": b"", "cafe\u0301": b""}), "CAMP134"),
    "file and folder": (lambda: tarred(FILES | {"web": b""}), "CAMP134"),
    "bomb": (lambda: zipped(FILES | {"zeros": bytes(30_000_000)}), "CAMP135"),
    "bomb, gzipped": (lambda: tgz(FILES | {"zeros": bytes(60_000_000)}), "CAMP135"),
    "many": (lambda: zipped({str(n): b"" for n in range(20_001)}), "CAMP135"),
    "encrypted": (_encrypted, "CAMP136"),
    "truncated": (lambda: zipped(FILES)[:-40], "CAMP130"),
    "truncated, gzipped": (lambda: tgz(FILES)[:-20], "CAMP130"),
    "truncated tar": (lambda: tarred(FILES)[:700], "CAMP130"),
}


@row("CT-PDP-16", "hostile archives are refused", "ours")
@pytest.mark.parametrize("case", HOSTILE)
def test_hostile(case: str) -> None:
    made, code = HOSTILE[case]
    assert reading(made(), "shop.zip") == (None, [code])


def test_the_plan_is_no_link() -> None:
    info = tarfile.TarInfo("camp.yaml")
    info.type, info.linkname = tarfile.SYMTYPE, "web/plan.yaml"
    assert reading(tarred({"web/plan.yaml": PLAN}, info)) == (None, ["CAMP133"])


@row("CT-PDP-17", "if a certificate signs the manifest, unlisted content is refused, also in folders", "ours")
@pytest.mark.parametrize("form", ["archive", "folder", "plan"])
def test_unlisted_content(form: str, tmp_path: Path) -> None:
    listed = manifest(FILES)
    package = FILES | {"camp.mf": listed, "camp.cert": certificate(listed), "web/other.py": b""}
    folder = laid_out(tmp_path, package)
    source = {"archive": zipped(package), "folder": folder, "plan": folder / "camp.yaml"}[form]
    assert reading(source) == (None, ["CAMP156", "CAMP161"])
