"""What is applied: every example, and every case that has an environment file for Kubernetes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml
from support.plans import EXAMPLES, ROOT, compilations

#: An edit of the code of examples: a file, a text in it and its replacement
EDITS = {
    "guestbook": ("web/guestbook.py", "<h1>", "<h1>New: "),
    "thumbs": ("app/web.py", "POST a picture here", "SEND a picture here"),
    "site": ("public/index.html", "<h1>", "<h1>New: "),
    "recipes": ("app/public/index.php", "<h1>", "<h1>New: "),
    "gallery": ("app/photos/templates/photos.html", "<h1>", "<h1>New: "),
    "tickets": ("web/page.js", "<h1>", "<h1>New: "),
}


@dataclass(frozen=True)
class Entry:
    """A package. ``environment``: its file for Kubernetes, or None: the proof writes one."""

    package: Path
    environment: Path | None
    edit: tuple[str, str, str] | None = None


def _entries() -> dict[str, Entry]:
    found = {}
    for each in compilations():
        said = yaml.safe_load(each.environment.read_text()) if each.environment else {"target": each.target}
        if said.get("target") == "kubernetes":
            example = each.package.parent == EXAMPLES
            name = each.package.name if example else each.package.relative_to(ROOT).as_posix()
            name = name if each.output.name == "kubernetes" else f"{name} ({each.output.name})"
            found[name] = Entry(each.package, each.environment, EDITS.get(name))
    for plan in sorted(EXAMPLES.glob("*/camp.yaml")):
        found.setdefault(plan.parent.name, Entry(plan.parent, None, EDITS.get(plan.parent.name)))
    return dict(sorted(found.items()))


ENTRIES = _entries()


def chosen(names: list[str]) -> list[str]:
    """The entries of these names or folders: all of them without a name."""
    found = [
        entry
        for entry, each in ENTRIES.items()
        for name in names or [""]
        if f"{entry.partition(' ')[0]}/".startswith(name.rstrip("/") + "/" * bool(name))
        or (name == "examples" and each.package.parent == EXAMPLES)
        or (name == "cases" and each.package.parent != EXAMPLES)
    ]
    assert found or not names, f"no entry is named {names}; there are {', '.join(ENTRIES)}"
    return list(dict.fromkeys(found))
