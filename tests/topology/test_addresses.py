"""Addresses and networks, as APIs give them back."""

from __future__ import annotations

import pytest

from camp2iac.topology import addresses


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("10.0.0.5", "10.0.0.5/32"),
        ("10.0.0.5/32", "10.0.0.5/32"),
        ("10.0.0.7/24", "10.0.0.0/24"),
        ("10.0.0.0/255.255.255.0", "10.0.0.0/24"),
        ("0.0.0.0/0", "0.0.0.0/0"),
        ("2001:DB8:0:0::5", "2001:db8::5/128"),
        ("2001:DB8::1/32", "2001:db8::/32"),
        ("0::0/0", "::/0"),
        ("::ffff:10.0.0.5", "::ffff:10.0.0.5/128"),
        ("::FFFF:a00:5", "::ffff:10.0.0.5/128"),
        ("fe80::1%eth0", None),
        ("010.0.0.1", None),
        ("10.0.0.5/33", None),
        ("10.0.0", None),
        ("web", None),
        ("anywhere", None),
        ("", None),
    ],
)
def test_one_form(text: str, found: str | None) -> None:
    assert addresses.network(text) == found
    if found:
        assert addresses.network(found) == found


@pytest.mark.parametrize(
    ("text", "inside"),
    [("10.0.0.7/24", True), ("10.0.0.0/24", False), ("10.0.0.7", False), ("2001:db8::1/32", True), ("web", False)],
)
def test_an_address_with_a_networks_prefix(text: str, *, inside: bool) -> None:
    assert addresses.inside(text) is inside
