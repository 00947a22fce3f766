"""What the platform must provide, of a difference."""

from __future__ import annotations

from facts_of_edit import compiled, edited

from camp2iac.review.difference.facts import facts
from camp2iac.review.difference.model import SizeChange


def test_more_instances_at_first() -> None:
    found = edited("guestbook", "openstack", plan=(("initial: 2", "initial: 3"),)).sizes
    assert found == (
        SizeChange("instances", 3, 4),
        SizeChange("cores", 3, 4),
        SizeChange("GiB of memory", 6, 8),
        SizeChange("ports", 5, 7),
    )


def test_more_instances_at_most() -> None:
    found = edited("guestbook", "openstack", plan=(("max: 4", "max: 6"),)).sizes
    assert found == (
        SizeChange("instances at most", 5, 7),
        SizeChange("cores at most", 5, 7),
        SizeChange("GiB of memory at most", 10, 14),
        SizeChange("ports at most", 9, 13),
    )


def test_a_larger_volume() -> None:
    assert edited("guestbook", "openstack", plan=(("size: 10 GiB", "size: 20 GiB"),)).sizes == (
        SizeChange("GiB of volumes", 10, 20),
    )


def test_a_network_goes() -> None:
    found = edited(
        "guestbook", "openstack", plan=(("[front, back]", "[back]"), ("  front: { cidr: 10.20.1.0/24 }\n", ""))
    )
    assert {each.what: (each.before, each.after) for each in found.sizes} == {"networks": (3, 2), "ports": (5, 3)}


def test_dynos_of_another_size() -> None:
    assert edited("guestbook", "heroku", file=(("standard-1x", "standard-2x"),)).sizes == (
        SizeChange("standard-2x dynos", 0, 2),
        SizeChange("standard-1x dynos", 2, 0),
    )


def test_a_new_environment_needs_all() -> None:
    found = facts(None, compiled("guestbook", "heroku")).sizes
    assert SizeChange("add-ons heroku-postgresql:essential-0", 0, 1) in found
