"""``camp2iac completion``."""

from __future__ import annotations

import click

from camp2iac.cli.console import Console
from camp2iac.cli.options import common


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@common
@click.pass_obj
def command(console: Console, shell: str) -> None:
    """Print a completion script for a shell.

    \b
    eval "$(camp2iac completion bash)"                  # in ~/.bashrc
    eval "$(camp2iac completion zsh)"                   # in ~/.zshrc
    camp2iac completion fish > ~/.config/fish/completions/camp2iac.fish
    """
    from click.shell_completion import get_completion_class

    root = click.get_current_context().find_root().command
    made = get_completion_class(shell)
    if made is None:
        raise click.UsageError(f"there is no completion script for {shell}")
    script = made(root, {}, "camp2iac", "_CAMP2IAC_COMPLETE")
    console.result(script.source_template % script.source_vars(), commands=True)
