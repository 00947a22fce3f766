"""The NetworkPolicies of each module allow the connections of the plan, and no others. Needs no cluster."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from kube_entries import ENTRIES
from kube_state import ADDRESSES
from kube_wanted import Wanted
from kube_ways import Object, Peer, ways
from support import phases

from camp2iac.synth.module import Attribute, Block, Commented, Expr, Ref
from camp2iac.topology.model import Topology

NAMESPACE = "shop"
RUNS = ("deployment", "stateful_set", "job", "cron_job")
WORDS = {
    "pod_selector": "podSelector",
    "match_labels": "matchLabels",
    "policy_types": "policyTypes",
    "end_port": "endPort",
    "ip_block": "ipBlock",
    "namespace_selector": "namespaceSelector",
}
SEVERAL = {"ingress", "egress", "from", "to", "ports"}


class Reader:
    """The blocks of a module as the API would have them. ``topology``: for the defaults of its parameters."""

    def __init__(self, topology: Topology) -> None:
        self.topology = topology

    def value(self, value: Any) -> Any:
        """A literal. A variable has the default of its parameter."""
        if isinstance(value, Commented):
            return self.value(value.value)
        if isinstance(value, Mapping):
            return {key: self.value(each) for key, each in value.items()}
        if isinstance(value, (tuple, list)):
            return [self.value(each) for each in value]
        if isinstance(value, (Expr, Ref)):
            text = value.address if isinstance(value, Ref) else "".join(map(str, value.parts))
            name = text.removeprefix("var.")
            return next((each.default for id_, each in self.topology.parameters.items() if id_ == name), NAMESPACE)
        return value

    def object(self, block: Block) -> Object:
        """A block with the names of the API."""
        found: Object = {}
        for each in block.body:
            if isinstance(each, Attribute):
                found[WORDS.get(each.name, each.name)] = self.value(each.value)
            elif each.type in SEVERAL:
                found.setdefault(each.type, []).append(self.object(each))
            else:
                found[WORDS.get(each.type, each.type)] = self.object(each)
        return found

    def policy(self, block: Block) -> Object:
        """A NetworkPolicy. Ports are strings in Terraform."""
        found = self.object(block)
        for rule in (*found["spec"].get("ingress", ()), *found["spec"].get("egress", ())):
            for port in rule.get("ports", ()):
                port["port"] = int(port["port"]) if str(port["port"]).isdigit() else port["port"]
        return {"metadata": {"namespace": NAMESPACE}, "spec": found["spec"]}

    def peer(self, block: Block) -> Peer:
        """The pods of a workload."""
        found = self.object(block)
        template = _inside(found["spec"], "template")
        labels = template["metadata"]["labels"]
        ports = {}
        for container in _blocks(block, "container"):
            ports |= {
                port["name"]: int(port["container_port"]) for port in map(self.object, _blocks(container, "port"))
            }
        return Peer(str(found["metadata"]["name"]), labels, NAMESPACE, ports=ports)


def _inside(spec: Object, name: str) -> Object:
    """The template of pods, which a CronJob has two levels further down."""
    return spec[name] if name in spec else spec["job_template"]["spec"][name]


def _blocks(block: Block, type_: str) -> Iterator[Block]:
    for each in block.body:
        if isinstance(each, Block):
            if each.type == type_:
                yield each
            yield from _blocks(each, type_)


@pytest.mark.parametrize("name", ENTRIES)
def test_policies_are_the_graph(name: str, tmp_path: Path) -> None:
    entry = ENTRIES[name]
    environment = entry.environment
    if environment is None:
        environment = tmp_path / "kubernetes.yaml"
        environment.write_text(entry.text)
    left_out = [entry.package / each for each in ("environments", "infra", "expected", "targets")]
    loaded = phases.load(entry.package / "camp.yaml", leave_out=left_out)
    compiled = phases.compile(loaded, environment=environment)
    assert compiled.result is not None
    blocks = [each for each in compiled.result.lowered.module.blocks() if each.type == "resource"]
    reader = Reader(compiled.topology)
    kinds = {f"kubernetes_{each}_v1" for each in RUNS}
    peers = [reader.peer(each) for each in blocks if each.labels[0] in kinds]
    policies = [reader.policy(each) for each in blocks if each.labels[0] == "kubernetes_network_policy_v1"]
    wanted = Wanted(compiled.topology, yaml.safe_load(environment.read_text()))
    peers += [replace(each, namespace=NAMESPACE) for each in wanted.pods_of_operators()]
    outside = [*wanted.others(), *(Peer(each, address=address) for each, address in ADDRESSES.items())]
    seen = set(ways(policies, [*peers, *outside], NAMESPACE))
    assert peers
    assert policies
    needed = wanted.state().ways
    assert (sorted(seen - needed), sorted(needed - seen)) == ([], [])


def test_a_policy_that_is_too_wide_is_noticed() -> None:
    """Without the default, everything is open: the comparison above must not be content with that."""
    pods = [Peer(each, {"app": each}, NAMESPACE) for each in ("web", "database")]
    assert "web -> database tcp any" in set(ways([], pods, NAMESPACE))
