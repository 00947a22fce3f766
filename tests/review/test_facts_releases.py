"""Releases of a difference."""

from __future__ import annotations

from facts_of_edit import compiled, edited

from camp2iac.review.difference.facts import facts
from camp2iac.review.difference.model import ReleaseChange

DATABASE = ("[13,18)", "[16,17)")


def test_a_product_of_an_instance() -> None:
    [found] = edited("guestbook", "openstack", plan=(DATABASE,)).releases
    assert (found.what, found.before) == ("PostgreSQL of database", "15")
    assert found.after.startswith("16, from ")


def test_a_product_of_an_addon() -> None:
    assert edited("guestbook", "heroku", plan=(DATABASE,)).releases == (
        ReleaseChange("PostgreSQL of database", "17", "16"),
    )


def test_a_runtime() -> None:
    assert edited("guestbook", "heroku", plan=(("[3.9,4)", "3.12"),)).releases == (
        ReleaseChange("Python of web", "3.14", "3.12"),
    )


def test_an_operating_system() -> None:
    found = edited("guestbook", "openstack", file=(("debian-12", "debian-13"),)).releases
    assert ReleaseChange("operating system of database", "debian-12", "debian-13") in found
    assert ReleaseChange("operating system of web", "debian-12", "debian-13") in found


def test_a_stack() -> None:
    found = edited("guestbook", "heroku", file=(("region: eu", "stack: heroku-24"),)).releases
    assert ReleaseChange("stack", "heroku-26", "heroku-24") in found


def test_another_platform_has_another_provider() -> None:
    found = facts(compiled("guestbook", "openstack"), compiled("guestbook", "heroku")).releases
    assert [each for each in found if each.what.startswith("provider ")] == [
        ReleaseChange("provider hashicorp/random", "~> 3.6", ""),
        ReleaseChange("provider heroku/heroku", "", "~> 5.3"),
        ReleaseChange("provider terraform-provider-openstack/openstack", "~> 3.4", ""),
    ]


def test_a_new_environment_has_no_old_releases() -> None:
    assert facts(None, compiled("guestbook", "heroku")).releases == ()
