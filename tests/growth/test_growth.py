"""No function is called more than in proportion to what a plan has more of.

Counted calls do not depend on the machine. A function whose calls grow by the square of something is found by name, in
plans so small that the time would not show it.
"""

from __future__ import annotations

import cProfile
import io
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest
from axes import AXES, package

from camp2iac import cli

SIZES = (24, 48)
#: Twice as much of something is twice as many calls, and a bit for what grows with its logarithm. Its square is 4.
LARGEST = 2.6
#: How often a function is called at least, for each thing in the larger plan, before its growth says anything.
OFTEN = 3


def _calls(arguments: list[str]) -> dict[str, int]:
    """How often each function is called, by file, line and name. Those of the profiler and of imports count too."""
    profile = cProfile.Profile()
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()) as errors:
        status = profile.runcall(cli.run, arguments)
    assert status == 0, errors.getvalue()
    found: dict[str, int] = {}
    for entry in profile.getstats():
        code = entry.code
        name = code if isinstance(code, str) else f"{code.co_filename}:{code.co_firstlineno} {code.co_name}"
        found[name] = found.get(name, 0) + entry.callcount
    return found


def _grown(few: dict[str, int], many: dict[str, int]) -> list[str]:
    """The functions whose calls grow faster than the plan."""
    return sorted(
        f"{name}: {few.get(name, 0)} -> {calls}"
        for name, calls in many.items()
        if calls > OFTEN * SIZES[1] and calls > LARGEST * few.get(name, 0)
    )


@pytest.mark.parametrize("command", ["synth", "synth again"])
@pytest.mark.parametrize("axis", AXES)
def test_calls_grow_with_the_plan(axis: str, command: str, tmp_path: Path) -> None:
    counts = []
    for size in SIZES:
        plan = package(tmp_path / str(size), axis, size)
        folder = plan.parent
        arguments = ["synth", str(plan), "-e", str(folder / "openstack.yaml"), "-o", str(folder / "infra")]
        cli.run([*arguments[:-1], str(folder / "warm")])  # modules are imported, and names are cached for both sizes
        if command == "synth again":
            assert _calls(arguments)
            (folder / "openstack.yaml").write_text(
                (folder / "openstack.yaml").read_text().replace("m1.small", "m1.medium")
            )
        counts.append(_calls(arguments))
    assert sys.getprofile() is None
    grown = _grown(*counts)
    assert not grown, "\n".join(grown)
