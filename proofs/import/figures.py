"""Imports all sources below a folder for each format, and counts: see `run`."""

from __future__ import annotations

import argparse
import datetime
import fnmatch
import os
import shutil
import sys
import tempfile
import traceback
from collections import Counter
from pathlib import Path

from camp2iac import read as read_plan
from camp2iac.importers import Imported, read, registry
from camp2iac.targets import registry as targets

PAGE = Path(__file__).parents[2] / "docs/import.md"
START, END = "<!-- figures: written by proofs/import/run --write -->\n", "<!-- end of the figures -->\n"
HEAD = ("format", "sources", "imported", "refused, with a place", "crashed", "kept", "changed", "left out")


def sources(format_: str, folder: Path) -> list[Path]:
    """The folders with a file that the importer begins with."""
    importer = registry.find(format_)
    assert importer is not None
    named = [each for each in importer.files if each not in ("*.yaml", "*.yml", "*.json", "*.xml")] or importer.files
    found = {
        path.parent
        for path in folder.rglob("*")
        if any(fnmatch.fnmatch(path.name, each) for each in named) and path.is_file()
    }
    return sorted(found)


def compiles(imported: Imported, source: Path) -> list[str]:
    """The platforms that a plan compiles for, in a copy of the source."""
    assert imported.plan is not None
    done = []
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place, "source")
        shutil.copytree(source, folder, symlinks=True, ignore_dangling_symlinks=True)
        (folder / "camp.yaml").write_text(imported.plan.text(imported.format, imported.main[0]), encoding="utf-8")
        for name, data in imported.plan.files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)
        plan = read_plan(folder)
        for target in targets.names():
            environment = Path(place, f"{target}.yaml")
            environment.write_text(imported.plan.environment(target), encoding="utf-8")
            if not any(each.level.value == "error" for each in plan.check(environment).diagnostics):
                done.append(target)
    return done


def row(format_: str, folder: Path) -> tuple[list[str], bool]:
    """A row of the table, and whether each source was imported or refused with a place."""
    counts: Counter[str] = Counter()
    importer = registry.find(format_)
    assert importer is not None
    for source in sources(format_, folder):
        counts["sources"] += 1
        where = os.path.relpath(source, folder)
        try:
            imported = read(format_, importer, source)
            platforms = compiles(imported, source) if imported.plan is not None else []
        except Exception:  # noqa: BLE001, RUF100 - a crash is a finding
            counts["crashed"] += 1
            traceback.print_exc()
            print(f"{format_} {where}: CRASHED")
            continue
        if imported.plan is None:
            placed = any(each.span is not None for each in imported.diagnostics)
            counts["refused" if placed else "placeless"] += 1
            first = next(iter(imported.diagnostics))
            print(f"{format_} {where}: refused: {first.code} {first.span}: {first.message}")
            continue
        counts["imported"] += 1
        counts.update({fate.value: number for fate, number in imported.ledger.counts().items()})
        counts.update(platforms)
        counts["forgotten"] += len(imported.ledger.forgotten())
        print(f"{format_} {where}: imported; compiles for {', '.join(platforms) or 'no platform'}")
    cells = [counts[key] for key in ("sources", "imported", "refused", "crashed", "kept", "changed", "left out")]
    print(f"{format_}: {dict(counts)}")
    numbers = [f"{number:,}" for number in (*cells, *(counts[target] for target in targets.names()))]
    return [f"`{format_}`", *numbers], not (counts["crashed"] or counts["placeless"] or counts["forgotten"])


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--write", action="store_true")
    parser.add_argument("folder", type=Path)
    given = parser.parse_args()
    known = [name for name in registry.names() if (given.folder / name).is_dir()]
    if not known:
        print(f"{given.folder} has no folder with the name of a format: {', '.join(registry.names())}", file=sys.stderr)
        return 2
    rows = [row(name, given.folder / name) for name in known]
    head = [*HEAD, *targets.names()]
    table = [head, ["---"] * len(head), *(cells for cells, _ in rows)]
    lines = "\n".join(f"| {' | '.join(cells)} |" for cells in table)
    date = datetime.datetime.now(tz=datetime.timezone.utc).date()
    text = f"As of {date}:\n\n{lines}\n"
    print(text)
    if given.write:
        page = PAGE.read_text(encoding="utf-8")
        before, _, rest = page.partition(START)
        PAGE.write_text(f"{before}{START}{text}{END}{rest.partition(END)[2]}", encoding="utf-8")
    return 0 if all(fine for _, fine in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
