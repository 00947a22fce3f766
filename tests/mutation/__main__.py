"""``tests/mutate``: see `docs/mutants.md`."""

from __future__ import annotations

import argparse
import json
import queue
import subprocess
import sys
import threading
import time
from dataclasses import asdict
from pathlib import Path

from mutation.mutants import Mutant, chosen
from mutation.page import page
from mutation.trial import Tried, attempt, copied, noticed

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "mutants.md"


def main() -> int:
    """Try what is not yet tried; write the page; 1 if something survived."""
    options = _options()
    place = ROOT / "build-reports" / "mutants"
    place.mkdir(parents=True, exist_ok=True)
    source = subprocess.run(["git", "rev-parse", "HEAD:camp2iac"], cwd=ROOT, capture_output=True, text=True, check=True)
    log = place / f"{source.stdout.strip()[:12]}-{options.seed}.jsonl"
    tried = {one.id: one for one in map(_read, log.read_text().splitlines())} if log.exists() else {}
    mutants = chosen(ROOT, options.count, options.seed)
    if options.again:
        tried = {id_: one for id_, one in tried.items() if one.killed}
    left: queue.Queue[Mutant] = queue.Queue()
    for mutant in mutants:
        if mutant.id not in tried:
            left.put(mutant)
    copies = [copied(ROOT, place / f"copy-{number}") for number in range(min(options.jobs, left.qsize()))]
    if copies and options.sound and (failing := noticed(copies[0], ("tests",))):
        print(f"the tests fail without any mutant: {failing}", file=sys.stderr)
        return 2
    end = time.monotonic() + 60 * options.minutes
    lock = threading.Lock()

    def work(copy: Path) -> None:
        while time.monotonic() < end:
            try:
                mutant = left.get_nowait()
            except queue.Empty:
                return
            one = attempt(mutant, copy)
            with lock:
                tried[one.id] = one
                with log.open("a") as out:
                    out.write(json.dumps(asdict(one)) + "\n")
                print(
                    f"{'killed  ' if one.killed else 'SURVIVED'} {one.file}:{one.line} {one.kind}: {one.by}", flush=True
                )

    threads = [threading.Thread(target=work, args=[copy]) for copy in copies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = [tried[mutant.id] for mutant in mutants if mutant.id in tried]
    PAGE.write_text(page(found, options.count, options.seed, time.strftime("%Y-%m-%d")))
    survived = sum(not one.killed for one in found)
    print(f"{len(found)} of {len(mutants)} mutants tried, {survived} survived: {PAGE.relative_to(ROOT)}")
    return int(survived > 0 or len(found) < len(mutants))


def _read(line: str) -> Tried:
    return Tried(**json.loads(line))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="tests/mutate", description="Puts faults into the source, and runs the tests."
    )
    parser.add_argument("--count", type=int, default=100, help="how many faults [100]")
    parser.add_argument("--seed", type=int, default=1, help="which ones: the same for the same seed and source [1]")
    parser.add_argument("--jobs", type=int, default=2, help="how many at once [2]")
    parser.add_argument("--minutes", type=float, default=60, help="begin none after that [60]")
    parser.add_argument("--again", action="store_true", help="try survivors again: tests were added")
    parser.add_argument("--unsound", dest="sound", action="store_false", help="do not first run the tests as they are")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
