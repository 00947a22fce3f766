"""``terraform show -json`` of a saved plan or of the state: each resource that changes, or each that exists.

https://developer.hashicorp.com/terraform/internals/json-format
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from camp2iac.diagnostics import Severity
from camp2iac.review import known_secrets
from camp2iac.review.trace.finding import ReportedFinding
from camp2iac.review.trace.values import mapping, sequence, string

TOOL = "Terraform"
_DEEPEST = 50  # modules in modules
_KEPT = (["no-op"], ["read"])


def recognises(documents: Sequence[object]) -> bool:
    """Whether it has a plan's changes, or a state's values. The state of nothing only has a version."""
    head = mapping(documents[0]) if len(documents) == 1 else {}
    return "format_version" in head and (
        not {"resource_changes", "planned_values", "values", "terraform_version"}.isdisjoint(head)
        or set(head) == {"format_version"}
    )


def findings(documents: Sequence[object]) -> Iterator[ReportedFinding]:
    """Each change of a plan, and each failed check; or each resource of a state."""
    content = documents[0]
    is_plan = "planned_values" in mapping(content) or "resource_changes" in mapping(content)
    for each in sequence(content, "resource_changes"):
        address, actions = string(each, "address"), list(sequence(each, "change", "actions"))
        if address and actions and actions not in _KEPT:
            action = "replace" if len(actions) == 2 else str(actions[0])
            yield ReportedFinding(Severity.NOTE, f"{action} {address}", address=address, change=action)
    if not is_plan:
        for address in _resources(mapping(content, "values", "root_module"), 0):
            yield ReportedFinding(Severity.NOTE, f"{address} exists", address=address, change="exists")
    yield from _checks(content)


def secrets(document: object) -> Iterator[object]:
    """The values that Terraform marks as sensitive."""
    yield from known_secrets.of_document(document)


def _resources(module: object, depth: int) -> Iterator[str]:
    for each in sequence(module, "resources"):
        if address := string(each, "address"):
            yield address
    if depth < _DEEPEST:
        for child in sequence(module, "child_modules"):
            yield from _resources(child, depth + 1)


def _checks(content: object) -> Iterator[ReportedFinding]:
    for each in sequence(content, "checks"):
        address = string(each, "address", "to_display")
        for instance in sequence(each, "instances"):
            for problem in sequence(instance, "problems"):
                if message := string(problem, "message"):
                    yield ReportedFinding(Severity.WARNING, message, address=address)
