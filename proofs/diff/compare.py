"""Plan an edit and compare the plan with what camp2iac says."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from camp2iac.record import replace
from diff.applied import AppliedBase
from diff.corpus import CorpusEdit
from diff.judge import Judged, judged, ordered
from diff.planned import Act
from diff.said import holding, said

#: edits of a base in the part that CI runs
BOUNDED = 40
NOT_PLANNED = "not planned in this run"


def compare(made: AppliedBase, edit: CorpusEdit, plans: Plans) -> Judged:
    """Make an edit, plan it, and compare. Prints the result."""
    began = time.monotonic()
    try:
        with made.edited(edit) as package:
            planned = plans.of(made, package)
            surely, perhaps = said(made, package)
            found = judged(made.base.name, edit.what, planned, surely, perhaps, edit.explained)
            if edit.applied and not plans.unknown(made, package):
                done, left = plans.applied(made, package)
                found = replace(found, lost=ordered(holding(made, done)), left=ordered(left))
    except (AssertionError, pytest.fail.Exception, ValueError) as error:
        found = Judged(made.base.name, edit.what, failed=first_lines(str(error)))
    print(f"{made.base.name}: {edit.what}: {_verdict(found)}, {time.monotonic() - began:.1f} s", flush=True)
    if found.lost is not None:
        print(f"    applied: {'nothing with data lost, second plan empty' if found.kept else 'NOT KEPT'}", flush=True)
    differences = (
        ("planned, not said", found.missed),
        ("said, not planned", found.wrong),
        ("data lost", found.lost or ()),
        ("planned again", found.left or ()),
    )
    for name, acts in differences:
        for act in acts:
            print(f"    {name}: {act.shown}", flush=True)
    return found


def _verdict(found: Judged) -> str:
    if found.failed:
        return f"NOT COMPARED: {found.failed}"
    count = f"{len(found.planned)} actions"
    return f"{count}, all said" if found.right else f"{count}, {len(found.missed)} not said, {len(found.wrong)} wrong"


def first_lines(text: str) -> str:
    """The lines that say what is wrong."""
    lines = [line.strip(" │╷╵") for line in text.splitlines()]
    telling = [line for line in lines if line.startswith("Error") or "error" in line.lower()]
    return " ".join((telling or lines)[:3])[:300]


class Plans:
    """Recorded plans by the digest of both modules; without a folder, none. ``refresh``: plans read what exists.

    ``recorded``: make none; an edit without a plan is not compared.
    """

    def __init__(self, folder: Path | None = None, *, refresh: bool = False, recorded: bool = False) -> None:
        self.folder, self.refresh, self.recorded = folder, refresh, recorded

    def of(self, made: AppliedBase, package: Path) -> frozenset[Act]:
        """The plan of an edited package, recorded or made."""
        path = self._path(made, package, str(self.refresh))
        if known := _recorded(path):
            return known[0]
        if self.recorded:
            raise ValueError(NOT_PLANNED)
        found = made.plan(package, *(() if self.refresh else ("-refresh=false",)))
        _record(path, found)
        return found

    def applied(self, made: AppliedBase, package: Path) -> tuple[frozenset[Act], frozenset[Act]]:
        """What applying an edited package did, and what a second plan planned, recorded or done."""
        path = self._path(made, package, "applied")
        if known := _recorded(path):
            return known[0], known[1]
        done, left = made.follow(package)
        _record(path, done, left)
        return done, left

    def unknown(self, made: AppliedBase, package: Path) -> bool:
        """Whether it is not recorded that an edited package was applied, and it must not be applied."""
        return self.recorded and not _recorded(self._path(made, package, "applied"))

    def _path(self, made: AppliedBase, package: Path, what: str) -> Path | None:
        module = package / "infra" / Path(made.base.environment).stem
        key = f"{_digest(made.module)}-{_digest(module)}-{what}"
        return self.folder / f"{hashlib.sha256(key.encode()).hexdigest()}.json" if self.folder else None


def _recorded(path: Path | None) -> list[frozenset[Act]]:
    """The lists of actions in a file; empty if there is none."""
    if path is None or not path.exists():
        return []
    found = json.loads(path.read_text(encoding="utf-8"))
    return [frozenset(Act(*act) for act in each) for each in found]


def _record(path: Path | None, *found: frozenset[Act]) -> None:
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        lists = [[[act.action, act.address, act.previous] for act in each] for each in found]
        path.write_text(json.dumps(lists), encoding="utf-8")


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
