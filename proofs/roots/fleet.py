"""A plan's instances: compiled, rendered by Terraform, booted with cloud-init, and used."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from roots.machine import HOME, HOSTS, VM, Machine, boot, run, vm_name
from roots.paper import Paper, machines

PASSWORD = 'It\'s a \\ "pass" word'  # with special characters for every language that it goes through
LOG = (
    "grep -a -A9 ^camp /var/log/cloud-init-output.log; systemctl --failed; "
    "journalctl --no-pager --priority warning -n 20"
)
# as cloud-init runs it, with the service manager's variables
AGAIN = "systemd-run --quiet --wait --pipe --collect /bin/sh /var/lib/cloud/instance/scripts/runcmd"
# /etc/systemd's links and cloud-init's copies of its input change at each boot
FILES = (
    "find /etc /opt /usr/local /root /srv /var/lib/camp /var/lib/dpkg/status -xdev -type f ! -name '*.pyc' "
    "! -path '/srv/*' -printf '%p %m %u %g ' -exec sha256sum {} \\; | sort"
)
UNITS = "sed -n 's/^running //p' /etc/camp/status | while read -r unit; do systemctl show -p Id,MainPID \"$unit\"; done"


class Fleet:
    """The instances of a plan, in their own namespaces. Networks and addresses are those of the compiled module.

    ``root``: the distribution. ``environment``: more lines for the environment file. ``variables``: of the module.
    An instance has its name in the plan, ``web-1``. ``web`` is the first instance of its tier.
    """

    def __init__(
        self,
        package: Path,
        work: Path,
        root: str = "bookworm",
        *,
        environment: str = "",
        variables: Mapping[str, object] | None = None,
        password: str = PASSWORD,
        hosts: Iterable[str] = (),
        catalogue: Sequence[Path] = (),
    ) -> None:
        self.paper = Paper(package, work, root, environment, catalogue)
        self.topology = self.paper.topology
        self.resources = self.paper.apply(variables, password)
        self.begin(work, root, machines(self.resources), password, hosts)

    @classmethod
    def of(cls, held: Iterable[Machine], work: Path, root: str, hosts: Iterable[str] = ()) -> Fleet:
        """The instances of a cloud. Their passwords are unknown."""
        fleet = cls.__new__(cls)
        fleet.begin(work, root, held, "", hosts)
        return fleet

    def begin(self, work: Path, root: str, held: Iterable[Machine], password: str, hosts: Iterable[str] = ()) -> None:
        """Use these instances, none of them booted."""
        self.work, self.root, self.password = work, root, password
        self.hosts = (*HOSTS, *hosts)
        self.world = HOME / "worlds" / f"{os.getpid()}-{time.monotonic_ns()}"
        self.machines = {machine.name: machine for machine in held}
        self.up_: list[str] = []
        self.images: dict[str, Path] = {}  # tiers with an image of their own: a root file system
        self.trust = ""  # certificates that instances trust besides those of this host

    # ---- machines ------------------------------------------------------------------------------

    def one(self, name: str) -> Machine:
        """An instance by its name, or the first of a tier."""
        return self.machines[name] if name in self.machines else self.machines[f"{name}-1"]

    def address(self, name: str, network: int = 0) -> str:
        """Its address on its first, second, ... network."""
        return self.one(name).ports[network].address

    def vm(self, *words: str | Path, check: bool = True) -> str:
        """Run a command of ``vm``."""
        return run(VM, *words, check=check, world=self.world).stdout

    def up(self, name: str) -> None:
        """Boot an instance with a new root file system and its existing volumes."""
        self.world.mkdir(parents=True, exist_ok=True)
        ports = [port for machine in self.machines.values() for port in machine.ports]
        aside = tuple(dict.fromkeys(address for port in ports for address in (port.address, port.gateway)))
        root = str(self.images.get(self.one(name).tier, self.root))
        boot(self.one(name), root, self.world, self.work / "disks", aside, self.trust)
        if not self.up_:
            self.vm("net-allow", *self.hosts)
        self.up_.append(self.one(name).name)

    def wait(self, name: str, timeout: int = 500) -> None:
        """Wait until cloud-init is done and no unit is starting. Both must succeed."""
        done = run(VM, "wait", vm_name(self.one(name).name), "--timeout", str(timeout), check=False, world=self.world)
        if done.returncode:
            log = self.sh(name, LOG, check=False)
            raise AssertionError(f"{name}: {done.stdout}{done.stderr}\n{log}")

    def start(self) -> None:
        """Boot all instances, and wait until each is ready."""
        for name in self.machines:
            self.up(name)
        for name in self.machines:
            self.wait(name)
            self.ready(name)

    def ready(self, name: str, seconds: int = 0) -> None:
        """The result of camp-status, now or within some time."""
        end = time.monotonic() + seconds
        while not (said := self.status(name)).endswith(": ready"):
            assert time.monotonic() < end, said
            time.sleep(1)

    def status(self, name: str) -> str:
        """The line that camp-status prints."""
        return self.sh(name, "camp-status", check=False).strip()

    def reboot(self) -> None:
        """Boot all instances at once, and wait until each is ready."""
        for name in self.up_:
            self.vm("reboot", vm_name(name))
        for name in self.up_:
            self.wait(name)
            self.ready(name, 60)

    def down(self, name: str, *, plug: bool = False) -> None:
        """Power off and delete the root file system. Volumes stay. ``plug``: without a shutdown."""
        name = self.one(name).name
        self.vm("down", vm_name(name), *(["--now"] if plug else []))
        self.up_.remove(name)

    def close(self) -> None:
        """Remove all instances and their networks."""
        if self.world.exists():
            self.vm("down", "--now", check=False)
            self.vm("net-down", check=False)
            shutil.rmtree(self.world, ignore_errors=True)
        shutil.rmtree(self.work / "disks", ignore_errors=True)
        self.up_ = []

    # ---- using them ----------------------------------------------------------------------------

    def sh(self, name: str, script: str, check: bool = True) -> str:
        """The output of a script that root runs on an instance."""
        return self.vm("exec", vm_name(self.one(name).name), script, check=check)

    def curl(self, url: str, *arguments: str, seconds: int = 60) -> str:
        """Send a request from a host in the instances' networks, until it is answered: ``http://{web}:8080/``."""
        for name, machine in self.machines.items():
            url = url.replace("{" + name + "}", machine.ports[0].address)
            if name.endswith("-1"):
                url = url.replace("{" + machine.tier + "}", machine.ports[0].address)
        end = time.monotonic() + seconds
        while True:
            words = ("net-exec", "curl", "-fsS", "--noproxy", "*", "--max-time", "10", *arguments, url)
            done = run(VM, *words, check=False, world=self.world)
            if done.returncode == 0:
                return done.stdout
            if time.monotonic() > end:
                raise AssertionError(f"{url}: {done.stderr}")
            time.sleep(1)

    # ---- nothing changes -------------------------------------------------------------------------

    def again(self, name: str) -> None:
        """Run everything that cloud-init ran again."""
        done = run(VM, "exec", vm_name(self.one(name).name), AGAIN, check=False, world=self.world)
        assert done.returncode == 0, f"{name}, a second run: {done.stdout[-3000:]}{done.stderr[-2000:]}"

    def files(self) -> dict[str, str]:
        """For each instance: files with owner, mode and digest, including installed packages."""
        return {name: self.sh(name, FILES) for name in self.up_}

    def processes(self) -> dict[str, str]:
        """For each instance: the main process of each unit that must run."""
        return {name: self.sh(name, UNITS) for name in self.up_}


def same(before: Mapping[str, str], after: Mapping[str, str], what: str) -> None:
    """Fail if something changed, and show the lines."""
    changed = [
        f"{name}: {line}"
        for name in before
        for line in sorted(set(before[name].splitlines()) ^ set(after[name].splitlines()))
    ]
    assert not changed, f"{what} changes:\n" + "\n".join(changed)
