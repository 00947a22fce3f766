"""Write docs/proof-machines.md and ``proven:`` of the products from the records of the runs.

Run it with ``python -m roots.page``.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from camp2iac.catalogue import load
from roots.entry import HERE, ROOTS, earlier, entries, proven, records

PAGE = Path(__file__).parents[2] / "docs" / "proof-machines.md"
TEXT = """\
# Proof: software on instances

`proofs/roots/run` tests each entry of the [catalogue](catalogue.md). It compiles the entry's sample plan for OpenStack,
lets Terraform render the module, and boots each instance in a root file system of the distribution, with its own
systemd as process 1, the compiled networks and addresses, and the distribution's cloud-init, which reads a ConfigDrive
in Nova's format ([method and limits](../proofs/roots/README.md)). Then:

1. cloud-init ends without an error, no unit has failed, and `camp-status` reports *ready* on each instance.
2. The product is used as the table describes.
3. Everything that cloud-init ran is run again. No file (including packages), owner, mode or process changes. The
   product is used again, and its data is the same.
4. All instances are rebooted. No file changes, and all instances report *ready*. The product is used again, and its
   data is the same.

*An earlier form* means that the sample plan or the compiler's output for it has changed since the test, and the test
has not been repeated.

"""
COLUMNS = ("entry", "used", "distribution", "release", "cloud-init", "date", "time", "result")


BAKED = HERE / "baked"
IMAGES = """
## Images with the software of a tier

`proofs/roots/run baked` makes an image of each tier with the steps of the generated template for Packer (`bake: true`,
[day-two.md](day-two.md#new-instances-in-seconds)). No secret, address, key or id is in it. Instances boot from it with
the same files as without an image, and a second run and a reboot change nothing. An image of another version is
installed again.

The seconds are those from the boot of an instance, which joins the others, until `camp-status` says that it is ready. A
process must have run for 10 of them. Packages come from a cache on the same computer, so without an image, instances of
a cloud need longer.

| tier | software | without an image | with an image | to make the image | date |
|---|---|--:|--:|--:|---|
"""


def images() -> str:
    """The section about baked images."""
    rows = [(file.stem, json.loads(file.read_text(encoding="utf-8"))) for file in sorted(BAKED.glob("*.json"))]
    return IMAGES + "".join(
        f"| {name}, {record['tier']} | {record['about']} | {record['plain']} s | {record['baked']} s | "
        f"{record['baking']} s | {record['date']} |\n"
        for name, record in rows
    )


def page() -> str:
    """The document."""
    products, found, kept = load().products, entries(), records()
    stale = earlier(kept)
    rows = []
    for name in sorted({*products, *found}):
        title = products[name].title if name in products else name
        title = f"`{name}`" if title.lower() == name else f"{title} (`{name}`)"
        if name not in found:
            rows.append((title, "", "", "", "", "", "", "**not proven**: there is no test of its use"))
            continue
        entry = found[name]
        for n, (root, words) in enumerate(ROOTS.items()):
            head = ("", "") if n else (title, entry.does)
            record = kept.get(name, {}).get(root)
            rows.append((*head, words, *_cells(entry.left_out(root), record, old=(name, root) in stale)))
    lines = [COLUMNS, tuple("---" for _ in COLUMNS), *rows]
    table = "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |\n" for line in lines)
    return TEXT + table + images()


def _cells(left_out: str, record: dict[str, object] | None, *, old: bool) -> tuple[str, ...]:
    if left_out:
        return ("", "", "", "", f"**not proven**: {left_out}")
    if record is None:
        return ("", "", "", "", "**not proven**: not tested yet")
    result = str(record["result"])
    said = f"{result}{', an earlier form' if old else ''}" if result == "passed" else f"**not proven**: {result}"
    return (str(record["version"]), str(record["cloud_init"]), str(record["date"]), f"{record['seconds']} s", said)


def claim(text: str, words: str) -> str:
    """Set ``proven:`` in a product.yaml. ``words`` empty: remove it."""
    text = re.sub(r"^proven: .*\n", "", text, flags=re.MULTILINE)
    return re.sub(r"^machine:", f"proven: {words}\nmachine:", text, count=1, flags=re.MULTILINE) if words else text


def write() -> None:
    """Update the document and the products."""
    kept = records()
    for name, product in load().products.items():
        file = product.folder / "product.yaml"
        file.write_text(claim(file.read_text(encoding="utf-8"), proven(name, kept)), encoding="utf-8")
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    write()
