"""Compare what the lab expects with what a person reads in the plan. Needs no cloud."""

from __future__ import annotations

from pathlib import Path

import yaml
from support import phases

from lab.state import Machine, Network
from lab.wanted import Wanted

GUESTBOOK = Path(__file__).parents[2] / "examples" / "guestbook"


def test_what_the_guestbook_must_come_to() -> None:
    environment = GUESTBOOK / "environments" / "openstack.yaml"
    loaded = phases.load(GUESTBOOK / "camp.yaml", leave_out=[GUESTBOOK / "environments", GUESTBOOK / "infra"])
    compiled = phases.compile(loaded, environment=environment)
    found = Wanted(compiled.topology, yaml.safe_load(environment.read_text())).state({"web": 3})

    assert found.rules == {
        "guestbook-machine ingress tcp 22 192.0.2.0/24",
        "guestbook-machine egress tcp 53 0.0.0.0/0",
        "guestbook-machine egress udp 53 0.0.0.0/0",
        "guestbook-machine egress tcp 80 0.0.0.0/0",
        "guestbook-machine egress tcp 443 0.0.0.0/0",
        "guestbook-machine egress udp 123 0.0.0.0/0",
        "guestbook-web ingress tcp 8080 guestbook-web-balancer",
        "guestbook-web egress tcp 5432 guestbook-database",
        "guestbook-database ingress tcp 5432 guestbook-web",
    }
    machines = ("guestbook-web-1", "guestbook-web-2", "guestbook-web-3")
    web = Machine(
        tier="web",
        image="debian-12",
        networks=("guestbook-front", "guestbook-back"),
        groups=frozenset({"guestbook-machine", "guestbook-web"}),
        volumes={},
    )
    database = Machine(
        tier="database",
        image="debian-12",
        networks=("guestbook-back",),
        groups=frozenset({"guestbook-machine", "guestbook-database"}),
        volumes={"guestbook-database-1-data": 10},
    )
    assert found.machines == {**dict.fromkeys(machines, web), "guestbook-database-1": database}
    assert found.networks == {
        "guestbook-front": Network("10.20.1.0/24"),
        "guestbook-back": Network("10.20.2.0/24"),
        "guestbook-web-balancer": Network(None),
    }
    assert found.routers == {"guestbook": "public"}
    assert found.listeners == {"guestbook-web 80 HTTP for anybody"}
    assert found.members == {f"guestbook-web 80 {name} 8080" for name in machines}
    assert found.monitors == {"guestbook-web": "/healthz"}
    assert found.pools == {"guestbook-web": "ROUND_ROBIN"}
    assert found.waiting == frozenset()
    assert found.public == {"balancer guestbook-web"}
    assert found.together == {"guestbook-web": ("soft-anti-affinity", frozenset(machines))}
