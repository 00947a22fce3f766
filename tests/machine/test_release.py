"""The script that puts releases in use, executed: in a folder instead of a machine, with systemd played."""

from __future__ import annotations

import hashlib
import http.server
import io
import re
import subprocess
import tarfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from camp2iac.targets.openstack.machine.render import SCRIPTS

SYSTEMCTL = """#!/bin/bash
# is-active: unless the code in use crashes; the rest is written down
echo "$*" >> "{calls}"
case $* in *is-active*) [ ! -e "{folder}/current/app/crashes" ] ;; esac
"""
CONSTANTS = {"turn": 2, "answer": 4, "back": 3, "steady": 1, "again": 15}


class Sandbox:
    """A machine's files in a folder; what it fetches is served from ``served``, and its application from here too."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.served, self.app = folder, folder / "served", folder / "opt/web"
        self.etc, self.state, self.calls = folder / "etc", folder / "state", folder / "calls"
        for each in (self.served, self.etc, folder / "bin"):
            each.mkdir(parents=True)
        sandbox = self

        class Handler(http.server.SimpleHTTPRequestHandler):
            def __init__(self, *args: Any) -> None:
                super().__init__(*args, directory=str(sandbox.served))

            def do_GET(self) -> None:
                if self.path != "/healthz":
                    super().do_GET()
                    return
                sick = (sandbox.app / "current/app/sick").exists() or "SICK" in sandbox.environment()
                self.send_response(500 if sick else 200)
                self.end_headers()

            def log_message(self, *args: object) -> None:
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.program("systemctl", SYSTEMCTL.format(calls=self.calls, folder=self.app))
        text = (SCRIPTS / "release.sh").read_text()
        for name, value in CONSTANTS.items():
            text, found = re.subn(rf"^{name}=\d+", f"{name}={value}", text, flags=re.MULTILINE)
            assert found == 1
        for path, place in (("/etc/camp/release", self.etc), ("/var/lib/camp/release", self.state)):
            text = re.sub(rf"^(\w+)={path}$", rf"\1={place}", text, flags=re.MULTILINE)
        assert not re.search(r"^[^#]*=/(etc|var)/", text, re.MULTILINE)
        self.program("release", text)
        self.configure()
        (self.etc / "web.url").write_text(f'url = "{self.url}/web.release"\n')

    def program(self, name: str, text: str) -> Path:
        path = self.folder / "bin" / name
        path.write_text(text)
        path.chmod(0o755)
        return path

    def configure(self, **more: str) -> None:
        said = {"folder": self.app, "environment": self.folder / "web.env", "port": self.server.server_port}
        said |= {"units": "web.service worker.service", **more}
        (self.etc / "web").write_text("".join(f"{key} {value}\n" for key, value in said.items()))

    def publish(self, files: dict[str, str], variables: str = 'A="1"\n', **more: str) -> str:
        """An archive and a release that names it; the archive's SHA-256."""
        data = io.BytesIO()
        with tarfile.open(fileobj=data, mode="w") as archive:
            for name, text in files.items():
                entry = tarfile.TarInfo(f"content/{name}")
                entry.size = len(text)
                archive.addfile(entry, io.BytesIO(text.encode()))
        digest = hashlib.sha256(data.getvalue()).hexdigest()
        (self.served / digest).write_bytes(data.getvalue())
        said = {"sha256": digest, "form": "archive", "name": "app.tar", "url": f"{self.url}/{digest}"}
        said |= {"health": "/healthz", "machines": "1", **more}
        lines = "".join(f"{word} {value}\n" for word, value in said.items())
        (self.served / "web.release").write_text(f"{lines}\n{variables}")
        return digest

    def run(self, *, fails: bool = False) -> str:
        path = f"{self.folder / 'bin'}:/usr/bin:/bin"
        program = [str(self.folder / "bin/release"), "web"]
        done = subprocess.run(program, env={"PATH": path}, capture_output=True, text=True, timeout=60, check=False)
        assert (done.returncode != 0) == fails, done.stdout + done.stderr
        return done.stdout

    def page(self) -> str:
        return (self.app / "current/app/page").read_text()

    def environment(self) -> str:
        file = self.folder / "web.env"
        return file.read_text() if file.exists() else ""

    def restarts(self) -> int:
        return self.calls.read_text().count("start --no-block") if self.calls.exists() else 0


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Sandbox]:
    made = Sandbox(tmp_path)
    yield made
    made.server.shutdown()
    made.server.server_close()


def test_the_first_release_is_in_use_at_once_and_kept(machine: Sandbox) -> None:
    digest = machine.publish({"page": "one", "run.sh": ""}, 'A="it\'s"\nB="x\n\ny"\n')
    assert "is deployed" in machine.run()
    assert machine.page() == "one"
    assert machine.environment() == 'A="it\'s"\nB="x\n\ny"\n'
    assert (machine.folder / "web.env").stat().st_mode & 0o777 == 0o600
    assert (machine.state / "web.current").stat().st_mode & 0o777 == 0o600
    assert (machine.app / "current").readlink() == Path("builds") / digest
    assert machine.restarts() == 0, "nothing runs yet"
    before = sorted((path, path.stat().st_mtime_ns) for path in machine.app.rglob("*"))
    assert machine.run() == ""
    assert sorted((path, path.stat().st_mtime_ns) for path in machine.app.rglob("*")) == before


def test_another_release_is_taken_and_two_are_kept(machine: Sandbox) -> None:
    first = machine.publish({"page": "one"})
    machine.run()
    second = machine.publish({"page": "two"})
    machine.run()
    assert (machine.page(), machine.restarts()) == ("two", 1)
    assert {path.name for path in (machine.app / "builds").iterdir()} == {first, second}
    dates = [(machine.app / f"builds/{each}/app/page").stat().st_mtime_ns for each in (first, second)]
    assert 0 < dates[0] < dates[1], "browsers take a page of the same date and length for the same"
    third = machine.publish({"page": "three"})
    machine.run()
    assert {path.name for path in (machine.app / "builds").iterdir()} == {second, third}


def test_other_variables_are_a_release_and_another_address_is_none(machine: Sandbox) -> None:
    machine.publish({"page": "one"})
    machine.run()
    machine.publish({"page": "one"}, 'A="2"\n')
    machine.run()
    assert (machine.environment(), machine.restarts()) == ('A="2"\n', 1)
    (machine.served / "moved").write_bytes(b"never fetched")
    machine.publish({"page": "one"}, 'A="2"\n', url=f"{machine.url}/moved", machines="7")
    machine.run()
    assert machine.restarts() == 1


@pytest.mark.parametrize("broken", ["sick", "crashes"])
def test_what_does_not_answer_is_taken_back_once(machine: Sandbox, broken: str) -> None:
    machine.publish({"page": "one"})
    machine.run()
    bad = machine.publish({"page": "two", broken: ""}, 'A="2"\n')
    assert "rolling back" in machine.run(fails=True)
    assert (machine.page(), machine.environment()) == ("one", 'A="1"\n')
    failed = (machine.state / "web.failed").read_text().splitlines()[1]
    assert failed.startswith(f"web: {bad[:12]} did not respond and was rolled back. ")
    restarts = machine.restarts()
    assert machine.run() == ""
    assert machine.restarts() == restarts, "it is not tried again"
    machine.publish({"page": "three"})
    machine.run()
    assert machine.page() == "three"
    assert not (machine.state / "web.failed").exists()


def test_variables_that_break_it_are_taken_back(machine: Sandbox) -> None:
    machine.publish({"page": "one"})
    machine.run()
    machine.publish({"page": "one"}, 'A="SICK"\n')
    machine.run(fails=True)
    assert machine.environment() == 'A="1"\n'


def test_what_is_not_meant_is_not_used(machine: Sandbox) -> None:
    machine.publish({"page": "one"})
    machine.run()
    digest = machine.publish({"page": "two"})
    (machine.served / digest).write_bytes(b"something else")
    assert "wrong SHA-256" in machine.run(fails=True)
    assert (machine.page(), machine.restarts()) == ("one", 0)
    assert "was not fetched: the archive has the wrong SHA-256" in (machine.state / "web.failed").read_text()
    machine.publish({"page": "two"})
    assert machine.run() == "", "within a quarter of an hour it is left"
    (machine.state / "web.failed").unlink()
    machine.run()
    assert machine.page() == "two"


def test_a_release_is_built_before_anything_runs_it(machine: Sandbox) -> None:
    build = machine.program("build", '#!/bin/bash\nset -e\n[ ! -e "$1/app/fails" ]\ncp "$1/app/page" "$1/app/built"\n')
    machine.configure(build=str(build))
    machine.publish({"page": "one"})
    machine.run()
    assert (machine.app / "current/app/built").read_text() == "one"
    machine.publish({"page": "two", "fails": ""})
    machine.run(fails=True)
    assert (machine.page(), machine.restarts()) == ("one", 0)


def test_one_file_is_put_where_it_belongs(machine: Sandbox) -> None:
    machine.configure(file="app.war")
    (machine.served / "shop-1.war").write_text("one")
    digest = hashlib.sha256(b"one").hexdigest()
    machine.publish({}, sha256=digest, form="file", name="shop-1.war", url=f"{machine.url}/shop-1.war")
    machine.run()
    assert (machine.app / "current/app.war").read_text() == "one"


@pytest.mark.parametrize("number", [1, 2, 12])
def test_machines_have_turns(machine: Sandbox, number: int) -> None:
    """Two machines are never within the same turn; each has one."""
    machine.program("hostname", f"#!/bin/sh\necho notes-web-{number}\n")
    text = (machine.folder / "bin/release").read_text()
    function = re.search(r"^my_turn\(\) \{.*?^\}", text, re.MULTILINE | re.DOTALL)
    assert function
    at = function[0].replace("printf -v now '%(%s)T' -1", "now=$1")
    loop = "for t in {0..1079}; do if my_turn $t; then echo $t; fi; done"
    program = f"turn=180\ndeclare -A said=([machines]=3)\n{at}\n{loop}"
    path = f"{machine.folder / 'bin'}:/usr/bin:/bin"
    done = subprocess.run(["bash", "-ec", program], env={"PATH": path}, capture_output=True, text=True, check=True)
    begin = (number - 1) % 3 * 180
    assert [int(line) for line in done.stdout.split()] == [
        t for o in (0, 540) for t in range(begin + o, begin + o + 15)
    ]
