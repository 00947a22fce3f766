"""Which remotes instances can clone, and what of their URLs reaches a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from camp2iac.camp import git
from camp2iac.detect import remotes
from camp2iac.detect.remotes import Remote, UnusableRemote
from tests.camp.test_git import repository, run


@pytest.fixture
def work(tmp_path: Path) -> Path:
    return repository(tmp_path / "work", {"app.py": b"app = 1\n"})


def remote(work: Path, url: str, name: str = "origin") -> Remote | UnusableRemote | None:
    run(work, "remote", "add", name, url)
    return remotes.look(str(work))


@pytest.mark.parametrize(
    ("given", "url", "way", "host", "port", "credentials"),
    [
        ("https://github.com/o/shop", "https://github.com/o/shop", "https", "github.com", 443, False),
        ("https://github.com/o/shop.git", "https://github.com/o/shop.git", "https", "github.com", 443, False),
        (
            "HTTPS://git.example.org:8443/a/b/",
            "https://git.example.org:8443/a/b/",
            "https",
            "git.example.org",
            8443,
            False,
        ),
        ("http://git.example.org/shop.git", "http://git.example.org/shop.git", "http", "git.example.org", 80, False),
        ("https://me:hunter2@github.com/o/shop", "https://github.com/o/shop", "https", "github.com", 443, True),
        ("https://hunter2@github.com/o/shop", "https://github.com/o/shop", "https", "github.com", 443, True),
        ("https://me:hunt@er2@github.com/o/shop", "https://github.com/o/shop", "https", "github.com", 443, True),
        ("https://github.com/o/shop?token=hunter2", "https://github.com/o/shop", "https", "github.com", 443, True),
        ("https://github.com/o/shop#hunter2", "https://github.com/o/shop", "https", "github.com", 443, True),
        ("git@github.com:o/shop.git", "git@github.com:o/shop.git", "ssh", "github.com", 22, False),
        ("ssh://git@git.example.org/~a/shop", "ssh://git@git.example.org/~a/shop", "ssh", "git.example.org", 22, False),
        ("ssh://git@10.0.0.1:2222/shop.git", "ssh://git@10.0.0.1:2222/shop.git", "ssh", "10.0.0.1", 2222, False),
        ("ssh://git@[2001:db8::1]:2222/s", "ssh://git@[2001:db8::1]:2222/s", "ssh", "[2001:db8::1]", 2222, False),
        ("ssh://git:hunter2@github.com/o/s", "ssh://git@github.com/o/s", "ssh", "github.com", 22, True),
    ],
)
def test_remotes_that_instances_can_clone(
    work: Path, given: str, url: str, way: str, host: str, port: int, credentials: bool
) -> None:
    found = remote(work, given)
    assert isinstance(found, Remote)
    assert (found.name, found.url, found.way, found.host, found.port) == ("origin", url, way, host, port)
    assert found.credentials == credentials
    assert "hunter2" not in repr(found)


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ("/srv/git/shop.git", "a folder on this machine"),
        ("../shop.git", "a folder on this machine"),
        ("./a:b", "a folder on this machine"),
        ("file:///srv/git/shop.git", "a folder on this machine"),
        ("git://git.example.org/shop.git", "git:// is not authenticated"),
        ("ftp://git.example.org/shop.git", "ftp:// is neither HTTPS nor SSH"),
        ("ext::sh -c hunter2", "a remote helper"),
        ("https://localhost/shop.git", "its server is this machine"),
        ("https://[::1]:8443/shop.git", "its server is this machine"),
        ("git@127.0.0.1:shop.git", "its server is this machine"),
        ("ssh://git@localhost:2222/shop.git", "its server is this machine"),
        ("git.example.org:shop.git", "no user"),
        ("me:hunter2@git.example.org:shop.git", "no user"),
        ("ssh://git.example.org/shop.git", "no user"),
        ("ssh://-oProxyCommand=hunter2@git.example.org/shop", "characters"),
        ("git@-oProxyCommand=hunter2:shop", "characters"),
        ("git@git.example.org:--upload-pack=hunter2", "characters"),
        ("http://me:hunter2@git.example.org/shop.git", "HTTP would not encrypt"),
        ("https://git.example.org/o'hunter2", "characters"),
        ("https://me:hun/ter2@git.example.org/shop", "characters"),
        ("https://git.example.org/a b hunter2", "characters"),
        ("https://git.example.org", "characters"),
        ("https:///hunter2", "characters"),
    ],
)
def test_remotes_that_instances_cannot_clone(work: Path, given: str, why: str) -> None:
    found = remote(work, given)
    assert isinstance(found, UnusableRemote)
    assert why in found.why
    assert "hunter2" not in repr(found)


def test_which_remote(work: Path) -> None:
    assert remotes.look(str(work)) is None
    only = remote(work, "https://git.example.org/a", "upstream")
    assert isinstance(only, Remote)
    assert (only.name, only.url) == ("upstream", "https://git.example.org/a")
    several = remote(work, "https://git.example.org/b", "mine")
    assert isinstance(several, UnusableRemote)
    assert "the repository has 2, and none is named origin" in several.why
    origin = remote(work, "https://git.example.org/c")
    assert isinstance(origin, Remote)
    assert origin.url == "https://git.example.org/c"
    run(work, "remote", "set-url", "--add", "origin", "https://git.example.org/d")
    assert remotes.look(str(work)) == origin


def test_no_repository(tmp_path: Path) -> None:
    assert remotes.look(str(tmp_path)) is None


def test_a_subfolder_and_a_linked_work_tree(work: Path, tmp_path: Path) -> None:
    (work / "web").mkdir()
    found = remote(work, "https://git.example.org/shop.git")
    assert remotes.look(str(work / "web")) == found
    run(work, "worktree", "add", "-q", "-b", "next", str(tmp_path / "linked"))
    linked = remotes.look(str(tmp_path / "linked"))
    assert isinstance(linked, Remote)
    assert (linked.url, linked.branch) == ("https://git.example.org/shop.git", "next")


def test_the_branch(work: Path) -> None:
    """The one that the remote's HEAD names, or else the one that is checked out, or else main."""
    run(work, "checkout", "-q", "-b", "feature/x")
    found = remote(work, "https://git.example.org/shop.git")
    assert isinstance(found, Remote)
    assert found.branch == "feature/x"
    run(work, "update-ref", "refs/remotes/origin/release/1", "HEAD")
    run(work, "symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/release/1")
    assert git.branch(str(work), "origin") == "release/1"
    run(work, "symbolic-ref", "-d", "refs/remotes/origin/HEAD")
    run(work, "checkout", "-q", "--detach")
    detached = remotes.look(str(work))
    assert isinstance(detached, Remote)
    assert detached.branch == "main"
    run(work, "checkout", "-q", "-b", "fix#1")
    odd = remotes.look(str(work))
    assert isinstance(odd, UnusableRemote)
    assert "its branch has characters" in odd.why


def test_the_repository_runs_nothing(work: Path, tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    remote(work, "https://git.example.org/shop.git")
    script = tmp_path / "run"
    script.write_text(f"#!/bin/sh\ntouch {mark}\n")
    script.chmod(0o755)
    with (work / ".git/config").open("a") as config:
        config.write(
            f"[core]\n\tfsmonitor = {script}\n\tpager = {script}\n\tsshCommand = {script}\n\teditor = {script}\n"
            f"[alias]\n\tconfig = !{script}\n\tsymbolic-ref = !{script}\n[pager]\n\tconfig = {script}\n"
            f"[include]\n\tpath = {tmp_path / 'more'}\n"
        )
    (tmp_path / "more").write_text('[remote "other"]\n\turl = https://git.example.org/other\n')
    hooks = work / ".git/hooks"
    hooks.mkdir(exist_ok=True)
    for name in ("post-checkout", "reference-transaction", "post-index-change"):
        (hooks / name).write_text(script.read_text())
        (hooks / name).chmod(0o755)
    found = remotes.look(str(work))
    assert isinstance(found, Remote)
    assert git.remotes(str(work)) == {"origin": "https://git.example.org/shop.git"}
    assert not mark.exists()


def test_a_configuration_that_git_cannot_read(work: Path) -> None:
    (work / ".git/config").write_text("[remote\n")
    assert remotes.look(str(work)) is None
