"""Same input, same bytes: whoever compiles, wherever, whenever, in whatever language, in whatever order the plan is."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from support.compiler import camp2iac, difference, tree
from support.plans import EXAMPLES, Compilation, compilations

ALL = [each for each in compilations() if each.package.parent == EXAMPLES]
SOURCE_MAPS = (".camp2iac.json", ".camp2iac.digests.json")

SURROUNDINGS: dict[str, dict[str, str]] = {
    "another hash seed": {"PYTHONHASHSEED": "1"},
    "a third hash seed": {"PYTHONHASHSEED": "987654321"},
    "Turkish": {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "LANGUAGE": "tr"},
    "no locale": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "the date line": {"TZ": "Pacific/Kiritimati"},
    "another home": {"HOME": "/nonexistent", "USER": "nobody", "LOGNAME": "nobody"},
    "a wide terminal": {"COLUMNS": "200", "TERM": "xterm-256color", "FORCE_COLOR": "1"},
}


@pytest.mark.parametrize("compilation", ALL, ids=lambda each: each.id)
def test_surroundings_change_nothing(compilation: Compilation, tmp_path: Path) -> None:
    first = _compiled(compilation, tmp_path / "first", environment={"PYTHONHASHSEED": "0"}, cwd=tmp_path)
    for number, (name, variables) in enumerate(SURROUNDINGS.items()):
        folder = tmp_path / str(number)
        folder.mkdir()
        found = difference(first, _compiled(compilation, folder, environment=variables, cwd=Path("/")))
        assert not found, f"{name}:\n{found}"


@pytest.mark.parametrize("compilation", ALL[:2], ids=lambda each: each.id)
def test_relative_paths_change_nothing(compilation: Compilation, tmp_path: Path) -> None:
    first = _compiled(compilation, tmp_path / "first")
    copy = compilation.copied(tmp_path / "deep" / "below")
    assert copy.environment is not None
    here = [each.relative_to(copy.package) for each in (copy.environment, copy.output)]
    camp2iac("synth", ".", "-e", here[0], "-o", here[1], cwd=copy.package)
    assert not difference(first, tree(copy.output))


@pytest.mark.parametrize("compilation", ALL[:2], ids=lambda each: each.id)
def test_umask_changes_nothing(compilation: Compilation, tmp_path: Path) -> None:
    prefix = ("sh", "-c", 'umask 077; exec "$@"', "sh")
    assert not difference(
        _compiled(compilation, tmp_path / "first"), _compiled(compilation, tmp_path / "second", prefix=prefix)
    )


@pytest.mark.parametrize("compilation", ALL[:2], ids=lambda each: each.id)
def test_another_user_changes_nothing(compilation: Compilation, tmp_path: Path) -> None:
    # In a namespace of users: somebody else by number and name, who can read this Python all the same.
    prefix = ("unshare", "--user", "--map-user=65534", "--map-group=65534")
    if not shutil.which("unshare") or subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode:
        pytest.skip("NOT RUN: nobody can be somebody else here (unshare --user)")
    who = subprocess.run([*prefix, "id", "-u"], capture_output=True, check=True, text=True).stdout.strip()
    assert who == "65534" != str(os.geteuid())
    second = _compiled(compilation, tmp_path / "second", prefix=prefix, cwd=Path("/"))
    assert not difference(_compiled(compilation, tmp_path / "first"), second)


@pytest.mark.parametrize("compilation", ALL, ids=lambda each: each.id)
def test_a_second_run_writes_nothing(compilation: Compilation, tmp_path: Path) -> None:
    copy = compilation.copied(tmp_path)
    camp2iac("synth", *copy.arguments, "-o", copy.output)
    before = {path: path.stat()[stat.ST_MTIME] for path in copy.output.rglob("*")}
    camp2iac("synth", *copy.arguments, "-o", copy.output)
    assert {path: path.stat()[stat.ST_MTIME] for path in copy.output.rglob("*")} == before


@pytest.mark.parametrize("compilation", ALL, ids=lambda each: each.id)
@settings(
    max_examples=6,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],  # a counterexample as it is: shrinking compiles a thousand plans
    suppress_health_check=list(HealthCheck),
)
@given(data=st.data())
def test_order_of_lists_changes_nothing(
    compilation: Compilation, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    plan = yaml.safe_load((compilation.package / "camp.yaml").read_text())
    shuffled = _permuted(plan, lambda items: data.draw(st.permutations(items)))
    first = _of_plan(compilation, plan, tmp_path_factory.mktemp("first"))
    second = _of_plan(compilation, shuffled, tmp_path_factory.mktemp("second"))
    assert not difference(first, second), yaml.safe_dump(shuffled, sort_keys=False)


def _compiled(compilation: Compilation, folder: Path, **how: Any) -> dict[str, tuple[bool, bytes]]:
    copy = compilation.copied(folder)
    camp2iac("synth", *copy.arguments, "-o", copy.output, **how)
    return tree(copy.output)


def _of_plan(compilation: Compilation, plan: Any, folder: Path) -> dict[str, tuple[bool, bytes]]:
    """The output for a plan, without what tells lines and digests of it. Runs in this process: there are many."""
    from camp2iac.cli import run

    copy = compilation.copied(folder)
    (copy.package / "camp.yaml").write_text(yaml.safe_dump(plan, sort_keys=False, allow_unicode=True))
    assert run(["synth", "-q", *copy.arguments, "-o", str(copy.output)]) == 0
    return {path: each for path, each in tree(copy.output).items() if path not in SOURCE_MAPS}


def _permuted(value: Any, shuffle: Callable[[list[Any]], list[Any]], key: str = "") -> Any:
    """The plan with its lists and the keys of its mappings in another order, where order means nothing.

    It does in Placement.networks, among name servers (dns), among the loads of one service and among the services of
    one tier; the examples have one load a service.
    """
    if isinstance(value, dict):
        return {name: _permuted(value[name], shuffle, name) for name in shuffle(list(value))}
    if isinstance(value, list):
        items = [_permuted(each, shuffle) for each in value]
        fixed = key in ("networks", "dns") or (key == "services" and _share(value))
        return items if fixed else shuffle(items)
    return value


def _share(services: list[Any]) -> bool:
    """Whether services are on one tier."""
    characteristics = (each for service in services for each in service.get("characteristics", ()))
    tiers = [each["tier"] for each in characteristics if "tier" in each]
    return len(tiers) > len(set(tiers))
