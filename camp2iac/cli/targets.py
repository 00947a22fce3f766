"""``camp2iac targets``."""

from __future__ import annotations

import click

from camp2iac.cli.console import Console
from camp2iac.cli.options import common


@click.command("targets")
@common
@click.pass_obj
def command(console: Console) -> None:
    """List the platforms that a plan can be compiled for, those of installed packages too.

    \b
    camp2iac targets
    camp2iac schema environment --target openstack
    """
    from camp2iac.targets import registry

    found = {name: registry.find(name) for name in registry.names()}
    width = max(map(len, found))
    console.result("".join(f"{name:<{width}}  {target.title}\n" for name, target in found.items() if target))
