"""Dynos: how many of each process type, and of what size."""

from __future__ import annotations

from collections.abc import Sequence

from camp2iac.camp import edits
from camp2iac.diagnostics import Diagnostic, Label, Span
from camp2iac.diagnostics.suggest import listed, nearest
from camp2iac.record import Record
from camp2iac.synth.module import Attribute, Block, Expr, Value, body, call, expr, ref
from camp2iac.targets.base import Remedy
from camp2iac.targets.heroku import names, tables
from camp2iac.targets.heroku.lowering import Lowering
from camp2iac.targets.heroku.tables import Dyno
from camp2iac.targets.heroku.words import an, capital, wrapped
from camp2iac.targets.variables import validation, whole
from camp2iac.topology.model import Component, Compute, Scale, Statement, Tier

# Dynos of a process type that the plan does not count. Heroku's own bound for new accounts is 100.
_MOST = 10
_ROW = 6


class Formation(Record, frozen=True):
    """The dynos of one process type.

    ``name``: of the block and its variables. ``scale``: the plan's word on the number, for the main type alone.
    ``most``: how many there may be. ``place``: of the size in the environment. ``autoscaled``: Heroku counts them.
    """

    component: Component
    process: str
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
        """How many there are at least, unless they are stopped."""
        return self.scale.value.minimum if self.scale else 1 if self.most == 1 else 0

    @property
    def given(self) -> bool:
        """Whether the environment says how many there are at first."""
        return self.scale is None and self.most > 1 and self.count != 1

    @property
    def node(self) -> str:
        """What a comment says of it: the component, and the process where the plan gives it."""
        statement = any(process.type == self.process for process in self.component.processes)
        return f"{self.component.id}, Process: {self.process}" if statement else self.component.id


def primary(processes: Sequence[str]) -> str | None:
    """The process type that the plan's Scale and Compute speak of: ``web``, else the first."""
    types = sorted(type_ for type_ in processes if type_ != "release")
    return "web" if "web" in types else types[0] if types else None


def formations(low: Lowering, component: Component, processes: Sequence[str]) -> tuple[Formation, ...]:
    """What to run of a component; CAMP616 where a size is unknown, cannot be that many, or goes not with another."""
    main = primary(processes)
    tier = low.topology.tiers[component.tier]
    sizes = tables.dynos(low.settings.sizes)
    types = sorted((t for t in processes if t != "release"), key=lambda t: (t != main, t))
    many = (tier.scale is not None and tier.scale.value.maximum > 1) or any(
        (low.settings.count(component, type_) or 0) > 1 for type_ in types if type_ != main
    )
    default = next(d for d in sizes.values() if d.name != "eco" and not (many and d.single))
    found: list[Formation] = []
    for process in types:
        scale = tier.scale if process == main else None
        given, place = low.settings.dyno(component, process)
        count = low.settings.count(component, process) if process != main else None
        dyno = default if given is None else sizes.get(given)
        if dyno is None:
            low.diagnostics.add(_unknown(given or "", place, sizes.keys(), low))
            continue
        name = component.id if process == main else f"{component.id}_{process}"
        label = component.id if process == main else f"{component.id} {process}"
        if count is None:
            count = scale.value.initial if scale else 1
        most = scale.value.maximum if scale else 1 if process == main else max(count, _MOST)
        autoscaled = process == "web" and low.settings.autoscaled(component)
        if autoscaled and not dyno.autoscales:
            low.diagnostics.add(_unscalable(low, component, dyno, place))
        formation = Formation(
            component, process, names.identifier(name), label, scale, count, most, dyno, place, autoscaled
        )
        least = max(formation.count, scale.value.minimum if scale else 0)
        if dyno.single and least > 1:
            low.diagnostics.add(_single(formation, least, default))
        found.append(formation)
    families = {f.dyno.family: f for f in found}
    if len(families) > 1:
        first, second = list(families.values())[:2]
        low.diagnostics.add(_mixed(first, second))
    return tuple(found)


def lower(low: Lowering, formation: Formation, file: str, first: Formation) -> None:
    """The formation and its variables. ``first``: the one of its app that is made before the others."""
    quantity, size = _count_variable(low, formation), _size_variable(low, formation)
    comment = low.plan(f"{formation.scale.subject.heading}, Scale") if formation.scale else low.plan(formation.node)
    waits = [ref(f"heroku_build.{names.identifier(formation.component.id)}")]
    why = "Heroku knows the process type only after a build with this Procfile."
    if formation is not first:
        waits.append(ref(f"heroku_formation.{first.name}"))
        why += " A build starts one basic dyno of web, and no larger ones beside it."
    low.resource(
        file,
        "heroku_formation",
        formation.name,
        Attribute("depends_on", tuple(waits), wrapped(why)),
        _lifecycle(low, formation),
        comment=comment,
        origin=formation.scale.span if formation.scale else formation.component.span,
        app_id=ref(low.app(formation.component), ".id"),
        type=formation.process,
        quantity=quantity,
        size=Attribute("size", size, origin=formation.place),
    )


def _lifecycle(low: Lowering, formation: Formation) -> Block | None:
    items: list[Attribute | Block] = []
    if formation.autoscaled:
        why = "Heroku counts these dynos itself, as the dashboard says: Terraform sets the first number only."
        items.append(Attribute("ignore_changes", expr("[quantity]"), wrapped(why, 86)))
    if formation.most > 1 and formation.least < 2 and any(d.single for d in _sizes(low).values()):
        items.append(_precondition(low, formation))
    return Block("lifecycle", (), tuple(items)) if items else None


def _sizes(low: Lowering) -> dict[str, Dyno]:
    return dict(tables.dynos(low.settings.sizes))


def _count_variable(low: Lowering, formation: Formation) -> Value:
    """How many dynos, within the plan's Scale; none at all stops them."""
    name, statement, this = f"{formation.name}_count", formation.scale, ref(f"var.{formation.name}_count")
    least, most = formation.least, formation.most
    span = f"{least} to {most}" if least < most else str(most)
    where, origin = low.plan(formation.node), formation.component.span
    message = f"{formation.label} can have {f'{least} to {most} dynos' if most > 1 else '1 dyno, or 0'}."
    if statement is not None:
        where, origin = low.plan(f"{statement.subject.heading}, Scale"), statement.span
        message = f"The plan lets {formation.label} have {span} dynos ({where}); 0 stops it."
        if formation.autoscaled:
            low.ledger.degrade(
                statement,
                "Heroku's autoscaling",
                "Heroku counts web dynos by their response times, between limits that stand in the dashboard: its API "
                "has no place for them, so Terraform cannot set them.",
                Remedy(
                    f"Switch it on once, with {span}: https://dashboard.heroku.com/apps/"
                    f"{low.app_called(formation.component)}/resources"
                ),
            )
        else:
            low.ledger.keep(statement, f"-var {name}=N")
    elif formation.given:
        where = low.by("processes") or where
    allowed: Value | Expr = whole(name, 0, most)
    if least == most:
        allowed = call("contains", (0, most), this)
    elif least > 1:
        allowed = expr(this, " == 0 || (", whole(name, least, most), ")")
    low.variable(
        name,
        f"Number of {formation.label} dynos{': 1, or 0 to stop it' if least == most == 1 else f', {span}'}"
        f"{'; 0 stops them' if most > 1 and least else ''}.",
        "number",
        formation.count,
        validation(allowed, message),
        comment=where,
        origin=origin,
    )
    return this


def _size_variable(low: Lowering, formation: Formation) -> Value:
    name = f"{formation.name}_dyno_size"
    sizes = _sizes(low)
    least = formation.scale.value.minimum if formation.scale else formation.count
    allowed = [
        d
        for d in sizes.values()
        if not (d.single and least > 1) and (d.autoscales or not formation.autoscaled or not formation.dyno.autoscales)
    ]
    compute = low.topology.tiers[formation.component.tier].compute
    comment = low.by("dynos") if formation.place else low.plan(formation.node)
    if formation.place and compute:
        comment += f"; {low.plan(f'{compute.subject.heading}, Compute')}"
    left_out = [d.name for d in sizes.values() if d not in allowed]
    why = ""
    if left_out:
        wants = "the plan wants" if formation.scale else "the environment wants"
        span = f"{formation.scale.value.minimum} to {formation.scale.value.maximum}" if formation.scale else str(least)
        why = f"Without {listed(left_out)}: Heroku runs one such dyno per process type, {wants} {span}."
    low.variable(
        name,
        f"Size of each {formation.label} dyno.{_asked(formation, compute, sizes)}",
        "string",
        formation.dyno.name,
        validation(
            expr(f"contains([\n{_rows(allowed)}\n], lower(", ref(f"var.{name}"), "))"),
            f"Write {listed([d.name for d in allowed], 'or')}.",
            why,
        ),
        comment=comment,
        origin=_key(low, formation),
    )
    return ref(f"var.{name}")


def _key(low: Lowering, formation: Formation) -> Span:
    from camp2iac.camp.nodes import Mapping

    values = low.context.environment.values
    return values.key("dynos").span if formation.place and isinstance(values, Mapping) else formation.component.span


def _rows(allowed: Sequence[Dyno]) -> str:
    """The sizes, six a line; those that share their cores on a line of their own."""
    rows = [[d for d in allowed if d.shared]]
    alone = [d for d in allowed if not d.shared]
    rows += [alone[start : start + _ROW] for start in range(0, len(alone), _ROW)]
    return "\n".join("  " + ", ".join(f'"{d.name}"' for d in row) + "," for row in rows if row)


def _asked(formation: Formation, compute: Statement[Compute] | None, sizes: dict[str, Dyno]) -> str:
    memory = compute.value.memory if compute else None
    if memory is None or memory <= formation.dyno.memory:
        return ""
    fit = fitting(sizes, compute.value if compute else Compute(), formation.dyno)
    more = f", {fit.name} {fit.says}" if fit else ""
    return f" The plan asks for {tables.mebibytes(memory)}: {formation.dyno.name} has {formation.dyno.says}{more}."


def fitting(sizes: dict[str, Dyno], compute: Compute, but: Dyno) -> Dyno | None:
    """The smallest size with the memory, and with cores of its own where cores are asked for; None: there is none."""
    for dyno in sizes.values():
        if dyno.name != "eco" and dyno.memory >= (compute.memory or 0) and not (compute.cores and dyno.shared):
            return dyno if dyno != but else None
    return None


def _precondition(low: Lowering, formation: Formation) -> Block:
    single = [d.name for d in _sizes(low).values() if d.single]
    size, count = ref(f"var.{formation.name}_dyno_size"), ref(f"var.{formation.name}_count")
    return Block(
        "precondition",
        (),
        body(
            condition=expr(count, " < 2 || !contains(", tuple(single), ", lower(", size, "))"),
            error_message=f"Heroku runs one {listed(single, 'or')} dyno per process type: take another size, "
            "or one dyno.",
        ),
    )


def report(low: Lowering, tier: Tier, found: Sequence[Formation]) -> None:
    """What became of Compute: said by the smallest of the tier's main dynos."""
    if tier.compute is None or not found:
        return
    formation = min(found, key=lambda f: f.dyno.memory)
    compute, dyno = tier.compute.value, formation.dyno
    lacks = []
    small = compute.memory is not None and compute.memory > dyno.memory
    if small:
        shares = " and shares its cores with others" if dyno.shared else ""
        lacks.append(f"{capital(an(dyno.name))} dyno has {dyno.says}{shares}.")
    elif compute.cores and dyno.shared:
        lacks.append(f"{capital(an(dyno.name))} dyno shares its cores with others.")
    if compute.disk:
        lacks.append("What a dyno writes to its disk is gone at its next restart, once a day at least.")
    if compute.size:
        lacks.append(f"Heroku has no size {compute.size}: the environment file names dyno sizes.")
    if compute.os and not compute.os.lower().startswith("ubuntu"):
        lacks.append(f"Dynos run Ubuntu ({low.settings.stack}), nothing else.")
    how = f"{dyno.name}: {dyno.says}" if compute.memory or not dyno.shared else dyno.name
    if not lacks:
        low.ledger.keep(tier.compute, how)
        return
    fit = fitting(_sizes(low), compute, dyno)
    if (small or (compute.cores and dyno.shared)) and fit:
        cores = "" if fit.shared else ", cores not shared"
        write = f"dynos: {{ {formation.component.id}: {fit.name} }}"
        remedy = low.settings.remedy(write, f"{fit.says}{cores}", "dynos", formation.component.id)
    else:
        write = f"dynos: {{ {formation.component.id}: SIZE }}"
        remedy = low.settings.remedy(write, "another size", "dynos", formation.component.id)
    low.ledger.degrade(tier.compute, how, " ".join(lacks), remedy)


def _unknown(size: str, place: Span | None, known: object, low: Lowering) -> Diagnostic:
    sizes = list(_sizes(low))
    best = nearest(size, sizes)
    return Diagnostic(
        "CAMP616",
        f"Heroku has no dyno size {size}" + (" in a Private Space" if low.settings.space else ""),
        place,
        label="not a size",
        help="" if best else f"write one of {', '.join(sizes)}",
        fixes=edits.part(place, size, best),
    )


def _single(formation: Formation, least: int, default: Dyno) -> Diagnostic:
    scale = formation.scale
    return Diagnostic(
        "CAMP616",
        f"{formation.label} is to have {least} dynos, but Heroku runs one {formation.dyno.name} dyno per process type",
        formation.place,
        label="one at most",
        related=(Label(scale.span, f"{least} by the plan"),) if scale else (),
        help=f"write for example  {formation.component.id}: {default.name}",
    )


def _unscalable(low: Lowering, component: Component, dyno: Dyno, place: Span | None) -> Diagnostic:
    best = next((each.name for each in _sizes(low).values() if each.autoscales), None)
    return Diagnostic(
        "CAMP635",
        f"Heroku cannot autoscale {dyno.name} dynos",
        place or low.context.environment.span("autoscaled"),
        label=f"{component.name} is to be autoscaled",
        notes=("its autoscaling counts performance, private and shield web dynos, and no others",),
        help=f"write  dynos: {{ {component.id}: {best} }}" if best else f"leave {component.name} out of autoscaled",
    )


def _mixed(first: Formation, second: Formation) -> Diagnostic:
    return Diagnostic(
        "CAMP616",
        f"{first.dyno.name} and {second.dyno.name} dynos do not go together in one app",
        second.place or first.place,
        label=f"{second.label} has {second.dyno.name}" if second.place else f"{first.label} has {first.dyno.name}",
        related=(Label(first.place, f"{first.label} has {first.dyno.name}"),) if first.place and second.place else (),
        notes=("eco and basic dynos stand alone; standard and performance dynos may be mixed",),
        help=f"write  {second.process}: {first.dyno.name}",
    )
