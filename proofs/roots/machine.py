"""An instance of a cloud as a root file system, booted with the instance's user data."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from dataclasses import dataclass
from ipaddress import ip_interface
from pathlib import Path

VM = Path(__file__).with_name("vm")
HOME = Path(os.environ.get("VM_HOME", "/var/tmp/vmroots"))
CERTIFICATES = Path("/usr/local/share/ca-certificates")  # instances trust what this host trusts
HOSTS = os.environ.get(
    "ROOTS_HOSTS", "pypi.org files.pythonhosted.org registry.npmjs.org repo.packagist.org api.github.com"
).split()
MAVEN = ("repo.maven.apache.org",)
# Settings for podman in a container: no overlay on an overlay, no key rings, no pids controller
CONTAINERS = {
    "containers.conf": "[containers]\nkeyring = false\npids_limit = 0\n",
    "storage.conf": '[storage]\ndriver = "vfs"\nrunroot = "/run/containers/storage"\n'
    'graphroot = "/var/lib/containers/storage"\n',
}


@dataclass(frozen=True, slots=True)
class Port:
    """An instance's port. ``network``: its name. ``cidr``, ``gateway``: of its subnet."""

    network: str
    address: str
    cidr: str
    gateway: str
    mac: str


@dataclass(frozen=True, slots=True)
class Machine:
    """What a cloud knows about an instance. ``ports``: in order. ``volumes``: the ids of attached volumes."""

    name: str
    tier: str
    user_data: str
    ports: tuple[Port, ...]
    volumes: tuple[str, ...]


def run(*command: str | Path, check: bool = True, world: Path | None = None) -> subprocess.CompletedProcess[str]:
    """The output of a command. If it fails, the output is the error. ``world``: the folder of the instances."""
    environment = {**os.environ, "VM_STATE": str(world)} if world else None
    words = [str(word) for word in command]
    done = subprocess.run(words, text=True, capture_output=True, check=False, timeout=1200, env=environment)
    if check and done.returncode:
        raise AssertionError(f"{' '.join(words)}: exit {done.returncode}\n{done.stdout[-6000:]}{done.stderr[-3000:]}")
    return done


def boot(machine: Machine, root: str, world: Path, disks: Path, aside: tuple[str, ...] = (), trust: str = "") -> None:
    """Boot it with a ConfigDrive in Nova's format.

    ``aside``: addresses that do not use the proxy. ``trust``: certificates that the image has besides the host's.
    """
    base = world / "seeds" / machine.name
    shutil.rmtree(base, ignore_errors=True)
    seed, add = base / "seed/openstack/latest", base / "add"
    seed.mkdir(parents=True)
    links, networks, ips = [], [], []
    for i, port in enumerate(machine.ports):
        at = ip_interface(f"{port.address}/{port.cidr.partition('/')[2]}")
        links.append({"id": f"tap{i}", "type": "ovs", "vif_id": f"port{i}", "ethernet_mac_address": port.mac})
        route = {"network": "0.0.0.0", "netmask": "0.0.0.0", "gateway": port.gateway}
        networks.append(
            {
                "id": f"network{i}",
                "type": "ipv4",
                "link": f"tap{i}",
                "ip_address": port.address,
                "netmask": str(at.netmask),
                "network_id": port.network,
                "routes": [route],
            }
        )
        ips += ["--ip", f"{at},net={short(port.network)},mac={port.mac}"]
    about = {
        "uuid": f"{machine.name}-{time.time_ns()}",
        "hostname": f"{machine.name}.novalocal",
        "name": machine.name,
        "launch_index": 0,
        "availability_zone": "nova",
        "meta": {},
    }
    (seed / "meta_data.json").write_text(json.dumps(about))
    (seed / "network_data.json").write_text(json.dumps({"links": links, "networks": networks, "services": []}))
    (seed / "user_data").write_text(machine.user_data)
    (seed / "user_data").chmod(0o600)
    _way_out(add, machine.ports[0].gateway, aside)
    if trust:
        _trust(add, trust)
    volumes: list[str] = []
    for volume in machine.volumes:
        disk = disks / f"{volume}.disk"
        if not disk.exists():
            disk.parent.mkdir(parents=True, exist_ok=True)
            with disk.open("wb") as file:
                file.truncate(1 << 30)
        volumes += ["--volume", f"{disk}:{volume}"]
    laid = ("--root", root, "--seed", base / "seed", "--add", add)
    run(VM, "up", vm_name(machine.name), *laid, *ips, *volumes, world=world)
    shutil.rmtree(base)


def vm_name(name: str) -> str:
    """As an argument of ``vm``."""
    return name.lower()[-30:].strip("-")


def short(network: str) -> str:
    """A network's name in ten characters, for its bridge."""
    import hashlib

    return hashlib.sha256(network.encode()).hexdigest()[:10]


def _trust(add: Path, certificates: str) -> None:
    bundle = Path("/etc/ssl/certs/ca-certificates.crt")
    own = add / bundle.relative_to("/")
    own.parent.mkdir(parents=True, exist_ok=True)
    text = bundle.read_text() + certificates
    own.unlink(missing_ok=True)
    own.write_text(text)


def _way_out(add: Path, gateway: str, aside: tuple[str, ...]) -> None:
    """Settings that the image would have: a proxy at the first network's gateway, and trusted certificates."""
    proxy = f"http://{gateway}:3142"
    told = {
        "http_proxy": proxy,
        "https_proxy": proxy,
        "HTTPS_PROXY": proxy,
        "no_proxy": ",".join(("127.0.0.1", "localhost", gateway, *aside)),
    }
    if any(CERTIFICATES.glob("*.crt")):
        for kept in (CERTIFICATES, Path("/etc/ssl/certs")):
            shutil.copytree(kept, add / kept.relative_to("/"), symlinks=True)
        bundle = "/etc/ssl/certs/ca-certificates.crt"
        told |= dict.fromkeys(("PIP_CERT", "REQUESTS_CA_BUNDLE", "NODE_EXTRA_CA_CERTS", "SSL_CERT_FILE"), bundle)
    settings = add / "etc/systemd/system.conf.d/way-out.conf"
    settings.parent.mkdir(parents=True)
    words = " ".join(f'"{name}={value}"' for name, value in told.items())
    settings.write_text(f"[Manager]\nDefaultEnvironment={words}\n")
    containers = add / "etc/containers"
    containers.mkdir(parents=True)
    for name, text in CONTAINERS.items():
        (containers / name).write_text(text)
    npm = add / "root/.npmrc"
    npm.parent.mkdir(parents=True)
    npm.write_text(f"proxy={proxy}\nhttps-proxy={proxy}\n")
