"""Which kinds of statements and which keys of environments the corpus changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml
from support import phases

from camp2iac.targets import environment, registry
from camp2iac.topology import statement_kinds
from diff.corpus import Base

UNCOVERED = Path(__file__).with_name("uncovered.yaml")


def all_kinds() -> set[str]:
    """Every kind of statement."""
    return {kind.name for kind in statement_kinds.ALL}


def all_keys(platform: str) -> set[str]:
    """Every key of a platform's environment files, with those inside: ``tiers.*.zone``."""
    return set(_keys(_schema(platform), ""))


def changed_kinds(base: Base) -> set[str]:
    """The kinds of statements that the edits of a base add, remove or change."""
    with TemporaryDirectory() as folder:
        before = _statements(base.copy(Path(folder) / "base"), base)
        found: set[str] = set()
        for number, edit in enumerate(base.edits):
            after = _statements(base.copy(Path(folder) / str(number), edit), base)
            found |= {kind for kind, _, _ in (before - after) + (after - before)}
    return found


def changed_keys(base: Base) -> set[str]:
    """The keys of the environment file that the edits of a base change."""
    schema = _schema(base.platform)
    with TemporaryDirectory() as folder:
        before = _said(base.copy(Path(folder) / "base"), base)
        found: set[str] = set()
        for number, edit in enumerate(base.edits):
            after = _said(base.copy(Path(folder) / str(number), edit), base)
            found |= set(_touched(schema, before, after, ""))
    return found


def uncovered() -> dict[str, dict[str, str]]:
    """What no edit changes, with the reason: ``statements``, and a platform's environment keys."""
    found: dict[str, dict[str, str]] = yaml.safe_load(UNCOVERED.read_text(encoding="utf-8"))
    return found


def _statements(package: Path, base: Base) -> Counter[tuple[str, str, str]]:
    left_out = [package / "environments", package / "infra"]
    loaded = phases.load(package / "camp.yaml", leave_out=left_out)
    compiled = phases.compile(loaded, environment=package / base.environment)
    assert compiled.result is not None, (package, [each.message for each in compiled.diagnostics])
    kept = (entry.statement for entry in compiled.result.statements)
    return Counter((each.kind.name, each.key.name, each.words) for each in kept)


def _said(package: Path, base: Base) -> Any:
    return yaml.safe_load((package / base.environment).read_text(encoding="utf-8")) or {}


def _schema(platform: str) -> Mapping[str, Any]:
    target = registry.find(platform)
    assert target is not None, platform
    return environment.schema(target)


def _inner(schema: Any, root: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """A schema without references, and its alternatives."""
    if not isinstance(schema, Mapping):
        return
    if reference := schema.get("$ref"):
        yield from _inner(root["$defs"][str(reference).rpartition("/")[2]], root)
        return
    yield schema
    for word in ("anyOf", "oneOf", "allOf"):
        for each in schema.get(word, ()):
            yield from _inner(each, root)


def _keys(root: Mapping[str, Any], prefix: str, schema: Any = None) -> Iterator[str]:
    for each in _inner(root if schema is None else schema, root):
        for name, inner in each.get("properties", {}).items():
            yield f"{prefix}{name}"
            yield from _keys(root, f"{prefix}{name}.", inner)
        for word, name in (("additionalProperties", "*."), ("items", "[].")):
            if isinstance(each.get(word), Mapping):
                yield from _keys(root, f"{prefix}{name}", each[word])


def _touched(root: Mapping[str, Any], old: Any, new: Any, prefix: str, schema: Any = None) -> Iterator[str]:
    if old == new:
        return
    for each in _inner(root if schema is None else schema, root):
        ours, theirs = (value if isinstance(value, Mapping) else {} for value in (old, new))
        known, more = each.get("properties", {}), each.get("additionalProperties")
        for key in dict.fromkeys((*ours, *theirs)):
            if ours.get(key) == theirs.get(key):
                continue
            if key in known:
                yield f"{prefix}{key}"
                yield from _touched(root, ours.get(key), theirs.get(key), f"{prefix}{key}.", known[key])
            elif isinstance(more, Mapping):
                yield from _touched(root, ours.get(key), theirs.get(key), f"{prefix}*.", more)
        if isinstance(inner := each.get("items"), Mapping):
            one, other = (list(value) if isinstance(value, list) else [] for value in (old, new))
            for value in (value for value in [*one, *other] if value not in one or value not in other):
                yield from _touched(root, None, value, f"{prefix}[].", inner)
