"""Who may connect to whom, as NetworkPolicies allow it. By the definitions of the API."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address, ip_network
from typing import Any

Object = dict[str, Any]
#: A port that no policy names. What is allowed on it is allowed on all
ANY = 9


@dataclass(frozen=True)
class Peer:
    """Pods with one set of labels, or (``address``) a computer outside of the cluster. ``ports``: name to number."""

    name: str
    labels: Mapping[str, str] = field(default_factory=dict)
    namespace: str = ""
    about: Mapping[str, str] = field(default_factory=dict)
    address: str = ""
    ports: Mapping[str, int] = field(default_factory=dict)


def selects(selector: Object | None, labels: Mapping[str, str]) -> bool:
    """Whether a label selector selects these labels. One without content selects all."""
    said = selector or {}
    if any(labels.get(key) != value for key, value in (said.get("matchLabels") or {}).items()):
        return False
    for each in said.get("matchExpressions") or ():
        key, among = each["key"], each.get("values") or ()
        holds = {
            "In": labels.get(key) in among,
            "NotIn": labels.get(key) not in among,
            "Exists": key in labels,
            "DoesNotExist": key not in labels,
        }[each["operator"]]
        if not holds:
            return False
    return True


class Policies:
    """The NetworkPolicies of a cluster."""

    def __init__(self, policies: Iterable[Object]) -> None:
        self.policies = list(policies)

    def allows(self, source: Peer, target: Peer, protocol: str, port: int) -> bool:
        """Whether a connection is allowed at both ends. Replies need no rule."""
        ends = ((source, target, "egress", "to"), (target, source, "ingress", "from"))
        return all(self._allowed(mine, other, way, word, protocol, (port, target)) for mine, other, way, word in ends)

    def _allowed(self, mine: Peer, other: Peer, way: str, word: str, protocol: str, to: tuple[int, Peer]) -> bool:
        if mine.address:
            return True  # no policy applies outside of the cluster
        applies = [
            each["spec"]
            for each in self.policies
            if each["metadata"]["namespace"] == mine.namespace
            and way.capitalize() in each["spec"].get("policyTypes", ())
            and selects(each["spec"].get("podSelector"), mine.labels)
        ]
        rules = [rule for spec in applies for rule in spec.get(way) or ()]
        return not applies or any(
            self._named(rule.get(word), other, mine.namespace) and _opens(rule.get("ports"), protocol, to)
            for rule in rules
        )

    def _named(self, peers: list[Object] | None, other: Peer, here: str) -> bool:
        """Whether a rule names this peer. A rule without peers names everyone."""
        return not peers or any(self._is(each, other, here) for each in peers)

    @staticmethod
    def _is(said: Object, other: Peer, here: str) -> bool:
        if block := said.get("ipBlock"):
            if not other.address:
                return False  # what a policy says of addresses of pods is up to the network
            address = ip_address(other.address)
            inside = [ip_network(each) for each in (block["cidr"], *(block.get("except") or ()))]
            return address in inside[0] and not any(address in each for each in inside[1:])
        if other.address:
            return False
        where = said.get("namespaceSelector")
        there = other.namespace == here if where is None else selects(where, other.about)
        return there and selects(said.get("podSelector"), other.labels)

    def ports(self) -> set[tuple[str, int | str]]:
        """The protocols and ports that a policy names."""
        found = set()
        for each in self.policies:
            for way in ("ingress", "egress"):
                for rule in each["spec"].get(way) or ():
                    found |= {(port.get("protocol", "TCP"), port.get("port", ANY)) for port in rule.get("ports") or ()}
                    found |= {
                        (p.get("protocol", "TCP"), p["endPort"]) for p in rule.get("ports") or () if "endPort" in p
                    }
        return found


def _opens(ports: list[Object] | None, protocol: str, to: tuple[int, Peer]) -> bool:
    """Whether a rule has this port. A rule without ports has all."""
    if not ports:
        return True
    number, target = to
    for each in ports:
        first = each.get("port")
        if isinstance(first, str):
            first = target.ports.get(first, -1)
        if each.get("protocol", "TCP") == protocol and (first is None or first <= number <= each.get("endPort", first)):
            return True
    return False


def ways(policies: Iterable[Object], peers: Iterable[Peer], here: str) -> Iterator[str]:
    """Every connection that is allowed between two different peers, of which one is in the namespace ``here``.

    ``web -> database tcp 5432``; ``any`` instead of the port, if all are open.
    """
    found, known = Policies(policies), list(peers)
    numbers = {(protocol, port) for protocol, port in found.ports() if isinstance(port, int)}
    numbers |= {("TCP", number) for peer in known for number in peer.ports.values()}
    for source in known:
        for target in known:
            if source.name == target.name or here not in (source.namespace, target.namespace):
                continue
            for protocol in ("TCP", "UDP"):
                name = f"{source.name} -> {target.name} {protocol.lower()}"
                if found.allows(source, target, protocol, ANY):
                    yield f"{name} any"
                    continue
                for said, number in sorted(numbers):
                    if said == protocol and found.allows(source, target, protocol, number):
                        yield f"{name} {number}"
