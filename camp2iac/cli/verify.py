"""``camp2iac verify``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from camp2iac.cli import options, reports, session
from camp2iac.cli.console import Console
from camp2iac.cli.options import PlanType

if TYPE_CHECKING:
    from camp2iac.camp.packing.verified import VerifiedPackage
    from camp2iac.diagnostics import Diagnostic


@click.command("verify")
@click.argument("package", type=PlanType())
@options.strict
@options.signer
@options.report("pretty", "json")
@options.common
@click.pass_obj
def command(console: Console, package: Path | None, strict: bool, signer: str | None, output: str) -> int:
    """Verify a package (PDP): who signed it, which files are signed, and which are not.

    PACKAGE is an archive, a folder with camp.mf, or - for standard input. The exit status is 1 if the package is not
    signed, the signature is wrong, or a file does not match its digest. Anyone can sign: with --signer, only packages
    by one signer are accepted.

    \b
    camp2iac verify shop.pdp.zip
    camp2iac verify shop.pdp.zip --signer packager.pem --strict
    """
    from camp2iac.camp.packing.verified import verified

    read = session.read(package, strict=strict, signer=signer)
    shown = session.shown(read, read, package, (), strict=strict)
    source = read.reading.source
    found = verified(source) if source is not None and not shown.failed else None
    name = reports.plan_name(package)
    told = list(shown.diagnostics)
    if found is not None and found.signer is None:
        told.append(_unsigned(found, name))
    if output == "json":
        report = reports.text(_report(found, name)) if found is not None else None
        console.result(reports.rendered(report, told, shown.texts))
    else:
        console.diagnostics(told, shown.texts)
        if found is not None:
            console.result("".join(f"{line}\n" for line in _pretty(found, name)))
    return 0 if found is not None and found.signer is not None else 1


def _unsigned(found: VerifiedPackage, name: str) -> Diagnostic:
    from camp2iac.diagnostics import Diagnostic
    from camp2iac.diagnostics.suggest import short

    return Diagnostic(
        "CAMP749",
        f"{short(name, 100)} is not signed: it has no {'camp.cert' if found.manifest else 'camp.mf'}",
        help="make it with  camp2iac pack --sign KEY --certificate CERT",
    )


def _report(found: VerifiedPackage, name: str) -> dict[str, object]:
    signer = found.signer
    return {
        "package": name,
        "manifest": found.manifest,
        "signer": {"subject": signer.subject, "sha256": signer.fingerprint} if signer is not None else None,
        "listed": list(found.listed),
        "unlisted": list(found.unlisted),
    }


def _pretty(found: VerifiedPackage, name: str) -> Iterator[str]:
    from camp2iac.diagnostics.suggest import short

    count = f"{len(found.listed):,} file{'' if len(found.listed) == 1 else 's'}"
    if found.signer is not None:
        yield f"{name} is signed by {short(found.signer.subject, 100)}"
        yield f"  certificate: SHA-256 {found.signer.fingerprint}"
        yield f"  signed: {count}"
    elif found.manifest:
        yield f"{name} is not signed"
        yield f"  matches camp.mf: {count}"
    else:
        yield f"{name} is not signed, and no digest was verified"
    if found.unlisted and found.manifest:
        yield f"  not {'signed' if found.signer is not None else 'in camp.mf'}:"
        yield from (f"    {short(path, 200)}" for path in found.unlisted)
