"""The gzip files of content: what others unpack, and the same bytes with every release of Python."""

from __future__ import annotations

import gzip as reference
import hashlib
import random
import subprocess
import zlib

import pytest
from support.plans import CASES

from camp2iac.targets.openstack.machine.delivery.deflate import code_lengths, gzip

CODE = (CASES / "content/compressed/web/positions.py").read_bytes()
MOST = 1 << 20


def unlike(seed: int) -> bytes:
    """Bytes whose numbers differ as much as those of Fibonacci, which need the longest codes."""
    found = [each for value in range(20) for each in [value] * int(1.6**value)]
    random.Random(seed).shuffle(found)
    return bytes(found)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"x",
        b"abc" * 3,
        b"\0" * 300 + b"1" * 5,
        bytes(range(256)) * 3,
        random.Random(1).randbytes(20_000),
        unlike(2),
        CODE,
    ],
    ids=["none", "one", "repeat", "runs", "all", "random", "long-codes", "code"],
)
def test_others_unpack_it(data: bytes) -> None:
    made = gzip(data, MOST)
    assert made is not None
    assert reference.decompress(made) == data
    unpacked = subprocess.run(["gzip", "-dc"], input=made, capture_output=True, check=True).stdout
    assert unpacked == data


def test_random_bytes() -> None:
    of = random.Random(3)
    for _ in range(60):
        different = of.randrange(1, 40)
        data = bytes(of.randrange(different) for _ in range(of.randrange(3_000)))
        made = gzip(data, MOST)
        assert made is not None
        assert reference.decompress(made) == data


def test_a_repeat_is_at_most_a_window_away() -> None:
    """Of a part that is 32,768 bytes away, and of one that is a byte further."""
    part = random.Random(4).randbytes(200)
    sizes = {}
    for away in (32_768, 32_769):
        data = part + random.Random(5).randbytes(away - len(part)) + part
        made = gzip(data, MOST)
        assert made is not None
        assert reference.decompress(made) == data
        sizes[away] = len(made)
    assert sizes[32_769] - sizes[32_768] > 190


def test_the_bytes_are_the_same_everywhere() -> None:
    """If this changes, applying a new output replaces instances: it belongs into the changelog."""
    made = gzip(CODE, MOST)
    assert made is not None
    assert hashlib.sha256(made).hexdigest() == "13673a0667cd2e9565c9339a16313e20c78858eb788af75f611633f1c65a67d5"


def test_it_is_almost_as_small_as_that_of_zlib() -> None:
    made = gzip(CODE, MOST)
    assert made is not None
    assert len(made) < len(zlib.compress(CODE, 9)) * 1.03


def test_the_limit() -> None:
    made = gzip(CODE, MOST)
    assert made is not None
    assert gzip(CODE, len(made)) == made
    assert gzip(CODE, len(made) - 1) is None
    assert gzip(b"\0" * 200_000, 100) is None, "no DEFLATE stream is so small"


def test_lengths_of_codes() -> None:
    assert code_lengths([0, 0, 7], 15) == (0, 0, 1)
    assert code_lengths([1, 1, 2, 4], 15) == (3, 3, 2, 1)
    assert code_lengths([1, 1, 2, 4], 2) == (2, 2, 2, 2)
    lengths = code_lengths([int(1.6**each) for each in range(30)], 15)
    assert max(lengths) == 15
    assert sum(2.0**-length for length in lengths) == 1
