"""Plan and compare: ``python -m diff [--platform NAME] [--bounded] [--refresh] [--write] [BASE...]``."""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path

import pytest
from lab import cloud as control
from lab.cloud import Cloud
from support.terraform import Terraform, find

from diff.applied import AppliedBase
from diff.corpus import Base, CorpusEdit, bases
from diff.judge import Judged, judged, rates
from diff.page import by_base, summary, write
from diff.planned import Act
from diff.platforms import lab, standing
from diff.said import said

#: edits of a base in the part that CI runs
BOUNDED = 40


def main(arguments: list[str] | None = None) -> int:
    """0 if every action is said as often as it must be, else 1."""
    parser = argparse.ArgumentParser(prog="proofs/diff/run", description=__doc__)
    parser.add_argument("bases", nargs="*", help="names of files of proofs/diff/corpus")
    parser.add_argument("--platform", choices=("heroku", "openstack"))
    parser.add_argument("--bounded", action="store_true", help="only the part that CI runs")
    parser.add_argument("--refresh", action="store_true", help="plans read again what exists")
    parser.add_argument("--write", action="store_true", help="write docs/proof-diff.md")
    parser.add_argument("--only", default="", help="only edits whose name has this text")
    parser.add_argument("--plans", type=Path, help="a folder for plans; those of the same modules are used again")
    given = parser.parse_args(arguments)
    chosen = [base for base in bases() if _wanted(base, given)]
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="camp2iac-diff-") as folder:
        terraform = find(Path(folder) / "terraform")
        if not terraform.real:
            print(f"NOTHING WAS PLANNED: the real providers are not here; this is {terraform.says}", file=sys.stderr)
            return 75
        cloud = lab(control.folder()) if any(base.platform == "openstack" for base in chosen) else None
        results = [each for base in chosen for each in run(base, Path(folder), terraform, cloud, given)]
    print(f"\n{by_base(results)}\n{summary(results)}")
    if given.write:
        parts = [terraform.says, cloud.version() if cloud else "", f"{(time.monotonic() - began) / 60:.0f} minutes"]
        write(results, "; ".join(filter(None, parts)))
    return 0 if all(rate.reached for rate in rates(results)) and not any(each.failed for each in results) else 1


def _wanted(base: Base, given: argparse.Namespace) -> bool:
    return (
        (not given.bases or base.name in given.bases)
        and given.platform in (None, base.platform)
        and (base.bounded or not given.bounded)
    )


def run(
    base: Base, folder: Path, terraform: Terraform, cloud: Cloud | None, given: argparse.Namespace
) -> Iterable[Judged]:
    """Apply a base, plan each edit and compare it."""
    chosen = [each for each in base.edits if given.only in each.what]
    chosen = chosen[:BOUNDED] if given.bounded else chosen
    work = folder / base.name
    plans = Plans(given.plans, given.refresh)
    try:
        with ExitStack() as undo:
            made = standing(base, work, terraform, cloud, undo)
            for edit in chosen:
                yield _one(made, edit, plans)
    except (AssertionError, pytest.fail.Exception) as error:
        print(f"{base.name}: NOT APPLIED: {error}", flush=True)
        yield Judged(base.name, "the base", failed=_first(str(error)))
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _one(made: AppliedBase, edit: CorpusEdit, plans: Plans) -> Judged:
    began = time.monotonic()
    try:
        with made.edited(edit) as package:
            planned = plans.of(made, package)
            surely, perhaps = said(made, package)
            found = judged(made.base.name, edit.what, planned, surely, perhaps, edit.explained)
    except (AssertionError, pytest.fail.Exception, ValueError) as error:
        found = Judged(made.base.name, edit.what, failed=_first(str(error)))
    print(f"{made.base.name}: {edit.what}: {_verdict(found)}, {time.monotonic() - began:.1f} s", flush=True)
    for name, acts in (("planned, not said", found.missed), ("said, not planned", found.wrong)):
        for act in acts:
            print(f"    {name}: {act.shown}", flush=True)
    return found


def _verdict(found: Judged) -> str:
    if found.failed:
        return f"NOT COMPARED: {found.failed}"
    count = f"{len(found.planned)} actions"
    return f"{count}, all said" if found.right else f"{count}, {len(found.missed)} not said, {len(found.wrong)} wrong"


def _first(text: str) -> str:
    """The lines that say what is wrong."""
    lines = [line.strip(" │╷╵") for line in text.splitlines()]
    telling = [line for line in lines if line.startswith("Error") or "error" in line.lower()]
    return " ".join((telling or lines)[:3])[:300]


class Plans:
    """Recorded plans by the digest of both modules; without a folder, none."""

    def __init__(self, folder: Path | None, refresh: bool) -> None:
        self.folder, self.refresh = folder, refresh

    def of(self, made: AppliedBase, package: Path) -> frozenset[Act]:
        """The plan of an edited package, recorded or made."""
        module = package / "infra" / Path(made.base.environment).stem
        key = f"{_digest(made.module)}-{_digest(module)}-{self.refresh}"
        path = self.folder / f"{hashlib.sha256(key.encode()).hexdigest()}.json" if self.folder else None
        if path and path.exists():
            return frozenset(Act(*each) for each in json.loads(path.read_text(encoding="utf-8")))
        found = made.plan(package, *(() if self.refresh else ("-refresh=false",)))
        if path:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps([[act.action, act.address, act.previous] for act in found]), encoding="utf-8")
        return found


def _digest(module: Path) -> str:
    """Of what Terraform reads: its own files, and those for people and for camp2iac, are left out."""
    files: Mapping[str, bytes] = {
        path.relative_to(module).as_posix(): path.read_bytes()
        for path in sorted(module.rglob("*"))
        if path.is_file()
        and ".terraform" not in path.relative_to(module).as_posix()
        and not path.name.startswith((".camp2iac", "README", "terraform.tfstate", "edit.plan", "override.tf"))
    }
    return hashlib.sha256(repr(sorted(files.items())).encode()).hexdigest()


if __name__ == "__main__":
    raise SystemExit(main())
