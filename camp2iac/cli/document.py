"""``docs/cli.md``: the help of every command."""

from __future__ import annotations

from collections.abc import Iterator

import click

from camp2iac.cli import cli

_HEAD = """\
# The command line

Made of the commands' own help (`pytest --regen` writes this page).

- **Results go to standard output**, all else (what was written, warnings, what to type next) to standard error. For
  `validate` and `port` the report is the result.
- **Exit status**: 0 fine, warnings allowed; 1 the input is wrong, or what `--fail-on` names was met; 2 wrong usage, or
  `--check` found a difference. 70 is a bug of camp2iac, 74 a standard output that cannot be written (closed, or on a
  full disk), 130 Ctrl-C, 141 a reader that went away. A standard error that cannot be written changes nothing.
- **Interrupted**: `synth` makes all new files before it puts the first in its place. Killed in between, it leaves a
  folder `.camp2iac-new` in the output, and the next `synth` puts right what it left. Of two at once the second waits.
- **Colour** where the terminal has it; never with `NO_COLOR`, always with `FORCE_COLOR`. The text is the same without.
  Signs that a terminal's encoding cannot show are spelled with what it can (`✓ ~ ✗` become `+ ~ x`).
- **Secrets**: values whose keys speak of a password, token or key are shown as `•••`, in every format.
- `synth` writes `infra/NAME` beside the plan; NAME is the environment file's, without `.yaml`, or the target's. Output
  folders in `infra/` and YAML files in `environments/` are no content of the plan.
- `synth` prints what applying the new output destroys and replaces, compared with the output in git's `HEAD` or, where
  it is not tracked, with the one in the folder. It writes nothing and exits with 1 if data would be destroyed
  (CAMP720); `--lose NODE` permits that for one part of the plan. `--check` prints the same list and never refuses;
  `-o -` compares with nothing.
- Output folders are committed, with the `.terraform.lock.hcl` that `terraform init` writes. The `.gitignore` in each
  keeps out Terraform's state and plans and all of `*.tfvars`: any of these may hold the value of a secret, whatever its
  name is. One without secrets is added by `git add -f`. It also takes back what rules above it would hide (`build/`,
  `*.jar`); what git ignores all the same is said (CAMP706).
- `validate --output json` counts lines and columns from 1, in characters; `end_column` is the column after the last
  marked one. `sarif` is for code scanning, `github` for annotations in GitHub Actions.
"""


def document() -> str:
    """The whole page, Markdown."""
    return "\n".join([_HEAD, *_commands(cli, None, "camp2iac")])


def _commands(command: click.Command, parent: click.Context | None, name: str) -> Iterator[str]:
    ctx = click.Context(command, parent=parent, info_name=name)
    ctx.terminal_width, ctx.help_option_names = 100, ["-h", "--help"]
    with ctx:
        yield f"## {ctx.command_path}\n\n```text\n{command.get_help(ctx).rstrip()}\n```\n"
        if isinstance(command, click.Group):
            for child in command.list_commands(ctx):
                found = command.get_command(ctx, child)
                if found:
                    yield from _commands(found, ctx, child)
