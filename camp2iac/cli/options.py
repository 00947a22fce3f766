"""Arguments and options that commands share."""

from __future__ import annotations

import errno
import re
import shlex
from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from pathlib import Path
from typing import Any, Final, Literal, TypeVar

import click

from camp2iac.cli.console import Console

F = TypeVar("F", bound=Callable[..., Any])
STDIN = "<stdin>"  # the name to show for a plan from standard input


def common(command: F) -> F:
    """``-v`` and ``-q``, before or after the command's name."""

    def verbose(ctx: click.Context, _: click.Parameter, value: int) -> None:
        ctx.ensure_object(Console).verbose += value

    def quiet(ctx: click.Context, _: click.Parameter, value: bool) -> None:
        ctx.ensure_object(Console).quiet |= value

    more = click.option("-v", "--verbose", count=True, expose_value=False, callback=verbose, help="Print details.")
    less = click.option("-q", "--quiet", is_flag=True, expose_value=False, callback=quiet, help="Print only errors.")
    return more(less(command))


class Unnamed(Enum):
    """A plan that the user did not name."""

    NEAREST = "the nearest plan"


NEAREST: Final = Unnamed.NEAREST
NamedPlan = Path | Literal[Unnamed.NEAREST] | None  # None: standard input; see camp2iac.cli.discovery.plan


class PlanType(click.ParamType):  # type: ignore[type-arg,unused-ignore]
    """An existing file, folder or archive, or ``-``."""

    name = "plan"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> NamedPlan:
        """The path; None for standard input."""
        if isinstance(value, Unnamed):
            return value
        if value == "-":
            return None
        if not value:
            self.fail(_EMPTY, param, ctx)
        path = Path(value)
        if not exists(path):
            self.fail(missing(path), param, ctx)
        _named(value, param, ctx)
        return path


class ExistingFile(click.ParamType):  # type: ignore[type-arg,unused-ignore]
    """An existing file."""

    name = "file"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The path."""
        path = Path(value)
        if not value:
            self.fail(_EMPTY, param, ctx)
        if is_folder(path):
            self.fail(f"{printed(path)} is a folder; name a file", param, ctx)
        if not exists(path):
            self.fail(missing(path), param, ctx)
        _named(value, param, ctx)
        return path


# For pathlib, "" is the working directory; on a command line, it is a mistake: -o "$UNSET"
_EMPTY = "the value is empty; is a variable not set? For this folder, write  ."
_NAMELESS = "the name of this file is not UTF-8; rename it"
_CONTROLS = "the name of this file has a line break or another control character; rename it"


def nameable(name: str) -> bool:
    """Whether a file's name is UTF-8: other bytes on a command line become surrogates."""
    return not any("\ud800" <= c <= "\udfff" for c in name)


def _named(value: str, param: click.Parameter | None, ctx: click.Context | None) -> None:
    """Raise a usage error for a name that cannot be written in text files."""
    from camp2iac.camp.tree import unreadable

    if not nameable(value):
        raise click.BadParameter(_NAMELESS, ctx, param)
    if unreadable(value):
        raise click.BadParameter(_CONTROLS, ctx, param)


def printed(name: str | Path) -> str:
    """A name from the command line or the disk for a message: one line, and not longer than a path usually is."""
    from camp2iac.diagnostics.suggest import short

    return short(str(name), 200)


def is_folder(path: Path) -> bool:
    """Whether a path is a folder; for errors see :func:`exists`."""
    return exists(path) and path.is_dir()


def exists(path: Path) -> bool:
    """Whether a file or folder exists; false for a name that cannot exist, such as one that is too long.

    Raises:
        OSError: when it cannot be determined, for example because a folder on the way is closed to this user.
    """
    try:
        path.stat()
    except ValueError:  # NUL
        return False
    except OSError as error:
        if error.errno in (errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG, errno.ELOOP):
            return False
        raise
    return True


def missing(path: Path) -> str:
    """The message for a missing file, with a suggestion."""
    from camp2iac.diagnostics.suggest import nearest

    parent = path.parent
    others = (each.name for each in parent.iterdir() if each.name != path.name) if is_folder(parent) else ()
    near = nearest(path.name, others)
    return f"there is no file or folder {printed(path)}" + (f"; did you mean {printed(parent / near)}?" if near else "")


def _set(ctx: click.Context, param: click.Parameter, values: Sequence[str]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for value in values:
        name, equals, text = value.partition("=")
        if not equals or not name:
            raise click.BadParameter("write NAME=VALUE", ctx, param)
        if name in found:
            raise click.BadParameter(f"{name} is set twice", ctx, param)
        found[name] = text
    return found


def _folders(ctx: click.Context, param: click.Parameter, values: Sequence[str]) -> tuple[Path, ...]:
    for value in values:
        if not value:
            raise click.BadParameter(_EMPTY, ctx, param)
        if not is_folder(Path(value)):
            raise click.BadParameter(f"there is no folder {printed(value)}", ctx, param)
        _named(value, param, ctx)
    return tuple(map(Path, values))


def _output(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    if value == "":
        raise click.BadParameter(_EMPTY, ctx, param)
    if value is not None:
        _named(value, param, ctx)
    return value


def _output_folder(ctx: click.Context, param: click.Parameter, value: str | None) -> Path | None:
    """An existing output folder; None if the option is not used."""
    from camp2iac.synth.sourcemap import NAME

    if value is None:
        return None
    if not value:
        raise click.BadParameter(_EMPTY, ctx, param)
    path = Path(value)
    if not is_folder(path):
        raise click.BadParameter(missing(path) if not exists(path) else f"{printed(path)} is not a folder", ctx, param)
    if not (path / NAME).is_file():
        raise click.BadParameter(f"{printed(path)} is not an output: it has no {NAME}", ctx, param)
    _named(value, param, ctx)
    return path


class SynthReport(click.Choice):  # type: ignore[type-arg,unused-ignore]
    """The format of what ``synth`` says. ``--output`` was its output folder in earlier releases."""

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name of the format."""
        if value in self.choices:
            return str(value)
        form = value in ("hcl", "cdktf")
        meant = f"--format {value}" if form else f"-o {shlex.quote(str(value)) if value else 'DIR'}"
        raise click.UsageError(
            f"--output is the format of the report: {' or '.join(self.choices)}; "
            f"write  {meant}  (-o names the output folder, --format the format of the module)",
            ctx,
        )


def _signer(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """The fingerprint of a certificate, from the fingerprint itself or from the certificate's file."""
    from camp2iac.camp.bounded import read_bounded
    from camp2iac.camp.signature import LONGEST, fingerprint

    if value is None:
        return None
    if not value:
        raise click.BadParameter(
            "the value is empty; is a variable not set? Write the file of a certificate, or its SHA-256", ctx, param
        )
    digits = value.replace(":", "").lower()
    if re.fullmatch(r"[0-9a-f]{64}", digits):
        return digits
    try:
        found = fingerprint(read_bounded(value, LONGEST))
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "its name is not valid"
        raise click.BadParameter(f"{printed(value)} cannot be read: {reason}", ctx, param) from error
    if found is None:
        raise click.BadParameter(f"{printed(value)} is neither a certificate (PEM or DER) nor a SHA-256", ctx, param)
    return found


def _one(ctx: click.Context, param: click.Parameter, values: Sequence[Any]) -> Any:
    """The value of an option that can be used once: of two values, one would have no effect."""
    if len(values) > 1:
        name = max(param.opts, key=len)
        given = " and ".join(map(str, values))
        times = "twice" if len(values) == 2 else f"{len(values)} times"
        raise click.UsageError(f"{name} is used {times}: {given}; run the command once for each", ctx)
    return values[0] if values else None


plan = click.argument("plan", type=PlanType(), required=False, default=NEAREST, metavar="[PLAN]")
environment = click.option(
    "-e",
    "--environment",
    type=ExistingFile(),
    multiple=True,
    callback=_one,
    metavar="ENV.yaml",
    help="The environment file.",
)
environments = click.option(
    "-e",
    "--environment",
    "environments",
    type=ExistingFile(),
    multiple=True,
    metavar="ENV.yaml",
    help="An environment file. Repeatable. [default: all files in environments/]",
)
environments_left_out = click.option(
    "-e",
    "--environment",
    "environments",
    type=ExistingFile(),
    multiple=True,
    metavar="ENV.yaml",
    help="An environment file that is not content, if it is not in environments/. Repeatable.",
)
target = click.option(
    "--target",
    multiple=True,
    callback=_one,
    metavar="NAME",
    help="The platform. [default: that of the environment file]",
)
overrides = click.option(
    "--set",
    "overrides",
    multiple=True,
    callback=_set,
    metavar="NAME=VALUE",
    help="Set a parameter, or a key of the environment file such as region or scale.web. Repeatable.",
)
output = click.option(
    "-o",
    "output",
    callback=_output,
    metavar="DIR",
    help="The output folder; - prints the output. [default: infra/NAME beside the plan]",
)
output_folder = click.option(
    "-o",
    "folder",
    callback=_output_folder,
    metavar="DIR",
    help="The output folder. [default: this folder, or the only one in infra/ beside the plan]",
)


def report(*formats: str, of: str = "report", default: str = "pretty") -> Callable[[F], F]:
    """``--output FORMAT``, the format of a report."""
    return click.option(
        "--output",
        type=click.Choice(formats),
        default=default,
        show_default=True,
        help=f"The format of the {of}.",
    )


strict = click.option(
    "--strict", is_flag=True, help="Treat warnings as errors, and reject files that camp.mf does not list."
)
signer = click.option(
    "--signer",
    callback=_signer,
    metavar="CERT",
    help="Reject packages that this certificate has not signed. CERT is its file or its SHA-256.",
)
catalogue = click.option(
    "--catalogue", multiple=True, callback=_folders, metavar="DIR", help="A folder with more products. Repeatable."
)


def known_target(name: str | None) -> None:
    """Raise a usage error unless ``name`` is a target, or None."""
    from camp2iac.diagnostics.suggest import listed, nearest
    from camp2iac.targets import registry

    if name is None or registry.find(name) is not None:
        return
    names = registry.names()
    near = nearest(name, names)
    statement = f"did you mean {near}?" if near else f"write {listed(names, 'or')}"
    raise click.BadParameter(f"there is no target {printed(repr(name))}; {statement}", param_hint="--target")
