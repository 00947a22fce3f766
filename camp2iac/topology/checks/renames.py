"""Check the earlier names of renamed parts (CAMP343 to CAMP346)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from camp2iac.catalogue import Catalogue
from camp2iac.diagnostics import Diagnostic, Fix, Label, Span
from camp2iac.topology.ids import slug
from camp2iac.topology.model import Topology
from camp2iac.topology.renames.model import KEY, Rename

_LETTERS = "letters, digits and dashes decide: names that differ only in the rest are the same"


def check(topology: Topology, _catalogue: Catalogue) -> Iterator[Diagnostic]:
    """Check each earlier name. Terraform cannot move two resources to one address, or exchange two."""
    claimed: dict[tuple[str, str, str], tuple[Rename, Span]] = {}
    current = {_key(each, each.name): each for each in topology.renames}
    for each in topology.renames:
        if not each.name:
            yield _nameless(each)
            continue
        for name in each.previously:
            key = _key(each, name.value)
            if key == _key(each, each.name):
                yield _itself(each, name.value, name.span)
            elif (other := current.get(key)) is not None and any(
                _key(other, before.value) == _key(each, each.name) for before in other.previously
            ):
                if each.span < other.span:
                    yield _swapped(each, other, name.span)
            elif (place := _there(each, name.value, topology)) is not None:
                yield _exists(each, name.value, name.span, place, procfile=_in_procfile(each, name.value, topology))
            elif key in claimed and claimed[key][0] is not each and not _same_part(claimed[key][0], each):
                yield _claimed(each, name.value, name.span, *claimed[key])
            claimed.setdefault(key, (each, name.span))


def _key(of: Rename, name: str) -> tuple[str, str, str]:
    plain = of.kind in ("parameter", "secret", "network", "process")
    return of.kind, slug(of.owner) if of.kind in ("volume", "process") else "", name if plain else slug(name)


def _same_part(one: Rename, other: Rename) -> bool:
    """Whether both are about one tier, which several services or processes can name."""
    return one.kind == other.kind == "tier" and slug(one.name) == slug(other.name)


def _there(of: Rename, name: str, topology: Topology) -> Span | None:
    """The place of a part that still has the name."""
    nodes: Mapping[str, Mapping[str, object]] = {
        "artifact": {
            **{job.id: job for each in topology.services.values() for job in each.jobs},
            **topology.components,
        },
        "service": topology.services,
        "tier": topology.tiers,
        "network": topology.networks,
        "parameter": {**topology.parameters, **topology.compiled},
        "secret": topology.secrets,
    }
    if of.kind in nodes:
        plain = of.kind in ("network", "parameter", "secret")
        found = nodes[of.kind].get(name if plain else slug(name))
        span = getattr(found, "span", None)
        return span if isinstance(span, Span) else None
    if of.kind == "process":
        owner = topology.components.get(slug(of.owner))
        return next((each.statement.span for each in owner.processes if each.type == name), None) if owner else None
    if of.kind == "volume":
        volumes = (each for tier in topology.tiers.values() for each in tier.volumes)
        same = (each for each in volumes if each.subject.id == slug(of.owner))
        return next((each.span for each in same if slug(each.value.name) == slug(name)), None)
    return None


def _in_procfile(of: Rename, name: str, topology: Topology) -> bool:
    """Whether the part that still has the name is a process type of the Procfile."""
    owner = topology.components.get(slug(of.owner)) if of.kind == "process" else None
    return owner is not None and any(each.procfile and each.type == name for each in owner.processes)


def _exists(of: Rename, name: str, span: Span, place: Span, *, procfile: bool) -> Diagnostic:
    remove = f"rename {name} to {of.name} in the Procfile" if procfile else f"remove the other {of.kind}"
    return Diagnostic(
        "CAMP343",
        f"{of.words} cannot have been {name}: {'its Procfile' if procfile else 'the plan'} still has {_a(of)} "
        "of this name",
        span,
        label="this name is in use",
        related=(Label(place, f"the Procfile here has {name}" if procfile else f"this is {name}"),),
        help=f"remove  {KEY}  if {of.name} is new, or {remove}",
    )


def _claimed(of: Rename, name: str, span: Span, other: Rename, first: Span) -> Diagnostic:
    return Diagnostic(
        "CAMP344",
        f"{of.words} and {other.words} both say that they were {name}",
        span,
        label="the second",
        related=(Label(first, "the first"),),
        notes=("what exists under a name can become only one part of the plan",),
        help="remove the name from the one that is new",
    )


def _itself(of: Rename, name: str, span: Span) -> Diagnostic:
    return Diagnostic(
        "CAMP345",
        f"{of.words} cannot have been {name}: that is its name now",
        span,
        label="not an earlier name",
        notes=() if name == of.name else (_LETTERS,),
        help=f"write the name that it had before, or remove  {KEY}",
    )


def _swapped(of: Rename, other: Rename, span: Span) -> Diagnostic:
    return Diagnostic(
        "CAMP346",
        f"{of.words} and {other.words} exchange their names, which Terraform cannot do in one step",
        span,
        label=f"{other.name} says that it was {of.name}",
        related=(Label(other.span, "the other one"),),
        help="give one of them another name, or apply in two steps: first rename one of them to a new name",
    )


def _nameless(of: Rename) -> Diagnostic:
    what = "the plan has no name" if of.kind == "plan" else f"this {of.kind} has no name"
    line = "name: NAME" if of.kind == "plan" else "id: NAME"
    return Diagnostic(
        "CAMP345",
        f"{KEY} is about a name, but {what}",
        of.span,
        label="earlier names of what?",
        fixes=(Fix(line),),
    )


def _a(of: Rename) -> str:
    return f"an {of.kind}" if of.kind == "artifact" else f"a {of.kind}"
