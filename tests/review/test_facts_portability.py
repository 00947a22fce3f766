"""Statements of a difference with another outcome."""

from __future__ import annotations

from facts_of_edit import compiled, edited

from camp2iac.review.difference.facts import facts

SPREAD = "              spread: soft\n"


def test_a_new_statement_that_is_lost() -> None:
    without = compiled("guestbook", "heroku", ((SPREAD, ""),))
    [found] = facts(without, compiled("guestbook", "heroku")).portability
    assert (found.node, found.words, found.before, found.after) == ("web", "Placement: spread soft", "", "lost")
    assert found.why


def test_a_statement_that_goes_is_no_change() -> None:
    assert edited("guestbook", "heroku", plan=((SPREAD, ""),)).portability == ()


def test_a_statement_that_is_kept_better() -> None:
    larger = edited("guestbook", "heroku", file=(("standard-1x", "performance-m"),)).portability
    assert [(each.words, each.before, each.after) for each in larger] == [
        ("Compute: 1 core, 2 GiB", "degraded", "kept")
    ]


def test_another_platform() -> None:
    found = facts(compiled("guestbook", "openstack"), compiled("guestbook", "heroku")).portability
    assert {(each.before, each.after) for each in found} >= {("kept", "lost"), ("kept", "degraded")}
    assert ("Placement: spread soft", "kept", "lost") in {(each.words, each.before, each.after) for each in found}


def test_a_renamed_node_has_the_same_statements() -> None:
    plan = (("id:database", "id:store"), ("id: database", "id: store"))
    file = (("database:", "store:"),)
    assert edited("guestbook", "heroku", plan=plan, file=file).portability != ()
    assert edited("guestbook", "heroku", plan=plan, file=file, renamed={"database": "store"}).portability == ()


def test_an_environment_that_goes() -> None:
    assert facts(compiled("guestbook", "heroku"), None).portability == ()
