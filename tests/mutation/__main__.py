"""``tests/mutate``: see `docs/mutants.md`."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from mutation.equivalent import reasons, reviewed
from mutation.lines import Record
from mutation.mutants import Mutant, every, sampled
from mutation.page import Results, page
from mutation.trial import Tried, attempt, copied, noticed, traced
from mutation.trial import served as served_by

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "mutants.md"
PLACE = ROOT / "build-reports" / "mutants"


def main() -> int:
    """Try the mutants that have no result yet, and write the page. 1 if any survived."""
    options = _options()
    PLACE.mkdir(parents=True, exist_ok=True)
    mutants = every(ROOT)
    equivalent = reasons(mutants, reviewed())
    chosen = {seed: sampled(mutants, options.count, seed, equivalent) for seed in dict.fromkeys(options.seed)}
    source = _git("rev-parse", "HEAD:camp2iac")[:12]
    tried = _tried(PLACE / f"{source}.jsonl", again=options.again)
    left = {one.id: one for each in chosen.values() for one in each if one.id not in {**tried, **equivalent}}
    jobs = max(1, min(options.jobs, len(left)))
    if left:
        copies = [copied(ROOT, PLACE / f"copy-{number}") for number in range(jobs)]
        record = _record(PLACE / f"record-{source}.json", copies[0], options.jobs)
        first = record.runs(next(iter(left.values())))[0]
        if failing := noticed(copies[0], first, 60):
            print(f"the tests fail without any mutant: {failing}", file=sys.stderr)
            return 2
        work = Work(tried, PLACE / f"{source}.jsonl", record, minutes=options.minutes, slow=options.slow)
        work.done_by(copies, list(left.values()))
    results = [_results(seed, options.count, each, tried, equivalent) for seed, each in chosen.items()]
    PAGE.write_text(page(results, _git("rev-parse", "--short=10", "HEAD"), time.strftime("%Y-%m-%d")))
    for each in results:
        text = f"seed {each.seed}: {len(each.tried)} of {each.count} mutants tried, {len(each.survivors)} survived"
        print(f"{text}, {len(each.equivalent)} equivalent")
    return int(any(each.survivors or len(each.tried) < each.count for each in results))


class Work:
    """The mutants that have no result yet, and where their results go."""

    def __init__(self, tried: dict[str, Tried], log: Path, record: Record, *, minutes: float, slow: bool) -> None:
        self.tried, self.log, self.record, self.slow = tried, log, record, slow
        self.until = time.time() + 60 * minutes
        self.lock = threading.Lock()

    def done_by(self, copies: Sequence[Path], mutants: Sequence[Mutant]) -> None:
        """Divide the mutants among the copies."""
        shares = [(copy, mutants[at :: len(copies)]) for at, copy in enumerate(copies)]
        threads = [threading.Thread(target=self._do, args=each) for each in shares]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _do(self, copy: Path, mutants: Sequence[Mutant]) -> None:
        served = served_by(copy, mutants, self.record, self.until)
        for one in served.values():
            if one.killed:
                self._store(one)
        for mutant in mutants:
            if mutant.id not in self.tried and time.time() < self.until:
                self._store(attempt(mutant, copy, self.record, slow=self.slow))

    def _store(self, one: Tried) -> None:
        with self.lock:
            self.tried[one.id] = one
            with self.log.open("a") as out:
                out.write(json.dumps(asdict(one)) + "\n")
            verdict = "killed  " if one.killed else "SURVIVED"
            print(f"{verdict} {one.file}:{one.line} {one.kind}, {one.seconds} s: {one.by}", flush=True)


def _record(path: Path, copy: Path, jobs: int) -> Record:
    """The record of all tests with this source. Test files that changed since are run again."""
    parts = path.with_suffix("")
    if not path.exists():
        print("running the tests once, to record which lines they execute", flush=True)
        traced(ROOT, copy, parts, ["tests"], jobs).store(path)
    record = Record.load(path)
    if stale := record.stale(ROOT):
        print(f"recording {len(stale)} test files again", flush=True)
        record = record.updated(traced(ROOT, copy, parts, stale, jobs))
        record.store(path)
    return record


def _results(
    seed: int, count: int, mutants: Sequence[Mutant], tried: dict[str, Tried], equivalent: dict[str, str]
) -> Results:
    found = [tried[each.id] for each in mutants if each.id in tried and each.id not in equivalent]
    same = {Tried.of(each, "", 0, 0.0): equivalent[each.id] for each in mutants if each.id in equivalent}
    return Results(seed, count, found, same)


def _tried(log: Path, *, again: bool) -> dict[str, Tried]:
    lines = log.read_text().splitlines() if log.exists() else []
    found = {one.id: one for one in (Tried(**json.loads(line)) for line in lines)}
    return {id_: one for id_, one in found.items() if one.killed or not again}


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="tests/mutate", description="Put random faults into the source, and list those that no test notices."
    )
    parser.add_argument("--count", type=int, default=100, help="number of faults for each seed [100]")
    parser.add_argument(
        "--seed", type=int, nargs="+", default=[1, 2], help="the same seed and source give the same faults [1 2]"
    )
    parser.add_argument("--jobs", type=int, default=2, help="number of faults to try at the same time [2]")
    parser.add_argument("--minutes", type=float, default=120, help="start no new trial after this time [120]")
    parser.add_argument(
        "--quick",
        dest="slow",
        action="store_false",
        help="do not try survivors of the quick run against the slow tests",
    )
    parser.add_argument("--again", action="store_true", help="try survivors again, after you have added tests")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
