"""The rooms of the Heroku target import each other in one direction."""

from __future__ import annotations

import grimp

ROOMS = ("offers", "runtimes", "layout", "account", "checks", "resources")
"""Each imports only those before it; account, checks and resources do not import each other."""


def test_imports_go_one_way() -> None:
    graph = grimp.build_graph("camp2iac")
    head = "camp2iac.targets.heroku."
    found = {
        (module.removeprefix(head).partition(".")[0], other.removeprefix(head).partition(".")[0])
        for module in graph.find_descendants(head.rstrip("."))
        for other in graph.find_modules_directly_imported_by(module)
        if other.startswith(head)
    }
    inner = {(a, b) for a, b in found if a in ROOMS and b in ROOMS and a != b}
    assert ("layout", "runtimes") in inner
    assert [(a, b) for a, b in inner if ROOMS.index(a) < ROOMS.index(b) or {a, b} <= set(ROOMS[3:])] == []
