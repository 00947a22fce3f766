#!/usr/bin/env python3
"""Packs war/ into vitals.war: same files, same bytes, on any machine and day."""
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest that ZIP knows


def main() -> None:
    source = HERE / "war"
    with zipfile.ZipFile(HERE / "vitals.war", "w") as war:
        for path in sorted(each for each in source.rglob("*") if each.is_file()):
            entry = zipfile.ZipInfo(path.relative_to(source).as_posix(), EPOCH)
            entry.create_system, entry.external_attr = 3, 0o100644 << 16
            # Stored, not deflated: compressed bytes differ between versions of zlib.
            war.writestr(entry, path.read_bytes(), zipfile.ZIP_STORED)


if __name__ == "__main__":
    main()
