"""An image from a registry with TLS and a login: what can go wrong, in words, and then it runs as the plan says."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from roots.fleet import AGAIN, Fleet, same
from roots.image_registry import NAME, REGISTRY, Registry
from roots.repository import HERE
from roots.store import BEGAN, Store

ENVIRONMENT = f"registries: {{ '{REGISTRY}': {{ user: puller }} }}\n"
VARIABLE = "registry_password_10_77_0_1_5000"
PASSWORD = "s3cret%\"it's $1"
URL = "http://{box}:8080/"
AUTH = "/etc/boxes/web.registry.json"


class Served:
    """The instance of the plan, and the registry at its gateway."""

    def __init__(self, folder: Path) -> None:
        self.registry = Registry(folder / "registry")
        self.digest = self.registry.push("one")
        plan = folder / "package"
        plan.mkdir()
        text = (HERE / "plans/image/camp.yaml").read_text().replace("DIGEST", self.digest)
        (plan / "camp.yaml").write_text(text)
        variables = {VARIABLE: PASSWORD}
        self.fleet = Fleet(plan, folder / "work", "bookworm", environment=ENVIRONMENT, variables=variables)
        self.fleet.trust = self.registry.trust
        self.server: subprocess.Popen[bytes] | None = None

    def serve(self, password: str) -> None:
        self.stop()
        self.server = self.registry.serve(self.fleet.world, password)

    def stop(self) -> None:
        if self.server is not None:
            self.server.terminate()
            self.server.wait(20)
            self.server = None

    def refused(self, words: str) -> None:
        """What another run of the scripts says, which fails."""
        said = self.fleet.sh("box", AGAIN, check=False)
        assert f"camp box: FAILED: {words}" in said, said


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    made = Served(tmp_path)
    yield made
    made.stop()
    made.fleet.close()


def test_from_a_registry_with_a_login(served: Served) -> None:
    fleet = served.fleet
    fleet.up("box")
    served.serve("another")
    with pytest.raises(AssertionError, match=f"FAILED: {REGISTRY} refuses the credentials for {NAME}@sha256:"):
        fleet.wait("box")
    assert f"box is not installed: FAILED: {REGISTRY} refuses the credentials for {NAME}@" in fleet.status("box")

    fleet.sh("box", f"mv {AUTH} {AUTH}.aside")
    served.refused(f"{REGISTRY} does not show {NAME}@")
    fleet.sh("box", f"mv {AUTH}.aside {AUTH}")

    manifest = served.registry.blob(served.digest)
    content = manifest.read_bytes()
    manifest.write_bytes(served.registry.blob(served.registry.push("two")).read_bytes())  # the digest has moved
    served.serve(PASSWORD)
    served.refused(f"{REGISTRY} sent another image than {NAME}@")
    manifest.write_bytes(content)
    served.stop()
    served.refused(f"{REGISTRY} cannot be reached by HTTPS")

    served.serve(PASSWORD)
    fleet.again("box")
    fleet.ready("box", 60)
    _runs(fleet)
    digests = fleet.sh("box", "podman images --digests --format '{{.Repository}}@{{.Digest}}'").split()
    assert digests == [f"localhost/boxes/web@{served.digest}"]
    _is_secret(fleet)

    served.stop()  # what follows needs no registry
    files, processes = fleet.files(), fleet.processes()
    fleet.again("box")
    same(files, fleet.files(), "a second run")
    same(processes, fleet.processes(), "a second run")
    fleet.reboot()
    _runs(fleet)


def _runs(fleet: Fleet) -> None:
    assert fleet.curl(URL) == "one\n", "the tag moved, and the digest did not"
    names = fleet.sh("box", "podman ps --format '{{.Names}}'").split()
    assert sorted(names) == ["boxes-web", "boxes-web.worker"]
    assert fleet.sh("box", "tail -n 1 /srv/counts/prepared").strip() == 'prepared for it\'s "here", ${HOME}'
    assert fleet.sh("box", "tail -n 1 /srv/counts/workers").strip() == "worker of 1000"
    assert "Read-only file system" in fleet.sh("box", "podman exec boxes-web touch /srv/www/x 2>&1", check=False)
    fleet.sh("box", "podman exec boxes-web touch /tmp/x /srv/counts/x")
    status = fleet.sh("box", "podman exec boxes-web sh -c 'while read -r line; do echo $line; done < /proc/1/status'")
    assert "NoNewPrivs: 1" in status
    fleet.sh("box", "systemctl restart boxes-web.service")
    fleet.curl(URL)
    assert "stopped by its own signal" in fleet.sh("box", "journalctl --no-pager -u boxes-web.service")


def _is_secret(fleet: Fleet) -> None:
    assert fleet.sh("box", f"stat -c '%a %U' {AUTH}").split() == ["600", "root"]
    told = "journalctl --no-pager; cat /var/log/cloud-init-output.log /usr/local/lib/camp/*; podman inspect boxes-web"
    assert "s3cret" not in fleet.sh("box", told)
    encoded = fleet.sh("box", f'sed \'s/.*"auth": "//; s/".*//\' {AUTH}').strip()
    assert len(encoded) > 10
    assert encoded not in fleet.sh("box", told)


BROKEN = "#!/bin/busybox sh\necho broken\nexit 1\n"


def test_new_images_reach_a_running_instance(tmp_path: Path) -> None:
    """With an object store: a new digest, an image that does not start, one that the registry does not have."""
    registry = Registry(tmp_path / "registry")
    digests = [registry.push("one"), registry.push("two"), registry.push("three", BROKEN)]
    digests += [registry.push("four"), registry.push("five")]
    store = Store(HERE / "plans/image", tmp_path / "work", words={"DIGEST": digests[0]})
    fleet, server = store.fleet, None
    fleet.trust = registry.trust
    try:
        fleet.up("box")
        fleet.vm("net-files", store.served)
        server = registry.serve(fleet.world, None)
        fleet.wait("box")
        fleet.ready("box", 60)
        assert fleet.curl(URL) == "one\n"
        began = fleet.sh("box", BEGAN)
        fleet.again("box")

        store.change({"DIGEST": digests[1]})
        store.until(URL, "two", 300)
        fleet.ready("box", 60)

        store.change({"DIGEST": digests[2]})
        store.until_taken_back("box", 360)
        store.until(URL, "two", 60)

        store.change({"DIGEST": f"sha256:{'0' * 64}"})
        _until_status(fleet, f"was not fetched: {REGISTRY} has no image {NAME}@sha256:0", 240)
        assert fleet.curl(URL) == "two\n"

        for digest, words in zip(digests[3:], ("four", "five"), strict=True):
            store.change({"DIGEST": digest})
            store.until(URL, words, 300)
            fleet.ready("box", 60)
        kept = fleet.sh("box", "podman images --quiet").split()
        assert len(kept) == 3, "those of two, four and five; the others are gone"
        assert fleet.sh("box", BEGAN) == began, "it was booted anew"
        fleet.reboot()
        assert fleet.curl(URL) == "five\n"
    finally:
        if server is not None:
            server.terminate()
            server.wait(20)
        store.close()


def _until_status(fleet: Fleet, words: str, seconds: int) -> None:
    end = time.monotonic() + seconds
    while words not in (said := fleet.status("box")):
        assert time.monotonic() < end, said
        time.sleep(3)
