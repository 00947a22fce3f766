"""Ports and ranges of ports, as `org.camp2iac:Ports` has them."""

from __future__ import annotations

import pytest

from tests.topology.plans import HEAD, SERVICES, WEB, codes, read

PORTS = "      - characteristic_type: org.camp2iac:Ports\n        {}: {}\n        from: 192.0.2.0/24\n"


@pytest.mark.parametrize("protocol", ["tcp", "udp"])
@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("1", (1, 1)),
        ("65535", (65535, 65535)),
        ("1-65535", (1, 65535)),
        ("9000-9000", (9000, 9000)),
        ("9000 - 9010", (9000, 9010)),
    ],
)
def test_what_is_a_port(protocol, written, expected):
    topology, check = read(HEAD + WEB + SERVICES + PORTS.format(protocol, written))
    assert [each.code for each in check.diagnostics] == []
    ((found,),) = (statement.value for statement in topology.tiers["database"].ports)
    assert (found.protocol, found.first, found.last) == (protocol, *expected)


@pytest.mark.parametrize("written", ["0", "65536", "0-80", "9010-9009", "65535-65536", "080", "-1", "80-", "http"])
def test_what_is_none(written):
    assert codes(HEAD + WEB + SERVICES + PORTS.format("tcp", f'"{written}"')) == ["CAMP311"]
