"""Run the tests in every output: ``python -m mocked [--program PATH] [--platform NAME] [--write] [NAME...]``."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from support.plans import Compilation, compilations

from mocked.outputs import OutputRuns, platform, required, tested
from mocked.page import failures, missed, rows, table, write
from mocked.programs import NotHereError, Program, prepared

NOT_HERE = 75


def main(arguments: list[str] | None = None) -> int:
    """0 if all runs passed, 1 if one failed, 75 if something could not run."""
    given = _parsed(arguments)
    chosen = [each for each in compilations() if _wanted(each, given)]
    if not chosen:
        return _not_here("no output has this name or platform")
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="camp2iac-mocked-") as folder:
        programs = list(_programs(given.program, required(chosen), Path(folder)))
        if not programs:
            return NOT_HERE
        results = []
        for program in programs:
            for source, said in program.lacks.items():
                _not_here(f"{program.name} finds no provider {source}: {said}")
            results += _all(chosen, program, given.jobs)
        if given.write:
            write(results, programs)
        print(f"\n{table(rows(results, programs))}\n{time.monotonic() - began:.0f} s", flush=True)
    return 1 if failures(results) else NOT_HERE if missed(results) or len(programs) < len(given.program) else 0


def _parsed(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="proofs/mocked/run", description=__doc__)
    parser.add_argument("names", nargs="*", help="how the names of outputs begin: examples, examples/guestbook, tiers/")
    parser.add_argument("--platform", action="append", choices=("docker", "heroku", "kubernetes", "openstack"))
    parser.add_argument("--program", action="append", default=[], help="Terraform or OpenTofu [those on PATH]")
    parser.add_argument("-n", "--jobs", type=int, default=2, help="outputs at a time [2]")
    parser.add_argument("--write", action="store_true", help="write docs/proof-module-tests.md; only with all outputs")
    given = parser.parse_args(arguments)
    if given.write and (given.names or given.platform):
        parser.error("--write needs all outputs: leave out the names and --platform")
    return given


def _wanted(compilation: Compilation, given: argparse.Namespace) -> bool:
    named = not given.names or compilation.id.startswith(tuple(given.names))
    return named and (not given.platform or platform(compilation) in given.platform)


def _programs(given: Sequence[str], sources: Mapping[str, set[str]], folder: Path) -> Iterator[Program]:
    for number, name in enumerate(given or ("terraform", "tofu")):
        path = shutil.which(name)
        if not path:
            _not_here(f"{name} is not on PATH" if "/" not in name else f"{name} is not a program")
            continue
        try:
            program = prepared(str(Path(path).resolve()), sources, folder / str(number))
        except NotHereError as error:
            _not_here(str(error))
            continue
        names = ", ".join(" ".join(each) for each in program.providers.items())
        print(f"{program.name} {program.release} runs the tests, with the providers {names}", flush=True)
        yield program


def _all(chosen: Sequence[Compilation], program: Program, jobs: int) -> Iterator[OutputRuns]:
    with ThreadPoolExecutor(jobs) as pool:
        for each in pool.map(lambda compilation: tested(compilation, program), chosen):
            said = f"NOT RUN: {each.why}" if each.why else f"{each.passed} passed, {len(each.failed)} failed"
            print("\n  FAILED: ".join([f"{program.name}, {each.output}: {said}", *each.failed]), flush=True)
            yield each


def _not_here(why: str) -> int:
    print(f"**** NOT ALL TESTS OF OUTPUTS RAN: {why} ****", file=sys.stderr, flush=True)
    return NOT_HERE


if __name__ == "__main__":
    raise SystemExit(main())
