"""``camp2iac diff``."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from camp2iac.cli import options, session
from camp2iac.cli.console import Console, colour, columns
from camp2iac.record import Record, replace

if TYPE_CHECKING:
    from camp2iac.compiler import Compiled
    from camp2iac.diagnostics import Diagnostic
    from camp2iac.review.difference.assemble import Compared
    from camp2iac.review.difference.conditions import Condition
    from camp2iac.review.difference.sides import PlanVersion

_REMOVED = (
    "{name} is removed: Terraform destroys nothing without its output, so to destroy the resources, run "
    " terraform destroy  in the output folder before you delete it."
)
_FORMS = ("pretty", "markdown", "json", "github")
_WIDTH = 100  # of the report, unless the terminal is narrower


def _conditions(ctx: click.Context, param: click.Parameter, values: Sequence[str]) -> tuple[Condition, ...]:
    from camp2iac.review.difference.conditions import condition

    found = []
    for word in (word.strip() for value in values for word in value.split(",")):
        each = condition(word)
        if each is None:
            known = "destroy, replace, data, refused, public, lost or cost:AMOUNT"
            raise click.BadParameter(f"{word!r} is not a condition; write {known}", ctx, param)
        found.append(each)
    return tuple(found)


class DiffOptions(Record, frozen=True):
    """The options, as click passes them."""

    environments: tuple[Path, ...]
    target: str | None
    overrides: dict[str, str]
    catalogue: tuple[Path, ...]
    strict: bool
    signer: str | None
    recompile: bool
    output: str
    fail_on: tuple[Condition, ...]


@click.command("diff")
@click.argument("old", required=False, metavar="[OLD]")
@click.argument("new", required=False, metavar="[NEW]")
@options.environments
@options.target
@options.overrides
@options.catalogue
@click.option("--strict", is_flag=True, help="Reject files of a package that camp.mf does not list.")
@options.signer
@click.option("--recompile", is_flag=True, help="Compare the plans only, not the output that is committed at OLD.")
@click.option(
    "--output",
    type=click.Choice(_FORMS),
    default="pretty",
    show_default=True,
    help="The format of the report.",
)
@click.option(
    "--fail-on",
    multiple=True,
    callback=_conditions,
    metavar="CONDITION",
    help="Exit with 1 if the change destroys or replaces resources (destroy, replace), loses data (data), fails "
    "because the platform or the protection refuses it (refused), makes something public (public), loses statements "
    "on a platform (lost), or costs more USD a month (cost:AMOUNT). "
    "Repeatable, or with commas between.",
)
@options.common
@click.pass_obj
def command(console: Console, /, old: str | None, new: str | None, **given: object) -> int:
    """Show what a change of the plan does when it is applied: what is destroyed, replaced, updated, moved and created,
    and why; what is down meanwhile; which data are lost; which connections open and close; and what it costs.

    OLD and NEW are git revisions, folders, plans, archives or output folders. Without them, the work tree is compared
    with the last commit in common with the default branch. Neither credentials nor state are needed.

    \b
    camp2iac diff main
    camp2iac diff v1.2 v1.3 -e environments/production.yaml
    camp2iac diff --output markdown --fail-on data,public,refused
    """
    chosen = DiffOptions(**given)  # type: ignore[arg-type]  # click has their types
    if chosen.target is not None and chosen.environments:
        raise click.UsageError("--target is for plans without an environment file; use it or -e")
    options.known_target(chosen.target)
    with ExitStack() as stack:
        versions = _versions(console, old, new, chosen, lambda: _temporary(stack))
        if versions is None:
            return 1
        compared = _compared(console, versions, chosen)
        if compared is None:
            return 1
        for environment in compared.difference.environments:
            if environment.status == "removed":
                console.say(_REMOVED.format(name=environment.name))
        form = chosen.output
        console.result(_rendered(console, compared, form), painted=form == "pretty", commands=form == "github")
    broken = _broken(console, compared, versions[1])
    return 1 if _met(console, compared, chosen.fail_on) or broken else 0


def _temporary(stack: ExitStack) -> Path:
    return Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="camp2iac-")))


def _versions(
    console: Console, old: str | None, new: str | None, chosen: DiffOptions, temporary: Callable[[], Path]
) -> tuple[PlanVersion, PlanVersion] | None:
    """Both sides; None after printing why one of them cannot be found or read."""
    from camp2iac.camp.git import GitError
    from camp2iac.cli.faults import Fault
    from camp2iac.cli.versions import Naming, Sides, fault_of_git

    naming = Naming(chosen.environments, chosen.strict, chosen.signer, temporary, chosen.output != "pretty")
    sides = Sides(naming, Path())
    try:
        versions = sides.both(old, new)
    except Fault as fault:
        console.diagnostics([fault.diagnostic], {})
        return None
    except GitError as problem:
        console.diagnostics([fault_of_git(problem)], {})
        return None
    console.diagnostics(_signed(versions), {})
    for line in (*sides.said, *(note for version in versions for note in version.notes)):
        console.say(line)
    if chosen.target is None:
        return versions
    before, after = versions
    return replace(before, environments={}), replace(after, environments={})


def _signed(versions: Sequence[PlanVersion]) -> list[Diagnostic]:
    """The notes that name who signed the packages, each once."""
    readings = [version.reading for version in versions if version.reading is not None]
    found = [each for reading in readings for each in reading.diagnostics if each.code == "CAMP161"]
    return list(dict.fromkeys(found))


def _compared(console: Console, versions: tuple[PlanVersion, PlanVersion], chosen: DiffOptions) -> Compared | None:
    """The difference; None after printing that there is nothing to compare."""
    from camp2iac.cli.versions import packed
    from camp2iac.review.difference.assemble import compare, names
    from camp2iac.review.difference.sides import Choice

    choice = Choice(chosen.target, chosen.overrides, chosen.catalogue, packed(versions), stored=not chosen.recompile)
    named = names(*versions, choice)
    if not named:
        console.diagnostics([_no_environment(versions)], {})
        return None
    return compare(*versions, named, choice)


def _no_environment(versions: Sequence[PlanVersion]) -> Diagnostic:
    from camp2iac.diagnostics import Diagnostic

    old, new = (version.name for version in versions)
    return Diagnostic(
        "CAMP735",
        f"neither {old} nor {new} has an environment",
        notes=("environment files are in the folder environments/ beside the plan",),
        help="name the environment with -e ENV.yaml, or the platform with --target openstack",
    )


def _rendered(console: Console, compared: Compared, form: str) -> str:
    from camp2iac.review.formats.difference import render

    return render(
        compared.difference, form, columns(_WIDTH) or _WIDTH, bool(console.verbose), colour=colour(sys.stdout)
    )


def _broken(console: Console, compared: Compared, version: PlanVersion) -> bool:
    """Whether the new version has errors, after printing them."""
    found: dict[Diagnostic, None] = {}
    quoted: dict[str, str] = {}
    for made in compared.broken.values():
        shown, texts = _shown(made, version)
        found.update(dict.fromkeys(shown))
        quoted.update(texts)
    console.diagnostics(found, quoted)
    return bool(compared.broken)


def _shown(made: Compiled, version: PlanVersion) -> tuple[list[Diagnostic], dict[str, str]]:
    """Diagnostics and the files that they quote, with names as the report shows them."""
    names = {name: f"{version.folder}/{name}" if version.folder else name for name in made.texts}
    return [session.renamed(each, names) for each in made.diagnostics], {
        names[name]: text for name, text in made.texts.items()
    }


def _met(console: Console, compared: Compared, conditions: Sequence[Condition]) -> bool:
    """Whether a condition of ``--fail-on`` is met, after printing which."""
    from camp2iac.review.difference.conditions import met

    found = met(compared.difference, conditions)
    for each in found:
        console.error(f"--fail-on {each}")
    return bool(found)
