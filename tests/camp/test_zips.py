"""ZIP archives, built byte by byte: as other programs write them, and such that two readers read differently."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass

import pytest

from tests.camp.build import FILES, reading

_UNIX, _DOS = 3, 0


@dataclass(frozen=True)
class Part:
    """A stored file in a ZIP archive; ``crc``, ``size``: wrong values for its local header."""

    name: bytes
    data: bytes = b"x"
    system: int = _UNIX
    mode: int = 0o100644
    flags: int = 0
    extra: bytes = b""
    crc: int | None = None
    size: int | None = None
    behind: bytes = b""

    def local(self) -> bytes:
        crc = zlib.crc32(self.data) if self.crc is None else self.crc
        size = len(self.data) if self.size is None else self.size
        head = struct.pack("<4s5H3L2H", b"PK\3\4", 20, self.flags, 0, 0, 0x21, crc, size, size, len(self.name), 0)
        return head + self.name + self.data + self.behind

    def central(self, at: int) -> bytes:
        size = len(self.data)
        return (
            struct.pack(
                "<4s6H3L5H2L",
                b"PK\1\2",
                self.system << 8 | 20,
                20,
                self.flags,
                0,
                0,
                0x21,
                zlib.crc32(self.data),
                size,
                size,
                len(self.name),
                len(self.extra),
                0,
                0,
                0,
                self.mode << 16,
                at,
            )
            + self.name
            + self.extra
        )


def built(*parts: Part, comment: bytes = b"") -> bytes:
    """FILES and other files."""
    body, directory = b"", b""
    whole = [*(Part(name.encode(), data) for name, data in FILES.items()), *parts]
    for part in whole:
        directory += part.central(len(body))
        body += part.local()
    return body + directory + end(len(whole), len(directory), len(body), comment)


def end(count: int, size: int, at: int, comment: bytes = b"") -> bytes:
    return struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count, count, size, at, len(comment)) + comment


def unicode_path(name: bytes, path: str) -> bytes:
    value = b"\1" + struct.pack("<L", zlib.crc32(name)) + path.encode()
    return struct.pack("<2H", 0x7075, len(value)) + value


@pytest.mark.parametrize(
    ("part", "name"),
    [
        (Part("web/é.txt".encode()), "web/é.txt"),  # as Info-ZIP writes it on Linux
        (Part("web/é.txt".encode(), system=_DOS), "web/é.txt"),
        (Part("web/é.txt".encode(), flags=0x800), "web/é.txt"),
        (Part("web/é.txt".encode("cp437"), system=_DOS), "web/é.txt"),
        (Part(b"web/\xff.txt", extra=unicode_path(b"web/\xff.txt", "web/é.txt")), "web/é.txt"),
        (Part(b"web/x.txt", extra=unicode_path(b"web/old.txt", "web/old.txt")), "web/x.txt"),  # of an old name
    ],
)
def test_names_beyond_ascii(part: Part, name: str) -> None:
    source, codes = reading(built(part), "shop.zip")
    assert codes == []
    assert source is not None
    assert source.package.files("web") == ("web/app.py", name)


def test_links_are_read_as_names_are() -> None:
    for system, encoding in ((_UNIX, "utf-8"), (_DOS, "utf-8")):
        target = Part("web/é.txt".encode(encoding), b"hello", system=system)
        link = Part(b"web/link", "é.txt".encode(encoding), mode=0o120777)
        source, codes = reading(built(target, link), "shop.zip")
        assert codes == []
        assert source is not None
        assert source.package.read("web/link") == b"hello"


def test_names_of_unix_in_no_known_encoding() -> None:
    assert reading(built(Part(b"web/\xff")), "shop.zip") == (None, ["CAMP132"])


def test_names_that_differ_in_the_form_of_an_accent() -> None:
    assert reading(built(Part("web/é".encode()), Part("web/e\u0301".encode())), "shop.zip") == (None, ["CAMP134"])


HIDDEN = Part(b"web/evil.py").local()
AMBIGUOUS = {
    "a size of its own": built(Part(b"web/x", size=0)),
    "a checksum of its own": built(Part(b"web/x", crc=0)),
    "a wrong size, though it follows": built(Part(b"web/x", b"data", flags=8, crc=0, size=3)),
    "a size that should follow and does not": built(Part(b"web/x", flags=8, crc=0, size=0)),
    "another size that follows": built(
        Part(b"web/x", flags=8, crc=0, size=0, behind=struct.pack("<3L", zlib.crc32(b"x"), 2, 1))
    ),
    "another path in a field": built(Part(b"web/x", extra=unicode_path(b"web/x", "web/y"))),
    "a file between entries": built(Part(b"web/x", behind=HIDDEN)),
    "bytes between entries": built(Part(b"web/x", behind=b"\0")),
    "an archive in the comment": built(comment=HIDDEN + Part(b"web/evil.py").central(0) + end(1, 57, 41)),
    "an end in the comment": built(comment=b"see PK\5\6"),
}


@pytest.mark.parametrize("case", AMBIGUOUS)
def test_what_two_readers_read_in_two_ways(case: str) -> None:
    assert reading(AMBIGUOUS[case], "shop.zip") == (None, ["CAMP130"])


def test_a_file_before_the_first_entry() -> None:
    assert reading(HIDDEN + built(), "shop.zip") == (None, ["CAMP130"])


@pytest.mark.parametrize("mark", [b"", b"PK\7\x08"])
@pytest.mark.parametrize("form", ["<3L", "<L2Q"])
def test_sizes_that_follow(mark: bytes, form: str) -> None:
    behind = mark + struct.pack(form, zlib.crc32(b"x"), 1, 1)
    assert reading(built(Part(b"web/x", flags=8, crc=0, size=0, behind=behind)), "shop.zip")[1] == []
    assert reading(built(Part(b"web/x", flags=8, behind=behind), comment=b"why not"), "shop.zip")[1] == []


def test_an_archive_without_entries() -> None:
    """Its directory begins at 0: it is empty, not damaged."""
    assert reading(end(0, 0, 0), "shop.zip")[1] == reading(end(0, 0, 0, b"a comment"), "shop.zip")[1] == ["CAMP131"]
