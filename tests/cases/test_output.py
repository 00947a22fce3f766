"""Plan in, files out: every example and case, compared with the output that is committed beside it."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.compiler import difference, in_process, permitted, tree
from support.plans import Compilation, compilations


@pytest.mark.parametrize("compilation", compilations(), ids=lambda each: each.id)
def test_output_is_the_committed_one(compilation: Compilation, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--regen"):
        in_process("synth", *compilation.arguments, "-o", compilation.output, "--force", *permitted(compilation.output))
    assert compilation.output.is_dir(), f"no committed output: pytest --regen makes {compilation.output}"
    copy = compilation.copied(tmp_path)
    in_process("synth", *copy.arguments, "-o", copy.output)
    found = difference(tree(compilation.output), tree(copy.output))
    assert not found, found


@pytest.mark.parametrize("compilation", compilations(), ids=lambda each: each.id)
def test_check_finds_no_difference(compilation: Compilation, tmp_path: Path) -> None:
    copy = compilation.copied(tmp_path, output=True)
    assert in_process("synth", *copy.arguments, "-o", copy.output, "--check") == ""


def test_every_example_is_for_both_platforms() -> None:
    missing = [
        f"{plan.parent.name}/environments/{target}.yaml"
        for plan in Path(__file__).resolve().parents[2].glob("examples/*/camp.yaml")
        for target in ("openstack", "heroku")
        if not (plan.parent / "environments" / f"{target}.yaml").exists()
    ]
    assert not missing
