"""``camp2iac pack``."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from camp2iac.cli import discovery, options, reports, session
from camp2iac.cli.atomic import digest, unwritable
from camp2iac.cli.console import Console
from camp2iac.cli.options import NamedPlan
from camp2iac.record import Record

if TYPE_CHECKING:
    from camp2iac.camp import Source
    from camp2iac.camp.packing.pack import PackedPackage, Sign
    from camp2iac.diagnostics import Diagnostic


class PackOptions(Record, frozen=True):
    """The options, as click passes them."""

    environments: tuple[Path, ...]
    catalogue: tuple[Path, ...]
    strict: bool
    signer: str | None
    archive: Path
    force: bool
    sign: Path | None
    certificate: Path | None
    passphrase_env: str | None
    output: str


def _archive(ctx: click.Context, param: click.Parameter, value: str) -> Path:
    from camp2iac.camp.packing.formats import KINDS

    if not value:
        raise click.BadParameter("the value is empty; is a variable not set?", ctx, param)
    if not any(value.lower().endswith(ending) and Path(value).name.lower() != ending for ending in KINDS):
        raise click.BadParameter(
            f"{options.printed(value)} must end with {', '.join(KINDS)}: the ending is the format", ctx, param
        )
    if not options.nameable(value):
        raise click.BadParameter("the name of this file is not UTF-8; rename it", ctx, param)
    if Path(value).is_dir():
        raise click.BadParameter(f"{value} is a folder; name a file", ctx, param)
    return Path(value)


@click.command("pack")
@options.plan
@click.option(
    "-o",
    "archive",
    required=True,
    callback=_archive,
    metavar="FILE",
    help="The package to write. Its ending is the format: .zip, .tar, .tgz or .tar.gz.",
)
@options.environments_left_out
@options.catalogue
@options.strict
@options.signer
@click.option(
    "--sign", type=options.ExistingFile(), metavar="KEY", help="Sign with this private key (PEM), RSA or ECDSA."
)
@click.option(
    "--certificate", type=options.ExistingFile(), metavar="CERT", help="The certificate of the key (PEM), for --sign."
)
@click.option(
    "--passphrase-env", metavar="NAME", help="The environment variable with the passphrase of an encrypted key."
)
@click.option("--force", is_flag=True, help="Replace FILE even if it is not a package.")
@options.report("pretty", "json")
@options.common
@click.pass_obj
def command(console: Console, /, plan: NamedPlan, **given: object) -> int:
    """Pack a plan and its content into a Platform Deployment Package (PDP).

    The package has the plan as camp.yaml, the files that `camp2iac content` lists, and camp.mf with their SHA-256. It
    has no environment files, outputs or version control data. The same plan and content give the same bytes everywhere.

    \b
    camp2iac pack -o shop.pdp.zip
    camp2iac pack shop/camp.yaml -o shop.tgz
    camp2iac pack -o shop.pdp.zip --sign key.pem --certificate packager.pem --passphrase-env KEY_PASSPHRASE
    """
    chosen = PackOptions(**given)  # type: ignore[arg-type]  # click has their types
    passphrase = _passphrase(chosen)
    source = discovery.plan(console, plan, chosen.output)
    places = [session.default_output(source, each, None) for each in chosen.environments]
    keys = [chosen.sign] if chosen.sign is not None else []
    leave_out = [chosen.archive, *keys, *chosen.environments, *places]
    read = session.read(source, strict=chosen.strict, signer=chosen.signer, leave_out=leave_out)
    check = read.check(catalogue=chosen.catalogue)
    shown = session.shown(check, read, source, chosen.environments, strict=chosen.strict)
    found = list(shown.diagnostics)
    package = None
    if read.reading.source is not None and not shown.failed:
        try:
            package = _packed(read.reading.source, chosen, passphrase)
            found += _remarks(read.reading.source, chosen)
        except _PackRefusedError as refused:
            found += refused.found
    report = _report(package, chosen.archive) if package is not None else None
    if chosen.output == "json":
        console.result(reports.rendered(reports.text(report) if report is not None else None, found, shown.texts))
    else:
        console.diagnostics(found, shown.texts)
        if package is not None:
            console.say(_summary(package, chosen.archive))
    return 0 if package is not None else 1


class _PackRefusedError(Exception):
    """No package can be written. ``found``: why."""

    def __init__(self, found: list[Diagnostic]) -> None:
        super().__init__()
        self.found = found


def _passphrase(chosen: PackOptions) -> bytes | None:
    """The passphrase of the key. A usage error for options that need others."""
    if (chosen.sign is None) != (chosen.certificate is None):
        raise click.UsageError("--sign and --certificate need each other")
    name = chosen.passphrase_env
    if name is None:
        return None
    if chosen.sign is None:
        raise click.UsageError("--passphrase-env needs --sign")
    value = os.environ.get(name)
    if not value:
        # Does not quote the value: it could be the passphrase itself
        raise click.UsageError("--passphrase-env: the environment variable with this name is not set, or is empty")
    return os.fsencode(value)


def _sign(chosen: PackOptions, passphrase: bytes | None) -> Sign | None:
    """How to sign the manifest; None without --sign."""
    from camp2iac.camp.bounded import read_bounded
    from camp2iac.camp.packing.sign import signing
    from camp2iac.camp.signature import LONGEST
    from camp2iac.diagnostics import Diagnostic

    if chosen.sign is None or chosen.certificate is None:
        return None
    try:
        made = signing(read_bounded(chosen.sign, LONGEST), read_bounded(chosen.certificate, LONGEST), passphrase)
    except OSError as error:
        what = f"{error.filename or chosen.sign} cannot be read: {error.strerror}"
        raise _PackRefusedError([Diagnostic("CAMP746", what, help="name a file that you can read")]) from error
    if isinstance(made, Diagnostic):
        raise _PackRefusedError([made])
    return made


def _packed(source: Source, chosen: PackOptions, passphrase: bytes | None) -> PackedPackage:
    """The package after it was written. _PackRefusedError if it cannot be."""
    from camp2iac.camp.opening import unreadable
    from camp2iac.camp.packing.formats import KINDS
    from camp2iac.camp.packing.pack import check, pack
    from camp2iac.cli.atomic import new_file
    from camp2iac.diagnostics import Diagnostic

    archive, name = chosen.archive, chosen.archive.name
    kind = next(kind for ending, kind in KINDS.items() if name.lower().endswith(ending))
    foreign = _foreign(archive, force=chosen.force)
    if foreign is not None:
        raise _PackRefusedError([foreign])
    sign = _sign(chosen, passphrase)
    try:
        package = pack(source, sign)
        if isinstance(package, Diagnostic):
            raise _PackRefusedError([package])
    except OSError as error:
        raise _PackRefusedError([unreadable(str(error.filename or name), error)]) from error
    try:
        with new_file(archive, package.pieces(kind)) as made:
            wrong = check(source, made, name)
            if wrong:
                raise _PackRefusedError(wrong)
    except OSError as error:
        if error.errno == errno.ESTALE:
            raise _PackRefusedError([unreadable(str(error.filename or name), error)]) from error
        raise _PackRefusedError([unwritable(archive, error)]) from error
    return package


def _foreign(archive: Path, *, force: bool) -> Diagnostic | None:
    """CAMP741 if another file is in the way."""
    from camp2iac.camp.opening import open_package
    from camp2iac.diagnostics import Diagnostic, Diagnostics

    if not os.path.lexists(archive):
        return None
    what, help_ = "it is not a plain file", "write to another file"
    if archive.is_file() and not archive.is_symlink():
        opened = None if force else open_package(archive, archive.name, (), Diagnostics(), whole=False)
        if force or (opened is not None and opened.package.folder is None):
            return None
        what, help_ = "it is not a package", "write to another file; --force replaces this one"
    return Diagnostic("CAMP741", f"{archive.as_posix()} is in the way: {what}", help=help_)


def _remarks(source: Source, chosen: PackOptions) -> list[Diagnostic]:
    from camp2iac.camp.packing.remarks import remarks

    found = remarks(source, chosen.archive)
    return session.severe(found) if chosen.strict else found


def _report(package: PackedPackage, archive: Path) -> dict[str, object]:
    return {
        "package": archive.as_posix(),
        "sha256": digest(archive),
        "signed": package.signed,
        "files": [{"path": file.path, "size": file.size, "sha256": file.sha256} for file in package.files],
    }


def _summary(package: PackedPackage, archive: Path) -> str:
    from camp2iac.review.formats.contents import size

    total = size(sum(file.size for file in package.files))
    signed = " signed," if package.signed else ""
    return f"Packed {len(package.files):,} files, {total},{signed} into {archive.as_posix()}."
