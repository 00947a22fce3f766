"""The streams of ``terraform plan -json`` and ``apply -json``: diagnostics, planned changes and drift.

https://developer.hashicorp.com/terraform/internals/machine-readable-ui
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from camp2iac.diagnostics import Severity
from camp2iac.review import known_secrets
from camp2iac.review.trace.finding import ReportedFinding, level
from camp2iac.review.trace.values import mapping, number, string

TOOL = "Terraform"
_CHANGES = {"planned_change": "", "resource_drift": " outside Terraform"}
_ACTIONS = {"noop": "", "read": ""}


def recognises(documents: Sequence[object]) -> bool:
    """Whether these are messages with a level."""
    return any("@level" in mapping(each) and "type" in mapping(each) for each in documents[:50])


def findings(documents: Sequence[object]) -> Iterator[ReportedFinding]:
    """Each diagnostic and each planned change."""
    for each in documents:
        kind = string(each, "type")
        if kind == "diagnostic":
            yield diagnostic(mapping(each, "diagnostic"))
        elif kind in _CHANGES:
            action = string(each, "change", "action")
            address = string(each, "change", "resource", "addr")
            if address and action not in _ACTIONS:
                yield ReportedFinding(
                    Severity.NOTE, f"{action} {address}{_CHANGES[kind]}", address=address, change=action or "change"
                )


def secrets(document: object) -> Iterator[object]:
    """The values of sensitive outputs, and of expressions that name a secret."""
    yield from known_secrets.of_message(document)


def diagnostic(content: object) -> ReportedFinding:
    """A diagnostic of Terraform, as all of its formats have it."""
    detail = string(content, "detail").strip()
    return ReportedFinding(
        level(string(content, "severity"), Severity.ERROR),
        string(content, "summary") or "an error without a summary",
        details=tuple(line for line in detail.split("\n") if line.strip()),
        address=string(content, "address"),
        file=string(content, "range", "filename"),
        line=number(content, "range", "start", "line"),
        column=number(content, "range", "start", "column"),
    )
