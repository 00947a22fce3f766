"""docs/architecture.md is true: its picture shows the imports, its glossary names classes that mean one thing each."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

import grimp

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
LIBRARY = {"plan": "library", "compilation": "library", "": "library", "start": "cli", "__main__": "cli"}
SMALL = {"node", "record", "version"}  # modules that anyone may import, and that are not in the picture
Arrows = set[tuple[str, str]]


def room(module: str) -> str:
    """The box of the picture that a module is in."""
    _, *parts = module.split(".")
    if parts[:1] == ["targets"] and parts[1:2] in (["docker"], ["heroku"], ["kubernetes"], ["openstack"]):
        return ".".join(parts[:2])
    top = parts[0] if parts else ""
    return LIBRARY.get(top, top)


@cache
def imports() -> frozenset[tuple[str, str]]:
    graph = grimp.build_graph("camp2iac")
    found = {
        (room(module), room(other))
        for module in graph.modules
        for other in graph.find_modules_directly_imported_by(module)
    }
    return frozenset((a, b) for a, b in found if a != b and not {a, b} & SMALL)


def reached(start: str, arrows: Arrows) -> set[str]:
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        here = waiting.pop()
        for b in (b for a, b in arrows if a == here and b not in seen):
            seen.add(b)
            waiting.append(b)
    return seen


def test_no_room_imports_itself_by_others() -> None:
    arrows = set(imports())
    assert [a for a in {a for a, _ in arrows} if a in reached(a, arrows)] == []


def test_the_picture_is_the_imports() -> None:
    picture = re.search(r"```mermaid\n(.*?)```", PAGE, re.DOTALL)
    assert picture is not None
    drawn = set(re.findall(r"^\s+([\w.]+)(?:\[[^\]]*\])? --> ([\w.]+)", picture[1], re.MULTILINE))
    arrows = set(imports())
    needed = {(a, b) for a, b in arrows if b not in reached(a, arrows - {(a, b)})}
    assert drawn == needed


def classes() -> Counter[str]:
    files = (path for path in (ROOT / "camp2iac").rglob("*.py") if "sample" not in path.parts)
    return Counter(
        name for path in files for name in re.findall(r"^class (\w+)", path.read_text(encoding="utf-8"), re.M)
    )


def test_no_class_name_means_two_things() -> None:
    assert [name for name, times in classes().items() if times > 1] == []


def test_the_glossary_names_classes() -> None:
    glossary = PAGE.partition("## Glossary")[2].partition("\n## ")[0]
    rows = [line for line in glossary.splitlines() if line.startswith("|")][2:]
    named = [name for row in rows for name in re.findall(r"`([A-Z]\w+)`", row.split("|")[2])]
    assert len(named) > 40
    assert [name for name in named if name not in classes()] == []
    nouns = [noun.strip() for row in rows for noun in row.split("|")[1].split(",")]
    assert [noun for noun, times in Counter(nouns).items() if times > 1 and noun != "service"] == []
