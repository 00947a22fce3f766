"""Whatever is in a folder, the instance computes the digest that the compiler did, before and after the commit."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_repository import Repository, repository  # noqa: F401

from camp2iac.camp.folder import FolderPackage
from camp2iac.camp.revision import RevisionError, revision

_NAMES = st.sampled_from(
    [
        "a",
        "A",
        "a-b",
        "a.b",
        " a ",
        "-x",
        "'q\"",
        '"q',
        ":(top)",
        "\\z",
        "é",
        "e\u0301",
        "*",
        "$(x)`y`",
        "ü ä.txt",
        "b~b",
    ]
)
_DATA = st.sampled_from([b"", b"one\n", b"one\r\ntwo\r\n", b"one\r\ntwo\n", b"\0\xff\r\n", b"$Id$\n"])
_FILES = st.dictionaries(st.lists(_NAMES, min_size=1, max_size=3).map("/".join), st.tuples(_DATA, st.booleans()))
_ATTRIBUTES = st.sampled_from(["", "* text=auto\n", "* text\n", "* -text\n", "* ident\n", "* text eol=crlf\n"])
_RULES = st.sampled_from(["", "a\n", "*.b\n!a.b\n", "/A/\n", "é\n"])


def _agree(made: Repository, path: str, target: str = "app") -> None:
    known = made.found(path)
    made.push()
    assert made.found(path) == known, "the same before and after the commit"
    done = made.fetch(*known, target=target)
    assert (done.returncode, done.stderr) == (0, "")


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_FILES, _FILES, _ATTRIBUTES, _RULES, st.sampled_from(["", "web", "plan/web"]))
def test_any_files(
    first: dict[str, tuple[bytes, bool]],
    second: dict[str, tuple[bytes, bool]],
    attributes: str,
    rules: str,
    path: str,
) -> None:
    """Two commits: in the second, files are in the index already."""
    with TemporaryDirectory() as folder:
        made = Repository(Path(folder))
        made.put({f"{path}/always".lstrip("/"): "x", "camp.yaml": "plan", ".gitignore": rules})
        made.put({".gitattributes": attributes})
        for files in (first, second):
            for name, (data, program) in files.items():
                place = made.work / path / name
                if any(above.is_file() for above in place.parents) or place.is_dir():
                    continue
                made.put({f"{path}/{name}".lstrip("/"): data})
                place.chmod(0o755 if program else 0o644)
            _agree(made, path)


def _modes(made: Repository) -> None:
    made.git("config", "core.fileMode", "false")
    made.git("update-index", "--add", "--chmod=+x", "web/run")
    (made.work / "web/other").chmod(0o755)


def _sha256(made: Repository) -> None:
    shutil.rmtree(made.work / ".git")
    shutil.rmtree(made.server)
    made.git("init", "--quiet", "--initial-branch=main", "--object-format=sha256")
    subprocess.run(["git", "init", "--quiet", "--bare", "--object-format=sha256", made.server], check=True)


def _encoding(made: Repository) -> None:
    made.put({".gitattributes": "*.txt working-tree-encoding=UTF-16LE\n", "web/a.txt": "one\n".encode("utf-16-le")})


def _line_ends(made: Repository) -> None:
    made.git("config", "core.autocrlf", "true")
    made.put({"web/a.txt": "one\r\n"})


def _returns_in_the_index(made: Repository) -> None:
    made.put({"web/a.txt": "one\r\n"})
    made.push()
    made.put({".gitattributes": "* text=auto\n", "web/a.txt": "one\r\ntwo\r\n"})


def _linked_folder(made: Repository) -> None:
    made.put({"web/v1/a": "x"})
    (made.work / "web/current").symlink_to("v1")


def _another_work_tree(made: Repository) -> None:
    made.push()
    made.git("worktree", "add", "--quiet", "../another")
    made.work = made.work.parent / "another"
    made.put({"web/more": "x"})


def _shallow_clone(made: Repository) -> None:
    made.push()
    made.push("again")
    clone = made.work.parent / "clone"
    subprocess.run(["git", "clone", "--quiet", "--depth=1", f"file://{made.server}", clone], check=True)
    made.work = clone
    made.put({"web/more": "x"})


@pytest.mark.parametrize(
    "make",
    [
        _modes,
        _sha256,
        _encoding,
        _line_ends,
        _returns_in_the_index,
        _linked_folder,
        _another_work_tree,
        _shallow_clone,
    ],
)
def test_both_sides_agree(repository: Repository, make: Callable[[Repository], None]) -> None:  # noqa: F811
    repository.put({"web/run": "x", "web/other": "x"})
    make(repository)
    _agree(repository, "web")


@pytest.mark.parametrize("target", ["app-1.jar", "build/app-1.jar"])
def test_a_link_to_a_file(repository: Repository, target: str) -> None:  # noqa: F811
    """The content is the link's target."""
    repository.put({target: "x"})
    (repository.work / "app.jar").symlink_to(target)
    _agree(repository, "app.jar", "shop.jar")
    assert (repository.instance / "shop.jar").read_text() == "x"


def test_an_environment_file_in_a_folder_of_content(repository: Repository) -> None:  # noqa: F811
    repository.put({"web/app.py": "x", "web/prod.yaml": "target: openstack"})
    repository.push()
    found = revision(FolderPackage(repository.work, "work", leave_out=[repository.work / "web/prod.yaml"]), "web")
    assert repository.fetch(found.path, found.digest, found.left_out).stderr == ""
    assert repository.files() == {"app.py": "x"}


def test_what_a_commit_has_otherwise_is_refused(repository: Repository) -> None:  # noqa: F811
    repository.put({"a/x": "x", "b/x": "x", "c/x": "x", "d/x": "x", "d/.gitignore": "out\n", "e/x": "x", "f/n/x": "x"})
    (repository.work / "a/absolute").symlink_to(repository.work / "a/x")
    (repository.work / "b/above").symlink_to("../b/x")
    (repository.work / "d/out").mkdir()
    (repository.work / "d/link").symlink_to("out")
    repository.git("add", "--all")
    repository.git("update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},c/module")
    (repository.work / "c/module").mkdir()
    repository.git("update-index", "--assume-unchanged", "e/x")
    repository.put({"e/x": "changed"})
    repository.git("rm", "--quiet", "-r", "--cached", "f")
    subprocess.run(["git", "init", "--quiet", repository.work / "f/n"], check=True)
    for path, words in (
        ("a", "absolute is a link to a file that is not in the content"),
        ("b", "above is a link to a file that is not in the content"),
        ("c", "module is a submodule, whose files are not in this repository"),
        ("d", "link is a link to a folder without content"),
        ("e", "git does not compare x with its commit"),
        ("f", "n is another repository, whose files are not in this one"),
    ):
        with pytest.raises(RevisionError, match=words):
            repository.found(path)
