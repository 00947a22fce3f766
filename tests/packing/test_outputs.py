"""A packed plan compiles to the same output as its folder, on every platform."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from support.plans import Compilation, compilations

from camp2iac import plan as library
from tests.packing.making import camp2iac

OWN = (".camp2iac.json", ".camp2iac.digests.json", "README.md")  # they name the package
QUICK = ("examples/guestbook", "bare/wsgi")


def _groups() -> list[object]:
    found: dict[str, list[Compilation]] = {}
    for each in compilations():
        found.setdefault(f"{each.package.parent.name}/{each.package.name}", []).append(each)
    return [
        pytest.param(each, id=name, marks=() if name in QUICK else pytest.mark.slow) for name, each in found.items()
    ]


@pytest.mark.parametrize("group", _groups())
@pytest.mark.parametrize("kind", [".zip", ".tgz"])
def test_a_package_is_as_its_folder(group: list[Compilation], kind: str, tmp_path: Path) -> None:
    original = group[0].package
    folder = tmp_path / "of" / original.name
    unneeded = shutil.ignore_patterns("infra", "expected", "environments", "targets", ".terraform*")
    shutil.copytree(original, folder, ignore=unneeded)
    if (original / "environments").is_dir():
        shutil.copytree(original / "environments", tmp_path / "environments")
    (tmp_path / "packages").mkdir()
    # Without a name in the plan, the name of the file counts: that of a plan in a folder is "application"
    archive = tmp_path / "packages" / f"application{kind}"
    done = camp2iac("pack", folder, "-o", archive)
    assert done.status == 0, done.err
    for rules in folder.rglob(".gitignore"):  # with rules, Terraform cannot know which added files are content
        rules.unlink()
    ours, theirs = library.read(archive), library.read(folder / "camp.yaml")
    for each in group:
        environment = tmp_path / "environments" / each.environment.name if each.environment else None
        made = [
            read.compile(environment, target=each.target or None, output=tmp_path / "out" / each.output.name)
            for read in (ours, theirs)
        ]
        assert all(compiled.ok for compiled in made), [str(item.message) for item in made[0].diagnostics]
        package, plain = (
            {name: data for name, data in compiled.files().items() if name not in OWN} for compiled in made
        )
        assert package.keys() == plain.keys()
        assert [name for name in plain if package[name] != plain[name]] == []
