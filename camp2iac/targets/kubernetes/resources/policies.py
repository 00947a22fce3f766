"""NetworkPolicies: nothing may connect to the pods, except what the plan connects, opens and exposes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from camp2iac.synth.module import Block, Value, body, ref
from camp2iac.targets.containers.layout.workloads import Workload
from camp2iac.targets.kit import ModuleBuilder
from camp2iac.targets.kubernetes.layout import names
from camp2iac.targets.kubernetes.layout.contacts import AllowedContact
from camp2iac.targets.kubernetes.layout.layout import KubernetesLayout
from camp2iac.targets.kubernetes.resource_types import NETWORK_POLICY
from camp2iac.targets.kubernetes.resources import labels

_INGRESS = ("Ingress",)


def add_denial(made: ModuleBuilder, layout: KubernetesLayout) -> None:
    """Add the policy that allows nothing."""
    own = labels.of_application(layout)
    selector = Block("pod_selector", (), body(match_labels=own))
    made.resource(
        "network.tf",
        NETWORK_POLICY,
        "default_deny",
        labels.metadata(f"{names.application(layout.topology)}-default-deny", own),
        Block("spec", (), body(selector, policy_types=_INGRESS)),
        comment="Nothing may connect to the pods, except what other policies allow",
    )


def add(made: ModuleBuilder, layout: KubernetesLayout) -> None:
    """Add a policy for each workload that something may connect to."""
    workloads = {each.id: each for each in layout.workloads}
    for id_, found in groupby(layout.contacts, key=lambda each: each.destination):
        workload = workloads[id_]
        selector = Block("pod_selector", (), body(match_labels=labels.selector(layout, workload)))
        made.resource(
            names.file(workload.node),
            NETWORK_POLICY,
            workload.label,
            labels.metadata(id_, labels.labels(layout, workload)),
            Block("spec", (), body(selector, *_rules(layout, workloads, list(found)), policy_types=_INGRESS)),
            comment=made.plan(f"{workload.node}: who may connect"),
            origin=workload.span,
        )


def _rules(layout: KubernetesLayout, workloads: dict[str, Workload], found: list[AllowedContact]) -> Iterator[Block]:
    """A block for each range of ports."""
    for (first, last, protocol), group in groupby(found, key=lambda each: (each.first, each.last, each.protocol)):
        sources = list(group)
        ports = body(port=str(first), end_port=last if last != first else None, protocol=protocol)
        everyone = any(each.kind == "anywhere" for each in sources)
        peers = [] if everyone else [_peer(layout, workloads, each) for each in sources]
        yield Block("ingress", (), body(Block("ports", (), ports), *peers))


def _peer(layout: KubernetesLayout, workloads: dict[str, Workload], contact: AllowedContact) -> Block:
    if contact.kind in ("cidr", "parameter"):
        cidr: Value = contact.source if contact.kind == "cidr" else ref(f"var.{names.variable(contact.source)}")
        return Block("from", (), body(Block("ip_block", (), body(cidr=cidr))))
    there = workloads[contact.destination]
    operator = layout.operator(there)
    if contact.kind == "operator" and operator is not None:
        pods = Block("pod_selector", (), body(match_labels=dict(operator.operator)))
        return Block("from", (), body(Block("namespace_selector"), pods))
    if contact.kind == "itself":
        own = Block("pod_selector", (), body(match_labels=labels.selector(layout, there)))
        return Block("from", (), body(own))
    chosen: dict[str, Value] = {names.COMPONENT: contact.source, **labels.of_application(layout)}
    if contact.kind == "workload":
        chosen = dict(labels.selector(layout, workloads[contact.source]))
    return Block("from", (), body(Block("pod_selector", (), body(match_labels=chosen))))
