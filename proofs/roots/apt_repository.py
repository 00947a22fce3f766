"""An apt repository of the tests' own: packages of Debian under another version, signed with a key of its own."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
from pathlib import Path

from roots.machine import run

#: Answers for the version, and is Debian's program otherwise.
WRAPPER = """\
#!/bin/sh
if [ "$1" = --version ]; then echo {version}; exit; fi
exec /usr/bin/{program}.debian "$@"
"""


class Key:
    """A key that signs. ``home``: its folder."""

    def __init__(self, home: Path, name: str) -> None:
        self.home = home
        home.mkdir(mode=0o700, parents=True)
        self.gpg("--quick-generate-key", f"{name} <{name}@example.org>", "rsa2048", "sign", "never")
        colons = self.gpg("--with-colons", "--fingerprint").splitlines()
        self.fingerprint = next(line.split(":")[9] for line in colons if line.startswith("fpr"))

    def gpg(self, *words: str | Path) -> str:
        return run("gpg", "--homedir", self.home, "--batch", "--yes", "--passphrase", "", *words).stdout

    @property
    def public(self) -> str:
        return self.gpg("--armor", "--export")

    def close(self) -> None:
        run("gpgconf", "--homedir", self.home, "--kill", "all", check=False)


def debian(package: str, suite: str, folder: Path) -> Path:
    """Download a package of a distribution, with the mirror of this host."""
    listed = run("apt-get", "indextargets", "--format", "$(LABEL)|$(REPO_URI)", "Created-By: Packages").stdout
    mirror = dict(line.split("|", 1) for line in listed.splitlines())["Debian"]
    for name in ("state/lists/partial", "cache/archives/partial", "etc"):
        (folder / name).mkdir(parents=True)
    (folder / "status").touch()
    (folder / "etc/sources.list").write_text(f"deb {mirror} {suite} main\n")
    own = {
        "Dir::State": folder / "state",
        "Dir::State::status": folder / "status",
        "Dir::Cache": folder / "cache",
        "Dir::Etc::SourceList": folder / "etc/sources.list",
        "Dir::Etc::SourceParts": "/dev/null",
        "Dir::Etc::Preferences": "/dev/null",
        "Dir::Etc::PreferencesParts": "/dev/null",
        "APT::Sandbox::User": "root",
    }
    options = [word for key, value in own.items() for word in ("-o", f"{key}={value}")]
    run("apt-get", *options, "update")
    words = ["apt-get", *map(str, options), "download", package]
    subprocess.run(words, cwd=folder, check=True, capture_output=True)
    return next(folder.glob("*.deb"))


def rebuilt(deb: Path, version: str, program: str, says: str, folder: Path) -> Path:
    """The package under another version. ``program`` in /usr/bin answers ``--version`` with ``says``."""
    tree = folder / "tree"
    run("dpkg-deb", "-R", deb, tree)
    control = tree / "DEBIAN/control"
    text = re.sub(r"(?m)^Version: .*", f"Version: {version}", control.read_text())
    control.write_text(re.sub(r" \(= [^)]*\)", "", text))  # a security update may have replaced its libraries
    file = tree / "usr/bin" / program
    file.rename(file.with_name(f"{program}.debian"))
    file.write_text(WRAPPER.format(version=says, program=program))
    file.chmod(0o755)
    (tree / "DEBIAN/md5sums").unlink(missing_ok=True)
    made = folder / f"{program}.deb"
    run("dpkg-deb", "--root-owner-group", "-b", tree, made)
    shutil.rmtree(tree)
    return made


def empty(name: str, version: str, folder: Path) -> Path:
    """A package without files."""
    tree = folder / name
    (tree / "DEBIAN").mkdir(parents=True)
    control = {"Package": name, "Version": version, "Architecture": "all", "Maintainer": "A <a@example.org>"}
    text = "".join(f"{key}: {value}\n" for key, value in control.items())
    (tree / "DEBIAN/control").write_text(f"{text}Description: a package of a test\n")
    made = folder / f"{name}.deb"
    run("dpkg-deb", "--root-owner-group", "-b", tree, made)
    return made


class AptRepository:
    """A suite ``stable`` with packages, below ``folder``, which a server has."""

    def __init__(self, folder: Path, packages: list[Path], architecture: str) -> None:
        self.folder, self.architecture = folder, architecture
        self.pool, self.dist = folder / "pool", folder / "dists/stable"
        self.pool.mkdir(parents=True)
        for package in packages:
            shutil.copy(package, self.pool / package.name)
        binary = self.dist / f"main/binary-{architecture}"
        binary.mkdir(parents=True)
        (binary / "Packages").write_text("\n".join(map(self._paragraph, sorted(self.pool.iterdir()))))

    def _paragraph(self, deb: Path) -> str:
        data = deb.read_bytes()
        control = run("dpkg-deb", "-f", deb).stdout.strip()
        place, digest = deb.relative_to(self.folder), hashlib.sha256(data).hexdigest()
        return f"{control}\nFilename: {place}\nSize: {len(data)}\nSHA256: {digest}\n"

    def sign(self, key: Key) -> None:
        """Write the signed index."""
        index = self.dist / f"main/binary-{self.architecture}/Packages"
        data = index.read_bytes()
        release = (
            "Origin: Camp\nLabel: Camp\nSuite: stable\nCodename: stable\nDate: Sun, 01 Mar 2026 00:00:00 UTC\n"
            f"Architectures: {self.architecture}\nComponents: main\nDescription: a repository of a test\nSHA256:\n"
            f" {hashlib.sha256(data).hexdigest()} {len(data)} {index.relative_to(self.dist)}\n"
        )
        (self.dist / "Release").write_text(release)
        key.gpg("--clearsign", "--digest-algo", "SHA512", "--output", self.dist / "InRelease", self.dist / "Release")
