"""Outcomes of a tier: scaling, resources, networks, and where pods run."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.targets.base import LedgerEntry
from camp2iac.targets.containers.layout.workloads import Workload
from camp2iac.targets.kit import degraded, kept, lost
from camp2iac.targets.kubernetes.account.networks import HELP, WHY
from camp2iac.targets.kubernetes.layout import names
from camp2iac.targets.kubernetes.layout.layout import KubernetesLayout
from camp2iac.topology.model import Balance, PortRange, Scale, Statement, Tier

_ONE = "An autoscaler keeps at least one pod. The API refuses one that keeps fewer."
_BY_HAND = "Write  min: 1,  or  autoscale: false  in the environment file, and set the variable."
_PLACE = "A cluster is in one place, and camp2iac does not know the labels of its nodes."


def outcomes(layout: KubernetesLayout, tier: Tier) -> Iterator[LedgerEntry]:
    """The outcomes of a tier."""
    inside = [each for each in layout.workloads if each.tier.id == tier.id]
    lasting = [each for each in inside if not (each.once or each.schedule)]
    if tier.scale is not None:
        yield _scale(layout, tier, tier.scale, lasting)
    if tier.compute is not None:
        yield layout.computed(tier.compute)
    if tier.networks is not None:
        yield degraded(tier.networks, "network policies", WHY, HELP)
    if tier.balance is not None:
        yield _balance(layout, tier.balance, inside)
    yield from (_opened(ports) for ports in tier.ports)
    yield from _placed(tier, lasting)


def _scale(layout: KubernetesLayout, tier: Tier, statement: Statement[Scale], inside: list[Workload]) -> LedgerEntry:
    if not inside:
        return lost(statement, "Nothing of this tier runs here.", "See its services.")
    scale = statement.value
    if any(map(layout.scales_itself, inside)):
        how = f"autoscaler, {max(scale.minimum, 1)} to {scale.maximum} pods"
        return kept(statement, how) if scale.minimum else degraded(statement, how, _ONE, _BY_HAND)
    if scale.maximum == 1:
        why = "The number of pods is a variable only for a tier that can have several."
        return kept(statement, "one pod") if scale.minimum else degraded(statement, "one pod", why, "Write  min: 1.")
    by_hand = f"-var {names.count(tier.id)}=N"
    operator = next((found for each in inside if (found := layout.operator(each)) is not None), None)
    if operator is not None and not scale.minimum:
        why = f"{operator.title} keeps at least one instance."
        return degraded(statement, f"{by_hand}, at least 1", why, "Write  min: 1.")
    if scale.minimum == scale.maximum or not layout.settings.autoscale:
        return kept(statement, by_hand)
    if any(layout.kind(each) == "StatefulSet" for each in inside):
        why = "Each pod has data of its own, so camp2iac lets no autoscaler remove some."
        return degraded(statement, by_hand, why, "Set the variable.")
    why = "An autoscaler compares what pods use with what they ask for, and these ask for no cores."
    return degraded(statement, by_hand, why, "Write  cores  in the Compute of the tier.")


def _balance(layout: KubernetesLayout, statement: Statement[Balance], inside: list[Workload]) -> LedgerEntry:
    if not any(each.id in layout.ports for each in inside):
        return lost(statement, "Nothing on this tier answers requests here.", "See its services.")
    balance = statement.value
    if balance.sticky or balance.algorithm == "source":
        why = "The Service chooses a pod by the address of the client. An ingress controller has settings of its own."
        return degraded(statement, "Service, by address", why, "Configure the ingress controller.")
    if balance.algorithm == "least-connections":
        why = "A Service chooses any pod. An ingress controller has settings of its own."
        return degraded(statement, "Service", why, "Configure the ingress controller.")
    return kept(statement, f"Service, readiness by {balance.health}" if balance.health else "Service")


def _opened(statement: Statement[tuple[PortRange, ...]]) -> LedgerEntry:
    outside = [each for each in statement.value if each.source == "anywhere"]
    if outside:
        why = "A policy opens the ports of the pods. Outside the cluster, only ports of Expose are reached."
        return degraded(statement, "open in the cluster", why, "Expose the port of the component.")
    return kept(statement, "a network policy")


def _placed(tier: Tier, inside: list[Workload]) -> Iterator[LedgerEntry]:
    """The outcomes of where pods run."""
    many = any(each.many for each in inside)
    for where in (tier.region, tier.zone):
        if where is not None:
            yield lost(where, _PLACE, "Choose the cluster with  context  in the environment file.")
    if tier.spread is not None:
        kept_ = kept(tier.spread, f"over nodes, {tier.spread.value}")
        yield kept_ if many else lost(tier.spread, "There is one pod.", "Add Scale to the tier.")
    if tier.together is not None:
        kept_ = kept(tier.together, f"on one node, {tier.together.value}")
        yield kept_ if many else lost(tier.together, "There is one pod.", "None needed.")
    if tier.floating is not None and tier.floating.value:
        why = "Pods have no addresses outside the cluster. Users connect to endpoints of Expose."
        yield lost(tier.floating, why, "Expose the component.")
    elif tier.floating is not None:
        yield kept(tier.floating, "no address")
    if tier.key_pair is not None:
        yield lost(tier.key_pair, "You do not log in to a pod with a key.", "Use `kubectl exec -it POD -- sh`.")
    if tier.security_groups is not None:
        yield lost(tier.security_groups, "A cluster has no security groups, only network policies.", "None needed.")
