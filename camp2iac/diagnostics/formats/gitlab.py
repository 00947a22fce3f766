"""A Code Quality report of GitLab: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from hashlib import sha256

from camp2iac.diagnostics.formats.base import Format, hint
from camp2iac.diagnostics.model import Diagnostic

_SEVERITIES = {"error": "major", "warning": "minor", "note": "info"}
_NOWHERE = ("camp.yaml", 1)  # GitLab requires a place


def writer(*, colour: bool) -> Format:
    """The format."""
    return GitLab()


class GitLab:
    """A list with an item per diagnostic."""

    def render(self, diagnostics: Sequence[Diagnostic], texts: Mapping[str, str]) -> str:
        """A document, also for no diagnostics."""
        seen: Counter[tuple[str, str, str]] = Counter()
        items = []
        for each in diagnostics:
            path, line = (each.span.file, each.span.line) if each.span else _NOWHERE
            key = (each.code, path, each.message)
            seen[key] += 1
            items.append(
                {
                    "description": ". ".join(filter(None, [each.message, *each.notes, hint(each)])),
                    "check_name": each.code,
                    "fingerprint": _fingerprint(*key, str(seen[key])),
                    "severity": _SEVERITIES[each.level.value],
                    "location": {"path": path, "lines": {"begin": line}},
                }
            )
        return json.dumps(items, indent=2) + "\n"


def _fingerprint(*parts: str) -> str:
    """The identity of a problem. Without the line, so that GitLab recognises the problem if lines above it change."""
    return sha256("\0".join(parts).encode("utf-8", "backslashreplace")).hexdigest()
