#!/usr/bin/env python3
"""Pack war/ into vitals.war. The same files result in the same bytes, on any computer and at any time."""
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest date in ZIP


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
