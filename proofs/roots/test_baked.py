"""Baked images: what is in them, and instances that boot from them.

``proofs/roots/run baked`` writes ``baked/NAME.json`` with the seconds from the boot to ``camp-status``: ready.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

import pytest

from roots.baked import bake
from roots.fleet import PASSWORD, Fleet
from roots.machine import HOME, MAVEN

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
SAMPLES = Path(__file__).resolve().parents[2] / "camp2iac/catalogue/products"
RECORDS = Path(__file__).with_name("baked")
BAKE = "bake: true\n"
CANARY = "canary-8f31c2"  # in each secret and variable that the plan lets us set
# of PEM, not the words alone: programs that read keys have those
PRIVATE_KEY = re.compile(rb"-----BEGIN [A-Z ]*PRIVATE KEY-----\s+[A-Za-z0-9+/=\s]{100,}")
HERE = 'it\'s "here", ${HOME}'
# What each installation makes anew, or what depends on the time of it
OWN = re.compile(
    r"^/etc/(sudoers\.d/90-cloud-init-users|ssh/ssh_host_|machine-id|ssl/|ca-certificates|\.pwd\.lock|ld\.so\.cache|.*-$|.*/certs/|apt/|hostname|resolv)|"
    r"^/root/|^/var/lib/dpkg/status-old|/__pycache__/|/direct_url\.json$|/RECORD$|/\.package-lock\.json$|^/etc/mtab"
)


@dataclass(frozen=True)
class Baked:
    """What is booted. ``joins``: the tier whose instance joins the others. ``about``: in the table."""

    plan: Path
    joins: str
    use: Callable[[Fleet], object]
    about: str
    variables: dict[str, str]
    hosts: tuple[str, ...] = ()


def _says(path: str, words: str) -> Callable[[Fleet], object]:
    def use(fleet: Fleet) -> None:
        assert words in fleet.curl(f"http://{{web}}:8080{path}")

    return use


PROOFS = {
    "guestbook": Baked(
        EXAMPLES / "guestbook",
        "web",
        _says("/", CANARY),
        "Python with gunicorn and psycopg, beside PostgreSQL",
        {"greeting": CANARY},
    ),
    "nodejs": Baked(SAMPLES / "nodejs/sample", "web", _says("/", HERE), "Node.js", {}),
    "tomcat": Baked(SAMPLES / "tomcat/sample", "web", _says("/hello/", HERE), "Tomcat", {}, MAVEN),
    "php": Baked(SAMPLES / "php/sample", "web", _says("/", HERE), "Apache with PHP", {}),
}
ASKED = os.environ.get("ROOTS_ENTRIES", "").split()


@pytest.mark.parametrize("name", [name for name in PROOFS if not ASKED or name in ASKED])
def test_an_instance_from_a_baked_image(name: str, tmp_path: Path) -> None:
    proof = PROOFS[name]
    fleet = Fleet(proof.plan, tmp_path / "fleet", environment=BAKE, variables=proof.variables, hosts=proof.hosts)
    images = HOME / "images" / f"{os.getpid()}-{name}"
    try:
        seconds: dict[str, float] = {}
        for tier in dict.fromkeys(machine.tier for machine in fleet.machines.values()):
            began = time.monotonic()
            said = bake(fleet, tier, images / tier)
            assert "camp image: the image has version" in said
            seconds[f"bake {tier}"] = time.monotonic() - began
            nothing_of_an_instance(fleet, images / tier)
        fleet.start()
        plain, files = joining(fleet, proof)
        fleet.close()

        fleet.begin(fleet.work, fleet.root, fleet.machines.values(), PASSWORD, proof.hosts)
        fleet.images = {tier.name: tier for tier in images.iterdir()}
        fleet.start()
        baked, same_files = joining(fleet, proof)
        different = sorted(set(files) ^ set(same_files))
        assert not different, "\n".join(different)
        twice = fleet.files()
        fleet.again(f"{proof.joins}-1")
        assert fleet.files() == twice
        fleet.reboot()
        proof.use(fleet)
        fleet.close()

        another_version(proof, images, tmp_path)
        write(name, proof, plain, baked, seconds[f"bake {proof.joins}"])
    finally:
        fleet.close()
        shutil.rmtree(images, ignore_errors=True)


def joining(fleet: Fleet, proof: Baked) -> tuple[float, list[str]]:
    """The seconds until an instance that joins the others is ready, and its files."""
    name = f"{proof.joins}-1"
    fleet.down(name)
    began = time.monotonic()
    fleet.up(name)
    while not fleet.status(name).endswith(": ready"):
        assert time.monotonic() - began < 600, fleet.status(name)
        time.sleep(0.5)
    taken = time.monotonic() - began
    fleet.wait(name)
    proof.use(fleet)
    log = fleet.sh(name, "grep -a '^camp install' /var/log/cloud-init-output.log", check=False)
    assert ("the image has version" in log) == bool(fleet.images), log
    return taken, [line for line in fleet.files()[name].splitlines() if not OWN.search(line)]


def nothing_of_an_instance(fleet: Fleet, image: Path) -> None:
    """Neither a secret or address of the fleet, nor a key or an id of the instance that became the image."""
    words = [CANARY, PASSWORD, json.dumps(PASSWORD), *(fleet.address(name) for name in fleet.machines)]
    before, wrong = HOME / "roots" / fleet.root, []
    for path in image.rglob("*"):
        if path.is_symlink() or not path.is_file() or path.stat().st_size > 1 << 26:
            continue
        where, data = path.relative_to(image), path.read_bytes()
        if str(where).startswith("etc/apt/apt.conf.d/95proxy") or str(where).startswith("etc/systemd/system.conf.d/"):
            continue  # the way out of the tests' instances
        wrong += [f"{where}: {word}" for word in words if word.encode() in data]
        old = before / where
        if PRIVATE_KEY.search(data) and not (old.is_file() and PRIVATE_KEY.search(old.read_bytes())):
            wrong.append(f"{where}: a private key")
    assert not wrong, "\n".join(wrong)
    assert not list((image / "etc/ssh").glob("ssh_host_*"))
    assert not (image / "etc/machine-id").read_text()
    assert not (image / "var/lib/cloud/instance").exists()
    assert not list(image.glob("root/.ssh/authorized_keys")) + list(image.glob("home/*/.ssh/authorized_keys"))
    assert not (image / "usr/sbin/policy-rc.d").exists()


def another_version(proof: Baked, images: Path, work: Path) -> None:
    """An instance with other content, from the image of the version before: it installs its own."""
    plan = work / "changed"
    shutil.copytree(proof.plan, plan, ignore=shutil.ignore_patterns("infra", "__pycache__"))
    fleet = Fleet(plan, work / "changed-fleet", environment=BAKE, variables=proof.variables, hosts=proof.hosts)
    stale = f"opt/{fleet.topology.name}/of-another-version.txt"
    image = images / proof.joins
    folders = [path for path in (image / "opt").iterdir() if path.is_dir()]
    for folder in folders:
        left = folder / "of-another-version.txt"
        left.write_text(stale)
        os.utime(left, (1, 1))
    mark = image / "var/lib/camp2iac/installed"
    kept = mark.stat()
    mark.write_text("0" * 64 + "\n")
    os.utime(mark, ns=(kept.st_atime_ns, kept.st_mtime_ns))
    fleet.images = {tier.name: tier for tier in images.iterdir()}
    try:
        fleet.start()
        proof.use(fleet)
        name = f"{proof.joins}-1"
        assert "another version" in fleet.sh(name, "grep -a '^camp install' /var/log/cloud-init-output.log")
        assert "of-another-version" not in fleet.sh(name, "find /opt")
    finally:
        fleet.close()


def write(name: str, proof: Baked, plain: float, baked: float, bake_seconds: float) -> None:
    """The record, if it is asked for."""
    if os.environ.get("ROOTS_RECORD") != "1":
        print(f"{name}: {plain:.1f} s without an image, {baked:.1f} s with one; baked in {bake_seconds:.1f} s")
        return
    RECORDS.mkdir(exist_ok=True)
    record = {
        "about": proof.about,
        "baked": round(baked, 1),
        "baking": round(bake_seconds, 1),
        "date": datetime.now(timezone.utc).date().isoformat(),
        "plain": round(plain, 1),
        "tier": proof.joins,
    }
    (RECORDS / f"{name}.json").write_text(json.dumps(record, indent=2, sort_keys=True) + "\n")
