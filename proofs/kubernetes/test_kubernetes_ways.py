"""The reader of NetworkPolicies, on policies whose meaning is in Kubernetes' documentation. Needs no cluster."""

from __future__ import annotations

from typing import Any

import pytest
from kube_ways import Peer, selects, ways

WEB = Peer("web", {"app": "web"}, "shop", {"name": "shop"}, ports={"http": 8080})
DATABASE = Peer("database", {"app": "database"}, "shop", {"name": "shop"}, ports={"sql": 5432})
INGRESS = Peer("ingress", {"app": "nginx"}, "ingress", {"name": "ingress"})
ANYWHERE = Peer("anywhere", address="198.51.100.7")
PEERS = (WEB, DATABASE, INGRESS, ANYWHERE)


def policy(types: str, selector: dict[str, Any] | None = None, **rules: Any) -> dict[str, Any]:
    spec = {"podSelector": selector or {}, "policyTypes": types.split(), **rules}
    return {"metadata": {"namespace": "shop"}, "spec": spec}


DENY = policy("Ingress Egress")
TO_SQL = {"to": [{"podSelector": {"matchLabels": {"app": "database"}}}], "ports": [{"port": 5432}]}
FROM_WEB = {"from": [{"podSelector": {"matchLabels": {"app": "web"}}}], "ports": [{"port": "sql"}]}


def test_without_policies_everything_is_open() -> None:
    found = set(ways([], PEERS, "shop"))
    assert "web -> database tcp any" in found
    assert "anywhere -> web udp any" in found
    assert not {line for line in found if not line.endswith("any")}


def test_deny_all() -> None:
    assert set(ways([DENY], PEERS, "shop")) == set()


@pytest.mark.parametrize("ends", [[], ["egress"], ["ingress"], ["egress", "ingress"]])
def test_both_ends_must_allow(ends: list[str]) -> None:
    said = {
        "egress": policy("Egress", {"matchLabels": {"app": "web"}}, egress=[TO_SQL]),
        "ingress": policy("Ingress", {"matchLabels": {"app": "database"}}, ingress=[FROM_WEB]),
    }
    found = set(ways([DENY, *(said[end] for end in ends)], PEERS, "shop"))
    assert found == ({"web -> database tcp 5432"} if len(ends) == 2 else set())


def test_namespaces_and_addresses() -> None:
    there = {"namespaceSelector": {"matchLabels": {"name": "ingress"}}}
    inwards = policy("Ingress", ingress=[{"from": [there], "ports": [{"port": "http"}]}])
    block = {"ipBlock": {"cidr": "0.0.0.0/0", "except": ["10.0.0.0/8"]}}
    out = policy("Egress", egress=[{"to": [block], "ports": [{"port": 443}, {"port": 8000, "endPort": 8002}]}])
    inside = Peer("inside", address="10.1.2.3")
    found = set(ways([inwards, out], [WEB, INGRESS, ANYWHERE, inside], "shop"))
    web = {line for line in found if "web" in line}
    assert web == {"ingress -> web tcp 8080", *(f"web -> anywhere tcp {port}" for port in (443, 8000, 8002))}


def test_a_selector_in_both_must_hold_together() -> None:
    both = {"namespaceSelector": {}, "podSelector": {"matchLabels": {"app": "nginx"}}}
    found = set(ways([policy("Ingress", ingress=[{"from": [both]}])], PEERS, "shop"))
    assert {line for line in found if "-> web" in line and "tcp" in line} == {"ingress -> web tcp any"}


def test_expressions() -> None:
    said = {
        "matchExpressions": [
            {"key": "app", "operator": "In", "values": ["web"]},
            {"key": "x", "operator": "DoesNotExist"},
        ]
    }
    assert selects(said, {"app": "web"})
    assert not selects(said, {"app": "web", "x": ""})
    assert not selects(said, {"app": "database"})
    assert selects(None, {})
