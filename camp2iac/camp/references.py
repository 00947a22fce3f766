"""``id:NAME``: the service that a requirement refers to, before or after it in the plan, or inline (F-R-3, F-R-4).

CAMP has no reference to an artifact. A requirement to connect may name one, if no service has that id.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from camp2iac.camp import edits
from camp2iac.camp.model import ArtifactReference, LocatedText, ServiceReference, ServiceSpecification
from camp2iac.camp.nodes import Scalar
from camp2iac.diagnostics import Diagnostic, Diagnostics, Label, Span
from camp2iac.diagnostics.mistakes import everywhere
from camp2iac.diagnostics.suggest import choices, nearest, short
from camp2iac.record import Record, replace

_VERBS = {
    "hoston": "runs on",
    "run": "runs on",
    "runon": "runs on",
    "wsgi": "runs on",
    "runtime": "runs on",
    "install": "is installed on",
    "connectto": "connects to",
    "executeat": "is loaded into",
    "loadinto": "is loaded into",
    "importdump": "is loaded into",
    "buildusing": "is built with",
}
_CALL, _RUNS = "connects to", "runs on"
_DATA = (_CALL, "is loaded into")
_ROLES = frozenset(("api", "app", "backend", "broker", "cache", "database", "db", "frontend", "mail", "proxy", "queue"))
_USUAL = _ROLES | {"mysql", "postgres", "postgresql", "redis", "search", "sessions", "store", "web", "worker"}
_SHOWN = 3  # other references that an error shows
_SUGGESTED = 100  # references that get a suggestion; a plan with more wrong ones has another problem


def verb(requirement_type: str) -> str:
    """The verb for a requirement in messages: ``connects to``; ``refers to`` for unknown types."""
    local = requirement_type.rsplit(":", 1)[-1].replace("_", "").casefold()
    return _VERBS.get(local, "refers to")


class Unresolved(Record, frozen=True):
    """A reference to a service that the plan does not have: ``id:NAME`` of a requirement of ``owner``."""

    name: str
    span: Span
    owner: str
    requirement_type: LocatedText


class Services:
    """The services of a plan by their ids. ``artifacts``: the places of the names of its artifacts."""

    def __init__(
        self, services: Iterable[ServiceSpecification], artifacts: Mapping[str, Span], diagnostics: Diagnostics
    ) -> None:
        self._diagnostics = diagnostics
        self._artifacts = artifacts
        self._known: dict[str, ServiceSpecification] = {}
        self._uses: dict[str, set[tuple[str, str]]] = {}  # owner and verb of each requirement for a service
        self._unresolved: dict[str, list[Unresolved]] = {}
        self._missed = 0
        for service in sorted(services, key=lambda service: service.span):
            self._add(service)

    def _add(self, service: ServiceSpecification) -> None:
        if service.id is None:
            return
        name = service.id.value
        first = self._known.setdefault(name, service)
        if first is service or first.id is None:
            return
        bare = next((s for s in (service, first) if s.inline and not s.characteristics and s.href is None), None)
        help_ = "change one of the ids, and the requirements that refer to it"
        if bare is not None:
            help_ = f"to refer to the other one, write  fulfillment: id:{short(name)}"
        self._diagnostics.add(
            Diagnostic(
                "CAMP202",
                f"two services have the id {short(name)}",
                span=service.id.span,
                label="again here",
                related=(Label(first.id.span, "first here"),),
                notes=("a reference to this id could mean either service",),
                help=help_,
            )
        )

    def __contains__(self, name: str) -> bool:
        return name in self._known

    def _fitting(self, owner: str, requirement_type: str) -> tuple[str, ...]:
        """The services that a requirement can mean. Nothing connects to what it runs on itself, and a typed connection
        (``org.sql:ConnectTo``) is not to a service that something runs on. Nothing runs on what others connect to.
        """
        wanted, called = verb(requirement_type), ":" not in requirement_type

        def fits(name: str) -> bool:
            uses = self._uses.get(name, set())
            if wanted == _RUNS:
                return not any(how in _DATA for _, how in uses)
            run = {other for other, how in uses if how == _RUNS}
            return not run or (wanted not in _DATA) or (wanted == _CALL and called and owner not in run)

        return tuple(name for name in self._known if fits(name))

    def nearest(self, name: str) -> str | None:
        """The one id that is similar to a name."""
        return nearest(name, self._known)

    def calls(self, name: str, requirement_type: str) -> bool:
        """Whether a requirement of this type can name an artifact, and the plan has one with this name."""
        return name in self._artifacts and verb(requirement_type) == _CALL

    def resolve(
        self, value: Scalar, owner: str, requirement_type: LocatedText
    ) -> ServiceReference | ArtifactReference | None:
        """The service or artifact that ``id:NAME`` refers to; None if there is none, which :meth:`report` reports."""
        name = value.text.removeprefix("id:")
        span = value.span
        if span.line == span.end_line:  # the name itself, inside the quotes if there are any
            before = 3 + value.quoted
            span = Span(span.file, span.line, span.column + before, span.line, span.end_column - value.quoted)
        found = self._known.get(name)
        if found is not None:
            self._uses.setdefault(name, set()).add((owner, verb(requirement_type.value)))
            return ServiceReference(name, span, found)
        if self.calls(name, requirement_type.value):
            return ArtifactReference(name, span)
        self._unresolved.setdefault(name, []).append(Unresolved(name, span, owner, requirement_type))
        return None

    def report(self, *, unreadable: bool) -> None:
        """CAMP201 for the references to services that the plan does not have.

        One mistake is one error: a service that several requirements refer to is missing once, and an id that is
        misspelt where the service is declared is shown there. ``unreadable``: some of the plan's services could not be
        read, which was reported. A reference can mean one of them, so only likely typos are reported.
        """
        for group in self._unresolved.values():
            near = {id(each): self._meant(each) for each in group}
            declared = self._declared(group) if len(group) > 1 else None
            if declared is not None:
                self._diagnostics.add(_misspelt_id(declared, group))
            elif any(near.values()) or not unreadable:
                for meant in dict.fromkeys(near.values()):
                    self._one([each for each in group if near[id(each)] == meant])

    def _one(self, group: Sequence[Unresolved]) -> None:
        """The error about references that mean the same service, with the places of all."""
        first = self._unknown(group[0])
        fixes = [edits.part(each.span, each.name, fix.text) for fix in first.fixes for each in group[1:]]
        others = [replace(first, fixes=each) for each in fixes]
        self._diagnostics.add(_together(replace(first, fixes=everywhere(first.fixes, others)), group))

    def _declared(self, group: Sequence[Unresolved]) -> LocatedText | None:
        """The similar id of a service that nothing refers to, if it is the id that is misspelt: references have a usual
        name, and the id does not.
        """
        near = self._meant(group[0])
        service = self._known.get(near or "")
        wrong = group[0].name.casefold() in _USUAL and (near or "").casefold() not in _USUAL
        return service.id if service is not None and near not in self._uses and wrong else None

    def _unknown(self, unresolved: Unresolved) -> Diagnostic:
        name, span, requirement_type = unresolved.name, unresolved.span, unresolved.requirement_type
        self._missed += 1
        near = self._meant(unresolved) if self._missed <= _SUGGESTED else None
        place = self._place(near) if near is not None else None
        help_ = "" if near is not None else "write the id of a service"  # for a similar name, the fix is the help
        if near is None and self._missed <= _SUGGESTED:
            help_ = _alternatives(name, self._fitting(unresolved.owner, requirement_type.value))
        return Diagnostic(
            "CAMP201",
            f"{unresolved.owner} {verb(requirement_type.value)} a service that is not in this plan: {short(name)}",
            span=span,
            label="no service has this id",
            related=(Label(place, "did you mean this one?"),) if place is not None else (),
            context=(requirement_type.span,),
            help=help_,
            fixes=edits.part(span, name, near, f"fulfillment: id:{near}"),
        )

    def _meant(self, unresolved: Unresolved) -> str | None:
        """The similar id of a service, or else the similar name of an artifact, that the requirement can name."""
        name, type_ = unresolved.name, unresolved.requirement_type.value
        near = nearest(name, self._fitting(unresolved.owner, type_))
        others = [each for each in self._artifacts if each != unresolved.owner]
        return near or (nearest(name, others) if verb(type_) == _CALL else None)

    def _place(self, name: str) -> Span | None:
        service = self._known.get(name)
        if service is None:
            return self._artifacts[name]
        return service.id.span if service.id is not None else None


def _alternatives(name: str, fitting: Sequence[str]) -> str:
    """What to write if no id is similar. ``fitting``: the services that the requirement can mean."""
    if not fitting:
        return f"add a service with this id:  services: [ {{ id: {short(name)}, characteristics: [...] }} ]"
    if len(fitting) == 1:
        return f"write  fulfillment: id:{choices(name, fitting)}  or add a service with the id {short(name)}"
    return f"write  fulfillment: id:NAME  with one of these ids: {choices(name, fitting)}"


def _misspelt_id(declared: LocatedText, group: Sequence[Unresolved]) -> Diagnostic:
    """The id of a service is misspelt where the service is declared. The fix is not sure: resources have this id."""
    name = group[0].name
    fixes = edits.part(declared.span, declared.value, name, f"id: {short(name)}")
    return Diagnostic(
        "CAMP201",
        f"{len(group)} requirements refer to {short(name)}, but no service has this id",
        span=declared.span,
        label=f"did you mean {short(name)}?",
        related=_others(group),
        fixes=tuple(replace(fix, sure=False) for fix in fixes),
    )


def _together(first: Diagnostic, group: Sequence[Unresolved]) -> Diagnostic:
    """The error about the first of several references to one missing service, with the places of the others."""
    if len(group) == 1:
        return first
    others = len(group) - 1
    message = f"{first.message}, and {others} other requirement{'s refer' if others > 1 else ' refers'} to it"
    return replace(first, message=message, related=(*first.related, *_others(group[1:])))


def _others(group: Sequence[Unresolved]) -> tuple[Label, ...]:
    """The places of references; at most a few, because the message counts them."""
    return tuple(Label(each.span, f"{each.owner} refers to it here") for each in group[:_SHOWN])
