"""The script that runs a command on one instance, executed: several hosts with one real database."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from heroku import support_servers

from camp2iac.targets.openstack.machine.render import SCRIPTS

pytestmark = pytest.mark.slow
CONSTANTS = {"PAUSE": "0.1", "BEAT, LOST": "0.5, 2", "PATIENCE": "2", "WAIT": "15"}
Done = subprocess.CompletedProcess


class Hosts:
    """Instances in one folder. ``url``: of their database."""

    def __init__(self, folder: Path, url: str = "") -> None:
        self.folder, self.url, self.log = folder, url, folder / "log"
        for name in ("etc", "keys", "state"):
            (folder / name).mkdir()
        text = (SCRIPTS / "camp-once.py").read_text()
        for name, value in CONSTANTS.items():
            text, found = re.subn(rf"^{name} = [0-9, ]+", f"{name} = {value}", text, flags=re.MULTILINE)
            assert found == 1, name
        for name, place in (("ETC", "etc"), ("KEYS", "keys"), ("STATE", "state")):
            text, found = re.subn(
                rf'^{name} = Path\("/.*"\)$', f"{name} = Path({str(folder / place)!r})", text, flags=re.MULTILINE
            )
            assert found == 1
        text, found = re.subn(r"socket\.gethostname\(\)", 'os.environ["HOST_NAME"]', text)
        assert found == 1
        (folder / "once").write_text(text)
        self.tell("web.release", log="shop-web")
        self.release("one")

    def tell(self, name: str, **more: str) -> None:
        told = {"job": f"shop-{name}", "about": f"the work {name}", "log": name}
        told |= {"variable": "DATABASE_URL"} if self.url else {"first": "yes"}
        told |= more
        (self.folder / "etc" / name).write_text("".join(f"{key} {value}\n" for key, value in told.items()))

    def release(self, key: str) -> None:
        (self.folder / "keys/web.release.key").write_text(f"{key}\n")

    def run(self, what: str, name: str, host: int, line: str = "", **more: str) -> Done[str]:
        told = {"PATH": f"{self.folder}/bin:/usr/bin:/bin", "HOST_NAME": f"shop-web-{host}.example", **more}
        told["DATABASE_URL"] = self.url
        command = [sys.executable, str(self.folder / "once"), what, name]
        command += ["bash", "-c", f"echo {host} >> {self.log}; {line}"] if line or what in ("slot", "release") else []
        return subprocess.run(command, env=told, capture_output=True, text=True, timeout=60, check=False)

    def all(self, what: str, name: str, line: str = "", hosts: int = 3) -> list[Done[str]]:
        with ThreadPoolExecutor(hosts) as pool:
            return list(pool.map(lambda host: self.run(what, name, host, line), range(1, hosts + 1)))

    def ran(self) -> list[str]:
        return self.log.read_text().split() if self.log.exists() else []


@pytest.fixture(scope="module", params=["postgresql", "mariadb"])
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if request.param == "postgresql":
        with support_servers.postgresql() as url:
            yield url
        return
    sql = tmp_path_factory.mktemp("sql") / "empty.sql"
    sql.write_text("select 1;")
    with support_servers.mariadb(sql) as url:
        yield url


@pytest.fixture
def hosts(server: str, tmp_path: Path) -> Hosts:
    made = Hosts(tmp_path, server)
    name = tmp_path.name  # the tests share a database
    made.tell("web.release", job=f"{name}-release", log="shop-web")
    made.tell("tick", job=f"{name}-tick", at="* * * * *", zone="UTC", alone="yes")
    return made


def wait_for_a_new_minute(seconds: int) -> None:
    """Wait until the current minute has this many seconds left."""
    if time.time() % 60 > 60 - seconds:
        time.sleep(61 - time.time() % 60)


def test_a_release_runs_once_and_others_wait(hosts: Hosts) -> None:
    done = hosts.all("release", "web.release", "sleep 1")
    assert [each.returncode for each in done] == [0, 0, 0], [each.stderr for each in done]
    assert len(hosts.ran()) == 1
    winner = hosts.ran()[0]
    assert sum(f"shop-web-{winner} ran" in each.stderr for each in done) == 2
    assert hosts.run("release", "web.release", 4).returncode == 0, "an instance that is created later"
    hosts.release("two")
    hosts.all("release", "web.release")
    assert len(hosts.ran()) == 2


def test_two_releases_do_not_run_at_the_same_time(hosts: Hosts) -> None:
    """An instance that is updated has another one, and so has a tier with other variables."""
    told = {"PATH": "/usr/bin:/bin", "HOST_NAME": "shop-web-1", "DATABASE_URL": hosts.url}
    command = [sys.executable, str(hosts.folder / "once"), "release", "web.release", "sleep", "4"]
    began = time.monotonic()
    with subprocess.Popen(command, env=told, stderr=subprocess.DEVNULL):
        time.sleep(1.5)
        hosts.release("two")
        done = hosts.run("release", "web.release", 2)
        assert time.monotonic() - began > 4, "the first one has ended before"
    assert done.returncode == 0
    assert "waiting for" in done.stderr
    assert hosts.ran() == ["2"]


def test_a_release_that_fails(hosts: Hosts) -> None:
    assert hosts.run("release", "web.release", 1, "exit 3").returncode == 3
    other = hosts.run("release", "web.release", 2)
    assert other.returncode == 1
    assert "failed on shop-web-1. See the log on that instance: journalctl -u shop-web" in other.stderr
    assert hosts.run("release", "web.release", 1).returncode == 0, "systemd starts it there again"
    assert hosts.run("release", "web.release", 2).returncode == 0
    assert hosts.ran() == ["1", "1"]


def test_an_instance_that_dies_is_replaced(hosts: Hosts) -> None:
    told = {"PATH": "/usr/bin:/bin", "HOST_NAME": "shop-web-1", "DATABASE_URL": hosts.url}
    command = [sys.executable, str(hosts.folder / "once"), "release", "web.release", "sleep", "30"]
    dies = subprocess.Popen(command, env=told, stderr=subprocess.DEVNULL)
    time.sleep(1.5)
    dies.kill()
    dies.wait()
    began = time.monotonic()
    assert hosts.run("release", "web.release", 2).returncode == 0
    assert time.monotonic() - began > 0.5
    assert hosts.ran() == ["2"]


def test_each_time_of_a_schedule_runs_once(hosts: Hosts) -> None:
    wait_for_a_new_minute(10)
    done = hosts.all("slot", "tick")
    assert {each.returncode for each in done} <= {0, 79}, [each.stderr for each in done]
    assert len(hosts.ran()) == 1
    late = hosts.run("slot", "tick", 4)
    assert (late.returncode, len(hosts.ran())) == (0, 1), "the last run that ended was good"
    assert "has the run of 20" in late.stderr


def test_a_run_that_fails(hosts: Hosts) -> None:
    wait_for_a_new_minute(10)
    assert hosts.run("slot", "tick", 1, "exit 7").returncode == 7
    assert hosts.run("slot", "tick", 2).returncode == 79
    assert hosts.ran() == ["1"]


def test_runs_do_not_overlap(hosts: Hosts) -> None:
    at = {"at": "* * * * *", "zone": "UTC", "job": f"{hosts.folder.name}-long"}
    hosts.tell("long", alone="yes", **at)
    told = {"PATH": "/usr/bin:/bin", "HOST_NAME": "shop-web-1", "DATABASE_URL": hosts.url}
    wait_for_a_new_minute(20)
    text = (hosts.folder / "once").read_text()
    ahead = hosts.folder / "ahead"  # an instance in the next minute
    ahead.write_text(text.replace("time.time())", "time.time() + 60)"))
    ahead.write_text(ahead.read_text())
    runs = subprocess.Popen(
        [sys.executable, str(hosts.folder / "once"), "slot", "long", "sleep", "4"], env=told, stderr=subprocess.DEVNULL
    )
    time.sleep(1.5)
    (hosts.folder / "once").write_text(ahead.read_text())
    skipped = hosts.run("slot", "long", 2)
    assert (skipped.returncode, hosts.ran()) == (79, [])
    assert "the last run has not ended" in skipped.stderr
    hosts.tell("long", **at)
    assert hosts.run("slot", "long", 2).returncode == 0
    assert hosts.ran() == ["2"]
    assert runs.wait() == 0


def test_the_database_is_away(tmp_path: Path) -> None:
    hosts = Hosts(tmp_path, "postgresql://u:secret@127.0.0.1:1/d")
    done = hosts.run("release", "web.release", 1)
    assert done.returncode == 1
    assert "the database that decides where it runs does not respond" in done.stderr
    assert "secret" not in done.stderr
    assert hosts.ran() == []


def test_without_a_database_the_first_instance(tmp_path: Path) -> None:
    hosts = Hosts(tmp_path)
    hosts.tell("tick", at="* * * * *", zone="UTC", alone="yes")
    assert [each.returncode for each in hosts.all("release", "web.release")] == [0, 0, 0]
    assert [each.returncode for each in hosts.all("slot", "tick")] == [0, 79, 79]
    assert hosts.ran() == ["1", "1"]
    assert hosts.run("slot", "tick", 11).returncode == 79
    assert hosts.run("slot", "tick", 1, "exit 79").returncode == 1, "not mistaken for another instance's run"


def test_the_identity_of_a_release(tmp_path: Path) -> None:
    hosts, file, link = Hosts(tmp_path), tmp_path / "file", tmp_path / "current"
    (tmp_path / "builds").mkdir()
    keys = []
    for text, target in (("a", "builds/1"), ("b", "builds/1"), ("b", "builds/2"), ("b", "builds/2")):
        file.write_text(text)
        link.unlink(missing_ok=True)
        link.symlink_to(target)
        hosts.tell("web.release", files=f"{file} {link} {tmp_path}/missing")
        assert hosts.run("key", "web.release", 1).returncode == 0
        keys.append((tmp_path / "keys/web.release.key").read_text())
    assert len(set(keys)) == 3
    assert keys[2] == keys[3]
    assert (tmp_path / "keys/web.release.key").stat().st_mode & 0o777 == 0o644


def test_what_camp_status_reads(tmp_path: Path) -> None:
    hosts, failed = Hosts(tmp_path), tmp_path / "state/shop-web.schedule.tick.failed"
    hosts.tell("shop-web.schedule.tick", log="shop-web.schedule.tick", about="the schedule tick of web")
    (tmp_path / "bin").mkdir()

    def said(unit: str, result: str, status: int) -> str:
        (tmp_path / "bin/systemctl").write_text(f"#!/bin/sh\necho Result={result}\necho ExecMainStatus={status}\n")
        (tmp_path / "bin/systemctl").chmod(0o755)
        assert hosts.run("result", unit, 1).returncode == 0
        return failed.read_text() if failed.exists() else ""

    unit = "shop-web.schedule.tick.service"
    line = said(unit, "exit-code", 3).splitlines()[1]
    when = r"the schedule tick of web failed at \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC"
    assert re.fullmatch(when + r": exit status 3 \(see journalctl -u shop-web.schedule.tick -n 20\)", line)
    assert said(unit, "success", 79), "another instance had a run, and this says nothing of the one that failed"
    assert said(unit, "success", 0) == ""
    assert "it took longer than its deadline" in said("shop-web.schedule.tick@17.service", "timeout", 15)
