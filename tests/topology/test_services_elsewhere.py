"""Addresses of services elsewhere: the parts of a URL, the usual ports, and the page that lists them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from camp2iac.synth.module import Call, Ref
from camp2iac.targets.kit.elsewhere import encoded
from camp2iac.topology import elsewhere, schemes

PAGE = Path(__file__).parents[2] / "docs" / "elsewhere.md"


def test_the_page_lists_every_scheme() -> None:
    rows = re.findall(r"`([a-z0-9]+)` (\d+)", PAGE.read_text(encoding="utf-8").partition("## Ports of schemes")[2])
    assert {name: int(port) for name, port in rows} == dict(schemes.PORTS)


@pytest.mark.parametrize(
    ("href", "host", "port", "rest", "database"),
    [
        ("smtp://mail.example.org:587", "mail.example.org", 587, "", ""),
        ("ldaps://10.1.2.3", "10.1.2.3", 636, "", ""),
        ("HTTPS://API.example.org/v1?x=1", "api.example.org", 443, "/v1?x=1", "v1"),
        ("postgresql+psycopg://[2001:db8::1]/shop", "2001:db8::1", 5432, "/shop", "shop"),
        ("solr://search.example.org", "search.example.org", None, "", ""),
        ("postgresql://bob:a%40b@db.example.org/my%20shop", "db.example.org", 5432, "/my%20shop", "my shop"),
    ],
)
def test_parts(href: str, host: str, port: int | None, rest: str, database: str) -> None:
    found = elsewhere.address(href)
    assert found is not None
    assert (found.host, found.port, found.rest, found.database) == (host, port, rest, database)


def test_user_and_password_are_decoded() -> None:
    found = elsewhere.address("postgresql://bob:a%40b@db.example.org/shop")
    assert found is not None
    assert (found.user, found.password, found.authority) == ("bob", "a@b", "db.example.org")


@pytest.mark.parametrize("href", ["mail.example.org:587", "smtp://", "/srv", "http://host:99999", "1x://host", "a b"])
def test_what_is_no_address(href: str) -> None:
    assert elsewhere.address(href) is None


def test_encoded_as_in_a_url() -> None:
    assert encoded("a b+c@d/é") == "a%20b%2Bc%40d%2F%C3%A9"
    value = Ref("var.password", "")
    assert encoded(value) == Call("replace", (Call("urlencode", (value,)), "+", "%20"))
