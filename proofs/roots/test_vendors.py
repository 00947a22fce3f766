"""Software from the repository of a vendor: a key, an index and a package that are not the vendor's are refused."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from roots.apt_repository import AptRepository, Key, debian, empty, rebuilt
from roots.fleet import AGAIN, Fleet
from roots.machine import VM, run
from roots.repository import HERE, HOST

PLAN = HERE / "plans/vendor"
PORT = 9010
MIRROR = f"http://{HOST}:{PORT}"
LOG = "/var/log/cloud-init-output.log"


@pytest.fixture
def served(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[tuple[Path, AptRepository, Key, Key]]:
    """A folder for a server, with a repository that has Node.js 22 and packages that nothing asks for."""
    folder, suite = tmp_path / "served", request.node.callspec.params["root"]
    architecture = run("dpkg", "--print-architecture").stdout.strip()
    node = rebuilt(debian("nodejs", suite, tmp_path / "apt"), "22.9.0-1camp", "node", "v22.9.0", tmp_path)
    # Debian has curl, and no package of the other name.
    others = [empty("curl", "99:1", tmp_path), empty("camp-other", "1", tmp_path)]
    repository = AptRepository(folder, [node, *others], architecture)
    vendor, other = Key(tmp_path / "vendor", "vendor"), Key(tmp_path / "other", "other")
    repository.sign(vendor)
    (folder / "key.asc").write_text(vendor.public)
    yield folder, repository, vendor, other
    vendor.close()
    other.close()


@pytest.fixture
def fleet(tmp_path: Path, served: tuple[Path, AptRepository, Key, Key], root: str) -> Iterator[Fleet]:
    key = f"{{ url: '{MIRROR}/key.asc', fingerprint: {served[2].fingerprint} }}"
    environment = f"sources: {{ nodejs: {{ from: vendor, url: '{MIRROR}', key: {key} }} }}\n"
    catalogue = tmp_path / "catalogue"
    shutil.copytree(HERE.parents[1] / "camp2iac/catalogue/products/nodejs", catalogue / "nodejs")
    product = catalogue / "nodejs/product.yaml"
    product.write_text(product.read_text().replace("suite: nodistro", "suite: stable"))
    made = Fleet(PLAN, tmp_path / "work", root, environment=environment, catalogue=(catalogue,))
    yield made
    made.close()


def said(fleet: Fleet, words: str, seconds: int = 400) -> str:
    """The line of camp-status, as soon as it has these words."""
    end = time.monotonic() + seconds
    while words not in (line := fleet.status("node")):
        assert time.monotonic() < end, f"{line}\n{fleet.sh('node', f'tail -n 60 {LOG}', check=False)}"
        time.sleep(2)
    return line


def again(fleet: Fleet) -> None:
    """Run everything that cloud-init ran again, with its log."""
    fleet.sh("node", f"{AGAIN} >> {LOG} 2>&1", check=False)


@pytest.mark.parametrize("root", ["bookworm", "trixie"])
def test_a_vendors_repository(
    fleet: Fleet, served: tuple[Path, AptRepository, Key, Key], root: str, tmp_path: Path
) -> None:
    folder, repository, vendor, other = served
    package = next(folder.glob("pool/node.deb"))
    real = package.read_bytes()
    (folder / "key.asc").write_text(other.public)  # what an attacker would serve
    fleet.up("node")
    server = subprocess.Popen(
        [str(VM), "net-exec", sys.executable, "-m", "http.server", str(PORT), "--bind", HOST, "--directory", folder],
        env={**os.environ, "VM_STATE": str(fleet.world)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        line = said(fleet, "FAILED")
        assert f"is not {vendor.fingerprint} but {other.fingerprint}" in line
        assert "node.vendor is not installed: FAILED: the key at" in line
        assert fleet.sh("node", "ls /etc/apt/keyrings/camp* /etc/apt/sources.list.d/camp*", check=False) == ""
        assert "ii" not in fleet.sh("node", "dpkg-query -W -f '${db:Status-Abbrev}' nodejs", check=False)

        # The key of the vendor, and another one in the same file, which signed the index
        (folder / "key.asc").write_text(vendor.public + other.public)
        repository.sign(other)
        again(fleet)
        said(fleet, f"apt refuses {MIRROR}")
        assert fleet.sh("node", "ls /etc/apt/sources.list.d/camp*", check=False) == ""

        repository.sign(vendor)
        package.write_bytes(real[:-1] + bytes([real[-1] ^ 1]))
        again(fleet)
        said(fleet, "apt did not install nodejs")
        assert "Hash Sum mismatch" in fleet.sh("node", f"grep -a -A30 'installing nodejs' {LOG}")
        assert "ii" not in fleet.sh("node", "dpkg-query -W -f '${db:Status-Abbrev}' nodejs", check=False)

        package.write_bytes(real)
        again(fleet)
        said(fleet, ": ready", 120)
        assert fleet.curl("http://{node}:8080/") == "v22\n"
        assert fleet.sh("node", "dpkg-query -W -f '${Version}' nodejs") == "22.9.0-1camp"
        only_nodejs(fleet)

        files = fleet.files()
        fleet.again("node")
        assert fleet.files() == files, "a second run changes nothing"
        same_host(fleet)
    finally:
        server.terminate()
        server.wait(20)


def only_nodejs(fleet: Fleet) -> None:
    """No other package comes from the repository, although apt knows that it is there."""
    fleet.sh("node", f"no_proxy={HOST} apt-get --quiet --quiet update")
    policy = fleet.sh("node", "apt-cache policy curl camp-other")
    candidates = [line.split()[1] for line in policy.splitlines() if "Candidate:" in line]
    assert "99:1" in policy
    assert candidates[0] != "99:1"
    assert candidates[1] == "(none)"
    assert run(VM, "exec", "node-1", "apt-get --yes install camp-other", check=False, world=fleet.world).returncode


def same_host(fleet: Fleet) -> None:
    """A mirror that also has the packages of the distribution: the pin is by the names in the index."""
    fleet.sh("node", f"echo 'deb [trusted=yes] {MIRROR}/debian ./' > /etc/apt/sources.list.d/mirror.list")
    fleet.sh("node", "rm /var/lib/camp/node.vendor.installed")
    fleet.sh("node", f"no_proxy={HOST} /usr/local/lib/camp/node.vendor.install.sh")
    assert "Pin: release o=Camp,l=Camp,n=stable" in fleet.sh("node", "cat /etc/apt/preferences.d/camp-nodesource")
    assert "Candidate: (none)" in fleet.sh("node", "apt-cache policy camp-other")
