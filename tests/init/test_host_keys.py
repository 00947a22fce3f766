"""SSH host keys: those that hosting services publish, and those in a file ``known_hosts``."""

from __future__ import annotations

import base64
import hashlib
import subprocess
from pathlib import Path

import pytest

from camp2iac.detect import host_keys

#: As the services publish them, without the keys: pages of docs.github.com and docs.gitlab.com, and Bitbucket's
#: announcement of its keys.
FINGERPRINTS = {
    "github.com": "+DiY3wvvV6TuJJhbpZisF/zLDA0zPMSvHdkr4UvCOqU",
    "gitlab.com": "eUXGGm1YGsMAS7vkcx6JOJdOGHPem5gQp4taiCfCLB8",
    "bitbucket.org": "ybgmFkzwOSotHTHLJgHO0QN8L0xErw6vd0VhFA9m3SM",
}
ED25519 = f"ssh-ed25519 {base64.b64encode(b'ed25519').decode()}"
RSA = f"ssh-rsa {base64.b64encode(b'rsa').decode()}"
ECDSA = f"ecdsa-sha2-nistp256 {base64.b64encode(b'ecdsa').decode()}"


def test_published_keys_have_the_published_fingerprints() -> None:
    found = {
        host: base64.b64encode(hashlib.sha256(base64.b64decode(each.key.split()[1])).digest()).decode().rstrip("=")
        for host, each in host_keys.published().items()
    }
    assert found == FINGERPRINTS
    assert all(each.key.startswith("ssh-ed25519 ") for each in host_keys.published().values())
    assert all(each.source.startswith("https://") for each in host_keys.published().values())


def file(folder: Path, *lines: str) -> Path:
    path = folder / "known_hosts"
    path.write_text("".join(f"{line}\n" for line in lines))
    return path


@pytest.mark.parametrize(
    ("lines", "host", "port", "key"),
    [
        ([f"git.example.org {ED25519} a comment"], "git.example.org", 22, ED25519),
        ([f"git.example.org {RSA}", f"other,git.example.org {ED25519}"], "git.example.org", 22, ED25519),
        ([f"git.example.org {RSA}", f"git.example.org {ECDSA}"], "git.example.org", 22, RSA),
        ([f"git.example.org {ED25519}"], "git.example.org", 2222, ""),
        ([f"[git.example.org]:2222 {ED25519}"], "git.example.org", 2222, ED25519),
        ([f"[git.example.org]:2222 {ED25519}"], "git.example.org", 22, ""),
        ([f"@cert-authority git.example.org {ED25519}"], "git.example.org", 22, ""),
        ([f"@revoked git.example.org {ED25519}"], "git.example.org", 22, ""),
        ([f"git.example.org {ED25519}", f"@revoked * {ED25519}"], "git.example.org", 22, ""),
        ([f"# git.example.org {ED25519}", ""], "git.example.org", 22, ""),
        ([f"git.example.com {ED25519}"], "git.example.org", 22, ""),
    ],
)
def test_known_keys(tmp_path: Path, lines: list[str], host: str, port: int, key: str) -> None:
    assert host_keys.known(host, port, file(tmp_path, *lines)) == key


def test_hashed_hosts(tmp_path: Path) -> None:
    key = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
    public = " ".join(key.with_suffix(".pub").read_text().split()[:2])
    hosts = file(tmp_path, f"git.example.org {public}", f"[git.example.org]:2222 {public}")
    subprocess.run(["ssh-keygen", "-q", "-H", "-f", hosts], check=True, capture_output=True)
    assert "git.example.org" not in hosts.read_text()
    assert host_keys.known("git.example.org", 22, hosts) == public
    assert host_keys.known("git.example.org", 2222, hosts) == public
    assert host_keys.known("example.org", 22, hosts) == ""


def test_no_file_and_no_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert host_keys.known("git.example.org", 22, tmp_path / "known_hosts") == ""
    assert host_keys.known("git.example.org", 22, tmp_path) == ""
    hosts = file(tmp_path, f"git.example.org {ED25519}")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert host_keys.known("git.example.org", 22, hosts) == ""
