"""Small archives that are expensive to read: each is rejected at a cost proportional to its size."""

from __future__ import annotations

import gzip
import io
import struct
import tarfile
import time
import tracemalloc
import zipfile
from collections.abc import Callable

import pytest

from camp2iac.camp import extended, members
from camp2iac.camp import gzip as gz
from camp2iac.camp import zip as zips
from camp2iac.camp.spool import Spool
from tests.camp.build import FILES, PLAN, reading, tarred, zipped


def header(name: str, kind: bytes = tarfile.REGTYPE, size: int = 0) -> bytes:
    info = tarfile.TarInfo(name)
    info.type, info.size = kind, size
    return info.tobuf(tarfile.USTAR_FORMAT)


def block(data: bytes) -> bytes:
    return data + bytes(-len(data) % 512)


def before(kind: bytes, data: bytes) -> bytes:
    """FILES after an extended header."""
    return header("pax", kind, len(data)) + block(data) + tarred(FILES)


def record(key: str, value: str) -> bytes:
    line = f" {key}={value}\n".encode()
    length = len(line) + 1
    while len(str(length)) + len(line) != length:
        length = len(str(length)) + len(line)
    return str(length).encode() + line


def summed(head: bytes) -> bytes:
    """The header with a correct checksum."""
    blank = head[:148] + b" " * 8 + head[156:]
    return blank[:148] + f"{sum(blank):06o}\0 ".encode() + blank[156:]


def sized(field: bytes) -> bytes:
    """FILES, and a header with the given size."""
    whole = header("web/x")
    return summed(whole[:124] + field + whole[136:]) + tarred(FILES)


def overlapping() -> bytes:
    """Two entries of the directory for the same file."""
    data = zipped(FILES | {"web/two.py": FILES["web/app.py"], "web/one.py": FILES["web/app.py"]})
    out = bytearray(data)
    places = []
    at = -1
    while (at := data.find(b"PK\x01\x02", at + 1)) >= 0:
        places.append(at)
    out[places[3] + 42 : places[3] + 46] = out[places[2] + 42 : places[2] + 46]
    return bytes(out)


def contradicting() -> bytes:
    """A file whose name in the directory differs from that in its header."""
    data = bytearray(zipped(FILES))
    at = data.index(b"web/app.py")
    data[at : at + 10] = b"web/bad.py"
    return bytes(data)


def extra_fields() -> bytes:
    """A directory of empty extra fields. A reader that removes them one by one copies all of them each time."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in FILES.items():
            archive.writestr(zipfile.ZipInfo(name), data)
        for number in range(300):
            info = zipfile.ZipInfo(f"web/{number}")
            info.extra = struct.pack("<HH", 0x9999, 0) * 16_000
            archive.writestr(info, b"")
    return out.getvalue()


MEMBER = gzip.compress(b"", mtime=0)
BOMBS: dict[str, tuple[Callable[[], bytes], str | None]] = {
    "a pax header of digits": (lambda: gzip.compress(before(b"x", b"1" * 200_000)), "CAMP130"),
    "a pax header of digits and blanks": (lambda: gzip.compress(before(b"x", b"1 " * 100_000)), "CAMP130"),
    "a pax header that is large": (lambda: before(b"x", record("comment", "x" * extended.MOST_HEADER)), "CAMP135"),
    "a global header that is large": (lambda: before(b"g", record("comment", "x" * extended.MOST_HEADER)), "CAMP135"),
    "a long name that is too long": (lambda: before(b"L", b"x" * 300_000), "CAMP135"),
    "a long link that is too long": (lambda: before(b"K", b"x" * 300_000), "CAMP135"),
    "extended headers without end": (lambda: header("x", b"g", 0) * 100_000 + tarred(FILES), "CAMP135"),
    "four million records": (
        lambda: gzip.compress(
            b"".join(header("x", b"g", 250_000) + block(b"5 a=\n" * 50_000) for _ in range(80)) + tarred(FILES), 1
        ),
        "CAMP135",
    ),
    "a hundred thousand members of gzip": (
        lambda: gzip.compress(tarred(FILES), mtime=0) + MEMBER * 100_000,
        "CAMP135",
    ),
    "a hundred thousand members before it": (lambda: MEMBER * 100_000 + gzip.compress(tarred(FILES)), "CAMP135"),
    "zeros behind it": (lambda: gzip.compress(tarred(FILES) + bytes(200_000_000)), "CAMP135"),
    "a device with much in it": (
        lambda: gzip.compress(header("web/x", b"Z", 512 * 300_000) + bytes(512 * 300_000) + tarred(FILES)),
        "CAMP135",
    ),
    "a negative size": (lambda: sized(b"\xff" * 12), "CAMP130"),
    "a negative size in octal": (lambda: sized(b"-0000000001\0"), "CAMP130"),
    "the largest size": (lambda: sized(b"\x80" + b"\xff" * 11), "CAMP135"),
    "a size by a record that no file has": (lambda: before(b"x", record("size", "9" * 18)), "CAMP135"),
    "a wrong checksum": (lambda: tarred(FILES)[:1024] + b"y" + tarred(FILES)[1025:], "CAMP130"),
    "a sparse file": (lambda: header("web/x", b"S", 0) + tarred(FILES), "CAMP133"),
    "a sparse file by records": (lambda: before(b"x", record("GNU.sparse.major", "1")), "CAMP133"),
    "two names": (
        lambda: header("pax", b"L", 5) + block(b"web/a") + before(b"x", record("path", "web/b")),
        "CAMP130",
    ),
    "one name for all": (lambda: before(b"g", record("path", "camp.yaml")), "CAMP130"),
    "an extended header of nothing": (lambda: header("x", b"L", 5) + block(b"web/a") + bytes(1024), "CAMP130"),
    "names that are too long, all of them": (
        lambda: zipped(FILES | {f"{'d/' * 60}{number}{'x' * 250}": b"" for number in range(12_000)}),
        "CAMP135",
    ),
    "paths of many levels": (
        lambda: gzip.compress(tarred(FILES | {f"{number}/{'d/' * 60}x": b"" for number in range(2_000)}), 1),
        "CAMP135",
    ),
    "extra fields": (extra_fields, None),
    "entries that share their bytes": (overlapping, "CAMP130"),
    "headers that contradict the directory": (contradicting, "CAMP130"),
    "a directory that ends early": (lambda: zipped(FILES).replace(b"PK\x01\x02", b"PK\x01\x03"), "CAMP130"),
}


@pytest.mark.parametrize("name", BOMBS)
def test_it_costs_what_it_is_worth(name: str) -> None:
    """The limits: a few seconds of CPU, and little more memory than the archive."""
    make, code = BOMBS[name]
    data = make()
    start = time.process_time()
    source, codes = reading(data, "shop.pdp")
    took = time.process_time() - start
    tracemalloc.start()
    reading(data, "shop.pdp")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert codes == ([code] if code else [])
    assert (source is None) == (code is not None)
    assert took < 10
    assert peak < 2 * len(data) + 32 * 1024 * 1024


def test_links_bring_their_bytes_each_time() -> None:
    links = []
    for number in range(5):
        info = tarfile.TarInfo(f"web/again{number}")
        info.type, info.linkname = tarfile.SYMTYPE, "large"
        links.append(info)
    data = tarred(FILES | {"web/large": bytes(100 * 1024 * 1024)}, *links)
    assert reading(data, "shop.tar") == (None, ["CAMP135"])


def test_a_link_to_a_long_way() -> None:
    info = tarfile.TarInfo("web/x")
    info.type, info.linkname = tarfile.SYMTYPE, "./" * 50_000 + "app.py"
    assert reading(tarred(FILES, info), "shop.tar") == (None, ["CAMP133"])


def test_the_bounds_are_those_of_the_documentation() -> None:
    assert (members.MOST_ENTRIES, members.MOST_BYTES, members.MOST_FILE_BYTES) == (20_000, 2**28, 2**27)


def test_a_member_of_content_that_is_an_archive_itself() -> None:
    """A JAR whose manifest unpacks to a gigabyte, or with more entries than a package can have."""
    name = "META-INF/MANIFEST.MF"
    assert zips.one(Spool(zipped({name: b"Main-Class: X\n"})), name, 100) == b"Main-Class: X\n"
    assert zips.one(Spool(zipped({name: bytes(50_000_000)})), name, 1_000_000) is None
    lying = zipped({name: bytes(50_000_000)}).replace(struct.pack("<L", 50_000_000), struct.pack("<L", 100))
    tracemalloc.start()
    assert zips.one(Spool(lying), name, 1_000_000) is None
    assert tracemalloc.get_traced_memory()[1] < 8_000_000
    tracemalloc.stop()
    assert zips.one(Spool(b"no archive"), name, 100) is None
    assert zips.one(Spool(zipped({})), name, 100) is None


def test_a_member_of_an_archive_that_has_many() -> None:
    name, many = "META-INF/MANIFEST.MF", {str(number): b"" for number in range(members.MOST_ENTRIES + 1)}
    assert zips.one(Spool(zipped({**many, name: b"Main-Class: X\n"})), name, 100) == b"Main-Class: X\n"


@pytest.mark.parametrize("more", [0, 1])
def test_the_members_of_a_stream(more: int) -> None:
    """As many as allowed, and one more."""
    whole = tarred({"camp.yaml": PLAN})
    empty = gzip.compress(b"", mtime=0)
    data = gzip.compress(whole, mtime=0) + empty * (gz.MOST_MEMBERS - 1 + more)
    found = reading(data, "shop.tgz")[1]
    assert ("CAMP135" in found) == bool(more)
