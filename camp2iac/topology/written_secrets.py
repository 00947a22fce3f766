"""Find secrets in any string of a plan, wherever it is, by the string itself (CAMP501).

:mod:`camp2iac.topology.checks.secrets` reports those that a variable or an attribute names. This module looks at every
other string of the document, so that a key which comes to CAMP or the profile is included.
"""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.camp.model import Artifact, LocatedText, PlanDocument, Requirement, ServiceReference, ServiceSpecification
from camp2iac.camp.nodes import Mapping, Scalar, Sequence
from camp2iac.diagnostics import Diagnostic, Diagnostics, Span
from camp2iac.diagnostics.secrets import assigns_secret, holds_secret
from camp2iac.record import Record, asdict

_COMMANDS = ("org.camp2iac:Process", "org.camp2iac:Schedule")
_LABEL = "everyone who can read the plan or the output can read this"


class _Text(Record, frozen=True):
    """A string of the plan. ``key``: of its value. ``owner``: the artifact or service. ``command``: it is a command."""

    key: str
    owner: str
    value: str
    span: Span
    command: bool


def report(plan: PlanDocument, diagnostics: Diagnostics) -> None:
    """Report each text of a plan that contains a secret, unless that place is reported already."""
    told = {each.span for each in diagnostics if each.code == "CAMP501"}
    for text in _texts(plan, "name", "the plan", command=False):
        within = assigns_secret(text.value) if text.command else holds_secret(text.value)
        if within and text.span not in told and text.span.file == plan.file:
            told.add(text.span)
            diagnostics.add(_diagnostic(text))


def _texts(part: object, key: str, owner: str, *, command: bool) -> Iterator[_Text]:
    """The strings in a part of the document, with their keys and owners."""
    if isinstance(part, LocatedText | Scalar):
        if isinstance(part.value, str):
            yield _Text(key, owner, part.value, part.span, command)
    elif isinstance(part, Mapping):
        for name, entry in part.entries.items():
            yield from _texts(entry.value, _key(key, name), owner, command=command)
    elif isinstance(part, tuple | Sequence):
        for each in part:
            yield from _texts(each, key, owner, command=command)
    elif isinstance(part, Record) and not isinstance(part, Span | ServiceReference):
        owner = _owner(part) or owner
        command = command or (isinstance(part, Requirement) and part.requirement_type.value in _COMMANDS)
        for name, value in asdict(part).items():
            yield from _texts(value, key if name in ("extensions", "labels") else name, owner, command=command)


def _key(outer: str, key: str) -> str:
    """What messages call the value of a key: ``default of region``."""
    return outer if key == "command" else f"{key} of {outer}" if key in ("default", "description") else key


def _owner(part: Record) -> str:
    if isinstance(part, Artifact):
        return part.labels.name.value if part.labels.name else ""
    return part.id.value if isinstance(part, ServiceSpecification) and part.id else ""


def _diagnostic(text: _Text) -> Diagnostic:
    help_ = "remove it, and give it a value of its own where it is needed:  org.camp2iac:Secrets"
    if text.command:
        help_ = (
            "write a variable in the command line, such as  $TOKEN  , and give it a value:\n"
            "- requirement_type: org.camp2iac:Env\n  TOKEN: { secret: token }\n"
            "and declare it in the plan:\norg.camp2iac:Secrets:\n  token: { description: Token of the service }"
        )
    elif text.key == "href":
        help_ = (
            "write an address without it; content that only some may download belongs into the package,\n"
            "or into a bucket that the environment file names:  releases: { from: s3, ... }"
        )
    message = f"in the {text.key} of {text.owner} is what looks like a secret"
    return Diagnostic("CAMP501", message, text.span, label=_LABEL, help=help_)
