"""Load balancers and floating IPs of a cloud as an HAProxy in the instances' networks."""

from __future__ import annotations

import csv
import re
import socket
import time
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from roots.fleet import Fleet
from roots.paper import Resources

HEAD = """\
global
  maxconn 200
  stats socket {socket}
defaults
  option redispatch 1
  retries 3
  timeout connect 2s
  timeout client 50s
  timeout server 50s
"""
ALGORITHMS = {"ROUND_ROBIN": "roundrobin", "LEAST_CONNECTIONS": "leastconn", "SOURCE_IP": "source"}
STICKY = {
    "HTTP_COOKIE": ["cookie SRV insert indirect nocache"],
    "SOURCE_IP": ["stick-table type ip size 10k", "stick on src"],
}


@dataclass(frozen=True, slots=True)
class Monitor:
    """A health check. ``path``: over HTTP; empty: over TCP. ``delay``, ``timeout``: in seconds."""

    path: str
    codes: str
    delay: int
    timeout: int
    retries: int


@dataclass(frozen=True, slots=True)
class Listener:
    """Where users come, and who answers: names of members to addresses and ports. ``sticky``: Octavia's word, or none.

    The words are Octavia's. A floating address of a machine is a listener for ``TCP`` with that machine alone.
    """

    address: str
    port: int
    protocol: str
    members: Mapping[str, tuple[str, int]]
    algorithm: str = "ROUND_ROBIN"
    sticky: str = ""
    monitor: Monitor | None = None

    def config(self) -> str:
        """Its HAProxy configuration."""
        http = self.protocol == "HTTP"
        cookies = self.sticky == "HTTP_COOKIE"
        server = "default-server"
        lines = ["mode http" if http else "mode tcp", f"balance {ALGORITHMS[self.algorithm]}"]
        lines += STICKY.get(self.sticky, [])
        if http:
            lines += ["option forwardfor", "http-request set-header X-Forwarded-Proto http"]
            lines += ["http-response set-header X-Member %s"]
        if ask := self.monitor:
            if ask.path:
                lines += [f"option httpchk GET {ask.path}", f"http-check expect status {ask.codes}"]
            lines += [f"timeout check {ask.timeout}s"]
            server += f" check inter {ask.delay}s fall {ask.retries} rise {ask.retries}"
        lines += [server] if self.monitor else []
        lines += [
            f"server {name} {address}:{port}{f' cookie {name}' if cookies else ''}"
            for name, (address, port) in sorted(self.members.items())
        ]
        head = f"listen {self.address}:{self.port}\n  bind {self.address}:{self.port}\n"
        return head + "".join(f"  {line}\n" for line in lines)


class Balancer:
    """All listeners of a cloud's project, as one process in the networks of a fleet."""

    def __init__(self, fleet: Fleet, listeners: Sequence[Listener]) -> None:
        self.fleet, self.folder = fleet, fleet.world / "balancer"
        self.folder.mkdir(parents=True)
        self.serve(listeners)

    def serve(self, listeners: Sequence[Listener]) -> None:
        """Use these listeners with their members, and no others."""
        self.listeners = tuple(listeners)
        config, pid = self.folder / "haproxy.cfg", self.folder / "pid"
        for address in sorted({each.address for each in listeners}):
            self.fleet.vm("net-exec", "ip", "address", "replace", f"{address}/32", "dev", "lo")
        config.write_text(HEAD.format(socket=self._socket) + "".join(each.config() for each in listeners))
        before = ("-sf", *pid.read_text().split()) if pid.exists() else ()
        self.fleet.vm("net-exec", "haproxy", "-D", "-f", config, "-p", pid, *before)

    def answering(self, url: str, requests: int = 12, *arguments: str) -> Counter[str]:
        """Which members answer a number of requests, one after the other."""
        heads = [self.fleet.curl(url, "-o", "/dev/null", "-D", "-", *arguments) for _ in range(requests)]
        return Counter(name for head in heads for name in re.findall(r"(?im)^x-member: (\S+)", head))

    @property
    def members(self) -> dict[str, str]:
        """Members behind load balancers, to the address. Direct floating IPs are not included."""
        found = (each.members.items() for each in self.listeners if each.protocol == "HTTP")
        return {name: address for members in found for name, (address, _) in members}

    def up(self) -> set[str]:
        """The members that are not removed."""
        with socket.socket(socket.AF_UNIX) as asked:
            asked.connect(self._socket)
            asked.sendall(b"show stat\n")
            said = b"".join(iter(lambda: asked.recv(1 << 16), b"")).decode()
        rows = csv.DictReader(said.removeprefix("# ").splitlines())
        servers = [row for row in rows if row["svname"] not in ("FRONTEND", "BACKEND")]
        return {row["svname"] for row in servers if row["status"].startswith(("UP", "no check"))}

    def wait(self, members: Collection[str], seconds: int = 60) -> float:
        """Wait until these are its members, and no others. Returns the seconds."""
        start = time.monotonic()
        while (up := self.up()) != set(members):
            assert time.monotonic() - start < seconds, f"the balancer has {sorted(up)}, not {sorted(members)}"
            time.sleep(0.5)
        return time.monotonic() - start

    def close(self) -> None:
        """Stop it."""
        pid = self.folder / "pid"
        if pid.exists():
            self.fleet.vm("net-exec", "kill", *pid.read_text().split(), check=False)

    @property
    def _socket(self) -> str:
        return str(self.folder / "asked")


def listeners(resources: Resources, address: str) -> list[Listener]:
    """The listeners of a module, at that address."""

    def of(kind: str, **has: Any) -> list[dict[str, Any]]:
        found = [values for name, values in resources.items() if name.startswith(f"openstack_lb_{kind}_v2.")]
        return [values for values in found if all(values[key] == value for key, value in has.items())]

    return [
        Listener(
            address,
            listener["protocol_port"],
            listener["protocol"],
            {each["name"]: (each["address"], each["protocol_port"]) for each in of("member", pool_id=pool["id"])},
            pool["lb_method"],
            pool["persistence"][0]["type"] if pool["persistence"] else "",
            next((_monitor(each) for each in of("monitor", pool_id=pool["id"])), None),
        )
        for listener in of("listener")
        for pool in of("pool", listener_id=listener["id"])
    ]


def _monitor(values: Mapping[str, Any]) -> Monitor:
    path = values["url_path"] or "" if values["type"] == "HTTP" else ""
    return Monitor(path, values["expected_codes"], values["delay"], values["timeout"], values["max_retries"])
