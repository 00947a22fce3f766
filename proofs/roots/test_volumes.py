"""Volumes of booted instances: they grow, and data belongs to its server on every new instance."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from roots.fleet import Fleet

SAMPLE = Path(__file__).resolve().parents[2] / "camp2iac/catalogue/products/redis/sample"
GIB = 1 << 30


@pytest.fixture
def fleet(tmp_path: Path) -> Iterator[Fleet]:
    made = Fleet(SAMPLE, tmp_path / "fleet", os.environ.get("ROOTS", "bookworm").split()[0])
    try:
        made.start()
        yield made
    finally:
        made.close()


def extended(fleet: Fleet, disk: Path, gibibytes: int) -> None:
    """What Cinder and the hypervisor do: the disk of the running instance has another size."""
    os.truncate(disk, gibibytes * GIB)
    listed = subprocess.run(["losetup", "--noheadings", "-O", "NAME", "-j", disk], check=True, capture_output=True)
    for device in listed.stdout.decode().split():
        subprocess.run(["losetup", "--set-capacity", device], check=True)


def size(fleet: Fleet, name: str, mount: str) -> float:
    """The size of the file system, in GiB."""
    return int(fleet.sh(name, f"df --block-size=1 --output=size {mount} | tail -n 1")) / GIB


def test_a_volume_grows_and_its_data_keeps_its_owner(fleet: Fleet) -> None:
    [name] = [each for each, machine in fleet.machines.items() if machine.volumes]
    [disk] = sorted((fleet.work / "disks").glob("*.disk"))
    unit = fleet.sh(name, "systemctl list-units --plain --no-legend 'camp-volume-*' | cut -d' ' -f1").strip()
    mount = fleet.sh(name, f"systemctl cat {unit} | sed -n 's/.*at \\(.*\\)/\\1/p' | head -n 1").strip()
    assert 0.9 < size(fleet, name, mount) < 1
    fleet.sh(name, f"echo kept > {mount}/redis/kept && chown --reference={mount}/redis {mount}/redis/kept")

    extended(fleet, disk, 2)
    assert size(fleet, name, mount) < 1, "a larger disk alone changes nothing"
    if grows_online():
        fleet.sh(name, f"systemctl reload {unit}")
        assert 1.8 < size(fleet, name, mount) < 2, "on demand, while it is in use"
    assert fleet.sh(name, f"systemctl is-active {unit} redis-server").split() == ["active", "active"]

    fleet.down(name)
    os.truncate(disk, 3 * GIB)
    owned_by_another(disk, 4242)  # an earlier instance installed packages in another order
    fleet.up(name)
    fleet.wait(name)
    fleet.ready(name)
    assert 2.8 < size(fleet, name, mount) < 3, "at the next boot"
    assert fleet.sh(name, f"cat {mount}/redis/kept") == "kept\n"
    owners = fleet.sh(name, f"find {mount}/redis -printf '%u\\n' | sort -u").split()
    assert owners == ["redis"]


def grows_online() -> bool:
    """Whether this host may resize a file system in use: it needs CAP_SYS_RESOURCE, which a container can lack."""
    status = Path("/proc/self/status").read_text()
    return bool(int(status.split("CapBnd:")[1].split()[0], 16) >> 24 & 1)


def owned_by_another(disk: Path, uid: int) -> None:
    """Give all files of the data folder to another user."""
    there = disk.parent / "mounted"
    there.mkdir()
    script = f"mount -o loop {shlex.quote(str(disk))} {shlex.quote(str(there))}"
    subprocess.run(["sh", "-ec", f"{script}; chown -R {uid}:{uid} {there}/redis; umount {there}"], check=True)
    there.rmdir()
