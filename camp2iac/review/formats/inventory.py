"""What is deployed: for a terminal, a wiki page or a ticket, and programs."""

from __future__ import annotations

import json
from collections.abc import Iterator

from camp2iac.diagnostics.excerpt import harmless
from camp2iac.review.formats.cells import folded, pad, wide
from camp2iac.review.formats.markdown import words
from camp2iac.review.inventory import DeployedPart, DeployedResource, InventoryReport

_WIDTH = 100  # without a terminal
_NAMES = 28  # the largest width of the column of names
_DEFAULTS = "Instances are counted at the defaults of the variables."


def pretty(report: InventoryReport, width: int | None = None) -> str:
    """Each part with its resources. ``width``: the terminal's columns."""
    wanted = max(width or _WIDTH, 24)
    named = [each.words for part in report.parts for each in part.resources]
    column = min(max(map(wide, named), default=0), _NAMES, wanted // 2)
    lines = [*folded(_head(report), wanted), ""]
    for part in report.parts:
        lines += [*_part(part, column, wanted), ""]
    if report.orphans:
        lines += [*folded("in the state, no longer in the output: the next apply destroys it", wanted)]
        lines += [line for each in report.orphans for line in _resource(each, column, wanted)]
        lines.append("")
    lines += [line for each in _last(report) for line in folded(each, wanted)]
    return "\n".join(line.rstrip() for line in lines).rstrip() + "\n"


def _head(report: InventoryReport) -> str:
    count = f"{report.deployed} resource{'' if report.deployed == 1 else 's'} on {report.target}"
    missing = f", {report.missing} not deployed" if report.missing else ""
    orphans = f", {len(report.orphans)} no longer in the output" if report.orphans else ""
    plan = ". The input is a plan: this is the state that it was made for" if report.of_plan else ""
    return f"{count}{missing}{orphans}{plan}"


def _last(report: InventoryReport) -> Iterator[str]:
    if report.elsewhere:
        yield f"{report.elsewhere} resources of other modules are in the same state."
    if _counted(report):
        yield _DEFAULTS


def _counted(report: InventoryReport) -> bool:
    return any(each.address.endswith("]") for part in report.parts for each in part.missing)


def _part(part: DeployedPart, column: int, width: int) -> Iterator[str]:
    yield from folded(part.part.title, width)
    for name, value in part.outputs.items():
        yield from _indented(f"{name} = {value}", 2, width)
    for each in part.resources:
        yield from _resource(each, column, width)
    if part.missing:
        yield from _indented("not deployed:", 2, width)
    for missing in part.missing:
        where = f"  ({missing.place})" if missing.place else ""
        yield from _indented(f"{missing.words}  {missing.address}{where}", 4, width)


def _resource(each: DeployedResource, column: int, width: int) -> Iterator[str]:
    """Its name with where it answers and its state, then its address and id."""
    facts = "  ".join(text for text in (", ".join(each.answers), ", ".join(each.state)) if text)
    if wide(each.words) <= column and 2 + column + 2 + wide(facts) <= width:
        yield f"  {pad(each.words, column)}  {harmless(facts)}"
    else:
        yield from _indented(each.words, 2, width)
        yield from _indented(facts, 6, width) if facts else ()
    identity = [each.address, *([f"id {each.id}"] if each.id else ())]
    together = "  ".join(identity)
    for text in [together] if 6 + wide(together) <= width else identity:
        yield from _indented(text, 6, width)
    if each.moves:
        yield from _indented(f"moves to {each.moves}", 6, width)


def _indented(text: str, depth: int, width: int) -> list[str]:
    return [" " * depth + line for line in folded(text, max(width - depth, 8))]


# --- Markdown ---------------------------------------------------------------------------------------------------------


def markdown(report: InventoryReport) -> str:
    """A section with a table for each part."""
    blocks = [f"# Deployed on {words(report.target)}", f"{words(_head(report))}."]
    for part in report.parts:
        blocks.append(f"## {words(part.part.title)}")
        blocks += ["\n".join(f"- {words(name)}: {words(value)}" for name, value in part.outputs.items())]
        blocks += [_table(part.resources)] if part.resources else []
        if part.missing:
            rows = [f"| {words(each.words)} | {words(each.address)} | {words(each.place)} |" for each in part.missing]
            blocks += ["Not deployed:", "\n".join(["| what | address | plan |", "|---|---|---|", *rows])]
    if report.orphans:
        blocks += ["## No longer in the output", "The next apply destroys it.", _table(report.orphans)]
    return "\n\n".join(block for block in [*blocks, *_last(report)] if block) + "\n"


def _table(resources: tuple[DeployedResource, ...]) -> str:
    rows = [
        f"| {words(each.words)} | {words(', '.join(each.answers))} | {words(', '.join(each.state))} "
        f"| {words(each.address)} | {words(each.id)} |"
        for each in resources
    ]
    return "\n".join(["| what | answers at | state | address | id |", "|---|---|---|---|---|", *rows])


# --- JSON -------------------------------------------------------------------------------------------------------------


def to_json(report: InventoryReport) -> str:
    """``{"target", "input", "terraform_version", "parts": [...], "orphans": [...], "elsewhere"}``."""
    document = {
        "target": report.target,
        "input": "plan" if report.of_plan else "state",
        "terraform_version": report.version,
        "parts": [_entry(part) for part in report.parts],
        "orphans": [_fields(each) for each in report.orphans],
        "elsewhere": report.elsewhere,
    }
    return json.dumps(document, indent=2) + "\n"


def _entry(part: DeployedPart) -> dict[str, object]:
    return {
        "kind": part.part.kind or None,
        "name": part.part.name or None,
        "outputs": dict(part.outputs),
        "resources": [_fields(each) for each in part.resources],
        "missing": [{"address": each.address, "what": each.words, "place": each.place} for each in part.missing],
    }


def _fields(each: DeployedResource) -> dict[str, object]:
    return {
        "address": each.address,
        "key": each.key or None,
        "what": each.words,
        "id": each.id or None,
        "answers": list(each.answers),
        "state": list(each.state),
        "place": each.place or None,
        "moves_to": each.moves or None,
        "holds_data": each.holds_data,
    }
