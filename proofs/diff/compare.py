"""Plan an edit and compare the plan with what camp2iac says."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from diff.applied import AppliedBase
from diff.corpus import CorpusEdit
from diff.judge import Judged, judged
from diff.planned import Act
from diff.said import said

#: edits of a base in the part that CI runs
BOUNDED = 40


def compare(made: AppliedBase, edit: CorpusEdit, plans: Plans) -> Judged:
    """Make an edit, plan it, and compare. Prints the result."""
    began = time.monotonic()
    try:
        with made.edited(edit) as package:
            planned = plans.of(made, package)
            surely, perhaps = said(made, package)
            found = judged(made.base.name, edit.what, planned, surely, perhaps, edit.explained)
    except (AssertionError, pytest.fail.Exception, ValueError) as error:
        found = Judged(made.base.name, edit.what, failed=first_lines(str(error)))
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


def first_lines(text: str) -> str:
    """The lines that say what is wrong."""
    lines = [line.strip(" │╷╵") for line in text.splitlines()]
    telling = [line for line in lines if line.startswith("Error") or "error" in line.lower()]
    return " ".join((telling or lines)[:3])[:300]


class Plans:
    """Recorded plans by the digest of both modules; without a folder, none. ``refresh``: plans read what exists."""

    def __init__(self, folder: Path | None = None, *, refresh: bool = False) -> None:
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
