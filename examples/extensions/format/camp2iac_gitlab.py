"""A format for ``camp2iac validate --output gitlab``: a Code Quality report of GitLab.

https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from hashlib import sha256

from camp2iac import Diagnostic, Severity

SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTE: "info"}


def writer(*, colour: bool) -> "GitLab":
    """Create the format. Reports have no colours."""
    return GitLab()


class GitLab:
    """Writes reports."""

    def render(self, diagnostics: Sequence[Diagnostic], texts: Mapping[str, str]) -> str:
        """A JSON list, one item for each diagnostic."""
        seen: Counter[tuple[str, str, str]] = Counter()
        items = []
        for each in diagnostics:
            path, line = (each.span.file, each.span.line) if each.span else (".", 1)
            key = (each.code, path, each.message)
            seen[key] += 1
            # The line is left out, so that GitLab recognises a problem when lines above it change.
            fingerprint = sha256("\0".join([*key, str(seen[key])]).encode()).hexdigest()
            items.append(
                {
                    "description": each.message,
                    "check_name": each.code,
                    "fingerprint": fingerprint,
                    "severity": SEVERITIES[each.level],
                    "location": {"path": path, "lines": {"begin": line}},
                }
            )
        return json.dumps(items, indent=2) + "\n"
