"""Monorepos that instances build: workspaces in their order, a server and a site; then code that root owns."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from roots.fleet import Fleet
from roots.repository import HERE, HOST, Cloned, Repository, certificate

PLAN = Path(__file__).parent / "plans/builds"
FOLDERS = Path(__file__).resolve().parents[2] / "tests/cases/builds/folders"
CHANGEABLE = "find /opt/builds -xdev ! -type l \\( ! -user root -o -perm /022 \\)"  # by others than root
Start = Callable[..., Fleet]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    begun: list[Fleet] = []

    def run(root: str, change: Callable[[Path], None] = lambda _: None, plan: Path = PLAN) -> Fleet:
        folder = tmp_path / "plan"
        shutil.copytree(plan, folder)
        change(folder)
        begun.append(Fleet(folder, tmp_path / "work", root))
        begun[0].start()
        return begun[0]

    yield run
    for fleet in begun:
        fleet.close()


def pnpm(folder: Path) -> None:
    """Let pnpm install the packages, without a lock file."""
    (folder / "package-lock.json").unlink()
    package = json.loads((folder / "package.json").read_text())
    (folder / "package.json").write_text(json.dumps({**package, "packageManager": "pnpm@9.15.9"}))
    (folder / "pnpm-workspace.yaml").write_text("packages:\n  - apps/*\n  - packages/*\n")
    for file in folder.glob("apps/*/package.json"):
        file.write_text(file.read_text().replace('"words": "1.0.0"', '"words": "workspace:*"'))


@pytest.mark.parametrize(
    ("root", "change"),
    [("bookworm", lambda _: None), ("trixie", lambda _: None), ("bookworm", pnpm)],
    ids=["npm-bookworm", "npm-trixie", "pnpm"],
)
def test_a_monorepo_is_built(root: str, change: Callable[[Path], None], start: Start) -> None:
    fleet = start(root, change)
    said = fleet.curl("http://{api}:8080/")
    assert said.startswith("Hello from the api, 1m, ")
    assert "typescript" not in said
    assert said.endswith(", read-only")
    assert fleet.curl("http://{api}:8081/") == "Hello from the site"
    assert fleet.curl("http://{api}:8081/build.js", "--no-fail") != (PLAN / "apps/site/build.js").read_text()
    assert fleet.sh("api", CHANGEABLE) == ""
    assert fleet.sh("api", "find /opt/builds -name typescript -path '*/node_modules/*'") == ""
    assert fleet.sh("api", "find /opt /usr/local -name '*.build' -o -name tools -path '*/opt/*'") == ""
    before = fleet.sh("api", "systemctl show --property MainPID builds-api.service")
    fleet.again("api")
    assert fleet.sh("api", "systemctl show --property MainPID builds-api.service") == before


@pytest.mark.parametrize("root", ["bookworm", "trixie"])
def test_other_languages_in_folders(root: str, start: Start) -> None:
    """Python, Go, PHP and Ruby are built and run in a folder of their content, with code of another folder."""
    fleet = start(root, plan=FOLDERS)
    for number, name in enumerate(("api", "counter", "pages", "rack")):
        assert fleet.curl(f"http://{{one}}:{8080 + number}/") == f"shared by {name}"
    assert fleet.sh("one", CHANGEABLE.replace("builds", "folders")) == ""
    before = fleet.processes()
    fleet.again("one")
    assert fleet.processes() == before


def test_releases_from_git(tmp_path: Path) -> None:
    network = {"artifacts:": "org.camp2iac:Networks:\n  main: { cidr: 10.77.0.0/24 }\nartifacts:"}
    repository = Repository(PLAN, tmp_path / "repository", network)
    repository.change({})
    repository.push()
    served = certificate(tmp_path / "tls")
    (tmp_path / "token").write_text("t0ken")
    environment = f"releases: {{ from: git, repository: 'https://{HOST}:8443/shop.git', private: true }}\n"
    trust = (served.parent / "cert.pem").read_text()
    variables: dict[str, object] = {"repository_token": "t0ken"}
    cloned = Cloned(repository, tmp_path / "work", "trixie", environment, variables, trust=trust)
    try:
        server = (sys.executable, HERE / "git_server.py", HOST, "8443", repository.folder, served, tmp_path / "token")
        cloned.start(git=server)
        assert cloned.fleet.curl("http://{api}:8080/") == "Hello from the api, 1m, ms, read-only"
        assert cloned.fleet.curl("http://{api}:8081/") == "Hello from the site"
        cloned.release({"Hello from": "Goodbye from"})  # in a workspace that both depend on
        cloned.until("http://{api}:8080/", "Goodbye from the api, 1m, ms, read-only", 400)
        cloned.until("http://{api}:8081/", "Goodbye from the site", 400)
        cloned.until_status(": ready", 60)
        assert cloned.fleet.sh("api", CHANGEABLE) == ""
        cloned.release({"Hello from": "Goodbye from", "tsc --project .": "false"})
        cloned.until_status("failed. The next attempt is in 15 minutes", 400)
        assert cloned.fleet.curl("http://{api}:8080/") == "Goodbye from the api, 1m, ms, read-only"
    finally:
        cloned.close()
