"""An application's git repository, the server that instances clone it from, and Nova's metadata service."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import textwrap
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from roots.fleet import Fleet
from roots.machine import VM
from roots.paper import Paper, Resources

HERE = Path(__file__).parent
HOST = "10.77.0.1"  # the gateway of the instances' network
METADATA = "169.254.169.254"
_INSTANCE = "openstack_compute_instance_v2."
_METADATA = """
import http.server, sys
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        found = self.path == "/openstack/latest/meta_data.json"
        self.send_response(200 if found else 404)
        self.end_headers()
        self.wfile.write(open(sys.argv[1], "rb").read() if found else b"")
http.server.ThreadingHTTPServer(("%s", 80), Handler).serve_forever()
"""


class Repository:
    """A plan in a work tree, and the server's repository.

    ``plan``: the plan's folder, whose content is copied. ``words``: what to replace in its files.
    """

    def __init__(self, plan: Path, folder: Path, words: Mapping[str, str]) -> None:
        self.plan, self.words = plan, dict(words)
        self.work, self.folder = folder / "work", folder / "served"
        self.folder.mkdir(parents=True)
        shutil.copytree(plan, self.work)
        self.git("init", "--quiet", "--initial-branch=main")
        subprocess.run(["git", "init", "--quiet", "--bare", "--initial-branch=main", self.served], check=True)

    @property
    def served(self) -> Path:
        return self.folder / "shop.git"

    def git(self, *words: str) -> str:
        who = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
        command = ["git", *who, *words]
        return subprocess.run(command, cwd=self.work, check=True, capture_output=True, text=True).stdout.strip()

    def change(self, words: Mapping[str, str]) -> None:
        """Write the plan's files with other words, uncommitted."""
        for file in (file for file in self.plan.rglob("*") if file.is_file()):
            text = file.read_text()
            for old, new in (self.words | dict(words)).items():
                text = text.replace(old, new)
            (self.work / file.relative_to(self.plan)).write_text(text)

    def push(self) -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", "A change")
        self.git("push", "--quiet", "--force", str(self.served), "HEAD:main")

    def rewrite(self) -> None:
        """Replace the history by one other commit."""
        self.git("checkout", "--quiet", "--orphan", f"again-{time.monotonic_ns()}")
        self.push()


class Cloned:
    """Instances that clone the repository.

    ``environment``: ``releases`` for the environment file. ``variables``: of the module. ``trust``: certificates.
    ``uploads``: the folder of a bucket, to which the output's archives are copied.
    """

    def __init__(
        self,
        repository: Repository,
        work: Path,
        root: str,
        environment: str,
        variables: Mapping[str, object],
        trust: str = "",
        uploads: Path | None = None,
    ) -> None:
        self.repository, self.work, self.root, self.environment = repository, work, root, environment
        self.variables, self.uploads, self.releases = variables, uploads, 0
        self.servers: dict[str, subprocess.Popen[bytes]] = {}
        self.fleet = Fleet(repository.work, work / "first", root, environment=environment, variables=variables)
        self.fleet.trust = trust
        self.metadata = work / "metadata.json"
        self._upload(self.fleet.paper)
        self._announce(self.fleet.resources)

    def start(self, **servers: Sequence[str | Path]) -> None:
        """Boot the instances, start the servers, and wait until each instance is ready."""
        for name in self.fleet.machines:
            self.fleet.up(name)
        self.fleet.vm("net-exec", "ip", "address", "add", f"{METADATA}/32", "dev", "lo")
        self.serve("metadata", sys.executable, "-c", _METADATA % METADATA, self.metadata)
        for name, command in servers.items():
            self.serve(name, *command)
        for name in self.fleet.machines:
            self.fleet.wait(name)
            self.fleet.ready(name, 60)

    def serve(self, name: str, *command: str | Path) -> None:
        """Run a server at the gateway, instead of the one with this name."""
        self.stop(name)
        words = list(map(str, [VM, "net-exec", *command]))
        self.servers[name] = subprocess.Popen(words, env={**os.environ, "VM_STATE": str(self.fleet.world)})

    def stop(self, name: str) -> None:
        server = self.servers.pop(name, None)
        if server is not None:
            server.terminate()
            server.wait(20)

    def apply(self) -> None:
        """Compile the work tree and apply it. No instance may be replaced."""
        self.releases += 1
        paper = Paper(self.repository.work, self.work / f"change-{self.releases}", self.root, self.environment)
        found = paper.apply(self.variables)
        for address, values in self.fleet.resources.items():
            if address.startswith(_INSTANCE):
                assert found[address]["user_data"] == values["user_data"], f"{address} would be replaced"
        self._upload(paper)
        self._announce(found)

    def release(self, words: Mapping[str, str]) -> None:
        """Change the content, push it, and apply."""
        self.repository.change(words)
        self.repository.push()
        self.apply()

    def until(self, url: str, words: str, seconds: int) -> None:
        """Wait until the page contains it."""
        end = time.monotonic() + seconds
        while (said := self.fleet.curl(url, "--no-fail").strip()) != words:
            assert time.monotonic() < end, f"{url}: {said}, not {words}\n{self.log()}"
            time.sleep(2)

    def until_status(self, words: str, seconds: int) -> None:
        """Wait until camp-status says it."""
        name, end = next(iter(self.fleet.machines)), time.monotonic() + seconds
        while words not in (said := self.fleet.status(name)):
            assert time.monotonic() < end, f"{said}, not {words}\n{self.log()}"
            time.sleep(2)

    def now(self) -> None:
        """Let the instances try a failed release again at once."""
        for name in self.fleet.machines:
            self.fleet.sh(name, "rm -f /var/lib/camp/release/*.failed")

    def log(self) -> str:
        name = next(iter(self.fleet.machines))
        return self.fleet.sh(name, "journalctl --no-pager -u 'camp-release@*'", check=False)

    def close(self) -> None:
        for name in list(self.servers):
            self.stop(name)
        self.fleet.close()

    def _upload(self, paper: Paper) -> None:
        if self.uploads is not None:
            shutil.copytree(paper.folder / "archives", self.uploads, dirs_exist_ok=True)

    def _announce(self, found: Resources) -> None:
        """Serve the instances' metadata. All have the same."""
        [meta] = {json.dumps(v["metadata"]) for a, v in found.items() if a.startswith(_INSTANCE)}
        new = self.metadata.with_suffix(".new")
        new.write_text(json.dumps({"meta": json.loads(meta)}))
        new.replace(self.metadata)


def certificate(folder: Path) -> Path:
    """A self-signed certificate of the server, with its key."""
    folder.mkdir(exist_ok=True)
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={HOST}"]
    command += ["-addext", f"subjectAltName=IP:{HOST}", "-keyout", "key.pem", "-out", "cert.pem"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    both = folder / "both.pem"
    both.write_text((folder / "cert.pem").read_text() + (folder / "key.pem").read_text())
    return both


def key_pair(file: Path) -> str:
    """A new SSH key; returns the public one."""
    file.parent.mkdir(parents=True, exist_ok=True)
    for old in (file, file.with_suffix(".pub")):
        old.unlink(missing_ok=True)
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", file], check=True)
    return " ".join(file.with_suffix(".pub").read_text().split()[:2])


def ssh_server(folder: Path, host_key: Path, allowed: str) -> tuple[str, ...]:
    """The command of an SSH server at port 2222. ``allowed``: the public key that may log in, as root."""
    (folder / "allowed").write_text(f"{allowed}\n")
    Path("/run/sshd").mkdir(exist_ok=True)
    config = folder / "sshd_config"
    config.write_text(
        textwrap.dedent(f"""\
            ListenAddress {HOST}:2222
            HostKey {host_key}
            PidFile none
            AuthorizedKeysFile {folder / "allowed"}
            StrictModes no
            PermitRootLogin prohibit-password
            PasswordAuthentication no
            UsePAM no
            """)
    )
    return "/usr/sbin/sshd", "-D", "-e", "-f", str(config)
