"""A plan's machines: compiled, rendered by Terraform, booted with cloud-init, and used."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

from camp2iac import compiler
from camp2iac.camp.nodes import Mapping as YamlMapping
from camp2iac.diagnostics import Span
from camp2iac.synth import hcl
from camp2iac.synth.module import Attribute, Block, Module, ref
from camp2iac.targets.base import Context, Environment, Ledger
from camp2iac.targets.openstack import names
from camp2iac.targets.openstack.facts import LOCAL, ports
from camp2iac.targets.openstack.machine.build import build
from camp2iac.targets.openstack.machine.contract import Facts
from camp2iac.topology.model import Topology

VM = Path(__file__).with_name("vm")
NETWORK = "10.77.0"
PASSWORD = 'It\'s a \\ "pass" word'  # awkward for every language that it passes
LOG = (
    "grep -a -A9 ^camp /var/log/cloud-init-output.log; systemctl --failed; "
    "journalctl --no-pager --priority warning -n 20"
)
AGAIN = "set -e; sed -n 's|^installed ||p' /etc/camp/status | while read -r name; do /usr/local/lib/camp/$name.sh; done"
UNITS = "sed -n 's/^running //p' /etc/camp/status | while read -r unit; do systemctl show -p Id,MainPID \"$unit\"; done"
# What podman must be told within a container: no overlay on an overlay, no key rings, no control of pids
CONTAINERS = {
    "containers.conf": "[containers]\nkeyring = false\npids_limit = 0\n",
    "storage.conf": '[storage]\ndriver = "vfs"\nrunroot = "/run/containers/storage"\n'
    'graphroot = "/var/lib/containers/storage"\n',
}
PIP_HOSTS = os.environ.get("ROOTS_HOSTS", "pypi.org files.pythonhosted.org registry.npmjs.org").split()


def run(*command: str | Path, check: bool = True) -> subprocess.CompletedProcess[str]:
    """A command's result; what it said is the error if it failed."""
    done = subprocess.run([str(word) for word in command], text=True, capture_output=True, check=False, timeout=900)
    if check and done.returncode:
        raise AssertionError(
            f"{' '.join(map(str, command))}: exit {done.returncode}\n{done.stdout[-6000:]}{done.stderr[-3000:]}"
        )
    return done


@dataclass
class Fleet:
    """The machines of a plan, one a tier, all on one network. ``addresses``: tier to the last number of its own."""

    package: Path
    work: Path
    addresses: dict[str, int]
    prefix: str
    parameters: dict[str, str] = field(default_factory=dict)
    password: str = "Sn3llerAlsGister"
    os: str = "debian-12"
    root: str = "bookworm"
    up_: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        loaded = compiler.load(self.package)
        compiled = compiler.compile(loaded)
        assert compiled is not None
        assert not loaded.diagnostics.failed, [d.message for d in loaded.diagnostics]
        assert loaded.source is not None
        self.topology: Topology = compiled.topology
        empty = YamlMapping({}, Span("", 1, 1, 1, 1))
        self.ledger = Ledger()
        self.context = Context(
            Environment("test", None, empty, {}), loaded.source.package, self.ledger, loaded.diagnostics, None
        )
        self.user_data = self._render()

    def address(self, tier: str) -> str:
        return f"{NETWORK}.{self.addresses[tier]}"

    def _facts(self, tier: str) -> Facts:
        topology = self.topology
        return Facts(
            app=names.application(topology),
            os=self.os,
            address=ref(f"local.{names.label(tier)}_address"),
            gateway=ref("local.gateway"),
            hosts={
                s.id: LOCAL if s.tier == tier else ref(f"local.{names.label(s.tier)}_address")
                for s in topology.services.values()
            },
            members={t: ref(f"local.{names.label(t)}_addresses") for t in topology.tiers},
            clients={s.id: (ref("local.network"),) if topology.users(s.id) else () for s in topology.services.values()},
            volumes={v.value.name: ref("local.volume") for v in topology.tiers[tier].volumes},
            passwords={s.id: ref("local.password") for s in topology.services.values() if topology.users(s.id)},
            ports=ports(topology),
        )

    def _render(self) -> dict[str, str]:
        """What Terraform makes of each tier's document."""
        module, folder = Module(), self.work / "module"
        for id_, tier in self.topology.tiers.items():
            made = build(self.topology, tier, self._facts(id_), self.context)
            outcome = Attribute("value", made.user_data)
            module.add(f"{id_}.tf", Block("locals", (), made.locals), Block("output", (names.label(id_),), (outcome,)))
            for document in made.documents:
                path = folder / document.path
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(document.data)
                path.chmod(0o755 if document.executable else 0o644)
        assert not self.context.diagnostics.failed, [d.message for d in self.context.diagnostics]
        given = {
            "gateway": f"{NETWORK}.1",
            "network": f"{NETWORK}.0/24",
            "password": self.password,
            "volume": "0123456789abcdef-0123-4567",
            **{f"{names.label(t)}_address": self.address(t) for t in self.topology.tiers},
            **{f"{names.label(t)}_addresses": (self.address(t),) for t in self.topology.tiers},
        }
        module.add("given.tf", Block("locals", (), tuple(Attribute(k, v) for k, v in given.items())))
        for parameter in self.topology.parameters.values():
            value = self.parameters.get(parameter.id, parameter.default)
            module.add("given.tf", Block("variable", (parameter.id,), (Attribute("default", value),)))
        for file, text in hcl.write(module).items():
            (folder / file).write_text(text)
        environment = {**os.environ, "CHECKPOINT_DISABLE": "1", "TF_CLI_CONFIG_FILE": "/dev/null"}
        for command in (("init",), ("apply", "-auto-approve")):
            done = subprocess.run(
                ["terraform", *command, "-no-color", "-input=false"],
                cwd=folder,
                env=environment,
                text=True,
                capture_output=True,
            )
            assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
        shown = subprocess.run(
            ["terraform", "output", "-json"], cwd=folder, env=environment, text=True, capture_output=True
        )
        outputs = json.loads(shown.stdout)
        return {tier: outputs[names.label(tier)]["value"] for tier in self.topology.tiers}

    def machine(self, tier: str) -> str:
        return f"{self.prefix}-{tier}"[:40]

    def up(self, tier: str, *more: str) -> None:
        """Boot a tier's machine."""
        base = self.work / "seeds" / tier
        shutil.rmtree(base, ignore_errors=True)
        (base / "seed").mkdir(parents=True)
        (base / "add/etc").mkdir(parents=True)
        (base / "add/root").mkdir(parents=True)
        (base / "seed/user-data").write_text(self.user_data[tier])
        (base / "seed/user-data").chmod(0o600)
        (base / "seed/meta-data").write_text(f"instance-id: {tier}-{time.monotonic_ns()}\nlocal-hostname: {tier}\n")
        proxy = f"http://{NETWORK}.1:3142"
        (base / "add/etc/pip.conf").write_text(f"[global]\nproxy = {proxy}\n" + self._certificate(base / "add/etc"))
        (base / "add/root/.npmrc").write_text(f"proxy={proxy}\nhttps-proxy={proxy}\ncafile=/etc/pip-ca.pem\n")
        (base / "add/etc/containers").mkdir()
        for name, text in CONTAINERS.items():
            (base / "add/etc/containers" / name).write_text(text)
        run(VM, "up", self.machine(tier), "--root", self.root, "--seed", base / "seed", "--add", base / "add",
            "--ip", f"{self.address(tier)}/24", *more)  # fmt: skip
        self.up_.append(tier)
        run(VM, "net-allow", *PIP_HOSTS)

    def _certificate(self, etc: Path) -> str:
        certificate = os.environ.get("PIP_CERT")
        if not certificate:
            return ""
        shutil.copy(certificate, etc / "pip-ca.pem")
        return "cert = /etc/pip-ca.pem\n"

    def wait(self, tier: str, timeout: int = 500) -> None:
        """Until cloud-init is done and no unit starts any more; both well."""
        done = run(VM, "wait", self.machine(tier), "--timeout", str(timeout), check=False)
        if done.returncode:
            log = run(VM, "exec", self.machine(tier), LOG, check=False)
            raise AssertionError(f"{tier}: {done.stdout}{done.stderr}\n{log.stdout}")

    def sh(self, tier: str, script: str, check: bool = True) -> str:
        """Run a script on a tier's machine."""
        return run(VM, "exec", self.machine(tier), script, check=check).stdout

    def curl(self, url: str, *arguments: str, seconds: int = 60) -> str:
        """Ask as a host of the machines' network, until somebody answers."""
        end = time.monotonic() + seconds
        while True:
            done = run(VM, "net-exec", "curl", "-fsS", "--max-time", "10", *arguments, url, check=False)
            if done.returncode == 0:
                return done.stdout
            if time.monotonic() > end:
                raise AssertionError(f"{url}: {done.stderr}")
            time.sleep(1)

    def again(self, tier: str) -> None:
        """Run the scripts a second time: no file and no process changes."""
        before = self.state(tier)
        self.sh(tier, AGAIN)
        after = self.state(tier)
        assert before == after, "\n".join(sorted(set(before.splitlines()) ^ set(after.splitlines())))

    def state(self, tier: str) -> str:
        files = (
            "find /etc /opt /usr/local /root /var/lib/camp /var/lib/dpkg/status -xdev -type f ! -name '*.pyc' "
            "-printf '%p %m %u %g ' -exec sha256sum {} \\; | sort"
        )
        return self.sh(tier, f"{files}; {UNITS}")

    def ready(self, tier: str) -> None:
        """What camp-status says."""
        said = self.sh(tier, "camp-status", check=False)
        assert said.strip().endswith(": ready"), said

    def down(self) -> None:
        if self.up_:
            run(VM, "down", "--now", *(self.machine(tier) for tier in self.up_), check=False)
