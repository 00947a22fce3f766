"""Secrets of a difference: those that come and go, and the nodes that get them."""

from __future__ import annotations

from facts_of_edit import compiled, edited

from camp2iac.review.difference.facts import facts
from camp2iac.review.difference.model import SecretChange

TOKEN = "CALL_TOKEN: { secret: call_token }\n        DAYS"


def test_a_component_gets_a_password_by_a_link() -> None:
    for environment in ("openstack", "heroku"):
        without = compiled("tickets", environment)
        expose = "      - requirement_type: org.camp2iac:Expose\n"
        link = "      - requirement_type: org.sql:ConnectTo\n        fulfillment: id:database\n"
        linked = compiled("tickets", environment, ((expose, link + expose),))
        assert facts(without, linked).secrets == (SecretChange("password of database", True, "web"),)
        assert facts(linked, without).secrets == (SecretChange("password of database", False, "web"),)


def test_a_component_no_longer_gets_a_secret() -> None:
    assert edited("tickets", "openstack", plan=((TOKEN, "DAYS"),)).secrets == (
        SecretChange("secret call_token", False, "tickets"),
    )


def test_a_secret_comes() -> None:
    plan = (
        ("org.camp2iac:Secrets:\n", "org.camp2iac:Secrets:\n  salt: { description: Of the hashes, generate: 40 }\n"),
        (TOKEN, f"SALT: {{ secret: salt }}\n        {TOKEN}"),
    )
    assert edited("tickets", "heroku", plan=plan).secrets == (
        SecretChange("secret salt", True),
        SecretChange("secret salt", True, "tickets"),
    )


def test_a_renamed_secret_and_its_nodes() -> None:
    plan = (("secret: call_token", "secret: token"), ("  call_token:", "  token:"))
    assert len(edited("tickets", "heroku", plan=plan).secrets) == 8
    assert edited("tickets", "heroku", plan=plan, renamed={"call_token": "token"}).secrets == ()


def test_a_variable_of_the_environment() -> None:
    found = edited("guestbook", "heroku", file=(("region: eu", "variables: { web: { KEY: { variable: key } } }"),))
    assert found.secrets == (SecretChange("variable key", True), SecretChange("variable key", True, "web"))


def test_the_other_platform_has_the_same_password() -> None:
    assert facts(compiled("guestbook", "openstack"), compiled("guestbook", "heroku")).secrets == ()
