"""``camp2iac unpack``."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from camp2iac.cli import options, reports, session
from camp2iac.cli.atomic import OccupiedError, new_folder, unwritable
from camp2iac.cli.console import Console
from camp2iac.cli.options import PlanType

if TYPE_CHECKING:
    from camp2iac.camp.package import Package
    from camp2iac.diagnostics import Diagnostic


def _folder(ctx: click.Context, param: click.Parameter, value: str) -> Path:
    if not value:
        raise click.BadParameter("the value is empty; is a variable not set? For this folder, write  .", ctx, param)
    if not options.nameable(value):
        raise click.BadParameter("the name of this folder is not UTF-8; rename it", ctx, param)
    return Path(value)


@click.command("unpack")
@click.argument("package", type=PlanType())
@click.option("-o", "folder", required=True, callback=_folder, metavar="DIR", help="A new or empty folder.")
@options.strict
@options.signer
@options.report("pretty", "json")
@options.common
@click.pass_obj
def command(console: Console, package: Path | None, folder: Path, strict: bool, signer: str | None, output: str) -> int:
    """Unpack a package (PDP) into a new or empty folder, if it matches its manifest and its signature.

    PACKAGE is a ZIP, a TAR or a gzipped TAR archive, or - for standard input. Nothing is written outside DIR, and
    nothing at all if the package is rejected. A link in the archive becomes a copy of its file.

    \b
    camp2iac unpack shop.pdp.zip -o shop
    camp2iac unpack shop.tgz -o shop --signer packager.pem
    """
    read = session.read(package, strict=strict, signer=signer)
    shown = session.shown(read, read, package, (), strict=strict)
    found = list(shown.diagnostics)
    source = read.reading.source
    paths: tuple[str, ...] | None = None
    if source is not None and source.package.folder is not None:
        raise click.UsageError(f"{reports.plan_name(package)} is not an archive")
    if source is not None and not shown.failed:
        unpacked = _unpacked(source.package, folder)
        if isinstance(unpacked, tuple):
            paths = unpacked
        else:
            found.append(unpacked)
    if output == "json":
        report = {"package": reports.plan_name(package), "folder": folder.as_posix(), "files": list(paths or ())}
        console.result(reports.rendered(reports.text(report) if paths is not None else None, found, shown.texts))
    else:
        console.diagnostics(found, shown.texts)
        if paths is not None:
            console.say(f"Unpacked {len(paths):,} file{'' if len(paths) == 1 else 's'} into {folder.as_posix()}.")
    return 0 if paths is not None else 1


def _unpacked(package: Package, folder: Path) -> tuple[str, ...] | Diagnostic:
    from camp2iac.camp.packing.unpack import unpack
    from camp2iac.diagnostics import Diagnostic

    try:
        with new_folder(folder) as stage:
            return unpack(package, stage)
    except OccupiedError:
        what = "it is not empty" if os.path.isdir(folder) else "it is not a folder"  # noqa: PTH112 - it never raises
        return Diagnostic(
            "CAMP744", f"{folder.as_posix()} is in the way: {what}", help="name a new folder, or one that is empty"
        )
    except OSError as error:
        return unwritable(folder, error)
