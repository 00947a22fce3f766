"""Environment variables of a source: which are secrets, and what the plan has as their values."""

from __future__ import annotations

import re

from camp2iac.detect.plan import identifier
from camp2iac.detect.rules import variables as rules
from camp2iac.diagnostics.secrets import holds_secret
from camp2iac.importers.draft import DraftPlan, DraftValue, text_value
from camp2iac.topology.confidential import looks

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*", re.ASCII)
GENERATED = 50  # letters and digits of a generated secret
_ELSEWHERE = re.compile(r"MAIL|SMTP|IMAP|LDAP|API|AWS|S3|PROXY|GITHUB|GITLAB|REGISTRY|DOCKER", re.IGNORECASE)
_PASSWORD = re.compile(r"(?:\w+_)?(?:PASSWORD|PASSWD|PASS|PWD)", re.IGNORECASE)


def is_confidential(name: str, value: str = "") -> bool:
    """Whether the value of a variable must be in no file: by its name, or because it has a password."""
    if re.fullmatch(rules().limits, name):
        return False
    return looks(name) or (bool(value) and holds_secret(value))


def secret(plan: DraftPlan, name: str) -> DraftValue:
    """The secret for a variable. Terraform generates what only the application knows; the operator gives the others."""
    return plan.secret(identifier(name), name, GENERATED if is_generated(name) else 0)


def is_generated(name: str) -> bool:
    """Whether Terraform generates the secret for a variable."""
    own = _PASSWORD.fullmatch(name) and not _ELSEWHERE.search(name)
    return bool(re.fullmatch(rules().generated, name) or own)


def parameter(plan: DraftPlan, name: str, default: str | None = None) -> DraftValue:
    """The parameter for a variable."""
    return plan.parameter(identifier(name), name, default)


def plain(text: str) -> DraftValue:
    """A string of the source as a value."""
    return text_value(text)
