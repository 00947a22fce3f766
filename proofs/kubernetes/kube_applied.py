"""A copy of an entry, its module for Kubernetes, Terraform's state of it, and its namespace."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml
from kube_cluster import Cluster, until
from kube_entries import Entry
from kube_state import Namespace, State, differences
from kube_wanted import Wanted
from support import phases
from support.compiler import camp2iac, permitted
from support.terraform import command

#: An error of the provider 3.2.1 after each update of a StatefulSet for whose rollout it waits
IDENTITY = "Missing Resource Identity After Update"
#: Where components without hosts are, if the environment does not say
DOMAIN = "apps.example.org"
DEPLOYMENT, STATEFUL_SET = "kubernetes_deployment_v1", "kubernetes_stateful_set_v1"
CLAIM = "kubernetes_persistent_volume_claim_v1"


def run(*command: str, environment: Mapping[str, str] | None = None, accept: tuple[int, ...] = (0,)) -> str:
    """The standard output of a command. Another exit status than these is an error."""
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=900)
    assert done.returncode in accept, f"{' '.join(command)}, exit {done.returncode}:\n{done.stdout}{done.stderr}"
    return done.stdout


class Applied:
    """``entry``: is copied into the folder ``work``."""

    def __init__(self, entry: Entry, work: Path, cluster: Cluster) -> None:
        self.cluster = cluster
        self.repeated = 0  # applies that the provider's error ended
        self.package = work / entry.package.name
        shutil.copytree(entry.package, self.package, ignore=shutil.ignore_patterns("infra", "expected"))
        self.environment = self.package / "environments/kubernetes.yaml"
        if entry.environment:
            self.environment = self.package / entry.environment.relative_to(entry.package)
        else:
            self.environment.parent.mkdir(exist_ok=True)
            self.environment.write_text(entry.text)
        self.module = self.package / "infra" / self.environment.stem
        self.synth()
        self.said: Mapping[str, Any] = {"domain": DOMAIN, **yaml.safe_load(self.environment.read_text())}
        loaded = phases.load(self.package / "camp.yaml", leave_out=[self.package / "environments"])
        compiled = phases.compile(loaded, environment=self.environment)
        assert compiled.result is not None
        self.wanted = Wanted(compiled.topology, self.said)
        self.namespace = Namespace(cluster.api, self.wanted.namespace)
        self.variables = {
            block.labels[0]: DOMAIN if block.labels[0] == "domain" else "proof"
            for block in compiled.result.lowered.module.blocks()
            if block.type == "variable" and not any(getattr(each, "name", "") == "default" for each in block.body)
        }
        self.terraform("init", "-input=false")

    def synth(self) -> None:
        """Compile the package as it is now, and allow every loss."""
        words = ("synth", "camp.yaml", "-e", self.environment, "--set", "protect=false", "-q", "-o", self.module)
        camp2iac(*words, *permitted(self.module), cwd=self.package)

    def terraform(self, *words: str, accept: tuple[int, ...] = (0,)) -> str:
        """The standard output of a command."""
        environment = {
            **self.cluster.environment,
            **{f"TF_VAR_{name}": value for name, value in self.variables.items()},
        }
        return run(*command(), f"-chdir={self.module}", *words, "-no-color", environment=environment, accept=accept)

    def apply(self, *arguments: str) -> dict[str, str]:
        """Plan and apply. Returns the addresses of what changes, and how."""
        self.terraform("plan", "-input=false", "-out=proof.plan", *arguments)
        plan = json.loads(self.terraform("show", "-json", "proof.plan"))
        try:
            self.terraform("apply", "-input=false", "proof.plan")
        except AssertionError as error:
            if str(error).count("Error: ") != str(error).count(f"Error: {IDENTITY}"):
                raise
            self.repeated += 1  # the update was made; what depends on it was not
            self.terraform("apply", "-input=false", "-auto-approve")
        found = {each["address"]: ",".join(each["change"]["actions"]) for each in plan["resource_changes"]}
        return {address: actions for address, actions in found.items() if actions not in ("no-op", "read")}

    def unchanged(self) -> None:
        """The next plan is empty."""
        found = self.terraform("plan", "-input=false", "-detailed-exitcode", accept=(0, 2))
        assert "No changes." in found, found

    def refresh(self) -> None:
        """Read the addresses that load balancers and Ingresses get later, for outputs."""
        until(self._addressed, "everything has its address")
        self.terraform("apply", "-refresh-only", "-auto-approve", "-input=false")

    def _addressed(self) -> bool:
        found = [each for each in self.namespace.list("v1", "services") if each["spec"].get("type") == "LoadBalancer"]
        found += self.namespace.list("networking.k8s.io/v1", "ingresses")
        return all(each["status"].get("loadBalancer") for each in found)

    def destroy(self) -> None:
        """Destroy everything."""
        self.terraform("destroy", "-auto-approve", "-input=false")

    def matches(self, counts: Mapping[str, int] | None = None) -> State:
        """What the API has is what the topology says. Returns it."""
        seen = self.namespace.state(self.wanted.others())
        assert not (found := differences(seen, self.wanted.state(counts))), "\n".join(found)
        return seen

    def pods(self) -> dict[str, str]:
        """The identities of pods that stay, by name. Those of Jobs are not among them."""
        return {
            each["metadata"]["name"]: each["metadata"]["uid"]
            for each in self.namespace.pods()
            if each["metadata"].get("ownerReferences", [{}])[0].get("kind") in ("ReplicaSet", "StatefulSet")
        }

    def claims(self) -> dict[str, tuple[str, str]]:
        """The identities of claims and their volumes, by name."""
        found = self.namespace.list("v1", "persistentvolumeclaims")
        return {each["metadata"]["name"]: (each["metadata"]["uid"], each["spec"]["volumeName"]) for each in found}

    def settled(self) -> bool:
        """Whether all workloads have the pods that they ask for, all ready, and no other pod is left."""
        number = 0
        for plural in ("deployments", "statefulsets"):
            for each in self.namespace.list("apps/v1", plural):
                number += (asked := each["spec"]["replicas"])
                status = each["status"]
                same = status.get("observedGeneration") == each["metadata"]["generation"]
                counts = {status.get(key, 0) for key in ("replicas", "readyReplicas", "updatedReplicas")}
                if not same or counts != {asked}:
                    return False
        return len(self.pods()) == number

    def counts(self) -> dict[str, int]:
        """The variables that scale a tier and can be one more, to their values now."""
        return {
            variable: count
            for variable, (count, most) in self.wanted.variables().items()
            if count < most and (self.module / "variables.tf").read_text().find(f'variable "{variable}"') >= 0
        }

    def by_variables(self) -> dict[str, int]:
        """The number of replicas by tier, as the variables have it."""
        names = self.wanted.tiers_by_variable()
        return {names[name]: int(value) for name, value in self.variables.items() if name in names}

    def replicas(self, names: Iterable[str]) -> dict[str, int]:
        """How many replicas these Deployments have."""
        found = self.namespace.list("apps/v1", "deployments")
        return {
            each["metadata"]["name"]: each["status"].get("readyReplicas", 0)
            for each in found
            if each["metadata"]["name"] in names
        }

    def resources(self) -> dict[str, str]:
        """Addresses of Deployments and StatefulSets, to their names."""
        state = json.loads(self.terraform("show", "-json"))["values"]["root_module"]
        return {
            each["address"]: each["values"]["metadata"][0]["name"]
            for each in state["resources"]
            if each["type"] in (DEPLOYMENT, STATEFUL_SET)
        }

    def with_claims(self) -> list[tuple[str, str]]:
        """Addresses and names of what has claims."""
        claimed = {name for name, each in self.wanted.state().workloads.items() if each.claims}
        return sorted((address, name) for address, name in self.resources().items() if name in claimed)

    def named(self, labels: Iterable[str]) -> set[str]:
        """The names of the Deployments and StatefulSets with these labels in Terraform."""
        wanted = set(labels)
        return {name for address, name in self.resources().items() if address.partition(".")[2] in wanted}
