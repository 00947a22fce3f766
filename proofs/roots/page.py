"""docs/proof-machines.md, and what products say of themselves: written from the records of the runs.

``python -m roots.page`` writes both.
"""

from __future__ import annotations

import re
from pathlib import Path

from camp2iac.catalogue import load
from roots.entry import ROOTS, earlier, entries, proven, records

PAGE = Path(__file__).parents[2] / "docs" / "proof-machines.md"
TEXT = """\
# Software on machines, proven by running it

`proofs/roots/run` compiles the sample plan of each entry of the [catalogue](catalogue.md) for OpenStack, renders the
module by Terraform, and boots every machine of it in a root file system of the distribution: its own systemd as process
1, the distribution's cloud-init with a ConfigDrive as Nova writes it, the compiled networks and addresses
([how, and what is not faithful](../proofs/roots/README.md)). Then:

1. cloud-init ends without an error, no unit has failed, `camp-status` says *ready* on each machine.
2. The product is used, as the table says.
3. Everything that cloud-init ran is run a second time: no file (packages are among them), owner, mode or process
   changes; it is used again, and what it holds is the same.
4. All machines are rebooted: no file changes, all say *ready*, it is used again, and what it holds is the same.

*An earlier form*: since then the compiler makes another document of the sample plan, or the plan was changed; what was
run is not what it makes now, and has not been run again yet.

"""
COLUMNS = ("entry", "used", "distribution", "release", "cloud-init", "date", "time", "result")


def page() -> str:
    """The document."""
    products, found, kept = load().products, entries(), records()
    stale = earlier(kept)
    rows = []
    for name in sorted({*products, *found}):
        title = f"{products[name].title} (`{name}`)" if name in products else f"`{name}`"
        if name not in found:
            rows.append((title, "", "", "", "", "", "", "**not proven**: nothing says yet how to use it"))
            continue
        entry = found[name]
        for n, (root, words) in enumerate(ROOTS.items()):
            head = ("", "") if n else (title, entry.does)
            record = kept.get(name, {}).get(root)
            rows.append((*head, words, *_cells(entry.left_out(root), record, old=(name, root) in stale)))
    lines = [COLUMNS, tuple("---" for _ in COLUMNS), *rows]
    return TEXT + "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |\n" for line in lines)


def _cells(left_out: str, record: dict[str, object] | None, *, old: bool) -> tuple[str, ...]:
    if left_out:
        return ("", "", "", "", f"**not proven**: {left_out}")
    if record is None:
        return ("", "", "", "", "**not proven**: not run yet")
    result = str(record["result"])
    said = f"{result}{', an earlier form' if old else ''}" if result == "passed" else f"**not proven**: {result}"
    return (str(record["version"]), str(record["cloud_init"]), str(record["date"]), f"{record['seconds']} s", said)


def claim(text: str, words: str) -> str:
    """A product.yaml that claims to be proven where it was; ``words`` empty: nowhere."""
    text = re.sub(r"^proven: .*\n", "", text, flags=re.MULTILINE)
    return re.sub(r"^machine:", f"proven: {words}\nmachine:", text, count=1, flags=re.MULTILINE) if words else text


def write() -> None:
    """Renew the document and the products' claims."""
    kept = records()
    for name, product in load().products.items():
        file = product.folder / "product.yaml"
        file.write_text(claim(file.read_text(encoding="utf-8"), proven(name, kept)), encoding="utf-8")
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    write()
