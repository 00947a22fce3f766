"""What is applied: every example and case for OpenStack."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import yaml
from support.plans import EXAMPLES, ROOT, Compilation


def said(compilation: Compilation) -> Mapping[str, Any]:
    """The content of its environment file; empty without one."""
    found: Mapping[str, Any] = yaml.safe_load(compilation.environment.read_text()) if compilation.environment else {}
    return found


def of_openstack(compilation: Compilation) -> bool:
    """Whether it is for OpenStack."""
    return bool(said(compilation).get("target", compilation.target) == "openstack")


def entry_name(compilation: Compilation) -> str:
    """``guestbook``, ``tests/cases/tiers/shared``, with the environment's name if it is not ``openstack``."""
    example = compilation.package.parent == EXAMPLES
    name = compilation.package.name if example else compilation.package.relative_to(ROOT).as_posix()
    return name if compilation.output.name == "openstack" else f"{name} ({compilation.output.name})"


def named(asked: str, found: Mapping[str, Compilation]) -> Iterator[str]:
    """The entries for ``examples``, ``cases``, an example or a folder. Raises LookupError if there are none."""
    entries = [
        name
        for name, each in found.items()
        if asked in (name, name.partition(" (")[0], f"examples/{name}")
        or asked == ("examples" if each.package.parent == EXAMPLES else "cases")
        or f"{each.package.relative_to(ROOT).as_posix()}/".startswith(f"{asked}/")
    ]
    if not entries:
        raise LookupError(f"{asked}: no example or case of that name is for OpenStack; there are {', '.join(found)}")
    yield from entries
