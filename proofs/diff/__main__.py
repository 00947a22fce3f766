"""Plan and compare: ``python -m diff [--platform NAME] [--bounded] [--refresh] [--write] [BASE...]``."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path

import pytest
from lab import cloud as control
from lab.cloud import Cloud
from support.terraform import Terraform, find

from diff.applied import BaseError
from diff.compare import BOUNDED, Plans, compare, first_lines
from diff.corpus import Base, bases
from diff.judge import Judged, rates
from diff.page import by_base, summary, write
from diff.platforms import lab, standing


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
    parser.add_argument("--recorded", action="store_true", help="compare only the edits with a recorded plan")
    parser.add_argument("--says", default="", help="what to write about the run")
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
        parts = [
            terraform.says,
            cloud.version() if cloud else "",
            given.says or "the plans were made base by base, in earlier runs"
            if given.plans
            else f"{(time.monotonic() - began) / 60:.0f} minutes",
        ]
        write(results, "; ".join(filter(None, parts)))
    return 0 if all(rate.reached for rate in rates(results)) and all(each.kept for each in results) else 1


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
    plans = Plans(given.plans, refresh=given.refresh, recorded=given.recorded)
    try:
        with ExitStack() as undo:
            made = standing(base, work, terraform, cloud, undo)
            for edit in chosen:
                yield compare(made, edit, plans)
    except (AssertionError, BaseError, pytest.fail.Exception) as error:
        print(f"{base.name}: NOT APPLIED: {error}", flush=True)
        yield Judged(base.name, "the base", failed=first_lines(str(error)))
    finally:
        shutil.rmtree(work, ignore_errors=True)


if __name__ == "__main__":
    raise SystemExit(main())
