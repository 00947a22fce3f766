"""A registry with TLS and logins (Debian's docker-registry), and images of Debian's busybox in it."""

from __future__ import annotations

import hashlib
import io
import json
import os
import socket
import subprocess
import tarfile
import time
import urllib.request
from collections.abc import Mapping
from pathlib import Path

from roots.machine import HOME, VM
from roots.repository import HOST, certificate

NAME = "team/shop"
REGISTRY = f"{HOST}:5000"
_PACKAGES = ("docker-registry", "busybox-static")
_MANIFEST = "application/vnd.oci.image.manifest.v1+json"
# The server's process is the shell, which stops it at the signal that the image names
_RUN = """\
#!/bin/busybox sh
trap 'echo "stopped by its own signal"; exit 0' USR1
busybox httpd -f -p "$PORT" -h /srv/www &
wait
"""
_APPLETS = ("sh", "id", "tail", "touch")


def tools() -> Path:
    """The folder of the programs, from Debian's packages, which are not installed."""
    folder = HOME / "registry-tools"
    if not (folder / "bin/busybox").exists():
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(["apt-get", "download", "--quiet", "--quiet", *_PACKAGES], cwd=folder, check=True)
        for package in folder.glob("*.deb"):
            subprocess.run(["dpkg-deb", "--extract", package, folder], check=True)
    return folder


class Registry:
    """The registry's files. ``users``: user to password."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.storage = folder, folder / "storage"
        self.storage.mkdir(parents=True)
        certificate(folder / "tls")

    @property
    def trust(self) -> str:
        """The certificate that instances must trust."""
        return (self.folder / "tls/cert.pem").read_text()

    def command(self, password: str | None) -> tuple[str | Path, ...]:
        """The command of the server at the gateway, where the user ``puller`` has this password. None: no login."""
        tls = {"certificate": str(self.folder / "tls/cert.pem"), "key": str(self.folder / "tls/key.pem")}
        if password is None:
            return self._command("server", {"addr": REGISTRY, "tls": tls}, {})
        form = "print crypt($ARGV[0], '$2b$05$abcdefghijklmnopqrstuu')"
        digest = subprocess.run(["perl", "-e", form, password], check=True, capture_output=True, text=True).stdout
        (self.folder / "users").write_text(f"puller:{digest}\n")
        auth = {"htpasswd": {"realm": "images", "path": str(self.folder / "users")}}
        return self._command("server", {"addr": REGISTRY, "tls": tls}, auth)

    def serve(self, world: Path, password: str | None) -> subprocess.Popen[bytes]:
        """Start the server at the gateway of a fleet's networks. ``password``: as for :meth:`command`."""
        words = list(map(str, [VM, "net-exec", *self.command(password)]))
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen(words, env={**os.environ, "VM_STATE": str(world)}, stdout=log, stderr=log)

    def push(self, greeting: str, run: str = _RUN) -> str:
        """Push an image whose page has these words, and whose process is ``run``. Returns its digest."""
        port = _free_port()
        command = self._command("push", {"addr": f"127.0.0.1:{port}"}, {})
        server = subprocess.Popen(list(map(str, command)), stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        try:
            _wait(port)
            return _push(f"http://127.0.0.1:{port}/v2/", greeting, run)
        finally:
            server.terminate()
            server.wait(20)

    def blob(self, digest: str) -> Path:
        """The file of a manifest, a configuration or a layer."""
        digits = digest.removeprefix("sha256:")
        return self.storage / "docker/registry/v2/blobs/sha256" / digits[:2] / digits / "data"

    def _command(self, name: str, http: Mapping[str, object], auth: Mapping[str, object]) -> tuple[str | Path, ...]:
        storage = {"filesystem": {"rootdirectory": str(self.storage)}}
        config = self.folder / f"{name}.json"  # JSON is YAML
        config.write_text(json.dumps({"version": 0.1, "storage": storage, "http": http, "auth": auth}))
        return tools() / "usr/bin/docker-registry", "serve", config


def _free_port() -> int:
    with socket.socket() as it:
        it.bind(("127.0.0.1", 0))
        return int(it.getsockname()[1])


def _push(base: str, greeting: str, run: str) -> str:
    layer = _layer(greeting, run)
    about = {
        "architecture": "amd64",
        "os": "linux",
        "config": {"User": "1000", "Cmd": ["/srv/run"], "StopSignal": "SIGUSR1", "Env": ["PATH=/bin"]},
        "rootfs": {"type": "layers", "diff_ids": [_digest(layer)]},
    }
    config = json.dumps(about).encode()
    for blob in (layer, config):
        _upload(base, blob)
    manifest = {
        "schemaVersion": 2,
        "mediaType": _MANIFEST,
        "config": _described("application/vnd.oci.image.config.v1+json", config),
        "layers": [_described("application/vnd.oci.image.layer.v1.tar", layer)],
    }
    data = json.dumps(manifest).encode()
    _send(f"{base}{NAME}/manifests/1.0", "PUT", data, _MANIFEST)
    return _digest(data)


def _layer(greeting: str, run: str) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        files = {
            "bin/busybox": ((tools() / "bin/busybox").read_bytes(), 0o755),
            "srv/run": (run.encode(), 0o755),
            "srv/www/index.html": (f"{greeting}\n".encode(), 0o644),
        }
        for name, (data, mode) in files.items():
            entry = tarfile.TarInfo(name)
            entry.size, entry.mode = len(data), mode
            archive.addfile(entry, io.BytesIO(data))
        for applet in _APPLETS:
            link = tarfile.TarInfo(f"bin/{applet}")
            link.type, link.linkname = tarfile.SYMTYPE, "busybox"
            archive.addfile(link)
    return out.getvalue()


def _digest(data: bytes) -> str:
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def _described(kind: str, data: bytes) -> dict[str, object]:
    return {"mediaType": kind, "size": len(data), "digest": _digest(data)}


def _upload(base: str, data: bytes) -> None:
    place = _send(f"{base}{NAME}/blobs/uploads/", "POST", b"", "")
    _send(f"{place}&digest={_digest(data)}", "PUT", data, "application/octet-stream")


def _send(url: str, method: str, data: bytes, kind: str) -> str:
    """Send a request. Returns the Location of its answer."""
    request = urllib.request.Request(url, data, {"Content-Type": kind} if kind else {}, method=method)
    with urllib.request.urlopen(request, timeout=60) as answer:
        return str(answer.headers["Location"])


def _wait(port: int) -> None:
    """Wait until a server on this host listens."""
    end = time.monotonic() + 30
    with socket.socket() as it:
        while it.connect_ex(("127.0.0.1", port)):
            assert time.monotonic() < end, "docker-registry does not start"
            time.sleep(0.2)
