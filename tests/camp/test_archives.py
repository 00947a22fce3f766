"""Which archives are accepted, and the errors for others."""

from __future__ import annotations

import io
import tarfile
import zipfile

import pytest

from camp2iac.camp import read
from camp2iac.camp.members import sniff
from camp2iac.diagnostics import Diagnostics, Severity
from tests.camp.build import FILES, reading, tarred, tgz, zipped


def test_what_macos_leaves() -> None:
    found = Diagnostics()
    junk = {"__MACOSX/._camp.yaml": b"x", "._camp.yaml": b"x", "web/._app.py": b"x", "web/.DS_Store": b"x"}
    source = read(zipped(FILES | junk), name="shop.zip", diagnostics=found)
    assert source is not None
    assert [(item.code, item.level) for item in found] == [("CAMP137", Severity.NOTE)]
    assert source.package.files("web") == ("web/app.py",)


def test_links_inside_are_files() -> None:
    link = tarfile.TarInfo("web/again.py")
    link.type, link.linkname = tarfile.SYMTYPE, "../web/app.py"
    source, codes = reading(tarred(FILES, link))
    assert source is not None
    assert codes == []
    assert source.package.read("web/again.py") == FILES["web/app.py"]


def test_executable_bits() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in FILES.items():
            info = zipfile.ZipInfo(name)
            info.create_system, info.external_attr = 3, (0o100755 if name.startswith("web") else 0o100644) << 16
            archive.writestr(info, data)
    source, _ = reading(out.getvalue())
    assert source is not None
    assert source.package.is_executable("web/app.py")
    assert not source.package.is_executable("camp.yaml")


def test_folders_of_their_own_are_no_doubles() -> None:
    folder = tarfile.TarInfo("web")
    folder.type = tarfile.DIRTYPE
    source, codes = reading(tarred(FILES, folder, folder))
    assert source is not None
    assert codes == []


@pytest.mark.parametrize(("pack", "kind"), [(zipped, "zip"), (tarred, "tar"), (tgz, "gzip")])
def test_kinds(pack, kind: str) -> None:  # type: ignore[no-untyped-def]
    assert sniff(pack(FILES)) == kind


@pytest.mark.parametrize(
    "data", [b"\xfd7zXZ\x00", b"BZh9", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"\x1f\x8bxx", tgz(FILES)[:30]]
)
def test_other_kinds_and_ruins(data: bytes) -> None:
    assert reading(data) == (None, ["CAMP130"])


def test_a_compressed_plan_is_no_package() -> None:
    import gzip

    assert reading(gzip.compress(b"camp_version: CAMP 1.1\n" * 100)) == (None, ["CAMP130"])


def test_what_a_header_says_of_its_size_is_not_believed() -> None:
    data = bytearray(zipped(FILES | {"zeros": bytes(5_000_000)}))
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.rindex(mark)
        data[at + offset : at + offset + 4] = (10).to_bytes(4, "little")
    assert reading(bytes(data))[0] is None


def test_labels_and_incremental_folders() -> None:
    """What GNU tar writes with --label and --listed-incremental."""
    label = tarfile.TarInfo("backup of today")
    label.type = b"V"
    folder = tarfile.TarInfo("web/")
    folder.type, folder.size = b"D", 10
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        archive.addfile(label)
        archive.addfile(folder)
        archive.fileobj.write(b"Yapp.py\0\0\0".ljust(512, b"\0"))  # type: ignore[union-attr]
        for name, data in FILES.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    source, codes = reading(out.getvalue())
    assert codes == []
    assert source is not None
    assert source.package.files() == ("web/app.py",)
    label.size = 512  # old programs read this kind as a file
    assert reading(label.tobuf() + bytes(512) + tarred(FILES)) == (None, ["CAMP133"])
