"""The script that gets and renews certificates on an instance, run with lego, systemctl and the clock replaced."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

from camp2iac.targets.openstack.machine.render import SCRIPTS

DAY = 86400
HOST = "shop.example.org"
REFUSAL = (
    f"2026/12/02 09:12:13 [INFO] [{HOST}] acme: Obtaining\\nerror: one or more domains had a problem:\\n"
    f"[{HOST}] acme: error: 403 :: urn:ietf:params:acme:error:unauthorized :: no \\033[31mred\\033[0m thing"
)
LEGO = """#!/bin/sh
echo "$@" >> {home}/asked
if [ -e {home}/refuse ]; then printf '%b\\n' "$(cat {home}/refuse)" >&2; exit 1; fi
mkdir -p {store}/lego/certificates
cp {home}/new.crt {store}/lego/certificates/shop.example.org.crt
cp {home}/new.key {store}/lego/certificates/shop.example.org.key
"""


class Instance:
    """The files of an instance, and its script."""

    def __init__(self, home: Path, script: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
        self.home, self.script, self.late = home, script, 0.0
        self.store, self.here = home / "store", home / "here"
        (home / "bin").mkdir()
        self.program("lego", LEGO.format(home=home, store=self.store))
        self.program("systemctl", f"#!/bin/sh\necho $@ >> {home}/told\n")
        monkeypatch.setenv("PATH", f"{home}/bin:{os.environ['PATH']}")
        monkeypatch.setattr(script, "HERE", self.here)
        monkeypatch.setattr(script, "SETTINGS", home / "settings.json")
        now = time.time
        monkeypatch.setattr(script.time, "time", lambda: now() + self.late)
        self.certificate(HOST)
        self.settings([HOST])

    def program(self, name: str, text: str) -> None:
        (self.home / "bin" / name).write_text(text)
        (self.home / "bin" / name).chmod(0o755)

    def certificate(self, *names: str) -> None:
        """The next certificate that the server gives, for 90 days."""
        every = ",".join(f"DNS:{name}" for name in names)
        command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]
        command += ["-nodes", "-days", "90", "-subj", "/CN=it"]
        command += ["-addext", f"subjectAltName={every}", "-keyout", "new.key", "-out", "new.crt"]
        subprocess.run(command, cwd=self.home, check=True, capture_output=True)

    def settings(self, hosts: list[str], *, files: bool = False) -> None:
        acme = {"email": "ops@example.org", "directory": "https://ca.example.org/dir"}
        sites = {"web": {"files": files, "hosts": hosts}}
        text = json.dumps({"acme": acme, "sites": sites, "store": str(self.store), "volume": None})
        (self.home / "settings.json").write_text(text)

    def lines(self, file: str) -> list[str]:
        found = self.home / file
        return found.read_text().splitlines() if found.exists() else []

    def status(self, capsys: pytest.CaptureFixture[str]) -> str:
        capsys.readouterr()
        code = self.script.main("status", "web")
        said = capsys.readouterr().out
        assert code == bool(said)
        return said

    @property
    def served(self) -> str:
        file = self.here / "web/site.pem"
        return file.read_text() if file.exists() else ""


@pytest.fixture
def instance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Instance]:
    spec = importlib.util.spec_from_file_location("camp_certificate", SCRIPTS / "camp-certificate.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    before = os.umask(0o022)
    yield Instance(tmp_path, script, monkeypatch)
    os.umask(before)


Capture = pytest.CaptureFixture[str]


def test_before_the_first_one(instance: Instance, capsys: Capture) -> None:
    assert instance.script.main("install") == 0
    assert instance.served == ""
    assert (instance.here / "web.state").read_text() == ""
    assert instance.status(capsys) == "web has no certificate yet (see journalctl -u camp-certificate)"
    assert not instance.lines("asked")


def test_the_first_one(instance: Instance, capsys: Capture) -> None:
    assert instance.script.main("renew") == 0
    assert "BEGIN CERTIFICATE" in instance.served
    assert "PRIVATE KEY" in instance.served
    assert (instance.here / "web/site.pem").stat().st_mode & 0o777 == 0o600
    assert (instance.here / "web.state").read_text() == "ready\n"
    assert instance.status(capsys) == ""
    (asked,) = instance.lines("asked")
    assert (
        "--server https://ca.example.org/dir --domains shop.example.org --http --http.port 127.0.0.1:8402 run" in asked
    )
    assert instance.lines("told") == ["reload haproxy.service"]
    instance.late = 59 * DAY
    assert instance.script.main("renew") == 0
    assert len(instance.lines("asked")) == 1, "it holds"


def test_a_renewal_that_fails(instance: Instance, capsys: Capture) -> None:
    instance.script.main("renew")
    before = instance.served
    instance.late = 61 * DAY
    (instance.home / "refuse").write_text(REFUSAL)
    assert instance.script.main("renew") == 1
    said = instance.status(capsys)
    assert said.startswith("the certificate of web ends 20")
    assert "in 28 days, and its renewal failed at 20" in said
    assert f": [{HOST}] acme: error: 403 :: urn:ietf:params:acme:error:unauthorized :: no  [31mred [0m thing" in said
    assert "\x1b" not in said
    assert instance.served == before
    failed = instance.store / "web.failed"
    os.utime(failed, (instance.script.time.time(),) * 2)
    assert instance.script.main("renew") == 0
    assert len(instance.lines("asked")) == 2, "six hours have not passed"
    instance.late += 6 * 3600 + 1
    assert instance.script.main("renew") == 1
    instance.certificate(HOST)
    (instance.home / "refuse").unlink()
    assert instance.script.main("renew", "--now") == 0
    assert instance.served != before
    assert not failed.exists()


def test_one_that_has_ended_is_not_served(instance: Instance, capsys: Capture) -> None:
    instance.script.main("renew")
    instance.late = 91 * DAY
    (instance.home / "refuse").write_text(REFUSAL)
    instance.script.main("renew")
    assert instance.served == ""
    assert (instance.here / "web.state").read_text() == ""
    assert instance.status(capsys).startswith("web has no certificate: it was refused at 20")


def test_other_names(instance: Instance) -> None:
    instance.script.main("renew")
    instance.settings([HOST, "www.example.org"])
    instance.certificate(HOST, "www.example.org")
    assert instance.script.main("renew") == 0
    assert len(instance.lines("asked")) == 2
    assert "--domains shop.example.org --domains www.example.org" in instance.lines("asked")[1]


def test_a_certificate_without_the_names_is_refused(instance: Instance, capsys: Capture) -> None:
    instance.certificate("other.example.org")
    assert instance.script.main("renew") == 1
    assert "the certificate of https://ca.example.org/dir cannot be used" in instance.status(capsys)
    assert instance.served == ""


def test_files_of_the_operator(instance: Instance, capsys: Capture) -> None:
    instance.settings([], files=True)
    instance.here.mkdir()
    (instance.here / "web.crt").write_text((instance.home / "new.crt").read_text().strip())
    (instance.here / "web.key").write_text((instance.home / "new.key").read_text())
    assert instance.script.main("install") == 0
    assert instance.served.count("-----BEGIN") == 2
    assert instance.status(capsys) == ""
    instance.late = 70 * DAY
    assert "in 19 days: it needs a new one" in instance.status(capsys)
    instance.late = 91 * DAY
    assert "the certificate of web ended 20" in instance.status(capsys)


def test_the_folder_of_keys_is_roots(instance: Instance) -> None:
    (instance.home / "elsewhere").mkdir()
    instance.store.symlink_to(instance.home / "elsewhere")
    with pytest.raises(SystemExit, match="must be a folder of root"):
        instance.script.main("renew")
    instance.store.unlink()
    instance.store.mkdir()
    instance.store.chmod(0o755)
    with pytest.raises(SystemExit, match="must be a folder of root"):
        instance.script.main("renew")


@pytest.mark.parametrize("output", ["", "\n\n", "panic: it broke", "x" * 5000])
def test_any_output_is_one_line(instance: Instance, output: str) -> None:
    said: Callable[[str], str] = instance.script.reason
    assert said(output)
    assert "\n" not in said(output)
    assert len(said(output)) <= 300
