"""Pebble, a real ACME server for tests, built from its source, with a DNS server for it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from roots.fleet import Fleet
from roots.machine import HOME, VM

HOST = "10.79.0.1"  # the gateway of the instances' network
DIRECTORY = f"https://{HOST}:14000/dir"
MODULE, RELEASE = "github.com/letsencrypt/pebble/v2", "v2.10.3"
PROGRAMS = ("pebble", "pebble-challtestsrv")
_FLAGS = {"GOFLAGS": "-mod=mod -buildvcs=false", "GOTOOLCHAIN": "local"}


def built() -> Path:
    """The folder of the programs. Skips the test if they cannot be built."""
    folder = HOME / f"pebble-{RELEASE}"
    if all((folder / name).exists() for name in PROGRAMS):
        return folder
    go = shutil.which("go") or shutil.which("/usr/local/go/bin/go")
    if go is None:
        pytest.skip("PEBBLE CANNOT BE BUILT: it needs Go. NO CERTIFICATE CAME FROM AN ACME SERVER")
    work = HOME / "pebble-source"
    work.mkdir(parents=True, exist_ok=True)
    (work / "go.mod").write_text(f"module proof\n\ngo 1.24\n\nrequire {MODULE} {RELEASE}\n")
    for name in PROGRAMS:
        command = [go, "build", "-C", str(work), "-o", str(folder / name), f"{MODULE}/cmd/{name}"]
        done = subprocess.run(command, env={**os.environ, **_FLAGS}, capture_output=True, text=True, check=False)
        if done.returncode:
            last = (done.stderr.strip().splitlines() or ["no reason"])[-1]
            pytest.skip(f"PEBBLE CANNOT BE BUILT: {last}. NO CERTIFICATE CAME FROM AN ACME SERVER")
    return folder


class AcmeServer:
    """The server in the instances' network. ``seconds``: how long its certificates hold."""

    def __init__(self, folder: Path, seconds: int) -> None:
        self.folder, self.programs = folder, built()
        self.running: list[subprocess.Popen[bytes]] = []
        folder.mkdir()
        command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={HOST}"]
        command += ["-addext", f"subjectAltName=IP:{HOST}", "-keyout", "key.pem", "-out", "cert.pem"]
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
        settings = {
            "listenAddress": f"{HOST}:14000",
            "managementListenAddress": f"{HOST}:15000",
            "certificate": str(folder / "cert.pem"),
            "privateKey": str(folder / "key.pem"),
            "httpPort": 80,
            "tlsPort": 443,
            "profiles": {"default": {"description": "soon over", "validityPeriod": seconds}},
        }
        (folder / "pebble.json").write_text(json.dumps({"pebble": settings}))

    @property
    def trust(self) -> str:
        """The certificate of its API, which instances must trust."""
        return (self.folder / "cert.pem").read_text()

    def start(self, fleet: Fleet) -> None:
        """Start both servers. The DNS server knows no name yet."""
        self.fleet = fleet
        names = ("-defaultIPv4", "", "-defaultIPv6", "", "-dnsserver", f"{HOST}:8053", "-management", f"{HOST}:8055")
        self._run("pebble-challtestsrv", *names, "-http01", "", "-https01", "", "-tlsalpn01", "", "-doh", "")
        self._run("pebble", "-config", str(self.folder / "pebble.json"), "-dnsserver", f"{HOST}:8053")
        root = self.ask(f"https://{HOST}:15000/roots/0", seconds=60)
        (self.folder / "root.pem").write_text(root)

    def point(self, host: str, address: str) -> None:
        """Let a name lead to an address."""
        management = f"http://{HOST}:8055"
        self.ask(f"{management}/clear-a", "--data", json.dumps({"host": f"{host}."}))
        self.ask(f"{management}/add-a", "--data", json.dumps({"host": f"{host}.", "addresses": [address]}))

    def ask(self, url: str, *arguments: str, seconds: int = 20) -> str:
        """The answer of a server there."""
        return self.fleet.curl(url, "--cacert", str(self.folder / "cert.pem"), *arguments, seconds=seconds)

    def get(self, host: str, address: str, *arguments: str, port: int = 443, path: str = "/") -> str:
        """Request a page over HTTPS. The client trusts only the root of this server."""
        trust = ("--cacert", str(self.folder / "root.pem"), "--resolve", f"{host}:{port}:{address}")
        return self.fleet.curl(f"https://{host}:{port}{path}", *trust, *arguments)

    def close(self) -> None:
        """Stop both servers."""
        for one in self.running:
            one.terminate()
        for one in self.running:
            one.wait(20)

    def _run(self, name: str, *arguments: str) -> None:
        command: Sequence[str] = (str(VM), "net-exec", str(self.programs / name), *arguments)
        environment = {**os.environ, "VM_STATE": str(self.fleet.world), "PEBBLE_VA_NOSLEEP": "1"}
        log = (self.folder / f"{name}.log").open("wb")
        self.running.append(subprocess.Popen(command, env=environment, stdout=log, stderr=log))
        time.sleep(0.5)
