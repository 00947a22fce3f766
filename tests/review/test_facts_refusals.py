"""Updates in place that Terraform plans, and that the platform refuses."""

from __future__ import annotations

import pytest
from facts_of_edit import edited


@pytest.mark.parametrize(("plan", "refused"), [("standard-0", True), ("essential-1", False), ("premium-0", True)])
def test_a_database_cannot_leave_its_tier(plan: str, refused: bool) -> None:
    file = (("heroku-postgresql:essential-0", f"heroku-postgresql:{plan}"),)
    found = edited("guestbook", "heroku", file=file).refusals
    assert [(each.node, each.before, each.after) for each in found] == (
        [("database", "heroku-postgresql:essential-0", f"heroku-postgresql:{plan}")] if refused else []
    )
    assert all("pg:copy" in each.instead for each in found)


def test_another_product_is_no_update() -> None:
    """Terraform replaces the add-on."""
    file = (("heroku-postgresql:essential-0", "crunchybridge:hobby-0"),)
    assert not edited("guestbook", "heroku", file=file).refusals
