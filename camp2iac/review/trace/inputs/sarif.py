"""SARIF 2.1.0 of scanners such as checkov, Trivy and tflint."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import unquote, urlsplit

from camp2iac.diagnostics import Severity
from camp2iac.review.trace.finding import ReportedFinding, level
from camp2iac.review.trace.values import mapping, number, sequence, string

TOOL = "a scanner"
_PASSED = frozenset({"pass", "notApplicable"})


def recognises(documents: Sequence[object]) -> bool:
    """Whether it has runs."""
    head = mapping(documents[0]) if len(documents) == 1 else {}
    return isinstance(head.get("runs"), list) and string(head, "version").startswith("2.1")


def findings(documents: Sequence[object]) -> Iterator[ReportedFinding]:
    """Each result, except those that passed or are suppressed."""
    for index, run in enumerate(sequence(documents[0], "runs")):
        rules = [mapping(rule) for rule in sequence(run, "tool", "driver", "rules")]
        by_id = {string(rule, "id"): rule for rule in reversed(rules)}
        for count, result in enumerate(sequence(run, "results")):
            if string(result, "kind") in _PASSED or sequence(result, "suppressions"):
                continue
            yield _finding(run, result, _rule(result, rules, by_id), (index, count))


def secrets(document: object) -> Iterator[object]:
    """None: a scanner does not mark values."""
    yield from ()


def _rule(
    result: object, rules: Sequence[Mapping[str, object]], by_id: Mapping[str, Mapping[str, object]]
) -> Mapping[str, object]:
    index = mapping(result).get("ruleIndex")
    name = string(result, "ruleId") or string(result, "rule", "id")
    if name in by_id:
        return by_id[name]
    return rules[index] if isinstance(index, int) and 0 <= index < len(rules) else {}


def _finding(run: object, result: object, rule: Mapping[str, object], place: tuple[int, int]) -> ReportedFinding:
    location = mapping(next(iter(sequence(result, "locations")), None), "physicalLocation")
    region = mapping(location, "region")
    text = (
        string(result, "message", "text") or string(rule, "shortDescription", "text") or "a finding without a message"
    )
    first, *details = [line.strip() for line in text.split("\n") if line.strip()] or [text]
    otherwise = level(string(rule, "defaultConfiguration", "level"), Severity.WARNING)
    return ReportedFinding(
        level(string(result, "level"), otherwise),
        first,
        string(result, "ruleId") or string(result, "rule", "id") or string(rule, "id"),
        tuple(details),
        file=_file(run, mapping(location, "artifactLocation")),
        line=number(region, "startLine"),
        column=number(region, "startColumn"),
        end_line=number(region, "endLine"),
        number=place,
    )


def _file(run: object, artifact: Mapping[str, object]) -> str:
    """The path that a URI means. A base that is a folder of another computer only helps to find the file."""
    uri = string(artifact, "uri")
    base = string(run, "originalUriBaseIds", string(artifact, "uriBaseId"), "uri")
    if base.startswith("file:") and not uri.startswith(("file:", "/")):
        uri = f"{base.rstrip('/')}/{uri}"
    try:
        parts = urlsplit(uri)
    except ValueError:  # a host that is not one
        return uri
    return unquote(parts.path if parts.scheme == "file" else uri)
