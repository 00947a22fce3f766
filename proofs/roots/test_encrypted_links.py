"""Links with TLS: drivers verify servers with the URLs that components get; plain clients and other CAs are refused."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from roots.fleet import Fleet, same

PLAN = Path(__file__).parent / "plans" / "links"
SYSTEMS = os.environ.get("ROOTS", "bookworm trixie").split()
# What MariaDB answers without TLS to the right password: 10.11 access denied, 11.8 insecure transport
REFUSED = {"bookworm": "Error: (1045, ", "trixie": "Error: (3159, "}
KEY = "stat -c '%a %U' /etc/parcel/{}.key"


@pytest.fixture(scope="module", params=SYSTEMS)
def fleet(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Fleet]:
    """All instances, ready. Passwords have only letters and digits: drivers differ in how they decode others."""
    work = tmp_path_factory.mktemp("links") / "fleet"
    environment = "encrypt_links: true\nmetrics: { from: 10.83.0.0/24 }\n"
    made = Fleet(PLAN, work, request.param, environment=environment, password="Sn3llerAlsGister")
    made.start()
    yield made
    made.close()


def told(fleet: Fleet) -> dict[str, str]:
    """What the component saw of each link."""
    lines = fleet.curl("http://{web}:8080/").splitlines()
    return dict(line.split(": ", 1) for line in lines)


def test_links(fleet: Fleet) -> None:
    """Drivers use their usual URL, and nothing else. The server refuses all other clients, and they refuse it."""
    seen = told(fleet)
    assert seen["database"] == "TLSv1.3"
    assert seen["ledger"] == "TLSv1.3"
    assert REFUSED[fleet.root] in seen["ledger without TLS"]
    assert "certificate verify failed" in seen["ledger with another CA"]
    assert seen["cache"] == seen["queue"] == "it's here"
    assert "no encryption" in seen["database without TLS"]
    assert "certificate verify failed" in seen["database with another CA"]
    for base in ("DATABASE", "REDIS", "AMQP"):
        assert seen[f"{base} with its CA"] == seen[f"{base} with the trust store"] == "TLSv1.3"
        assert "certificate verify failed" in seen[f"{base} without the CA"]
        assert "Hostname mismatch" in seen[f"{base} by another name"]
    assert "PONG" not in seen["REDIS without TLS"]
    assert "Connection.Start" not in seen["AMQP without TLS"]
    assert "version_major" not in seen["AMQP without TLS"]


def test_servers(fleet: Fleet) -> None:
    """Keys belong to the user of the server, plain ports are closed, and scripts on the instance use TLS too."""
    for tier, user in (("database", "postgres"), ("ledger", "mysql"), ("cache", "redis"), ("queue", "rabbitmq")):
        assert fleet.sh(tier, KEY.format(tier)) == f"600 {user}\n"
    assert ":5672 " not in fleet.sh("queue", "ss --listening --numeric --tcp")
    assert "redis_up 1" in fleet.sh("cache", "curl -s http://127.0.0.1:9121/metrics")
    assert "pg_up 1" in fleet.sh("database", "curl -s http://127.0.0.1:9187/metrics")


def test_a_schedule_is_claimed(fleet: Fleet) -> None:
    """The instances of web claim runs in the database, with its client and the same URL."""
    query = (
        "cd / && runuser -u postgres -- psql --tuples-only --dbname=parcel --command='select count(*) from camp_runs'"
    )
    wait = f"for _ in $(seq 90); do n=$({query} 2> /dev/null); [ ${{n:-0}} -gt 0 ] && break; sleep 1; done; echo $n"
    assert int(fleet.sh("database", wait)) > 0


def test_again(fleet: Fleet) -> None:
    """A second run and a reboot change nothing."""
    files = fleet.files()
    for name in fleet.up_:
        fleet.again(name)
    same(files, fleet.files(), "a second run")
    fleet.reboot()
    assert told(fleet)["database"] == "TLSv1.3"
