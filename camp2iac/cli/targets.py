"""``camp2iac targets``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from camp2iac.cli.console import Console, columns
from camp2iac.cli.options import common

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from camp2iac.targets.base import Target
    from camp2iac.targets.kit import Place

_WIDTH = 100
_TITLES = {"kept": "Keeps", "degraded": "Degrades", "lost": "Loses"}


@click.command("targets")
@click.option("--losses", is_flag=True, help="Show what each platform keeps, degrades and loses.")
@click.option(
    "--output",
    type=click.Choice(["pretty", "json"]),
    default="pretty",
    show_default=True,
    help="The format of the list.",
)
@common
@click.pass_obj
def command(console: Console, losses: bool, output: str) -> None:
    """List the platforms that you can compile plans for, with those of installed extensions.

    \b
    camp2iac targets
    camp2iac schema environment --target openstack
    camp2iac targets --losses               # what each platform keeps and loses of any plan
    camp2iac targets --losses --output json
    """
    from camp2iac.targets import registry

    found = {name: target for name in registry.names() if (target := registry.find(name)) is not None}
    if output == "json":
        console.result(_json(found, losses))
    elif losses:
        console.result("\n".join(_losses(name, target) for name, target in found.items()))
    else:
        width = max(map(len, found))
        console.result("".join(f"{name:<{width}}  {target.title}\n" for name, target in found.items()))


def _json(found: Mapping[str, Target], losses: bool) -> str:
    import json

    from camp2iac.targets.kit.places import KINDS, places

    targets = []
    for name, target in found.items():
        document: dict[str, object] = {"name": name, "title": target.title}
        if losses:
            declared = places(target)
            document["places"] = declared and [
                {
                    "kind": place.kind,
                    "statement": KINDS[place.kind],
                    "outcomes": [outcome.value for outcome in place.outcomes],
                    "reason": place.reason,
                }
                for place in declared
            ]
        targets.append(document)
    return json.dumps({"targets": targets}, indent=2, ensure_ascii=False) + "\n"


def _losses(name: str, target: Target) -> str:
    """The page of a platform: kinds of statements by their usual outcome."""
    from camp2iac.targets.base import Outcome
    from camp2iac.targets.kit.places import places

    declared = places(target)
    lines = [f"{target.title} ({name})"]
    if declared is None:
        return "\n".join([*lines, "", "  No declaration. To see the outcome for a plan, run  camp2iac port.", ""])
    for outcome in Outcome:
        found = [place for place in declared if place.outcomes[0] is outcome]
        if found:
            lines += ["", f"  {_TITLES[outcome.value]}", *_rows(found)]
    return "\n".join(lines) + "\n"


def _rows(found: Sequence[Place]) -> list[str]:
    import textwrap

    from camp2iac.targets.kit.places import KINDS

    lead = max(map(len, KINDS.values())) + 6
    lines = []
    for place in found:
        others = " or ".join(outcome.value for outcome in place.outcomes[1:])
        words = f"{f'Sometimes {others}. ' if others else ''}{place.reason}"
        first = f"    {KINDS[place.kind]:<{lead - 4}}".rstrip() if not words else f"    {KINDS[place.kind]:<{lead - 4}}"
        lines += textwrap.wrap(
            words, columns(_WIDTH) or _WIDTH, initial_indent=first, subsequent_indent=" " * lead
        ) or [first]
    return lines
