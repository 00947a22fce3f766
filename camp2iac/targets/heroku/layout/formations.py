"""Dynos: the number and size for each process type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from camp2iac.diagnostics import Span
from camp2iac.record import Record
from camp2iac.targets.heroku import offers
from camp2iac.targets.heroku.layout import names
from camp2iac.targets.heroku.layout.layout_input import LayoutInput
from camp2iac.targets.heroku.offers import Dyno
from camp2iac.topology.model import Component, Compute, Scale, Statement, Tier
from camp2iac.topology.statements import SubjectKind

# The most dynos of a process type without Scale. Heroku's own limit for new accounts is 100.
_MOST = 10


class Formation(Record, frozen=True):
    """The dynos of one process type.

    ``name``: of the block and its variables. ``tier``: whose Scale and Compute are for it. ``scale``: the plan's Scale,
    only for the main type and for types with a tier of their own. ``most``: the largest number. ``place``: of the size
    in the environment file. ``autoscaled``: Heroku sets the number.
    """

    component: Component
    process: str
    tier: str
    name: str
    label: str
    scale: Statement[Scale] | None
    count: int
    most: int
    dyno: Dyno
    place: Span | None
    autoscaled: bool

    @property
    def least(self) -> int:
        """The smallest number, unless they are stopped."""
        return self.scale.value.minimum if self.scale else 1 if self.most == 1 else 0

    @property
    def span(self) -> str:
        """The range of the number: ``2 to 4``."""
        return f"{self.least} to {self.most}" if self.least < self.most else str(self.most)

    @property
    def given(self) -> bool:
        """Whether the environment file sets the initial number."""
        return self.scale is None and self.most > 1 and self.count != 1

    @property
    def node(self) -> str:
        """Its name in comments: the component, and the process if the plan has it."""
        statement = any(process.type == self.process for process in self.component.processes)
        return f"{self.component.id}, Process: {self.process}" if statement else self.component.id

    @property
    def scaled(self) -> str:
        """The node that sets its number: the service with Scale, or else its own."""
        said = self.scale.subject if self.scale else None
        return f"{said.heading}, Scale" if said and said.kind is SubjectKind.SERVICE else self.node

    @property
    def key(self) -> tuple[str, ...]:
        """Its place in ``dynos`` of the environment file."""
        alone = self.tier == self.component.tier
        return (self.component.id,) if alone else (self.component.id, self.process)


class UnknownSize(Record, frozen=True):
    """A dyno size in the environment file that Heroku does not have."""

    size: str
    place: Span | None


class Formations(Record, frozen=True):
    """The formations of an app, the main process type first.

    ``default``: the size without an environment file. ``idle_web``: the buildpack adds a process ``web``, of which
    Heroku starts a dyno, and which the plan does not have.
    """

    all: tuple[Formation, ...]
    unknown: tuple[UnknownSize, ...]
    default: Dyno
    idle_web: bool = False


def primary(processes: Sequence[str]) -> str | None:
    """The process type for the plan's Scale and Compute: ``web``, or else the first one."""
    types = sorted(type_ for type_ in processes if type_ != "release")
    return "web" if "web" in types else types[0] if types else None


def form(component: Component, processes: Sequence[str], buildpacks: Sequence[str], given: LayoutInput) -> Formations:
    """Decide the formations of a component."""
    main, settings = primary(processes), given.settings
    tier = given.topology.tiers[component.tier]
    sizes = offers.dynos(settings.sizes)
    types = sorted((t for t in processes if t != "release"), key=lambda t: (t != main, t))
    own = {process.type: given.topology.tiers[process.on] for process in component.processes if process.on}
    many = any(each.scale is not None and each.scale.value.maximum > 1 for each in (tier, *own.values())) or any(
        (settings.count(component, type_) or 0) > 1 for type_ in types if type_ != main and type_ not in own
    )
    default = _default(component, types, many, given)
    found: list[Formation] = []
    unknown: list[UnknownSize] = []
    for process in types:
        size, place = settings.dyno(component, process)
        dyno = default if size is None else sizes.get(size)
        if dyno is None:
            unknown.append(UnknownSize(size or "", place))
        else:
            placed = _Placed(process, own.get(process, tier), process == main, process == main or process in own)
            found.append(_formation(component, placed, dyno, place, given))
    idle = bool(types) and "web" not in types and not settings.fir and offers.starts_web(buildpacks)
    return Formations(tuple(found), tuple(unknown), default, idle)


def _default(component: Component, types: Sequence[str], many: bool, given: LayoutInput) -> Dyno:
    """The size of processes without one: of the family of the sizes that the environment file gives the others."""
    sizes = offers.dynos(given.settings.sizes)
    sizes_given = (given.settings.dyno(component, type_)[0] for type_ in types)
    named = [sizes[size] for size in sizes_given if size is not None and size in sizes]
    families = {dyno.family for dyno in named}
    usual = [d for d in sizes.values() if d.name != "eco" and not (many and d.single)]
    alike = [d for d in sizes.values() if d.family in families and not (many and d.single)]
    return (alike if len(families) == 1 and alike else usual)[0]


class _Placed(Record, frozen=True):
    """A process type, and its tier. ``scaled``: the Scale of the tier is for it."""

    process: str
    tier: Tier
    main: bool
    scaled: bool


def _formation(component: Component, it: _Placed, dyno: Dyno, place: Span | None, given: LayoutInput) -> Formation:
    scale = it.tier.scale if it.scaled else None
    count = None if it.main else given.settings.count(component, it.process)
    if count is None:
        count = scale.value.initial if scale else 1
    return Formation(
        component,
        it.process,
        it.tier.id,
        names.identifier(component.id if it.main else f"{component.id}_{it.process}"),
        component.id if it.main else f"{component.id} {it.process}",
        scale,
        count,
        scale.value.maximum if scale else 1 if it.main else max(count, _MOST),
        dyno,
        place,
        it.process == "web" and given.settings.autoscaled(component),
    )


def fitting(sizes: Mapping[str, Dyno], compute: Compute, but: Dyno) -> Dyno | None:
    """The smallest size with enough memory, and with dedicated cores if the plan asks for cores. None if none fits."""
    for dyno in sizes.values():
        if dyno.name != "eco" and dyno.memory >= (compute.memory or 0) and not (compute.cores and dyno.shared):
            return dyno if dyno != but else None
    return None
