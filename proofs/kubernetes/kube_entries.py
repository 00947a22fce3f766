"""What is applied: every example, and every case that has an environment file for Kubernetes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml
from support.plans import EXAMPLES, ROOT, compilations

#: The environment of entries that have none
USUAL = "target: kubernetes\nregistry: registry.example.org/proof\ndomain: apps.example.org\n"
#: Other environments for examples
MORE = {
    "guestbook (gateway)": "routing: gateway\ngateway: gateways/public\n",
    "guestbook (route)": "routing: route\n",
    "bookings (route)": "routing: route\ntls: { termination: edge }\n",
    "board (by hand)": "autoscale: false\nstorage_class: fast\n",
}
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
    """A package. ``environment``: its file for Kubernetes, or None: the proof writes one, with ``text``."""

    package: Path
    environment: Path | None
    text: str = USUAL
    edit: tuple[str, str, str] | None = None

    @property
    def said(self) -> dict[str, object]:
        """Its environment."""
        text = self.environment.read_text() if self.environment else self.text
        found: dict[str, object] = yaml.safe_load(text)
        return found

    @property
    def alone(self) -> bool:
        """Whether it can be applied here: it needs no other module, namespace, context, operator or engine."""
        return (
            not {"build", "context", "kubeconfig", "operators"} & self.said.keys()
            and self.said.get("module") is not True
            and (self.said.get("create_namespace") is not False)
        )

    @property
    def definition(self) -> str:
        """What a cluster must define for it: the name of a file of `control-plane/build`; empty: nothing."""
        routing = str(self.said.get("routing"))
        return {"route": "routes", "gateway": "gateway.networking.k8s.io_httproutes"}.get(routing, "")


def _entries() -> dict[str, Entry]:
    found = {}
    for each in compilations():
        said = yaml.safe_load(each.environment.read_text()) if each.environment else {"target": each.target}
        if said.get("target") == "kubernetes":
            example = each.package.parent == EXAMPLES
            name = each.package.name if example else each.package.relative_to(ROOT).as_posix()
            name = name if each.output.name == "kubernetes" else f"{name} ({each.output.name})"
            found[name] = Entry(each.package, each.environment, edit=EDITS.get(name))
    for plan in sorted(EXAMPLES.glob("*/camp.yaml")):
        found.setdefault(plan.parent.name, Entry(plan.parent, None, edit=EDITS.get(plan.parent.name)))
    for name, text in MORE.items():
        found[name] = Entry(EXAMPLES / name.partition(" ")[0], None, USUAL + text)
    return dict(sorted(found.items()))


ENTRIES = _entries()


def chosen(names: list[str]) -> list[str]:
    """The entries of these names or folders, of `examples` or of `cases`: all of them without a name."""
    found = [
        entry
        for name in list(filter(None, names)) or ["."]
        for entry, each in ENTRIES.items()
        if entry == name
        or name == "."
        or (name == "cases" and each.package.parent != EXAMPLES)
        or (("/" in name or name == "examples") and each.package.relative_to(ROOT).is_relative_to(name))
    ]
    assert found, f"no entry is named {names}; there are {', '.join(ENTRIES)}"
    return list(dict.fromkeys(found))
