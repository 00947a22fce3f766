"""A plan's machines as a cloud would have them, on paper.

Terraform itself applies the compiled module, with providers that it makes up (``terraform test``, mock_provider): what
only a cloud knows, ids and addresses, is given here. No cloud, no state, no network; half a second.
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
import uuid
from collections.abc import Mapping, Sequence
from functools import cache
from ipaddress import IPv4Network
from pathlib import Path
from typing import Any

from support import phases
from support.terraform import Terraform, find

from camp2iac.record import replace
from camp2iac.synth import hcl
from camp2iac.synth.module import Block, Module
from camp2iac.topology.model import Topology
from roots.machine import Machine, Port

SYSTEMS = {"bookworm": "debian-12", "trixie": "debian-13"}
ENVIRONMENT = """\
target: openstack
image: {system}
external_network: public
ssh_from: 192.0.2.0/24
key_pair: me
quota_check: false
sizes:
  small: {{ flavor: m1.small, cores: 1, memory: 2 GiB }}
  medium: {{ flavor: m1.medium, cores: 2, memory: 4 GiB }}
  large: {{ flavor: m1.large, cores: 4, memory: 8 GiB }}
"""
PASSWORD = "Sn3llerAlsGister"
# values that are unknown without a cloud, but need a form
MOCK = """\
  mock_resource "openstack_networking_port_v2" {
    defaults = { all_fixed_ips = ["192.0.2.1"] }
  }
  mock_resource "openstack_networking_subnet_v2" {
    defaults = { gateway_ip = "192.0.2.1", cidr = "192.0.2.0/24" }
  }
  mock_resource "openstack_networking_floatingip_v2" {
    defaults = { address = "203.0.113.9" }
  }
  mock_resource "openstack_objectstorage_tempurl_v1" {
    defaults = { url = "http://192.0.2.1:8000/" }
  }
"""
# a mock provider has values for attributes, but not for what Terraform treats as blocks
ROUTER = re.compile(
    r'\$\{try\(openstack_networking_router_v2\.\w+\.external_fixed_ip\[0\]\.ip_address, "no-address"\)\}'
)
Resources = dict[str, dict[str, Any]]


class Paper:
    """A compiled plan.

    ``root``: the distribution. ``environment``: more lines for the environment file. ``given``: the whole file instead.
    ``catalogue``: folders of products.
    """

    def __init__(
        self,
        package: Path,
        work: Path,
        root: str = "bookworm",
        environment: str = "",
        catalogue: Sequence[Path] = (),
        given: Path | None = None,
    ) -> None:
        plan = work / "plan"
        shutil.copytree(package, plan, symlinks=True, ignore=shutil.ignore_patterns("infra", "expected", "__pycache__"))
        self.folder = plan / "infra" / "test"
        self.folder.mkdir(parents=True)
        file = work / "test.yaml"
        text = given.read_text() if given else ENVIRONMENT.format(system=SYSTEMS[root])
        file.write_text(text + environment)
        loaded = phases.load(plan, leave_out=(self.folder,))
        compiled = phases.compile(loaded, environment=file, output=self.folder, catalogue=catalogue)
        assert compiled.result is not None
        assert compiled.ok, [d.message for d in compiled.diagnostics]
        self.topology: Topology = compiled.topology
        self.outputs: dict[str, Any] = {}  # after `apply`
        for name, text in hcl.write(_without_questions(compiled.result.lowered.module)).items():
            (self.folder / name).write_text(ROUTER.sub("203.0.113.8", text))
        for document in compiled.result.lowered.documents:
            path = self.folder / document.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(document.data)
            path.chmod(0o755 if document.executable else 0o644)
        providers = [
            b for b in compiled.result.lowered.module.blocks() if b.type == "provider" and b.labels == ("openstack",)
        ]
        aliases = [item.value for b in providers for item in b.body if getattr(item, "name", "") == "alias"]
        self.mocks = "".join(f'mock_provider "openstack" {{\n{form}{MOCK}}}\n' for form in ("", *_alias(aliases)))
        # Terraform 1.15 refuses a mock for a provider that the module does not need
        if any(
            b.type == "resource" and b.labels[0].startswith("random_") for b in compiled.result.lowered.module.blocks()
        ):
            self.mocks += 'mock_provider "random" {}\n'
        self.asked = {
            block.labels[0]
            for block in compiled.result.lowered.module.blocks()
            if block.type == "variable" and not any(getattr(item, "name", "") == "default" for item in block.body)
        }
        _terraform().init(self.folder)

    def apply(self, variables: Mapping[str, object] | None = None, password: str = PASSWORD) -> Resources:
        """Every resource by its address, as in Terraform's state. All passwords are the given one."""
        given = {**dict.fromkeys(sorted(self.asked), "somebody"), **(variables or {})}
        said = "".join(f"  {name} = {_literal(value)}\n" for name, value in given.items())
        head = f"variables {{\n{said}}}\n" if said else ""
        head += self.mocks
        first = self._test(head)
        known = [_override(address, {"all_fixed_ips": [ip]}) for address, ip in _addresses(first).items()]
        known += [
            _override(address, {"id": str(uuid.uuid5(uuid.NAMESPACE_URL, address))})
            for address in first
            if address.startswith("openstack_blockstorage_volume_v3.")
        ]
        # the object store is a folder of files at the instances' gateway (vm net-files)
        subnets = [v for a, v in first.items() if a.startswith("openstack_networking_subnet_v2.")]
        known += [
            _override(address, {"url": f"http://{subnets[0]['gateway_ip']}:8000/{values['object']}"})
            for address, values in first.items()
            if address.startswith("openstack_objectstorage_tempurl_v1.")
        ]
        known += [
            _override(address, {"result": password}) for address in first if address.startswith("random_password.")
        ]
        return self._test(head + "".join(known))

    def machines(self, variables: Mapping[str, object] | None = None, password: str = PASSWORD) -> list[Machine]:
        """The instances, by their names in the plan: ``web-1``."""
        return machines(self.apply(variables, password))

    def _test(self, text: str) -> Resources:
        (self.folder / "x.tftest.hcl").write_text(f'{text}run "x" {{\n  command = apply\n}}\n')
        said = _terraform().run(self.folder, "test", "-json", "-verbose", accept=(0, 1))
        found: Resources = {}
        wrong = []
        for line in map(json.loads, said.splitlines()):
            if "diagnostic" in line:
                wrong.append(f"{line['diagnostic']['detail']} {line['diagnostic'].get('snippet')}")
            state = line.get("test_state", {})
            self.outputs |= {name: output.get("value") for name, output in state.get("outputs", {}).items()}
            for each in state.get("root_module", {}).get("resources", ()):
                found[each["address"]] = each["values"]
        assert found, "\n".join(wrong)
        return found


def machines(resources: Resources) -> list[Machine]:
    """The instances of a state."""
    ports = {v["id"]: v for a, v in resources.items() if a.startswith("openstack_networking_port_v2.")}
    networks = {v["id"]: v for a, v in resources.items() if a.startswith("openstack_networking_network_v2.")}
    subnets = {v["network_id"]: v for a, v in resources.items() if a.startswith("openstack_networking_subnet_v2.")}
    attached = [v for a, v in resources.items() if a.startswith("openstack_compute_volume_attach_v2.")]
    found = []
    for address, values in resources.items():
        if not address.startswith("openstack_compute_instance_v2."):
            continue
        own = []
        for nic in values["network"]:
            port = ports[nic["port"]]
            subnet = subnets[port["network_id"]]
            ip = port["all_fixed_ips"][0]
            last = ip.split(".")
            mac = f"fa:16:3e:{int(last[1]):02x}:{int(last[2]):02x}:{int(last[3]):02x}"
            network = networks[port["network_id"]]["name"]
            own.append(Port(network, ip, subnet["cidr"], subnet["gateway_ip"], mac))
        volumes = tuple(v["volume_id"] for v in attached if v["instance_id"] == values["id"])
        app = values["metadata"]["application"]
        name = values["name"].removeprefix(f"{app}-")
        found.append(Machine(name, values["metadata"]["tier"], values["user_data"], tuple(own), volumes))
    return found


def _without_questions(module: Module) -> Module:
    """The module without the data sources for flavors and quotas: a mock provider cannot answer them."""
    made = Module()
    for file, blocks in module.files.items():
        for block in blocks if file != "quota.tf" else ():
            if block.type == "data" and block.labels[0] == "openstack_compute_flavor_v2":
                kept = tuple(item for item in block.body if not (isinstance(item, Block) and item.type == "lifecycle"))
                block = replace(block, body=kept)
            made.add(file, block)
    return made


def _addresses(resources: Resources) -> dict[str, str]:
    """An address for each port, from its subnet, as Neutron would select it."""
    made = (v for a, v in resources.items() if a.startswith("openstack_networking_subnet_v2."))
    subnets = {v["network_id"]: v["cidr"] for v in made}
    taken: dict[str, int] = {}
    found = {}
    for address in sorted(a for a in resources if a.startswith("openstack_networking_port_v2.")):
        values = resources[address]
        cidr = subnets.get(values["network_id"], "198.51.100.0/24")  # of a network that is there already
        fixed = [f["ip_address"] for f in values.get("fixed_ip") or () if f.get("ip_address")]
        taken[cidr] = taken.get(cidr, 9) + 1
        found[address] = fixed[0] if fixed else str(IPv4Network(cidr)[taken[cidr]])
    return found


def _override(address: str, values: Mapping[str, object]) -> str:
    return f"override_resource {{\n  target = {address}\n  values = {_literal(values)}\n}}\n"


def _alias(names: Sequence[object]) -> list[str]:
    return [f"  alias = {_literal(name)}\n" for name in names]


def _literal(value: object) -> str:
    return json.dumps(value, ensure_ascii=False).replace("${", "$${").replace("%{", "%%{")


@cache
def _terraform() -> Terraform:
    """Terraform and its providers. Only their schemas are used, so stand-ins are enough."""
    return find(Path(tempfile.mkdtemp(prefix="terraform-")))
