"""Record each rename as a statement of the plan."""

from __future__ import annotations

from collections.abc import Iterable

from camp2iac.topology.ids import slug
from camp2iac.topology.renames.model import Rename
from camp2iac.topology.statement_kinds import PREVIOUSLY
from camp2iac.topology.statements import PLAN, Statements, Subject, SubjectKind

_SUBJECTS = {
    "artifact": SubjectKind.ARTIFACT,
    "service": SubjectKind.SERVICE,
    "network": SubjectKind.NETWORK,
    "parameter": SubjectKind.PARAMETER,
    "secret": SubjectKind.SECRET,
    "process": SubjectKind.ARTIFACT,
    "volume": SubjectKind.SERVICE,
}


def say(renames: Iterable[Rename], statements: Statements) -> None:
    """Record the statements. The compiler acts on them for every platform."""
    for each in renames:
        value = tuple(name.value for name in each.previously)
        words = f"{each.kind} {each.name}, previously {', '.join(' '.join(name.split()) for name in value)}"
        statements.say(_subject(each), PREVIOUSLY, value, words.strip(), each.span, name=f"{each.kind} {each.name}")


def _subject(of: Rename) -> Subject:
    kind = _SUBJECTS.get(of.kind)
    if kind is None:
        return PLAN
    name = of.owner or of.name
    declared = kind in (SubjectKind.NETWORK, SubjectKind.PARAMETER, SubjectKind.SECRET)
    return Subject(kind, name if declared else slug(name), name)
