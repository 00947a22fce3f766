"""Generate ``docs/cli.md`` from the help of every command."""

from __future__ import annotations

from collections.abc import Iterator

import click

from camp2iac.cli import cli

_HEAD = """\
# The command line

This page describes the commands of camp2iac. `pytest --regen` generates it from their help: do not edit it.

## Conventions

**Output.** Results go to standard output. Everything else goes to standard error: warnings, the files that were
written, and the commands to run next. The result of `validate` and `port` is the report.

**The plan.** Without PLAN, a command uses `camp.yaml` in the working directory, or in the nearest folder above it, and
says which one. It does not look above the top of the git repository or above your home folder.

**Environments.** Without `-e` and `--target`, a command is for all files `*.yaml` and `*.yml` in `environments/` beside
the plan, in the order of their names. An error in one does not stop the others. The exit status is 1 if one is wrong,
else 2 if one differs (`synth --check`).

**`-o` and `--output`.** `-o` is where output goes, `--output` is the format of a report, in every command.

**Exit status.**

| status | meaning |
|---|---|
| 0 | success, possibly with warnings |
| 1 | errors in the input, or a loss that `--fail-on` names |
| 2 | wrong usage, or a difference with `--check` |
| 70 | a bug in camp2iac |
| 74 | standard output cannot be written: it is closed, or the disk is full |
| 130 | interrupted by Ctrl-C |
| 141 | the reader of standard output has exited |

If standard error cannot be written, camp2iac continues without it.

**Colour.** camp2iac prints in colour on terminals. `NO_COLOR` turns it off, `FORCE_COLOR` turns it on. Symbols that the
terminal's encoding does not have are replaced: `✓ ~ ✗` become `+ ~ x`.

**Words of plans and content** have no effect on terminals and CI systems. Controls are shown as symbols, and workflow
commands are broken: `::` at the beginning of a line is `: :`, and `##[` is `## [`, or an escape in JSON.

**Secrets.** In every format, camp2iac prints `•••` instead of values whose key names a password, a token or a key.

**Reports for programs.** `--output json` is described in [json.md](json.md). `sarif` is for code scanning, `github` for
annotations in GitHub Actions, `gitlab` for the Code Quality report of GitLab.

## The output folder

- `synth` writes `infra/NAME` beside the plan. NAME is the name of the environment file without `.yaml`, or the target.
  camp2iac does not deploy output folders in `infra/` or YAML files in `environments/`.
- `synth` prints what Terraform destroys, replaces, updates, moves and creates when you apply the new output, and with
  `-v` each resource instance. It compares with the output in
  git's `HEAD`, or in the folder if git does not track it. With `-o -` it compares with nothing.
- If applying the output would destroy data, `synth` writes nothing and exits with 1 (CAMP720). `--lose NODE` allows it
  for one part of the plan. `--check` prints the same list, but exits with 2 only if the files differ.
- Commit output folders, with the `.terraform.lock.hcl` that `terraform init` writes. The `.gitignore` in each folder
  excludes Terraform state, saved plans and all `*.tfvars`, because they can contain secrets. To commit a `*.tfvars`
  without secrets, run `git add -f`. The `.gitignore` also re-includes generated files that rules above it exclude
  (`build/`, `*.jar`). If git still ignores generated files, camp2iac warns you (CAMP706).
- `synth --watch` compiles again when the plan, an environment file, the content or a product of `--catalogue` changes,
  also if files appear or vanish. It prints only what is new. Errors do not end it; Ctrl-C does, with the exit
  status 130. `validate --watch` checks again in the same way, and writes nothing.
- `synth` prepares all new files before it replaces the first one. If it is killed, it can leave a folder
  `.camp2iac-new` in the output; the next `synth` completes or removes it. If two run at once, the second one waits.
"""


def document() -> str:
    """The page in Markdown."""
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
