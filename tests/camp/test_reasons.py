"""Each file of a folder is content or left out, and the reason that is given is the one that decided."""

from __future__ import annotations

from pathlib import Path

import pytest

from camp2iac.camp import git, read
from camp2iac.camp.archived import ArchivedFile, ArchivePackage
from camp2iac.camp.package import Package
from camp2iac.camp.reasons import CONTENT, LEFT_OUT, Contents, contents
from camp2iac.camp.spool import Spool, Spooled
from camp2iac.diagnostics import Diagnostics
from tests.camp.build import laid_out
from tests.camp.test_git import APP, JUNK, PLAN, SHOP, WHOLE, repository, run

MORE = JUNK | {
    "services/chat/web/docs/a.txt": b"a",
    "services/chat/web/docs/.gitignore": b"*.tmp\n!kept.tmp\n",
    "services/chat/web/docs/b.tmp": b"b",
    "services/chat/web/docs/kept.tmp": b"c",
    "services/chat/web/out/.camp2iac.json": b"{}",
    "services/chat/web/out/main.tf": b"",
    "services/chat/web/.idea/x": b"",
    "services/chat/infra/prod/.camp2iac.json": b"{}",
    "services/chat/environments/prod.yaml": b"target: heroku\n",
    "services/chat/.github/workflows/ci.yaml": b"",
    "services/chat/app.py": APP,
}


def package(plan: Path) -> Package:
    found = Diagnostics()
    source = read(plan, name="shop", diagnostics=found)
    assert source is not None
    return source.package


def why(found: Contents) -> dict[str, str]:
    left = {each.path: f"{each.rule.where} {each.rule.pattern}" if each.rule else each.why for each in found.left_out}
    return {each.path: each.why for each in found.files} | left


def whole(found: Contents, package: Package) -> None:
    """Nothing is missing, nothing is twice, and every reason has words."""
    assert tuple(each.path for each in found.files) == package.files(found.path)
    assert {each.why for each in found.files} <= CONTENT.keys()
    assert {each.why for each in found.left_out} <= LEFT_OUT.keys()
    left = [each.path for each in found.left_out]
    for path in package.held(found.path):
        listed = [each for each in left if path == each or (each.endswith("/") and path.startswith(each))]
        assert len(listed) + (path in package.files(found.path)) == 1, (path, listed)


def test_reasons_of_git(tmp_path: Path) -> None:
    shop = repository(tmp_path, SHOP, forced=("services/chat/web/build/made", "services/chat/web/kept.log"))
    laid_out(shop, MORE)
    (shop / ".git/info/exclude").write_text("mine.txt\n")
    read_ = package(shop / "services/chat")
    found = contents(read_, "web")
    whole(found, read_)
    assert why(found) == {
        "web/.profile": "tracked",
        "web/app.py": "tracked",
        "web/build/made": "tracked",
        "web/kept.log": "tracked",
        "web/docs/a.txt": "untracked",
        "web/docs/kept.tmp": "untracked",
        "web/.env": ".gitignore:1 .env",
        "web/.idea/": "never",
        "web/__pycache__/": "never",
        "web/a.log": ".gitignore:5 *.log",
        "web/app.pyc": ".gitignore:3 *.pyc",
        "web/build/other": ".gitignore:4 build/",
        "web/docs/.gitignore": "git",
        "web/docs/b.tmp": "services/chat/web/docs/.gitignore:1 *.tmp",
        "web/mine.txt": ".git/info/exclude:1 mine.txt",
        "web/node_modules/": ".gitignore:2 node_modules/",
        "web/out/": "output",
    }


def test_reasons_without_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the rules and the index alone, the reasons are the same."""
    shop = repository(tmp_path, SHOP, forced=("services/chat/web/build/made", "services/chat/web/kept.log"))
    laid_out(shop, MORE)
    (shop / ".git/info/exclude").write_text("mine.txt\n")
    wanted = contents(package(shop / "services/chat"), "web")

    def missing(*_: object, **__: object) -> bytes:
        raise git.GitError("git is not installed")

    monkeypatch.setattr(git, "run", missing)
    read_ = package(shop / "services/chat")
    found = contents(read_, "web")
    whole(found, read_)
    assert why(found) == why(wanted)
    assert found == wanted


def test_the_package_itself(tmp_path: Path) -> None:
    shop = repository(tmp_path, SHOP | {"services/chat/camp.yaml": WHOLE, "services/chat/.x": b"", "camp.mf": b""})
    laid_out(shop, MORE | {"services/chat/.y": b""})
    read_ = package(shop / "services/chat")
    found = contents(read_, "")
    whole(found, read_)
    reasons = why(found)
    assert reasons[".x"] == "tracked"
    assert reasons[".y"] == "dot"
    assert reasons[".github/"] == "forge"
    assert reasons["camp.yaml"] == "run"
    assert reasons["environments/prod.yaml"] == "package"
    assert reasons["infra/prod/"] == "output"


@pytest.mark.parametrize("in_git", [True, False])
def test_a_folder_that_a_rule_excludes(in_git: bool, tmp_path: Path) -> None:
    """The plan names it: its own rules still hold, and only they are named."""
    laid_out(tmp_path, {".gitignore": b"web/\n", "camp.yaml": PLAN})
    if in_git:
        run(tmp_path, "init", "-q")
        run(tmp_path, "add", ".")
    laid_out(tmp_path, {"web/a": b"", "web/b.map": b"", "web/.gitignore": b"*.map\n", "web/node_modules/x": b""})
    read_ = package(tmp_path)
    found = contents(read_, "web")
    whole(found, read_)
    assert why(found) == {
        "web/a": "freed",
        "web/node_modules/x": "freed",
        "web/.gitignore": "git",
        "web/b.map": "web/.gitignore:1 *.map",
    }


def test_links_and_repositories_in_the_content(tmp_path: Path) -> None:
    shop = repository(tmp_path / "shop", {"camp.yaml": PLAN, "web/app.py": APP, ".gitignore": b"*.tmp\n"})
    repository(shop / "web/other", {"x": b"", ".gitignore": b"y\n"})
    laid_out(shop, {"web/other/y": b"", "web/real/a.tmp": b"", "web/real/b": b""})
    (shop / "web/link").symlink_to("real")
    (shop / "web/out.tmp").symlink_to("/etc/hostname")
    read_ = package(shop)
    found = contents(read_, "web")
    whole(found, read_)
    reasons = why(found)
    assert reasons["web/other/x"] == "untracked"
    assert reasons["web/other/y"] == ".gitignore:1 y"
    assert reasons["web/link/b"] == "untracked"
    assert reasons["web/link/a.tmp"] == ".gitignore:1 *.tmp"
    assert reasons["web/out.tmp"] == ".gitignore:1 *.tmp"
    assert reasons["web/other/.git/"] == "version control"


def test_an_archive() -> None:
    names = ("camp.yaml", "web/app.py", "web/.gitignore", "web/x.log", "web/deep/.gitignore", "web/deep/y.log")
    rules = {"web/.gitignore": b"# comment\n*.log  \n", "web/deep/.gitignore": b"!y.log\n"}
    held = {name: rules.get(name, b"12") for name in names}
    read_ = ArchivePackage(
        "shop.zip",
        {name: ArchivedFile(Spooled(Spool(data), 0, len(data), len(data)), False) for name, data in held.items()},
    )
    found = contents(read_, "web")
    whole(found, read_)
    assert why(found)["web/x.log"] == "web/.gitignore:2 *.log"
    assert why(found)["web/deep/y.log"] == "unruled"
    assert [each.size for each in found.files] == [2, 2]
    read_.keep({"web/x.log"})
    assert why(contents(read_, "web"))["web/x.log"] == "listed"


def test_more_files_than_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    laid_out(tmp_path, {"camp.yaml": PLAN, **{f"web/{number}": b"" for number in range(6)}})
    read_ = package(tmp_path)
    monkeypatch.setattr("camp2iac.camp.directory.MOST_FILES", 5)
    assert contents(read_, "web").partial
