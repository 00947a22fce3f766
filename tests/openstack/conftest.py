"""Compiles plans without the software on their instances, which other folders test."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from support import phases

from camp2iac.diagnostics import Diagnostic
from camp2iac.synth.module import Attribute, Block, Document, Module, Value, call, expr, template
from camp2iac.targets.base import LedgerEntry
from camp2iac.targets.openstack import target
from camp2iac.targets.openstack.layout import values
from camp2iac.targets.openstack.machine.contract import TierInfrastructure, TierSoftware
from camp2iac.topology.model import Tier, Topology

APP = """\
camp_version: CAMP 1.1
name: shop
artifacts:
  - name: web
    artifact_type: org.python:src
    content: { href: web/ }
    requirements:
      - requirement_type: com.python:wsgi
        com.python.wsgi.application: main/app
        fulfillment: id:web
"""
ENVIRONMENT = """\
target: openstack
image: debian-12
sizes: { small: { flavor: m1.small, cores: 1, memory: 2 GiB }, large: { flavor: m1.large, cores: 4, memory: 8 GiB } }
external_network: public
ssh_from: 192.0.2.0/24
"""


@dataclass
class Lowering:
    """The result of a plan: the module, the diagnostics and the ledger."""

    module: Module
    diagnostics: list[Diagnostic]
    ledger: tuple[LedgerEntry, ...]
    readme: str

    def block(self, address: str) -> Block:
        """The block with an address, or an error that lists all addresses."""
        found = {block.address: block for block in self.module.blocks()}
        assert address in found, sorted(str(address) for address in found)
        return found[address]

    def addresses(self, type_: str) -> list[str]:
        """The names of all blocks of a type, which is that of a resource or ``variable``."""
        return sorted(b.labels[-1] for b in self.module.blocks() if type_ in (b.type, *b.labels[:-1]))

    def local(self, name: str) -> Value:
        """A local value."""
        items = (item for block in self.module.blocks() if block.type == "locals" for item in block.body)
        return {item.name: item.value for item in items if isinstance(item, Attribute)}[name]

    @property
    def codes(self) -> list[str]:
        """The codes of the diagnostics."""
        return sorted(diagnostic.code for diagnostic in self.diagnostics)

    def outcome(self, says: str) -> str:
        """The outcome of a statement, with how."""
        return {entry.statement.words: f"{entry.outcome.value}: {entry.how}" for entry in self.ledger}[says]


def _machine(topology: Topology, tier: Tier, facts: TierInfrastructure, context: object) -> TierSoftware:
    """User data with only what the instance gets from the infrastructure.

    As with real products, only services that others connect to need the instance's own address.
    """
    told: dict[str, Value] = {"gateway": facts.gateway, "os": facts.os}
    if any(topology.services[service].product.role == "service" for service in tier.services):
        told["address"] = facts.address
    told |= {f"volume_{name}": volume for name, volume in facts.volumes.items()}
    for component in topology.tier_components(tier.id):
        told |= {v.name: values.value(v.value, topology, facts) for v in component.variables}
        for link in (each for each in component.links if each.service in facts.hosts):
            told[f"{link.service}_host"] = facts.hosts[link.service]
            told[f"{link.service}_password"] = facts.passwords.get(link.service)
    for service in tier.services:
        told |= {
            f"{service}_{name}": values.value(said.value, topology, facts)
            for name, said in topology.services[service].attributes.items()
        }
        told[f"{service}_clients"] = facts.clients.get(service, ())
    path = f"cloud-init/{tier.id}.yaml.tftpl"
    document = call("templatefile", template(expr("path.module"), f"/{path}"), told)
    return TierSoftware((), document, (), (Document(path, b"#cloud-config\n"),))


@pytest.fixture
def lower(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Lowering]:
    """Compile a plan (the part after the artifact ``web``) in an environment (None: without one)."""
    monkeypatch.setattr(target, "build", _machine)

    def run(plan: str = "", environment: str | None = "", *, head: str = APP) -> Lowering:
        (tmp_path / "web").mkdir(exist_ok=True)
        (tmp_path / "web" / "main.py").write_text("app = None\n")
        (tmp_path / "camp.yaml").write_text(head + plan)
        file = tmp_path / "prod.yaml"
        if environment is not None:
            file.write_text(ENVIRONMENT + environment)
        loaded = phases.load(tmp_path / "camp.yaml")
        compiled = phases.compile(loaded, environment=file if environment is not None else None, target="openstack")
        found, result = list(compiled.diagnostics), compiled.result
        if result is None:
            return Lowering(Module(), found, (), "")
        return Lowering(result.lowered.module, found, result.statements, result.lowered.readme)

    return run
