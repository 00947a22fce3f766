"""``camp2iac schema``."""

from __future__ import annotations

import json
from typing import Any

import click

from camp2iac.cli import options
from camp2iac.cli.console import Console


@click.command("schema")
@click.argument("what", type=click.Choice(["plan", "environment", "product"]), metavar="plan|environment|product")
@click.option("--target", metavar="NAME", help="The platform of the environment file. [required for environment]")
@options.common
@click.pass_obj
def command(console: Console, what: str, target: str | None) -> None:
    """Print a JSON Schema, with which your editor checks and completes YAML.

    \b
    camp2iac schema plan > camp.schema.json
    camp2iac schema environment --target openstack
    camp2iac schema product
    """
    if target is not None and what != "environment":
        raise click.UsageError("--target is only for  camp2iac schema environment")
    made = {"plan": _plan, "product": _product}[what]() if what != "environment" else _environment(target)
    console.result(json.dumps(made, indent=2, ensure_ascii=False) + "\n")


def _plan() -> dict[str, Any]:
    from camp2iac import catalogue
    from camp2iac.topology.plan_schema import plan_schema

    return plan_schema(catalogue.load())


def _product() -> dict[str, Any]:
    from importlib.resources import files

    text = (files("camp2iac.catalogue") / "product.schema.json").read_text(encoding="utf-8")
    made: dict[str, Any] = json.loads(text)
    return made


def _environment(name: str | None) -> dict[str, Any]:
    from camp2iac.targets import environment, registry

    if name is None:
        raise click.UsageError(f"name the platform: --target {' or --target '.join(registry.names())}")
    options.known_target(name)
    target = registry.find(name)
    return environment.schema(target) if target else {}
