"""``camp2iac schema``."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

import click

from camp2iac.cli import discovery, editor, options, session
from camp2iac.cli.console import Console

_MODELINE = re.compile(r"^\s*#\s*yaml-language-server:\s*\$schema=(\S+)", re.MULTILINE)


@click.command("schema")
@click.argument(
    "what",
    type=click.Choice(["plan", "environment", "product"]),
    metavar="[plan|environment|product]",
    required=False,
)
@click.option(
    "--target",
    metavar="NAME",
    help="The platform of the environment file, or of a product's file. [required for environment]",
)
@click.option(
    "--write",
    is_flag=True,
    help="Write the schemas for editors into .camp2iac, beside camp.yaml, and say which first lines are missing.",
)
@options.common
@click.pass_obj
def command(console: Console, what: str | None, target: str | None, write: bool) -> None:
    """Print a JSON Schema, with which your editor checks and completes YAML.

    --write writes the schemas of plans and of environment files, of all platforms, into the folder .camp2iac beside
    camp.yaml, which is in this folder or in the nearest folder above it. Editors with yaml-language-server use them if
    the first line of a file says so, as init writes it; the command prints the lines that are missing. Commit the
    folder, and run the command again after an update of camp2iac.

    \b
    camp2iac schema plan > camp.schema.json
    camp2iac schema environment --target openstack
    camp2iac schema product                     # product.yaml
    camp2iac schema product --target heroku     # heroku.yaml
    camp2iac schema --write
    """
    if write:
        if what is not None or target is not None:
            raise click.UsageError("--write writes all schemas, so it cannot be combined with others")
        _write(console)
        return
    if what is None:
        raise click.UsageError("name a schema: plan, environment or product; or write all with --write")
    if target is not None and what == "plan":
        raise click.UsageError("--target is only for  camp2iac schema environment  and  camp2iac schema product")
    console.result(editor.text(_schema(what, target)))


def _schema(what: str, target: str | None) -> Mapping[str, object]:
    if what == "plan":
        return editor.plan_schema()
    return _environment(target) if what == "environment" else _product(target)


def _write(console: Console) -> None:
    """Write the schemas, and say which first lines are missing."""
    from camp2iac.detect.modelines import FOLDER, environment_modeline, plan_modeline

    plan = discovery.nearest()
    if plan is None:
        raise click.UsageError(f"there is no {session.PLAN} in this folder or above it")
    folder = plan.parent
    changed = editor.write(folder)
    console.say(f"{(folder / FOLDER).as_posix()}: {f'{len(changed)} written' if changed else 'up to date'}")
    wanted = {plan: plan_modeline()}
    for file in discovery.environments(plan, ()):
        if target := _target(file):
            wanted[file] = environment_modeline(target)
    missing = {file: line for file, line in wanted.items() if _lacks(file, line)}
    if missing:
        console.say("\nFor your editor, write as the first line:")
        for file, line in missing.items():
            console.say(f"  {file}: {line}")


def _lacks(file: Path, line: str) -> bool:
    """Whether a file names no schema, or that of another platform. Schemas of the user's own stay."""
    from camp2iac.detect.modelines import FOLDER

    found = _MODELINE.search(_beginning(file))
    return found is None or (f"{FOLDER}/" in found[1] and not line.endswith(f"={found[1]}"))


def _beginning(file: Path) -> str:
    try:
        with file.open("rb") as opened:
            return opened.read(4096).decode("utf-8", "replace")
    except OSError:
        return ""


def _target(file: Path) -> str:
    """The platform of an environment file; empty if it names none that is installed."""
    from camp2iac.camp.nodes import Mapping as YamlMapping
    from camp2iac.camp.yaml import parse
    from camp2iac.diagnostics import Diagnostics
    from camp2iac.targets import registry

    try:
        node = parse(file.read_text(encoding="utf-8"), file.name, Diagnostics())
    except (OSError, UnicodeDecodeError):
        return ""
    name = node.get("target") if isinstance(node, YamlMapping) else None
    found = name.plain if name is not None else None
    return found if isinstance(found, str) and found in registry.names() else ""


def _product(name: str | None) -> Mapping[str, object]:
    """Of ``product.yaml``, or of a product's file for a platform."""
    from importlib.resources import files

    if name is not None:
        from camp2iac.targets import registry

        options.known_target(name)
        own: Mapping[str, object] | None = getattr(registry.find(name), "product_schema", None)
        if own is None:
            raise click.UsageError(f"products have no file for {name}: it reads product.yaml")
        return editor.identified(own, f"product:{name}")
    text = (files("camp2iac.catalogue") / "product.schema.json").read_text(encoding="utf-8")
    made: Mapping[str, object] = json.loads(text)
    return editor.identified(made, "product")


def _environment(name: str | None) -> Mapping[str, object]:
    from camp2iac.targets import registry

    if name is None:
        raise click.UsageError(f"name the platform: --target {' or --target '.join(registry.names())}")
    options.known_target(name)
    return editor.environment_schema_of(name)
