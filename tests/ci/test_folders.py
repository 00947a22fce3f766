"""Folders of tests can be collected together, in any order: no two modules have one name, none imports a `conftest`."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

from support.plans import ROOT

#: Applications and plans, not modules of tests.
NONE = (
    "tests/cases/*/*/**",
    "tests/errors/*/**",
    "tests/init/repositories/*/**",
    "tests/shared/**",
    "proofs/roots/plans/**",
    "proofs/*/control-plane/**",
)


def modules() -> list[Path]:
    """The modules of tests and proofs."""
    left_out = {path for pattern in NONE for path in ROOT.glob(f"{pattern}/*.py")}
    found = (path for name in ("tests", "proofs") for path in (ROOT / name).rglob("*.py"))
    return sorted(path for path in found if path not in left_out and "__pycache__" not in path.parts)


def imported_as(path: Path) -> str:
    """The name that pytest imports a module by: from the folder above the highest one that is a package."""
    name, folder = path.stem, path.parent
    while (folder / "__init__.py").exists():
        name, folder = f"{folder.name}.{name}", folder.parent
    return name


def test_every_module_has_a_name_of_its_own() -> None:
    names: dict[str, list[str]] = defaultdict(list)
    for path in modules():
        if path.name != "conftest.py":  # these pytest tells apart
            names[imported_as(path)].append(path.relative_to(ROOT).as_posix())
    assert len(names) > 100
    assert not {name: paths for name, paths in names.items() if len(paths) > 1}


def test_none_imports_a_conftest_by_that_name_alone() -> None:
    """Which one that is depends on which folder came first."""
    wrong = re.compile(r"^(from|import) conftest\b", re.MULTILINE)
    assert not [path for path in modules() if wrong.search(path.read_text())]
