"""Arguments and options that commands share."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from camp2iac.cli.console import Console

F = TypeVar("F", bound=Callable[..., Any])
STDIN = "<stdin>"  # the name to show for a plan from standard input


def common(command: F) -> F:
    """``-v`` and ``-q``, before or behind the command's name."""

    def verbose(ctx: click.Context, _: click.Parameter, value: int) -> None:
        ctx.ensure_object(Console).verbose += value

    def quiet(ctx: click.Context, _: click.Parameter, value: bool) -> None:
        ctx.ensure_object(Console).quiet |= value

    more = click.option("-v", "--verbose", count=True, expose_value=False, callback=verbose, help="Say more.")
    less = click.option("-q", "--quiet", is_flag=True, expose_value=False, callback=quiet, help="Say errors alone.")
    return more(less(command))


class PlanType(click.ParamType):  # type: ignore[type-arg,unused-ignore]
    """A file, a folder, an archive that exists, or ``-``."""

    name = "plan"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path | None:
        """The path; None for standard input."""
        if value == "-":
            return None
        path = Path(value)
        if not value:
            self.fail(_EMPTY, param, ctx)
        if not path.exists():
            self.fail(missing(path), param, ctx)
        if not nameable(value):
            self.fail(_NAMELESS, param, ctx)
        return path


class ExistingFile(click.ParamType):  # type: ignore[type-arg,unused-ignore]
    """A file that exists."""

    name = "file"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The path."""
        path = Path(value)
        if not value:
            self.fail(_EMPTY, param, ctx)
        if path.is_dir():
            self.fail(f"{path} is a folder; a file belongs here", param, ctx)
        if not path.exists():
            self.fail(missing(path), param, ctx)
        if not nameable(value):
            self.fail(_NAMELESS, param, ctx)
        return path


# pathlib takes "" for the working directory; a command line that has it meant something else: -o "$UNSET"
_EMPTY = "the value is empty: a variable that is not set? This folder is  ."
_NAMELESS = "the name of this file is not UTF-8; give it another"


def nameable(name: str) -> bool:
    """Whether a text can hold a file's name: bytes that are no UTF-8 come from a command line as surrogates."""
    return not any("\ud800" <= c <= "\udfff" for c in name)


def missing(path: Path) -> str:
    """That a file is not there, with the nearest name that is."""
    from camp2iac.diagnostics.suggest import nearest

    parent = path.parent
    near = nearest(path.name, (each.name for each in parent.iterdir())) if parent.is_dir() else None
    return f"there is no file or folder {path}" + (f"; did you mean {parent / near}?" if near else "")


def _set(ctx: click.Context, param: click.Parameter, values: Sequence[str]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for value in values:
        name, equals, text = value.partition("=")
        if not equals or not name:
            raise click.BadParameter("write NAME=VALUE", ctx, param)
        if name in found:
            raise click.BadParameter(f"{name} is given twice", ctx, param)
        found[name] = text
    return found


def _folders(ctx: click.Context, param: click.Parameter, values: Sequence[str]) -> tuple[Path, ...]:
    for value in values:
        if not value:
            raise click.BadParameter(_EMPTY, ctx, param)
        if not Path(value).is_dir():
            raise click.BadParameter(f"there is no folder {value}", ctx, param)
    return tuple(map(Path, values))


def _output(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    if value == "":
        raise click.BadParameter(_EMPTY, ctx, param)
    return value


def _signer(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """A certificate's fingerprint, of what was given: that itself, or the certificate's file."""
    from camp2iac.camp.bounded import read_bounded
    from camp2iac.camp.signature import LONGEST, fingerprint

    if value is None:
        return None
    if not value:
        raise click.BadParameter(
            "the value is empty: a variable that is not set? Write a certificate's file, or its SHA-256", ctx, param
        )
    digits = value.replace(":", "").lower()
    if re.fullmatch(r"[0-9a-f]{64}", digits):
        return digits
    try:
        found = fingerprint(read_bounded(value, LONGEST))
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "its name cannot be used"
        raise click.BadParameter(f"{value} cannot be read: {reason}", ctx, param) from error
    if found is None:
        raise click.BadParameter(f"{value} is neither a certificate (PEM or DER) nor a SHA-256", ctx, param)
    return found


def _one(ctx: click.Context, param: click.Parameter, values: Sequence[Any]) -> Any:
    """The value of an option that may be given once: of two, one would have no effect."""
    if len(values) > 1:
        name = max(param.opts, key=len)
        given = " and ".join(map(str, values))
        raise click.UsageError(f"{name} is given {len(values)} times: {given}; run the command once for each", ctx)
    return values[0] if values else None


plan = click.argument("plan", type=PlanType(), metavar="PLAN")
environment = click.option(
    "-e",
    "--environment",
    type=ExistingFile(),
    multiple=True,
    callback=_one,
    metavar="ENV.yaml",
    help="The operator's side.",
)
target = click.option(
    "--target",
    multiple=True,
    callback=_one,
    metavar="NAME",
    help="The platform; an environment file names its own.",
)
overrides = click.option(
    "--set",
    "overrides",
    multiple=True,
    callback=_set,
    metavar="NAME=VALUE",
    help="A parameter's value, or one of the environment: region, scale.web. Repeatable.",
)
output = click.option(
    "-o",
    "--output",
    callback=_output,
    metavar="DIR",
    help="Where to write; - prints. [default: infra/NAME beside the plan]",
)
strict = click.option("--strict", is_flag=True, help="Make warnings errors; refuse files that camp.mf does not list.")
signer = click.option(
    "--signer",
    callback=_signer,
    metavar="CERT",
    help="Refuse what this certificate has not signed: its file, or its SHA-256.",
)
catalogue = click.option(
    "--catalogue", multiple=True, callback=_folders, metavar="DIR", help="A folder of more products. Repeatable."
)


def known_target(name: str | None) -> None:
    """A usage error unless it is a target's name (or None)."""
    from camp2iac.diagnostics.suggest import listed, nearest
    from camp2iac.targets import registry

    if name is None or registry.find(name) is not None:
        return
    names = registry.names()
    near = nearest(name, names)
    statement = f"did you mean {near}?" if near else f"there are {listed(names)}"
    raise click.BadParameter(f"there is no target {name!r}; {statement}", param_hint="--target")
