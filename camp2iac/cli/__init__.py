"""The command line. Each command is a module, imported when it is used; ``main`` is the entry point."""

from __future__ import annotations

import errno
import gc
import os
import signal
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

import click

from camp2iac.cli.console import Console, write
from camp2iac.cli.faults import Fault
from camp2iac.cli.options import common
from camp2iac.cli.streams import OutputError, ReaderGone, guard
from camp2iac.version import VERSION

COMMANDS = {
    "synth": "Compile a plan into Terraform.",
    "validate": "Check a plan, and fix simple mistakes.",
    "port": "Show what each platform keeps, degrades and loses of a plan.",
    "diff": "Show what a change does when it is applied, and why.",
    "matrix": "Compare environments of a plan, value by value.",
    "secrets": "List secrets: who makes them, where they are kept, who gets them, and how to rotate them.",
    "graph": "Draw the application: what it consists of, and who connects to what.",
    "why": "Show which line of the plan or the environment file a part of an output comes from.",
    "trace": "Show what Terraform and scanners report at the lines of the plan.",
    "inventory": "Show what is deployed, by part of the plan.",
    "progress": "Show an apply as it runs, by part of the plan.",
    "content": "List the files that are content, and what is left out.",
    "pack": "Pack a plan and its content into a package (PDP).",
    "verify": "Show who signed a package, and which files are signed.",
    "unpack": "Unpack a package into a new folder.",
    "init": "Create a plan for the code in this folder, or copy an example.",
    "import": "Write a plan for an application that is described in another format.",
    "export": "Write the application in another format, such as a Compose file.",
    "explain": "Explain a code, such as CAMP201.",
    "schema": "Print a JSON Schema for your editor.",
    "catalogue": "List the products that plans can use.",
    "targets": "List the platforms.",
    "completion": "Print a completion script for a shell.",
}
_MODULES = {"import": "importing"}  # commands whose names are keywords of Python
_NO_PATH = (errno.ENAMETOOLONG, errno.ELOOP)  # errors of the system for a path that it cannot open
EXIT_WRONG, EXIT_BUG, EXIT_OUTPUT, EXIT_PIPE, EXIT_STOPPED = 1, 70, 74, 141, 130


class Lazy(click.Group):
    """A group that knows the names of its commands, and imports a command when it is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, most used first."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command; None if there is no such command."""
        if cmd_name not in COMMANDS:
            return None
        module = _MODULES.get(cmd_name, cmd_name)
        command: click.Command = import_module(f"camp2iac.cli.{module}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Like click, with a suggestion for an unknown command."""
        if args and not args[0].startswith("-") and args[0] not in COMMANDS:
            from difflib import get_close_matches  # as click does for options

            from camp2iac.cli.options import printed
            from camp2iac.diagnostics.suggest import nearest

            near = nearest(args[0], COMMANDS) or next(iter(get_close_matches(args[0], COMMANDS, n=1)), None)
            ctx.fail(f"there is no command {printed(repr(args[0]))}" + (f"; did you mean {near}?" if near else ""))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


def _version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        ctx.ensure_object(Console).result(f"camp2iac {VERSION}\n")
        ctx.exit()


@click.group(
    cls=Lazy,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit status: 0 success, 1 errors in the input, 2 wrong usage or, with --check, a difference.",
)
@click.option(
    "--version", is_flag=True, expose_value=False, is_eager=True, callback=_version, help="Print the version."
)
@common
def cli() -> None:
    """Compile OASIS CAMP plans into Terraform for OpenStack, Kubernetes, Heroku and Docker.

    \b
    camp2iac init                 # writes camp.yaml and environments/
    camp2iac validate
    camp2iac synth                # writes infra/NAME for each file in environments/
    camp2iac synth --check        # in CI
    camp2iac port --target openstack,heroku
    """


def main(interrupted: Any = None) -> None:
    """Run the command line and exit. No input or signal causes a traceback, except a bug with ``-v``.

    ``interrupted``: the handler to restore for SIGINT, if :mod:`camp2iac.start` removed it.
    """
    # A large plan stays in memory until the end; searching it for garbage would take most of the time.
    gc.disable()
    guard()
    try:
        if interrupted is not None:
            signal.signal(signal.SIGINT, interrupted)
        status = run(sys.argv[1:])
        # Nothing more will be printed.
        if interrupted is not None and interrupted is signal.default_int_handler:
            signal.signal(signal.SIGINT, signal.SIG_DFL)
    except KeyboardInterrupt:
        status = EXIT_STOPPED
    sys.exit(status)


def run(args: list[str]) -> int:
    """Run it with arguments; returns the exit status."""
    console = Console()
    try:
        return guarded(console, lambda: cli.main(args, prog_name="camp2iac", standalone_mode=False, obj=console))
    except (click.Abort, KeyboardInterrupt):
        console.error("interrupted")
        return EXIT_STOPPED
    except ReaderGone:
        return EXIT_PIPE
    except OutputError as error:
        console.error(f"cannot write to standard output: {error}")
        return EXIT_OUTPUT


def guarded(console: Console, act: Callable[[], object]) -> int:
    """Run a command, or one round of it; returns the exit status, after printing an error that it raised.

    Raises only what ends the program: an interruption, and a standard output that cannot be written.
    """
    try:
        status = act()
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.Abort:
        raise
    except click.ClickException as error:
        return _usage(console, error)
    except Fault as fault:
        return _stopped(console, fault)
    except (ReaderGone, OutputError):
        raise
    except OSError as error:
        return _refused(console, error)
    except ValueError as error:
        return _wrong(console, error)
    except Exception as error:
        return _bug(console, error)
    if status == EXIT_WRONG and not console.explained:
        return _bug(console, RuntimeError("it rejects the input without an error message"))
    return status if isinstance(status, int) else 0


def _stopped(console: Console, fault: Fault) -> int:
    """A command has nothing to work on, such as a plan."""
    if fault.form == "json":
        from camp2iac.cli import reports

        console.result(reports.rendered(None, [fault.diagnostic], {}))
    else:
        console.diagnostics([fault.diagnostic], {})
    return EXIT_WRONG


def _usage(console: Console, error: click.ClickException) -> int:
    # click lists choices on separate lines, after tabs.
    message = error.format_message().replace(",\n\t", ", ").replace("\n\t", " ")
    if message.startswith("Got unexpected extra argument"):  # click quotes it as it is
        message = message.replace("\n", "␊")
    if isinstance(error, click.NoSuchOption) and error.option_name == "-o" and error.ctx and _has_formats(error.ctx):
        message += "  -o names the output folder of synth; for a format, write  --output FORMAT"
    if not isinstance(error, click.UsageError) or not error.ctx:
        console.error(message)
    elif message == error.ctx.get_help():  # a group without a command
        console.help(message)
    else:
        console.error(f"{message}\n\n{error.ctx.get_usage()}\nMore: {error.ctx.command_path} --help")
    return error.exit_code


def _has_formats(ctx: click.Context) -> bool:
    return any("--output" in each.opts for each in ctx.command.params)


def _refused(console: Console, error: OSError) -> int:
    """A file in a folder that the user may not enter, so that even whether it exists is unknown; a path that the system
    does not open; or a working directory that was removed. Any other error is a bug.
    """
    from camp2iac.cli.options import printed

    if _is_removed():
        console.error("the working directory was removed; change to another folder")
        return EXIT_WRONG
    if not error.filename or not (isinstance(error, PermissionError) or error.errno in _NO_PATH):
        return _bug(console, error)
    more = ". Check its permissions." if isinstance(error, PermissionError) else ""
    console.error(f"{printed(os.fsdecode(error.filename))} cannot be read: {error.strerror}{more}")
    return EXIT_WRONG


def _is_removed() -> bool:
    """Whether the working directory does not exist any more."""
    try:
        os.getcwd()  # noqa: PTH109
    except FileNotFoundError:
        return True
    return False


def _wrong(console: Console, error: ValueError) -> int:
    """Content that was removed after the plan was compiled is an input error; any other exception is a bug."""
    from camp2iac.compilation import PlanError

    if not isinstance(error, PlanError):
        return _bug(console, error)
    console.explained = True
    write(sys.stderr, str(error))
    return EXIT_WRONG


def _bug(console: Console, error: Exception) -> int:
    if console.verbose:
        import traceback

        console.error("".join(traceback.format_exception(error)).rstrip())
    first = str(error).split("\n")[0]
    console.error(
        f"this is a bug in camp2iac {VERSION}: {type(error).__name__}: {first}\n"
        "Report it with the plan and the output of the same command with -v"
    )
    return EXIT_BUG
