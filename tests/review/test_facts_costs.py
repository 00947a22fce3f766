"""Prices of a difference."""

from __future__ import annotations

from facts_of_edit import compiled, edited

from camp2iac.review.difference.facts import facts


def shown(*changes: object) -> list[tuple[str, float, float]]:
    return [(each.what, each.before, each.after) for each in changes]  # type: ignore[attr-defined]


def test_a_larger_plan_and_more_dynos() -> None:
    found = edited(
        "guestbook",
        "heroku",
        plan=(("initial: 2", "initial: 3"),),
        file=(("heroku-postgresql:essential-0", "heroku-postgresql:standard-0"),),
    ).costs
    assert shown(*found) == [
        ("database: heroku-postgresql:essential-0, then heroku-postgresql:standard-0", 5, 50),
        ("web: 2 × standard-1x, then 3 × standard-1x", 50, 75),
    ]
    assert {each.date for each in found} == {compiled("guestbook", "heroku").lowered.facts.priced}
    assert found[0].date


def test_an_unknown_price_is_named() -> None:
    found = edited("guestbook", "heroku", file=(("heroku-postgresql:essential-0", "crunchybridge:hobby-0"),)).costs
    assert shown(*found) == [
        ("database: heroku-postgresql:essential-0, then crunchybridge:hobby-0 (price not published)", 5, 0)
    ]


def test_eco_dynos_share_a_subscription() -> None:
    found = edited("tickets", "heroku", file=(("web: basic, tickets: basic", "web: eco, tickets: eco"),)).costs
    assert shown(*found) == [
        ("eco dynos: one subscription", 0, 5),
        ("tickets: 1 × basic", 7, 0),
        ("web: 1 × basic", 7, 0),
    ]


def test_a_renamed_node_costs_the_same() -> None:
    plan = (("id:database", "id:store"), ("id: database", "id: store"))
    found = edited("guestbook", "heroku", plan=plan, file=(("database:", "store:"),), renamed={"database": "store"})
    assert found.costs == ()


def test_an_openstack_cloud_has_no_prices() -> None:
    assert facts(None, compiled("guestbook", "openstack")).costs == ()
