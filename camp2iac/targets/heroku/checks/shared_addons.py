"""CAMP454: an add-on that several apps use, and the environment does not name the app that owns it."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.camp import edits
from camp2iac.camp.nodes import Mapping, Scalar
from camp2iac.diagnostics import Diagnostic, Fix
from camp2iac.diagnostics.suggest import listed
from camp2iac.record import replace
from camp2iac.targets.heroku.layout.attachments import Addon, candidates, users
from camp2iac.targets.heroku.layout.layout import HerokuLayout


def check(layout: HerokuLayout) -> Iterator[Diagnostic]:
    """Check that each add-on which several apps use has an owner in the environment file."""
    for addon in layout.attachments.addons.values():
        can = candidates(users(addon.service, layout.given), layout.topology)
        if len(can) < 2 or layout.settings.owner(addon.service.id) is not None:
            continue
        names, owner = listed(each.id for each in can), addon.owner.id
        yield Diagnostic(
            "CAMP454",
            f"{names} use the add-on of {addon.service.id}, and no environment file names the app that owns it",
            addon.service.span,
            label=f"owned by {owner} now, because its name sorts first",
            notes=(
                f"if a component that sorts before {owner} is added, Terraform replaces the add-on without its data",
                f"if the add-on exists already and another app owns it, name that app instead of {owner}",
            ),
            fixes=(_fix(layout, addon),),
        )


def _fix(layout: HerokuLayout, addon: Addon) -> Fix:
    """Write the present owner into the environment file. If there is none, only show what to write."""
    service, owner = edits.word(addon.service.id), edits.word(addon.owner.id)
    plan = f"plan: {addon.plan}, " if addon.place else ""
    write = f"addons: {{ {service}: {{ {plan}owner: {owner} }} }}"
    environment = layout.settings.environment
    shown = Fix(write, file=environment.file or "an environment file")
    values, addons = environment.values, environment.values.get("addons")
    if environment.file is None or any(key.partition(".")[0] == "addons" for key in environment.set_keys):
        return shown
    if addons is None:
        entries = list(values.entries.values())
        if not entries or _in_braces(values):
            return shown
        if len(entries) == 1 and isinstance(target := entries[0].value, Scalar) and entries[0].key.span.column == 1:
            return Fix(write, target.span.end, f"\n{write}", sure=True)
        placed = edits.before(entries[min(1, len(entries) - 1)].key.span, write)
        return replace(placed[0], sure=True) if placed else shown
    if not isinstance(addons, Mapping) or not addons.entries:
        return shown
    match addons.get(addon.service.id):
        case None:
            return _first(addons, f"{service}: {{ owner: {owner} }}", write)
        case Mapping() as given if given.entries:
            return _first(given, f"owner: {owner}", write)
        case Scalar() as given if not given.alias and not given.anchored:
            return Fix(write, given.span, f"{{ plan: {addon.plan}, owner: {owner} }}", sure=True)
    return shown


def _first(node: Mapping, entry: str, write: str) -> Fix:
    """Insert an entry at the beginning of a mapping."""
    key = next(iter(node.entries.values())).key.span
    return Fix(write, key.start, f"{entry}, " if _in_braces(node) else f"{entry}\n{' ' * (key.column - 1)}", sure=True)


def _in_braces(node: Mapping) -> bool:
    """Whether a mapping is in braces: it then ends after its last value."""
    ends = [(entry.value.span.end_line, entry.value.span.end_column) for entry in node.entries.values()]
    return max(ends) != (node.span.end_line, node.span.end_column)
