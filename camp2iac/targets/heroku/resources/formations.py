"""``heroku_formation``: the dynos of each process type, and the variables for their number and size."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from camp2iac.camp.nodes import Mapping as YamlMapping
from camp2iac.diagnostics import Span
from camp2iac.diagnostics.suggest import listed
from camp2iac.synth.module import Attribute, Block, Expr, Value, body, call, expr, ref
from camp2iac.targets.heroku import offers
from camp2iac.targets.heroku.layout import names
from camp2iac.targets.heroku.layout.apps import App
from camp2iac.targets.heroku.layout.formations import Formation, fitting
from camp2iac.targets.heroku.layout.layout import HerokuLayout
from camp2iac.targets.heroku.layout.words import wrapped
from camp2iac.targets.heroku.offers import Dyno
from camp2iac.targets.kit import ModuleBuilder
from camp2iac.targets.kit.variables import validation, whole
from camp2iac.topology.model import Compute, Statement

_ROW = 6


def add(made: ModuleBuilder, layout: HerokuLayout, app: App, formation: Formation) -> None:
    """Add the formation and its variables."""
    sizes, first = offers.dynos(layout.settings.sizes), app.formations.all[0]
    quantity = _count_variable(made, formation)
    size = _size_variable(made, layout, formation)
    comment = made.plan(formation.scaled)
    waits = [ref(f"heroku_build.{app.name}")]
    why = f"The process type exists only after a build with this {app.manifest}."
    if app.formations.idle_web:
        waits.append(ref(f"heroku_formation.{_idle(app)}"))
    if formation is not first:
        waits.append(ref(f"heroku_formation.{first.name}"))
        why += " A build starts one basic web dyno, which Heroku does not mix with larger ones."
    made.resource(
        app.file,
        "heroku_formation",
        formation.name,
        Attribute("depends_on", tuple(waits), wrapped(why)),
        _lifecycle(formation, sizes),
        comment=comment,
        origin=formation.scale.span if formation.scale else formation.component.span,
        app_id=ref(app.address, ".id"),
        type=formation.process,
        quantity=quantity,
        size=Attribute("size", size, origin=formation.place),
    )


def add_idle(made: ModuleBuilder, app: App) -> None:
    """Add the dynos, none, of a process ``web`` that only the buildpack adds."""
    if not app.formations.idle_web:
        return
    why = wrapped(
        f"{app.component.id} has no process web, but {app.buildpacks[-1]} adds one, and a build starts one dyno of it. "
        "It stops before the others start, since Heroku does not mix sizes."
    )
    made.resource(
        app.file,
        "heroku_formation",
        _idle(app),
        Attribute("depends_on", (ref(f"heroku_build.{app.name}"),)),
        comment=why,
        origin=app.component.span,
        app_id=ref(app.address, ".id"),
        type="web",
        quantity=0,
        size=ref(f"var.{app.formations.all[0].name}_dyno_size"),
    )


def _idle(app: App) -> str:
    return names.identifier(app.component.id, "no_web")


def _lifecycle(formation: Formation, sizes: Mapping[str, Dyno]) -> Block | None:
    items: list[Attribute | Block] = []
    if formation.autoscaled:
        why = (
            "Heroku autoscales these dynos, within the limits of ps:autoscale. Terraform sets only the initial number."
        )
        items.append(Attribute("ignore_changes", (expr("quantity"),), wrapped(why, 86)))
    if formation.most > 1 and formation.least < 2 and any(d.single for d in sizes.values()):
        items.append(_precondition(formation, sizes))
    return Block("lifecycle", (), tuple(items)) if items else None


def _count_variable(made: ModuleBuilder, formation: Formation) -> Value:
    """Add the variable for the number of dynos, within the plan's Scale. 0 stops them."""
    name, statement, this = f"{formation.name}_count", formation.scale, ref(f"var.{formation.name}_count")
    least, most, span = formation.least, formation.most, formation.span
    where, origin = made.plan(formation.node), formation.component.span
    message = f"{formation.label} can have {f'{least} to {most} dynos' if most > 1 else '1 dyno, or 0 to stop it'}."
    if statement is not None:
        where, origin = made.plan(formation.scaled), statement.span
        message = (
            f"{formation.label} can have {'1 dyno' if span == '1' else f'{span} dynos'} ({where}), or 0 to stop it."
        )
    elif formation.given:
        where = made.by("processes") or where
    allowed: Value | Expr = whole(name, 0, most)
    if least == most:
        allowed = call("contains", (0, most), this)
    elif least > 1:
        allowed = expr(this, " == 0 || (", whole(name, least, most), ")")
    return made.variable(
        name,
        f"Number of {formation.label} dynos{': 1, or 0 to stop it' if least == most == 1 else f', {span}'}"
        f"{'; 0 stops them' if most > 1 and least else ''}.",
        "number",
        formation.count,
        validation(allowed, message),
        comment=where,
        origin=origin,
    )


def _size_variable(made: ModuleBuilder, layout: HerokuLayout, formation: Formation) -> Value:
    name, sizes = f"{formation.name}_dyno_size", offers.dynos(layout.settings.sizes)
    least = formation.scale.value.minimum if formation.scale else formation.count
    allowed = [
        d
        for d in sizes.values()
        if not (d.single and least > 1) and (d.autoscales or not formation.autoscaled or not formation.dyno.autoscales)
    ]
    compute = layout.topology.tiers[formation.tier].compute
    comment = made.by("dynos") if formation.place else made.plan(formation.node)
    if formation.place and compute:
        comment += f"; {made.plan(f'{compute.subject.heading}, Compute')}"
    left_out = [d.name for d in sizes.values() if d not in allowed]
    why = ""
    if left_out:
        source = "the plan" if formation.scale else "the environment file"
        span = f"{formation.scale.value.minimum} to {formation.scale.value.maximum}" if formation.scale else str(least)
        why = f"Without {listed(left_out)}: Heroku runs only one per process type, and {source} asks for {span}."
    return made.variable(
        name,
        f"Size of each {formation.label} dyno.{_asked(formation, compute, sizes)}",
        "string",
        formation.dyno.name,
        validation(
            expr(f"contains([\n{_rows(allowed)}\n], lower(", ref(f"var.{name}"), "))"),
            f"The size must be {listed([d.name for d in allowed], 'or')}.",
            why,
        ),
        comment=comment,
        origin=_key(made, formation),
    )


def _key(made: ModuleBuilder, formation: Formation) -> Span:
    values = made.environment.values
    return values.key("dynos").span if formation.place and isinstance(values, YamlMapping) else formation.component.span


def _rows(allowed: Sequence[Dyno]) -> str:
    """The sizes, six per line. Those that share their cores are on a separate line."""
    rows = [[d for d in allowed if d.shared]]
    alone = [d for d in allowed if not d.shared]
    rows += [alone[start : start + _ROW] for start in range(0, len(alone), _ROW)]
    return "\n".join("  " + ", ".join(f'"{d.name}"' for d in row) + "," for row in rows if row)


def _asked(formation: Formation, compute: Statement[Compute] | None, sizes: Mapping[str, Dyno]) -> str:
    memory = compute.value.memory if compute else None
    if memory is None or memory <= formation.dyno.memory:
        return ""
    fit = fitting(sizes, compute.value if compute else Compute(), formation.dyno)
    more = f", and {fit.name} has {fit.says}" if fit else ""
    return f" The plan asks for {offers.mebibytes(memory)}. {formation.dyno.name} has {formation.dyno.says}{more}."


def _precondition(formation: Formation, sizes: Mapping[str, Dyno]) -> Block:
    single = [d.name for d in sizes.values() if d.single]
    size, count = ref(f"var.{formation.name}_dyno_size"), ref(f"var.{formation.name}_count")
    return Block(
        "precondition",
        (),
        body(
            condition=expr(count, " < 2 || !contains(", tuple(single), ", lower(", size, "))"),
            error_message=f"Heroku runs only one {listed(single, 'or')} dyno per process type: set another size, "
            "or one dyno.",
        ),
    )
