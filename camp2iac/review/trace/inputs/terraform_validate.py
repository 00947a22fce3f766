"""The result of ``terraform validate -json``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from camp2iac.review import known_secrets
from camp2iac.review.trace.finding import ReportedFinding
from camp2iac.review.trace.inputs.terraform_stream import diagnostic
from camp2iac.review.trace.values import mapping, sequence

TOOL = "Terraform"


def recognises(documents: Sequence[object]) -> bool:
    """Whether it says if a module is valid."""
    return len(documents) == 1 and {"valid", "diagnostics"} <= mapping(documents[0]).keys()


def findings(documents: Sequence[object]) -> Iterator[ReportedFinding]:
    """Each diagnostic."""
    for each in sequence(documents[0], "diagnostics"):
        yield diagnostic(each)


def secrets(document: object) -> Iterator[object]:
    """The values of expressions that name a secret."""
    for each in sequence(document, "diagnostics"):
        yield from known_secrets.of_diagnostic(each)
