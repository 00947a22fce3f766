"""Functions stay small: McCabe at most 12, 6 parameters, 60 lines; `Any` stays at the edges.

`limits.txt` names the functions that exceed a limit, and the number of `Any`. The list only gets shorter:
``pytest --regen tests/ci/test_limits.py`` takes away what holds now, and adds nothing.
"""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.plans import ROOT

HERE = Path(__file__).parent
LINES, PARAMETERS, BRANCHES = 60, 6, 12
LIMITS = HERE / "limits.txt"
HEAD = "# RULE FILE FUNCTION: what exceeds a limit, and shall not. Only gets shorter: test_limits.py.\n"
RULES = {"C901": "mccabe", "PLR0913": "parameters"}


def sources() -> list[Path]:
    return sorted(path for path in (ROOT / "camp2iac").rglob("*.py") if "sample" not in path.parts)


def functions(path: Path) -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    """The functions of a module by name; of methods: with their class."""

    def walk(node: ast.AST, within: str) -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
        for child in ast.iter_child_nodes(node):
            name = f"{within}{getattr(child, 'name', '')}"
            if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
                yield name, child
                yield from walk(child, f"{name}.")
            else:
                yield from walk(child, f"{name}." if isinstance(child, ast.ClassDef) else within)

    yield from walk(ast.parse(path.read_text()), "")


def exceeding() -> set[str]:
    """A line for each function and each limit that it exceeds."""
    found = {
        f"lines {path.relative_to(ROOT)} {name}"
        for path in sources()
        for name, each in functions(path)
        if (each.end_lineno or 0) - each.lineno >= LINES
    }
    options = [f"lint.mccabe.max-complexity={BRANCHES}", f"lint.pylint.max-args={PARAMETERS}"]
    command = [sys.executable, "-m", "ruff", "check", "--select", ",".join(RULES), "--output-format", "json", "-q"]
    command += [word for option in options for word in ("--config", option)]
    done = subprocess.run([*command, "camp2iac"], cwd=ROOT, capture_output=True, text=True, check=False)
    for each in json.loads(done.stdout):
        path, row = Path(each["filename"]), each["location"]["row"]
        name = next(name for name, function in functions(path) if function.lineno == row)
        found.add(f"{RULES[each['code']]} {path.relative_to(ROOT)} {name}")
    return found


def anys() -> int:
    """How often `Any` is written in an annotation or elsewhere; imports of it do not count."""
    nodes = (node for path in sources() for node in ast.walk(ast.parse(path.read_text())))
    return sum(getattr(node, "id", getattr(node, "attr", "")) == "Any" for node in nodes)


def listed() -> tuple[set[str], int]:
    lines = [line for line in LIMITS.read_text().splitlines() if line and not line.startswith("#")]
    return {line for line in lines if not line.startswith("Any ")}, int(
        next(line for line in lines if line.startswith("Any ")).removeprefix("Any ")
    )


def moved(known: set[str], found: set[str]) -> set[str]:
    """What is listed as a function of another file, which has it no longer."""
    gone = [(rule, name) for rule, _, name in map(str.split, known - found)]
    here: set[str] = set()
    for line in sorted(found - known):
        rule, _, name = line.split()
        if (rule, name) in gone:
            gone.remove((rule, name))
            here.add(line)
    return here


def test_the_list_follows_a_function_to_another_file() -> None:
    known = {"lines a.py f", "lines a.py g", "mccabe a.py f"}
    assert moved(known, {"lines b.py f", "lines c.py f", "lines b.py h", "mccabe a.py f"}) == {"lines b.py f"}


def test_limits_hold_but_for_what_is_listed(request: pytest.FixtureRequest) -> None:
    found, (known, most), now = exceeding(), listed(), anys()
    if request.config.getoption("--regen"):
        kept = sorted((known & found) | moved(known, found))
        LIMITS.write_text(HEAD + "".join(f"{line}\n" for line in kept) + f"Any {min(most, now)}\n")
        known, most = listed()
    assert not found - known, "smaller functions: these exceed a limit, and no more are let in"
    assert now <= most, f"`Any` is for edges: {now} of them, and {most} were enough"
    assert not known - found, "these hold now: pytest --regen tests/ci/test_limits.py takes them away"
    assert now == most, f"only {now} `Any` are left: pytest --regen tests/ci/test_limits.py writes it down"


def test_ruff_format_is_part_of_ci() -> None:
    assert "ruff format --check" in (ROOT / ".ci/run").read_text()
