"""Imports public sources of each format, and counts: see `run`. `sources.yaml` has the repositories."""

from __future__ import annotations

import argparse
import datetime
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from ruamel.yaml import YAML

from camp2iac import read as read_plan
from camp2iac.importers import Imported, read, registry
from camp2iac.targets import registry as targets

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "docs/import.md"
START, END = "<!-- figures: written by proofs/import/run --write -->\n", "<!-- end of the figures -->\n"
HEAD = ("format", "as of", "sources", "imported", "refused, with a place", "refused", "crashed")
FATES = ("kept", "changed", "left out")
LARGEST = 200 * 1024 * 1024  # bytes of a folder that is copied to compile its plan


def unpacked(clones: Path, repository: str, place: Path) -> Path | None:
    """The files of a clone in `clones`: bare or with a work tree, as OWNER/NAME or OWNER+NAME."""
    owner, _, name = repository.partition("/")
    target = place / f"{owner}+{name}"
    if target.is_dir():
        return target
    candidates = [clones / f"{owner}+{name}", clones / owner / name]
    git = next(
        (each / sub for each in candidates for sub in ("repo", ".git", "") if (each / sub / "HEAD").exists()), None
    )
    if git is None:
        return None
    target.mkdir(parents=True)
    for name, data in blobs(git):
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (target / name).write_bytes(data)
    return target


def blobs(git: Path) -> Iterator[tuple[str, bytes]]:
    """The files of a clone. A partial clone does not have all of them. Links are left out."""
    environment = {**os.environ, "GIT_NO_LAZY_FETCH": "1"}
    command = ["git", "--git-dir", str(git)]
    listed = subprocess.run([*command, "ls-tree", "-r", "-z", "HEAD"], capture_output=True, check=True, env=environment)
    entries = [each.partition("\t") for each in listed.stdout.decode(errors="replace").split("\0") if each]
    files = [(each[2], each[0].split()[2]) for each in entries if each[0].startswith("100")]
    asked = "".join(f"{oid}\n" for _, oid in files).encode()
    done = subprocess.run(
        [*command, "cat-file", "--batch"], input=asked, capture_output=True, check=True, env=environment
    )
    out = io.BytesIO(done.stdout)
    for name, _ in files:
        words = out.readline().split()
        if words[1] == b"missing":
            continue
        data = out.read(int(words[2]))
        out.read(1)
        if ".." not in Path(name).parts and not name.startswith("/"):
            yield name, data


def sources(format_: str, spec: dict[str, object], clones: Path, place: Path) -> Iterator[tuple[str, Path]]:
    """The name of each source, and its path. Says which repositories are missing."""
    wanted = re.compile(str(spec.get("contains", "")).encode(), re.MULTILINE)
    repositories = spec["repositories"]
    assert isinstance(repositories, dict)
    for repository, globs in repositories.items():
        folder = unpacked(clones, repository, place)
        if folder is None:
            print(f"{format_} {repository}: NOT HERE")
            continue
        files = {path for glob in globs for path in folder.glob(glob) if path.is_file()}
        files = {path for path in files if wanted.search(path.read_bytes())}
        for path in sorted({each.parent for each in files} if spec["each"] == "folder" else files):
            yield f"{repository}/{path.relative_to(folder)}", path


def compiles(imported: Imported, folder: Path) -> list[str]:
    """The platforms that a plan compiles for, in a copy of the folder of the source."""
    assert imported.plan is not None
    done = []
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place, "source")
        shutil.copytree(folder, copy, symlinks=True, ignore_dangling_symlinks=True)
        (copy / "camp.yaml").write_text(imported.plan.text(imported.format, imported.main[0]), encoding="utf-8")
        for name, data in imported.plan.files.items():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            (copy / name).write_bytes(data)
        plan = read_plan(copy)
        for target in targets.names():
            environment = Path(place, f"{target}.yaml")
            environment.write_text(imported.plan.environment(target), encoding="utf-8")
            if not any(each.level.value == "error" for each in plan.check(environment).diagnostics):
                done.append(target)
    return done


def one(format_: str, name: str, source: Path, counts: Counter[str]) -> None:
    """Import a source, and count what happened to it."""
    importer = registry.find(format_)
    assert importer is not None
    counts["sources"] += 1
    try:
        imported = read(format_, importer, source)
        folder = source if source.is_dir() else source.parent
        size = sum(each.stat().st_size for each in folder.rglob("*") if each.is_file())
        small = size <= LARGEST
        platforms = compiles(imported, folder) if imported.plan is not None and small else []
    except Exception:  # noqa: BLE001, RUF100 - a crash is a finding
        counts["crashed"] += 1
        traceback.print_exc()
        print(f"{format_} {name}: CRASHED")
        return
    if imported.plan is None:
        placed = any(each.span is not None for each in imported.diagnostics)
        counts["refused, with a place" if placed else "refused"] += 1
        first = next(iter(imported.diagnostics))
        print(f"{format_} {name}: refused: {first.code} {first.span}: {first.message}")
        return
    counts["imported"] += 1
    counts.update({fate.value: number for fate, number in imported.ledger.counts().items()})
    counts.update(platforms)
    counts["forgotten"] += len(imported.ledger.forgotten())
    said = ", ".join(platforms) or "no platform"
    print(f"{format_} {name}: imported; compiles for {said if small else 'TOO LARGE, not compiled'}")


def table(rows: dict[str, list[str]]) -> str:
    """The table, sorted by format."""
    head = [*HEAD, *FATES, *targets.names()]
    lines = [head, ["---"] * len(head), *(rows[name] for name in sorted(rows))]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines) + "\n"


def written() -> dict[str, list[str]]:
    """The rows of the page, by format."""
    text = PAGE.read_text(encoding="utf-8").partition(START)[2].partition(END)[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line[:3] == "| `"]
    width = len(HEAD) + len(FATES) + len(targets.names())
    return {row[0].strip("`"): row for row in rows if len(row) == width}


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--write", action="store_true", help="update the rows in docs/import.md")
    parser.add_argument("--format", action="append", help="only this format; the rows of the others stay")
    parser.add_argument("clones", type=Path, help="a folder with the clones: OWNER+NAME or OWNER/NAME")
    given = parser.parse_args()
    listed = YAML(typ="safe").load(HERE / "sources.yaml")
    chosen = given.format or sorted(listed)
    if unknown := sorted({*chosen} - {*listed} | {*listed} ^ {*registry.names()}):
        print(f"not in sources.yaml and in camp2iac: {', '.join(unknown)}", file=sys.stderr)
        return 2
    rows, fine = written(), True
    date = datetime.datetime.now(tz=datetime.timezone.utc).date()
    with tempfile.TemporaryDirectory() as place:
        for format_ in chosen:
            counts: Counter[str] = Counter()
            for name, source in sources(format_, listed[format_], given.clones, Path(place)):
                one(format_, name, source, counts)
            print(f"{format_}: {dict(counts)}")
            fine &= not (counts["crashed"] or counts["forgotten"]) and counts["sources"] > 0
            numbers = [f"{counts[key]:,}" for key in (*HEAD[2:], *FATES, *targets.names())]
            rows[format_] = [f"`{format_}`", str(date), *numbers]
    print(table(rows))
    if given.write:
        page = PAGE.read_text(encoding="utf-8")
        before, _, rest = page.partition(START)
        PAGE.write_text(f"{before}{START}{table(rows)}{END}{rest.partition(END)[2]}", encoding="utf-8")
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
