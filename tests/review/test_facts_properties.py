"""The facts of every example and case: none without an edit, in a fixed order, and without values of secrets."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest
from facts_of_edit import compiled
from support.plans import Compilation, compilations

from camp2iac import compiler
from camp2iac.compiler import Origin, Request, Result
from camp2iac.record import Record, asdict
from camp2iac.review.difference.facts import Facts, facts

CANARY = "c4n4ryXq7vT"
ALL = compilations()


@cache
def result(each: Compilation) -> Result | None:
    """The result of a compilation. None: the case is one with errors."""
    reading = compiler.read(Origin(each.package / "camp.yaml", whole=True))
    if each.environment is not None:
        return compiler.compile(reading, Request(reading.environment(each.environment))).result
    return compiler.compile(reading, Request(target=each.target)).result


def changes(found: Facts) -> Iterator[Record]:
    for part in asdict(found).values():
        yield from part


@pytest.mark.parametrize("each", ALL, ids=lambda each: each.id)
def test_nothing_differs_from_itself(each: Compilation) -> None:
    found = result(each)
    assert found is not None
    assert list(changes(facts(found, found))) == []
    assert list(changes(facts(None, None))) == []


@pytest.mark.parametrize("each", ALL, ids=lambda each: each.id)
def test_what_comes_also_goes(each: Compilation) -> None:
    found = result(each)
    comes, goes = facts(None, found), facts(found, None)
    for one, other in ((comes.traffic, goes.traffic), (comes.secrets, goes.secrets), (comes.costs, goes.costs)):
        assert len(one) == len(other)
        assert len(set(one)) == len(one)
    assert {(change.what, change.after) for change in comes.sizes} == {
        (change.what, change.before) for change in goes.sizes
    }
    assert comes.traffic == tuple(
        sorted(comes.traffic, key=lambda it: (not it.public, it.destination, it.source, it.what))
    )
    assert all(change.opens and not back.opens for change, back in zip(comes.traffic, goes.traffic, strict=True))


@pytest.mark.parametrize("environment", ["openstack", "heroku"])
def test_no_value_of_a_secret(environment: str) -> None:
    """A confidential parameter with a value, in an attribute and in a variable."""
    product, greeting = "      - characteristic_type: PostgreSQL\n", "GREETING: { parameter: greeting }"
    attributes = "      - characteristic_type: org.camp2iac:Attributes\n        password: { parameter: token }\n"
    declared = "org.camp2iac:Parameters:\n"
    plan = (
        (product, attributes + product),
        (greeting, f"API_TOKEN: {{ parameter: token }}\n        {greeting}"),
        (declared, f"{declared}  token: {{ description: For the API }}\n"),
    )
    before = compiled("guestbook", environment)
    after = compiled("guestbook", environment, plan, overrides=(("token", CANARY),))
    for old, new in ((before, after), (after, before), (None, after), (after, None)):
        found = facts(old, new)
        assert "confidential parameter token" in {change.name for change in found.secrets}
        assert CANARY not in repr(found)
