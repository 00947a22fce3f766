"""The files of a revision: as git would check them out, without filters, and without a change to the repository."""

from __future__ import annotations

import hashlib
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from camp2iac.camp import git, history

Run = Callable[..., str]


def runner(folder: Path) -> Run:
    """git in a folder, without the settings of the user."""

    def call(*arguments: str) -> str:
        names = [f"GIT_{who}_{what}" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")]
        environment = {"PATH": "/usr/bin:/bin", "HOME": str(folder), **dict.fromkeys(names, "test")}
        environment |= {f"GIT_{who}_DATE": "2026-01-02T03:04:05Z" for who in ("AUTHOR", "COMMITTER")}
        command = ["git", "-c", "init.defaultBranch=main", "-c", "protocol.file.allow=always", *arguments]
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
        assert not done.returncode, done.stderr
        return done.stdout.strip()

    return call


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """An empty repository."""
    folder = tmp_path / "tree"
    folder.mkdir()
    runner(folder)("init", "-q")
    return folder


def exported(tree: Path, inside: str = "") -> history.Export:
    """The files of the commit that HEAD names."""
    into = tree.parent / "into"
    into.mkdir()
    commit = history.commit(str(tree), "HEAD")
    assert commit is not None
    return history.export(str(tree), commit, inside, into)


def commit_all(tree: Path) -> None:
    run = runner(tree)
    run("add", "-A")
    run("commit", "-qm", "all")


def test_modes_links_and_line_ends(tree: Path) -> None:
    (tree / "run.sh").write_text("#!/bin/sh\n")
    (tree / "run.sh").chmod(0o755)
    (tree / "link").symlink_to("run.sh")
    (tree / ".gitattributes").write_text("windows.txt text eol=crlf\nsecret export-ignore\n")
    (tree / "windows.txt").write_bytes(b"a\r\n")
    (tree / "secret").write_text("")
    commit_all(tree)
    found = exported(tree).folder
    assert os.access(found / "run.sh", os.X_OK)
    assert (found / "link").readlink() == Path("run.sh")
    assert (found / "windows.txt").read_bytes() == b"a\r\n"
    assert (found / "secret").exists()
    assert git.listing(str(found), str(found)).tracked >= {"run.sh", "link"}


def test_only_the_folder_and_the_rules_above(tree: Path) -> None:
    for name in ("app/camp.yaml", "other/big", ".gitignore", "README.md"):
        (tree / name).parent.mkdir(exist_ok=True)
        (tree / name).write_text("")
    commit_all(tree)
    found = exported(tree, "app").folder
    assert {path.name for path in found.iterdir()} == {".git", ".gitignore", "app"}
    assert git.listing(str(found), str(found / "app")).tracked == {"camp.yaml"}


def test_no_filter_runs(tree: Path) -> None:
    runner(tree)("config", "filter.evil.smudge", f"touch {tree}/ran")
    runner(tree)("config", "filter.evil.clean", "cat")
    (tree / ".gitattributes").write_text("* filter=evil\n")
    commit_all(tree)
    exported(tree)
    assert not (tree / "ran").exists()


def test_a_file_in_git_lfs(tree: Path) -> None:
    data = b"a large file"
    sha256 = hashlib.sha256(data).hexdigest()
    pointer = f"version https://git-lfs.github.com/spec/v1\noid sha256:{sha256}\nsize {len(data)}\n"
    (tree / "there").write_text(pointer)
    (tree / "missing").write_text(pointer.replace(sha256, "0" * 64))
    commit_all(tree)
    store = tree / ".git" / "lfs" / "objects" / sha256[:2] / sha256[2:4]
    store.mkdir(parents=True)
    (store / sha256).write_bytes(data)
    found = exported(tree)
    assert found.missing == ("missing",)
    assert (found.folder / "there").read_bytes() == data


def test_submodules(tree: Path) -> None:
    library = tree.parent / "library"
    library.mkdir()
    runner(library)("init", "-q")
    (library / "code.py").write_text("")
    commit_all(library)
    runner(tree)("submodule", "--quiet", "add", str(library), "vendor/library")
    commit_all(tree)
    found = exported(tree)
    assert found.missing == ()
    assert (found.folder / "vendor" / "library" / "code.py").is_file()


def test_a_submodule_that_is_not_checked_out(tree: Path) -> None:
    library = tree.parent / "library"
    library.mkdir()
    runner(library)("init", "-q")
    (library / "code.py").write_text("")
    commit_all(library)
    runner(tree)("submodule", "--quiet", "add", str(library), "vendor/library")
    commit_all(tree)
    runner(tree)("submodule", "--quiet", "deinit", "--all")
    found = exported(tree)
    assert found.missing == ("vendor/library",)
    assert not list((found.folder / "vendor" / "library").iterdir())


def test_the_folder_of_a_linked_work_tree(tree: Path) -> None:
    (tree / "file").write_text("")
    commit_all(tree)
    linked = tree.parent / "linked"
    runner(tree)("worktree", "add", "-q", str(linked))
    assert (exported(linked).folder / "file").exists()


@pytest.mark.parametrize("name", ["", "-", "--all", "HEAD..HEAD", "HEAD...", "a\0b", "a\nb", "none", "HEAD:file", "🙂"])
def test_names_that_are_no_commit(name: str, tree: Path) -> None:
    (tree / "file").write_text("")
    commit_all(tree)
    assert history.commit(str(tree), name) is None
    assert history.commit(str(tree), "HEAD^{tree}") is None
    assert history.commit(str(tree), "@") == history.commit(str(tree), "main")


def test_the_default_branch(tree: Path) -> None:
    assert history.default_branch(str(tree)) is None
    (tree / "file").write_text("")
    commit_all(tree)
    run = runner(tree)
    run("branch", "-m", "master")
    assert history.default_branch(str(tree)) == history.DefaultBranch("refs/heads/master", "master")
    run("branch", "main")
    assert history.default_branch(str(tree)) == history.DefaultBranch("refs/heads/main", "main")
    run("update-ref", "refs/remotes/origin/main", "HEAD")
    assert history.default_branch(str(tree)) == history.DefaultBranch("refs/remotes/origin/main", "origin/main")
    run("update-ref", "refs/remotes/origin/trunk", "HEAD")
    run("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/trunk")
    assert history.default_branch(str(tree)) == history.DefaultBranch("refs/remotes/origin/trunk", "origin/trunk")
