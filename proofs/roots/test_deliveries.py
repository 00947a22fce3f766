"""Content that is not a file or folder of the plan: downloaded, checked out, unpacked, restored."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from roots.fleet import Fleet, same
from roots.machine import VM

HERE = Path(__file__).parent
PRODUCTS = HERE.parents[1] / "camp2iac/catalogue/products"


def sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def archive(file: Path, program: Path) -> None:
    """hello.tar.gz: a folder with a program."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as tar:
        entry = tarfile.TarInfo("hello-1.0/hello")
        entry.mode, entry.size = 0o755, program.stat().st_size
        tar.addfile(entry, io.BytesIO(program.read_bytes()))
    file.write_bytes(gzip.compress(out.getvalue(), mtime=0))


def repository(folder: Path) -> str:
    """pages.git, whose first commit is used. Returns its id."""
    work = folder / "work"
    work.mkdir(parents=True)

    def git(*words: str) -> str:
        who = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main")
        command = ["git", *who, *words]
        return subprocess.run(command, cwd=work, check=True, capture_output=True, text=True).stdout.strip()

    git("init", "--quiet")
    for words in ("This commit.", "A later one."):
        (work / "index.html").write_text(f"<!doctype html><title>Pages</title><p>{words}\n")
        git("add", ".")
        git("commit", "--quiet", "--message", words)
    git("clone", "--quiet", "--bare", ".", str(folder / "pages.git"))
    return git("rev-parse", "HEAD~1")


@contextmanager
def served(fleet: Fleet, repositories: Path) -> Iterator[None]:
    """The repositories, on port 8001 of the gateway."""
    command = [VM, "net-exec", sys.executable, HERE / "git_server.py", "10.77.0.1", "8001", repositories]
    server = subprocess.Popen([*map(str, command)], env={**os.environ, "VM_STATE": str(fleet.world)})
    try:
        yield
    finally:
        server.terminate()
        server.wait(20)


@pytest.mark.parametrize("root", ["bookworm", "trixie"])
def test_deliveries(tmp_path: Path, root: str) -> None:
    plan, files, repositories = tmp_path / "plan", tmp_path / "files", tmp_path / "repositories"
    shutil.copytree(HERE / "plans/deliveries", plan)
    files.mkdir()
    shutil.copy(PRODUCTS / "linux/sample/words.deb", files)
    archive(files / "hello.tar.gz", PRODUCTS / "go/sample/hello")
    text = (plan / "camp.yaml").read_text()
    known = {"WORDS": sha256(files / "words.deb"), "HELLO": sha256(files / "hello.tar.gz")}
    for word, value in (known | {"COMMIT": repository(repositories)}).items():
        text = text.replace(word, value)
    (plan / "camp.yaml").write_text(text)
    fleet = Fleet(plan, tmp_path / "work", root)
    try:
        fleet.up("one")
        fleet.vm("net-files", files)
        with served(fleet, repositories):
            fleet.wait("one")
        fleet.ready("one")
        use(fleet)
        before = fleet.files(), fleet.processes()
        fleet.again("one")  # and nobody serves the repository any more
        same(before[0], fleet.files(), "a second run")
        same(before[1], fleet.processes(), "a second run")
        use(fleet)
    finally:
        fleet.close()


def use(fleet: Fleet) -> None:
    """Each part arrives, and loads run once, in the order of the plan."""
    ask = "cd / && runuser -u postgres -- psql --no-psqlrc -tA deliveries -c "
    assert fleet.sh("one", f"{ask} 'select words from greeting order by words'") == "and 1\nit's dumped\n"
    assert fleet.sh("one", "mariadb -Ne 'select words from greeting' deliveries") == "it's packed\n"
    assert fleet.sh("one", "words") == "it's here\n"
    assert fleet.curl("http://{one}:8081/") == "it's unpacked\n"
    assert "This commit." in fleet.curl("http://{one}:8080/")
