"""A broken product is reported as promised, in time: on the instance, on its console and at the callback."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from camp2iac.targets.openstack.machine import units
from roots.fleet import Fleet
from roots.machine import VM, run, vm_name

ROOT = Path(__file__).resolve().parents[2]
PRODUCTS = ROOT / "camp2iac/catalogue/products"
PORT = 8099
Listen = Callable[[Fleet, Path], None]
LISTEN = """
import http.server, sys
class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        with open(sys.argv[1], "a") as file:
            file.write(self.rfile.read(int(self.headers["Content-Length"])).decode() + "\\n")
        self.send_response(204)
        self.end_headers()
http.server.ThreadingHTTPServer(("0.0.0.0", int(sys.argv[2])), Handler).serve_forever()
"""
PLAN = """\
camp_version: CAMP 1.2
name: broken
artifacts:
  - name: pages
    artifact_type: org.python:src
    content: { href: app/ }
    requirements:
      - { requirement_type: com.python:wsgi, com.python.wsgi.application: "hello:app", fulfillment: id:web }
      - { requirement_type: org.camp2iac:Expose, port: 8080, public: true }
services:
  - id: web
    characteristics: [{ characteristic_type: org.python:version }]
  - id: cache
    characteristics: [{ characteristic_type: Redis }]
"""

SCRIPT = """\
  - name: nearly
    artifact_type: org.gnu.bash:Script
    content: { data: ZWNobyBuZWFybHkKZXhpdCAzCg== }  # echo nearly; exit 3
    requirements:
      - requirement_type: org.gnu.bash:ExecuteAt
        fulfillment: { id: ops, characteristics: [{ characteristic_type: org.linux:Linux }] }
"""


@pytest.fixture
def fleets(tmp_path: Path) -> Iterator[Callable[..., Fleet]]:
    """Fleets whose instances report to the gateway."""
    made: list[Fleet] = []

    def make(package: Path, network: str, **more: object) -> Fleet:
        gateway = f"{network}.1"
        environment = f"callback: http://{gateway}:{PORT}/camp\ncidrs: {{ main: {network}.0/24 }}\n"
        fleet = Fleet(package, tmp_path / f"{len(made)}", environment=environment, **more)  # type: ignore[arg-type]
        made.append(fleet)
        return fleet

    yield make
    for fleet in made:
        fleet.close()


@pytest.fixture
def listen() -> Iterator[Listen]:
    """Receive the instances' reports at the gateway of their networks."""
    made: list[subprocess.Popen[bytes]] = []

    def start(fleet: Fleet, told: Path) -> None:
        told.touch()
        words = (str(VM), "net-exec", sys.executable, "-c", LISTEN, str(told), str(PORT))
        world = {**os.environ, "VM_STATE": str(fleet.world)}
        made.append(subprocess.Popen(words, env=world, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))

    yield start
    for each in made:
        each.terminate()
        each.wait()


def console(fleet: Fleet, name: str) -> str:
    return (fleet.world / "vms" / vm_name(fleet.one(name).name) / "console.log").read_text(errors="replace")


def reported(fleet: Fleet, name: str, seconds: int) -> str:
    """The line that the instance prints when its report is done."""
    end = time.monotonic() + seconds
    while " READY: " not in (said := console(fleet, name)) and ": ready" not in said:
        assert time.monotonic() < end, said[-2000:]
        time.sleep(1)
    return next(line for line in said.splitlines() if "READY: " in line or ": ready" in line)


def test_a_package_that_is_not_there_and_a_script_that_fails(
    fleets: Callable[..., Fleet], listen: Listen, tmp_path: Path
) -> None:
    plan, catalogue, told = tmp_path / "plan", tmp_path / "catalogue", tmp_path / "told"
    shutil.copytree(PRODUCTS / "python/sample/app", plan / "app")
    (plan / "camp.yaml").write_text(PLAN.replace("services:", f"{SCRIPT}services:"))
    (plan / "app/requirements.txt").write_text("there-is-no-such-package-of-camp2iac==1.0\n")
    shutil.copytree(PRODUCTS / "redis", catalogue / "redis")
    product = catalogue / "redis/product.yaml"
    product.write_text(product.read_text().replace("packages: [redis-server]", "packages: [no-such-server]"))
    fleet = fleets(plan, "10.77.30", catalogue=(catalogue,))
    for name in fleet.machines:
        fleet.up(name)
    listen(fleet, told)
    for name, product_, why in (
        ("web", "web is not installed", "FAILED in line"),
        ("cache", "cache is not configured", "FAILED in line"),
        ("ops", "ops is not configured", "FAILED in line"),
    ):
        line = reported(fleet, name, 300)
        assert "NOT READY: " in line
        assert product_ in line, line
        assert why in line, line
        assert product_ in fleet.status(name)
        assert run(VM, "exec", f"{name}-1", "camp-status", check=False, world=fleet.world).returncode == 1
    for name in ("web", "cache", "ops"):
        assert "/var/log/cloud-init-output.log" in fleet.status(name)
        done = run(VM, "exec", f"{name}-1", "cloud-init", "status", "--long", check=False, world=fleet.world)
        assert done.returncode == 1
        assert "status: error" in done.stdout
    end = time.monotonic() + 60
    while len(told.read_text().splitlines()) < 3:
        assert time.monotonic() < end, told.read_text()
        time.sleep(1)
    assert sorted(told.read_text().splitlines()) == [
        f"machine={name}-1&result=failed" for name in ("cache", "ops", "web")
    ]
    time.sleep(2)
    for name in fleet.machines:
        assert "camp-report.service" in fleet.sh(name, "systemctl --failed --no-legend --plain")


def test_a_peer_that_is_not_there_and_comes_later(
    fleets: Callable[..., Fleet], listen: Listen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(units, "PEER", 20)
    told = tmp_path / "told"
    fleet = fleets(PRODUCTS / "postgresql/sample", "10.77.31")
    fleet.up("machine")
    listen(fleet, told)
    start = time.monotonic()
    line = reported(fleet, "machine", 300)
    assert "NOT READY: postgresql-sample-worker.worker.service" in line, line
    assert "journalctl -u postgresql-sample-worker.worker.service" in line
    times = "ExecMainStartTimestampMonotonic,InactiveEnterTimestampMonotonic"
    done = fleet.sh("machine", f"systemctl show --property {times} camp-report.service | sed 's/.*=//'")
    began, ended = (int(word) / 1e6 for word in done.split())
    deadline = 20 + 60 + units.STEADY
    assert ended - began < deadline + 10, "within its deadline: the wait for the peer, and a minute"
    assert "no response from" in fleet.sh("machine", "journalctl --no-pager -u postgresql-sample-worker.worker.service")
    assert time.monotonic() - start < 300
    fleet.up("database")
    fleet.wait("database")
    fleet.ready("machine", 120)
    end = time.monotonic() + 30
    while len(told.read_text().splitlines()) < 2 and time.monotonic() < end:
        time.sleep(1)
    assert told.read_text().splitlines() == [
        "machine=machine-1&result=failed",
        "machine=database-1&result=ready",
    ]


@pytest.mark.parametrize("ends", [1, 0])
def test_a_process_that_ends_a_second_after_its_start(
    fleets: Callable[..., Fleet], listen: Listen, tmp_path: Path, ends: int
) -> None:
    """The process listens at once, and its unit is active for a moment. When it ends, the instance is not ready."""
    plan, told = tmp_path / "plan", tmp_path / "told"
    (plan / "app").mkdir(parents=True)
    (plan / "app/short.py").write_text(
        "import os, socket, sys, time\n"
        "listening = socket.create_server(('0.0.0.0', int(os.environ['PORT'])))\n"
        f"time.sleep(1.5)\nsys.exit({ends})\n"
    )
    text = PLAN.replace('com.python:wsgi, com.python.wsgi.application: "hello:app", ful', "org.python:runtime, ful")
    process = "      - { requirement_type: org.camp2iac:Process, web: exec python short.py }\n"
    text = text.replace("services:", f"{process}services:")
    (plan / "camp.yaml").write_text(text.partition("  - id: cache")[0])
    fleet = fleets(plan, "10.77.32")
    fleet.up("web")
    listen(fleet, told)
    line = reported(fleet, "web", 300)
    assert "NOT READY: broken-pages.service " in line, line
    assert "journalctl -u broken-pages.service" in line
    end = time.monotonic() + 60
    while not told.read_text():
        assert time.monotonic() < end
        time.sleep(1)
    assert told.read_text() == "machine=web-1&result=failed\n"
    assert "NOT READY: " in fleet.status("web")
