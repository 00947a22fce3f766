"""How to use each application: what its page shows of its data, and how a visitor adds a row."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Visit:
    """``row``: what on the page comes from the database; ``write``: from a page to curl's arguments for a form.

    Without ``write`` a visitor only reads. ``path``: of the page, below the application's URL.
    """

    row: str
    write: Callable[[str], tuple[str, ...]] | None = None
    path: str = "/"

    def rows(self, page: str) -> list[str]:
        """The rows that the page shows."""
        return re.findall(self.row, page)


def _order(page: str) -> tuple[str, ...]:
    """Order the first item. The form is signed."""
    form = re.search(r"name=good value='([^']+)'><input type=hidden name=seal value=(\w+)", page)
    assert form, page
    return "--data-urlencode", f"good={form[1]}", "--data", f"seal={form[2]}"


#: todo is not among them: MongoDB comes from its vendor alone, whom machines cannot ask here. Nor is thumbs: no page.
VISITS = {
    "guestbook": Visit(r"<li>([^<]+)</li>", lambda _: ("--data-urlencode", "name=Ann & <Bob> ${x} é")),
    "threetier": Visit(r"<li>([^:<]+: \d+)", _order),
    "php": Visit(
        r"<h2>([^<]+)</h2>", lambda _: ("--data-urlencode", 'title=Pancakes & "more"', "--data", "text=Stir.")
    ),
    "vitals": Visit(
        r"<tr><td>([^<]+)</td>",
        lambda _: ("--data-urlencode", "person=Jörg <j>", "--data", "systolic=120&diastolic=80&pulse=60"),
    ),
    "site": Visit(r"<h1>([^<]+)</h1>"),
    "wsgi": Visit(r'"place": "([^"]+)"'),
}
