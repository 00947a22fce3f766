"""``camp2iac schema``."""

from __future__ import annotations

import json
from collections.abc import Mapping

import click

from camp2iac.cli import options
from camp2iac.cli.console import Console


@click.command("schema")
@click.argument("what", type=click.Choice(["plan", "environment", "product"]), metavar="plan|environment|product")
@click.option(
    "--target",
    metavar="NAME",
    help="The platform of the environment file, or of a product's file. [required for environment]",
)
@options.common
@click.pass_obj
def command(console: Console, what: str, target: str | None) -> None:
    """Print a JSON Schema, with which your editor checks and completes YAML.

    \b
    camp2iac schema plan > camp.schema.json
    camp2iac schema environment --target openstack
    camp2iac schema product                     # product.yaml
    camp2iac schema product --target heroku     # heroku.yaml
    """
    if target is not None and what == "plan":
        raise click.UsageError("--target is only for  camp2iac schema environment  and  camp2iac schema product")
    made = _plan() if what == "plan" else _environment(target) if what == "environment" else _product(target)
    console.result(json.dumps(made, indent=2, ensure_ascii=False) + "\n")


def _plan() -> Mapping[str, object]:
    from camp2iac import catalogue
    from camp2iac.topology.plan_schema import plan_schema

    return plan_schema(catalogue.load())


def _product(name: str | None) -> Mapping[str, object]:
    """Of ``product.yaml``, or of a product's file for a platform."""
    from importlib.resources import files

    if name is not None:
        from camp2iac.targets import registry

        options.known_target(name)
        own: Mapping[str, object] | None = getattr(registry.find(name), "product_schema", None)
        if own is None:
            raise click.UsageError(f"products have no file for {name}: it reads product.yaml")
        return own
    text = (files("camp2iac.catalogue") / "product.schema.json").read_text(encoding="utf-8")
    made: Mapping[str, object] = json.loads(text)
    return made


def _environment(name: str | None) -> Mapping[str, object]:
    from camp2iac.targets import environment, registry

    if name is None:
        raise click.UsageError(f"name the platform: --target {' or --target '.join(registry.names())}")
    options.known_target(name)
    target = registry.find(name)
    return environment.schema(target) if target else {}
