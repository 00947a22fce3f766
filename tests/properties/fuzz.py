"""Mutates plans and archives byte by byte, and sees that reading them neither fails nor hangs nor writes.

    python -m tests.properties.fuzz --count 20000 [--seed 1] [--under tests.properties.fuzz:reading]

``--under`` names the function to try: it takes the bytes of a plan or an archive, and raises nothing. What breaks it is
kept in the folder given by ``--keep`` and printed; the exit status says whether anything did.
"""

from __future__ import annotations

import argparse
import importlib
import random
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from camp2iac.camp import read
from camp2iac.diagnostics import Diagnostics
from camp2iac.diagnostics.formats import render
from tests.camp.build import tarred, tgz, zipped

ROOT = Path(__file__).parents[2]
LONGEST = 10  # seconds for one input
WORDS = (
    b"artifacts:",
    b"services:",
    b"fulfillment: ",
    b"id:",
    b"id: ",
    b"characteristics:",
    b"content: ",
    b"href: ",
    b"data: ",
    b"camp_version: CAMP 1.1\n",
    b"- ",
    b"\n",
    b"\n  ",
    b"\t",
    b": ",
    b"{",
    b"}",
    b"[",
    b"]",
    b"*a",
    b"&a ",
    b"<<: *a",
    b"!!",
    b"'",
    b'"',
    b"|\n",
    b"? ",
    b"---\n",
    b"%TAG ",
    b"#",
    b"1.10",
    b"2014-11-09",
    b"on",
    b"~",
    b"../",
    b"/",
    b"\\",
    b"%2e",
    b"pdp:!",
    b"${x}",
    b"\x00",
    b"\xff\xfe",
    b"\xc3",
    b"\xef\xbb\xbf",
    b"\xe2\x80\xa8",
    b"\r",
    b"\x1b[31m",
    b"PK\x03\x04",
    b"PK\x01\x02",
    b"\x1f\x8b",
)


def reading(data: bytes) -> None:
    """Reads a plan or archive, and words what is wrong with it."""
    found = Diagnostics()
    texts: dict[str, str] = {}
    read(data, name="fuzz.yaml", diagnostics=found, texts=texts)
    render(found.ordered(), texts, "plain")


def seeds() -> list[bytes]:
    """The plans of the examples and of the errors, and packages of each kind."""
    plans = sorted([*ROOT.glob("examples/*/camp.yaml"), *ROOT.glob("tests/errors/*/camp.yaml")])
    found = [plan.read_bytes() for plan in plans]
    for plan in found[:3]:
        files = {
            "camp.yaml": plan,
            "web/app.py": b"print()\n",
            "db/schema.sql": b"SELECT 1;\n",
            "camp.mf": b"SHA256(a)= 00\n",
        }
        found += [zipped(files), tarred(files), tgz(files)]
    return found


def mutated(data: bytes, chance: random.Random) -> bytes:
    """A few changes: bytes flipped, cut, doubled, moved; words of plans and archives put in."""
    out = bytearray(data)
    for _ in range(chance.choice((1, 1, 1, 2, 3, 8))):
        at = chance.randrange(len(out) + 1)
        length = chance.choice((1, 1, 2, 4, 16, 64, 512))
        change = chance.randrange(7)
        if change == 0 and at < len(out):
            out[at] = chance.randrange(256)
        elif change == 1:
            del out[at : at + length]
        elif change == 2:
            out[at:at] = out[at : at + length] * chance.choice((1, 2, 50))
        elif change == 3:
            out[at:at] = chance.choice(WORDS) * chance.choice((1, 1, 1, 100))
        elif change == 4:
            other = chance.randrange(len(out) + 1)
            out[at : at + length] = out[other : other + length]
        elif change == 5 and at < len(out):
            out[at] ^= 1 << chance.randrange(8)
        elif change == 6 and chance.random() < 0.2:
            del out[at:]
    return bytes(out)


def inputs(count: int, seed: int) -> Iterator[bytes]:
    """``count`` mutations, the same for one ``seed``."""
    chance = random.Random(seed)
    known = seeds()
    for _ in range(count):
        yield mutated(chance.choice(known), chance)


class Wrote(Exception):  # noqa: N818
    """Something was written, started or called."""


_watching = [False]
_FORBIDDEN = {
    "os.remove",
    "os.rename",
    "os.mkdir",
    "os.rmdir",
    "os.link",
    "os.symlink",
    "os.chmod",
    "os.system",
    "os.truncate",
    "subprocess.Popen",
    "socket.connect",
    "shutil.rmtree",
    "tempfile.mkstemp",
}


def _audit(event: str, arguments: tuple[object, ...]) -> None:
    if not _watching[0]:
        return
    writes = event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+")
    if writes or event in _FORBIDDEN:
        raise Wrote(f"{event} {arguments}")


@contextmanager
def watched(seconds: int = LONGEST) -> Iterator[None]:
    """Nothing inside may write, start a program, open a connection, or take long."""

    def late(*_: object) -> None:
        raise TimeoutError(f"longer than {seconds} s")

    before = signal.signal(signal.SIGALRM, late)
    bytecode, sys.dont_write_bytecode = sys.dont_write_bytecode, True  # of a module that is imported late
    signal.alarm(seconds)
    _watching[0] = True
    try:
        yield
    finally:
        _watching[0] = False
        sys.dont_write_bytecode = bytecode
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


sys.addaudithook(_audit)


def main() -> int:
    """Runs the mutations."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--count", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--under", default="tests.properties.fuzz:reading")
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    module, _, name = options.under.partition(":")
    under: Callable[[bytes], None] = getattr(importlib.import_module(module), name)
    under(b"camp_version: CAMP 1.1\n")  # what is imported on use may write byte code
    broken, slowest, begun = 0, 0.0, time.perf_counter()
    for number, data in enumerate(inputs(options.count, options.seed)):
        start = time.perf_counter()
        try:
            with watched():
                under(data)
        except Exception:
            broken += 1
            print(f"input {number}:", traceback.format_exc(limit=-3))
            if options.keep:
                options.keep.mkdir(parents=True, exist_ok=True)
                (options.keep / f"{options.seed}-{number}").write_bytes(data)
        slowest = max(slowest, time.perf_counter() - start)
    took = time.perf_counter() - begun
    print(f"{options.count} inputs in {took:.0f} s, the slowest in {slowest * 1000:.0f} ms: {broken} broke it")
    return 1 if broken else 0


if __name__ == "__main__":
    raise SystemExit(main())
