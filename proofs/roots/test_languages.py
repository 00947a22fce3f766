"""Source that instances build: Python with lock files, Go with several programs, Java with Maven; Debian's packages."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from roots.fleet import Fleet
from roots.machine import MAVEN

PLAN = Path(__file__).parent / "plans/languages"
PATIENCE = 1100  # seconds: a JDK, Maven and the packages of Go compile and download
LOCKS = {"uv": ("uv", "lock"), "poetry": ("poetry", "lock"), "pipenv": ("pipenv", "lock")}


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The plan with lock files, as a developer creates them."""
    folder = tmp_path_factory.mktemp("languages")
    copied, tools = folder / "plan", folder / "tools"
    shutil.copytree(PLAN, copied)
    subprocess.run([sys.executable, "-m", "venv", tools], check=True)
    subprocess.run([tools / "bin/pip", "install", "--quiet", *LOCKS], check=True)
    path = {**os.environ, "PATH": f"{tools}/bin:{os.environ['PATH']}", "VIRTUAL_ENV": str(tools)}
    for name, command in LOCKS.items():
        subprocess.run(command, cwd=copied / name, env=path, check=True, capture_output=True)
    return copied


@pytest.mark.parametrize("root", ["bookworm", "trixie"])
def test_every_tool_builds_its_source(plan: Path, tmp_path: Path, root: str) -> None:
    fleet = Fleet(plan, tmp_path / "work", root, hosts=MAVEN)
    try:
        for name in fleet.machines:
            fleet.up(name)
        for name in fleet.machines:
            fleet.wait(name, PATIENCE)
            fleet.ready(name, 60)
        use(fleet)
        for tier in ("python", "compiled"):
            left = fleet.sh(tier, "find /opt/languages -not -user root -o -name '*.build'")
            assert left.strip() == "", "a build leaves files of another user, or its tools"
            fleet.again(tier)
        use(fleet)
        fleet.reboot()
        use(fleet)
    finally:
        fleet.close()


def use(fleet: Fleet) -> None:
    """Each component answers with the versions of its lock file, and without what is for development."""
    locked = "itsdangerous 2.1.2, gunicorn 22.0.0, dev False"
    said = fleet.curl("http://{python}:8081/")
    assert said == "itsdangerous 2.1.2, psycopg2 2.9.10, dev False, Hello, world!"
    assert fleet.curl("http://{python}:8082/") == locked
    assert fleet.curl("http://{python}:8083/") == locked
    assert fleet.curl("http://{compiled}:8084/") == "server vendored"
    assert "worker vendored [--loud]" in fleet.sh("compiled", "journalctl --output cat -u languages-go.worker")
    assert fleet.curl("http://{compiled}:8085/") == "built by Maven, with LoggerFactory"
    assert fleet.curl("http://{compiled}:8080/pages/").strip() == "built as a WAR"


def test_a_package_with_another_digest_is_refused(plan: Path, tmp_path: Path) -> None:
    """The digests of a lock file are checked: a changed one stops the build, and the instance says so."""
    changed = tmp_path / "plan"
    shutil.copytree(plan, changed)
    for lock in ("uv/uv.lock", "poetry/poetry.lock", "pipenv/Pipfile.lock"):
        file = changed / lock
        file.write_text(re.sub(r"(sha256:)[0-9a-f]{4}", r"\g<1>0000", file.read_text()))
    fleet = Fleet(changed, tmp_path / "work", hosts=MAVEN)
    try:
        fleet.up("python")
        with pytest.raises(AssertionError):
            fleet.wait("python", PATIENCE)
        assert "python is not installed" in fleet.status("python")
    finally:
        fleet.close()
