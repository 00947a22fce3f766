"""An instance takes the commit whose content has the digest that the compiler computed: both sides, with real git."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zlib
from collections.abc import Callable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from camp2iac.camp.folder import FolderPackage
from camp2iac.camp.revision import RevisionError, revision
from camp2iac.targets.openstack.machine.render import SCRIPTS

SCRIPT = SCRIPTS / "repository.py"


class Repository:
    """An application's work tree, the server's repository, and an instance."""

    def __init__(self, folder: Path) -> None:
        self.work, self.server, self.instance = folder / "work", folder / "server.git", folder / "instance"
        self.instance.mkdir(parents=True)
        self.work.mkdir()
        self.git("init", "--quiet", "--initial-branch=main")
        subprocess.run(["git", "init", "--quiet", "--bare", "--initial-branch=main", self.server], check=True)
        self.about("main")

    def about(self, branch: str, url: str = "") -> None:
        (self.instance / "etc").write_text(f"url {url or self.server}\nbranch {branch}\n")

    def git(self, *words: str) -> str:
        who = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
        command = ["git", *who, *words]
        return subprocess.run(command, cwd=self.work, check=True, capture_output=True, text=True).stdout.strip()

    def put(self, files: dict[str, str | bytes]) -> None:
        for name, data in files.items():
            place = self.work / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data.encode() if isinstance(data, str) else data)

    def push(self, words: str = "A change") -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", words)
        self.git("push", "--quiet", "--force", str(self.server), "HEAD:main")

    def found(self, path: str) -> tuple[str, str, str]:
        """What the compiler says of content: its path in the repository, its digest, what is left out."""
        package = FolderPackage(self.work, "work", leave_out=[self.work / "infra/prod"])
        made = revision(package, path)
        return made.path or ".", made.digest, made.left_out

    def fetch(self, path: str, digest: str, left_out: str, target: str = "app") -> subprocess.CompletedProcess[str]:
        told = {**os.environ, "CAMP_REPOSITORY": str(self.instance / "etc"), "CAMP_PAUSE": "0"}
        told["CAMP_CLONE"] = str(self.instance / "clone.git")
        command = [sys.executable, SCRIPT, path, digest, self.instance / target, left_out]
        return subprocess.run(list(map(str, command)), env=told, capture_output=True, text=True)

    def files(self, target: str = "app") -> dict[str, str]:
        root = self.instance / target
        return {
            file.relative_to(root).as_posix(): "-> " + str(file.readlink()) if file.is_symlink() else file.read_text()
            for file in sorted(root.rglob("*"))
            if file.is_symlink() or file.is_file()
        }


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path)


def test_the_newest_commit_with_the_content(repository: Repository) -> None:
    repository.put({"web/app.py": "one", "web/run": "#!/bin/sh\n", "web/ö/ü ä.txt": "x", "README": "a"})
    (repository.work / "web/run").chmod(0o755)
    (repository.work / "web/link").symlink_to("ö/ü ä.txt")
    known = repository.found("web")
    repository.push()
    assert repository.found("web") == known, "the same before and after the commit"
    repository.put({"README": "b"})
    repository.push("something else")
    done = repository.fetch(*known)
    assert (done.returncode, done.stderr) == (0, "")
    assert repository.files() == {"app.py": "one", "link": "-> ö/ü ä.txt", "run": "#!/bin/sh\n", "ö/ü ä.txt": "x"}
    assert (repository.instance / "app/run").stat().st_mode & 0o777 == 0o755
    assert (repository.instance / "app/app.py").stat().st_mode & 0o777 == 0o644


def test_code_and_output_are_one_commit(repository: Repository) -> None:
    """Content is the whole repository, with the plan, environments and the output that has the digest beside it."""
    repository.put({"app.py": "one", "camp.yaml": "plan", "environments/prod.yaml": "x", ".gitignore": "*.log"})
    known = repository.found("")
    output = {"infra/prod/.camp2iac.json": "{}", "infra/prod/web.tf": known[1], "infra/test/.camp2iac.json": "{}"}
    repository.put({**output, ".github/workflows/ci.yml": "x", "debug.log": "x"})
    assert repository.found("") == known
    repository.push()
    assert repository.found("") == known
    assert repository.fetch(*known).returncode == 0
    assert repository.files() == {"app.py": "one"}


def test_a_tracked_dot_file_is_content(repository: Repository) -> None:
    repository.put({"app.py": "one", ".babelrc": "{}", "camp.yaml": "plan"})
    repository.push()
    assert repository.fetch(*repository.found("")).returncode == 0
    assert set(repository.files()) == {"app.py", ".babelrc"}


def test_an_older_commit_while_others_are_newer(repository: Repository) -> None:
    repository.put({"web/app.py": "one"})
    known = repository.found("web")
    repository.push()
    for number in range(5):
        repository.put({"web/app.py": f"later {number}"})
        repository.push()
    assert repository.fetch(*known).returncode == 0
    assert repository.files() == {"app.py": "one"}
    assert repository.fetch(*repository.found("web")).returncode == 0
    assert repository.files() == {"app.py": "later 4"}


def test_a_single_file(repository: Repository) -> None:
    repository.put({"build/shop.war": b"PK\x00\xff", "build/other": "x"})
    known = repository.found("build/shop.war")
    repository.push()
    assert repository.fetch(*known, target="shop/ROOT.war").returncode == 0
    assert (repository.instance / "shop/ROOT.war").read_bytes() == b"PK\x00\xff"


def test_a_second_run_asks_nobody(repository: Repository) -> None:
    repository.put({"web/app.py": "one"})
    repository.push()
    assert repository.fetch(*repository.found("web")).returncode == 0
    repository.about("main", "/nowhere")
    assert repository.fetch(*repository.found("web")).returncode == 0


def test_what_fails_is_said_and_changes_nothing(repository: Repository) -> None:
    repository.put({"web/app.py": "one"})
    repository.push()
    path, digest, left_out = repository.found("web")
    assert repository.fetch(path, digest, left_out).returncode == 0

    repository.put({"web/app.py": "two"})
    new = repository.found("web")
    done = repository.fetch(*new)
    assert done.returncode == 1
    assert done.stderr == (
        f"camp repository: no commit of the branch main has the reviewed content {new[1][:12]} of web: push it, or run "
        "camp2iac synth again if the branch was rewritten or more files were added\n"
    )
    repository.about("other")
    assert "the repository has no branch other" in repository.fetch(*new).stderr
    repository.about("main", "https://127.0.0.1:9/shop.git")
    assert "https://127.0.0.1:9/shop.git cannot be reached: " in repository.fetch(*new).stderr
    assert repository.files() == {"app.py": "one"}


def test_a_rewritten_branch(repository: Repository) -> None:
    """A new instance finds only what the branch has."""
    repository.put({"web/app.py": "one"})
    repository.push()
    known = repository.found("web")
    repository.git("checkout", "--quiet", "--orphan", "again")
    repository.put({"web/app.py": "rewritten"})
    repository.push()
    done = repository.fetch(*known)
    assert "no commit of the branch main has the reviewed content" in done.stderr
    assert repository.fetch(*repository.found("web")).returncode == 0


def test_crlf_is_stored_as_git_stores_it(repository: Repository) -> None:
    repository.put({".gitattributes": "*.txt text\n", "web/a.txt": "one\r\ntwo\r\n"})
    repository.push()
    repository.put({"web/a.txt": "one\r\ntwo\r\n"})
    known = repository.found("web")
    assert repository.fetch(*known).returncode == 0
    assert (repository.instance / "app/a.txt").read_bytes() == b"one\ntwo\n"


def test_what_a_clone_has_otherwise_is_refused(repository: Repository, tmp_path: Path) -> None:
    repository.put({".gitattributes": "*.bin filter=lfs\n", "web/model.bin": "x", "docs/a": "x"})
    with pytest.raises(RevisionError, match=r"git stores model.bin in Git LFS, so a clone has another file"):
        repository.found("web")
    (repository.work / "out").mkdir()
    (repository.work / "out/link").symlink_to("../docs/a")
    with pytest.raises(RevisionError, match="link is a link to a file that is not in the content"):
        repository.found("out")
    other = Repository(tmp_path / "other")
    other.put({"a": "x"})
    other.push()
    allowed = ("-c", "protocol.file.allow=always")
    repository.git(*allowed, "submodule", "--quiet", "add", str(other.server), "lib/module")
    repository.put({"lib/b": "x"})
    with pytest.raises(RevisionError, match="module is a submodule, whose files are not in this repository"):
        repository.found("lib")
    with pytest.raises(RevisionError, match="the content is in another repository"):
        repository.found("lib/module")
    alone = tmp_path / "alone"
    alone.mkdir()
    (alone / "a").write_text("x")
    with pytest.raises(RevisionError, match="is not in a git repository"):
        revision(FolderPackage(alone, "alone"), "")


def test_what_git_ignores_is_in_no_commit(repository: Repository) -> None:
    repository.put({".gitignore": "target/\n", "target/app.jar": "x", "web/a": "x"})
    with pytest.raises(RevisionError, match=r"git ignores app.jar \(\.gitignore:1\), so no commit has it"):
        repository.found("target/app.jar")
    repository.git("add", "--force", "target/app.jar")
    known = repository.found("target/app.jar")
    repository.push()
    assert repository.fetch(*known, target="app.jar").returncode == 0


def _damage_pack(clone: Path) -> None:
    for pack in (clone / "objects").rglob("*.pack"):
        pack.chmod(0o644)
        pack.write_bytes(b"x")


def _damage_object(clone: Path) -> None:
    """The bytes of a file change, and the file still is an object of git."""
    for each in (clone / "objects").rglob("??/*"):
        data = zlib.decompress(each.read_bytes()) if len(each.name) == 38 else b""
        if data.startswith(b"blob "):
            each.chmod(0o644)
            each.write_bytes(zlib.compress(data[:-1] + b"?"))


def _leave_locks(clone: Path) -> None:
    (clone / "shallow.lock").touch()
    (clone / "refs/heads/current.lock").touch()


def _half(clone: Path) -> None:
    shutil.rmtree(clone)
    clone.mkdir()
    (clone / "HEAD").touch()


@pytest.mark.parametrize("damage", [_damage_pack, _damage_object, _leave_locks, _half])
def test_a_damaged_clone_is_made_anew(repository: Repository, damage: Callable[[Path], None]) -> None:
    repository.put({"web/app.py": "one", "web/last": "one"})
    first = repository.found("web")
    repository.push()
    assert repository.fetch(*first).returncode == 0
    (repository.instance / "app.revision").unlink()  # an earlier run ended here
    (repository.instance / "app.new/left").mkdir(parents=True)
    damage(repository.instance / "clone.git")
    done = repository.fetch(*first)
    assert (done.returncode, done.stderr) == (0, "")
    assert repository.files() == {"app.py": "one", "last": "one"}


def test_a_clone_that_cannot_be_written(repository: Repository) -> None:
    repository.put({"web/app.py": "one"})
    repository.push()
    (repository.instance / "clone.git").write_text("a file")
    done = repository.fetch(*repository.found("web"))
    assert done.returncode == 1
    assert done.stderr.startswith("camp repository: git cannot write or read ")
    assert "Traceback" not in done.stderr


def test_a_commit_whose_content_a_merge_did_not_take(repository: Repository) -> None:
    repository.put({"web/app.py": "zero"})
    repository.push()
    repository.git("branch", "side")
    repository.put({"web/app.py": "one"})
    known = repository.found("web")
    repository.push()
    repository.git("checkout", "--quiet", "side")
    repository.git("commit", "--quiet", "--allow-empty", "--message", "Aside")
    repository.git("merge", "--quiet", "--strategy=ours", "main", "--message", "A merge")
    repository.push()
    assert repository.fetch(*known).returncode == 0
    assert repository.files() == {"app.py": "one"}


def test_a_server_without_shallow_clones(repository: Repository) -> None:
    repository.put({"web/app.py": "one"})
    known = repository.found("web")
    repository.push()
    repository.git("--git-dir", str(repository.server), "update-server-info")
    handler = partial(SimpleHTTPRequestHandler, directory=str(repository.server))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        repository.about("main", f"http://127.0.0.1:{server.server_port}/")
        done = repository.fetch(*known)
        server.shutdown()
    assert (done.returncode, repository.files()) == (0, {"app.py": "one"}), done.stderr


def test_what_a_commit_would_add(repository: Repository) -> None:
    """Files that are neither tracked nor ignored, but become content if they are committed; outputs never do."""
    repository.put({"app.py": "one", "camp.yaml": "x", ".gitignore": "*.log", "environments/a.yaml": "x"})
    repository.push()
    files: dict[str, str | bytes] = {".babelrc": "{}", "web/.DS_Store": "x", "a.log": "x", ".github/x.yml": "x"}
    repository.put({**files, "infra/test/.camp2iac.json": "{}", "infra/test/.hidden": "x", "environments/b.yaml": "x"})
    package = FolderPackage(repository.work, "work", leave_out=[repository.work / "infra/prod"])
    assert revision(package, "").spare == (".babelrc", "web/.DS_Store")
