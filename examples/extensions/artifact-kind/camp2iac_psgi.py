"""The artifact kind ``psgi``: a Perl application, which is a folder with a file ``*.psgi``."""

import shlex
from collections.abc import Iterable

from camp2iac import Diagnostic
from camp2iac.targets.heroku.api import Build
from camp2iac.targets.openstack.api import ArtifactKind, ArtifactOnMachine, StartCommand, by_product, unit

MEANT = "name the application app.psgi, or write the command (org.camp2iac:Process)"


def application(files: Iterable[str]) -> str:
    """Find ``app.psgi``, or else the only file of this form at the top. Empty if there is none."""
    found = [name for name in files if name.endswith(".psgi") and "/" not in name]
    return "app.psgi" if "app.psgi" in found else found[0] if len(found) == 1 else ""


class Psgi(ArtifactKind):
    """How instances run it: with Starman, as product.yaml says."""

    words = "run by Starman on its instances"
    folder = True

    def check(self, inside: ArtifactOnMachine) -> None:
        """Look for Perl code, if the content is known before the instance unpacks it."""
        if inside.read is not None and not any(name.endswith((".psgi", ".pl", ".pm")) for name in inside.files):
            inside.wrong(f"{inside.component.name} is not an application in Perl", "no Perl code", MEANT)

    def web(self, inside: ArtifactOnMachine) -> StartCommand:
        """Fill the file into ``machine.web.command`` of product.yaml."""
        name = application(inside.files)
        if not name:
            message = f"the content of {inside.component.name} does not show which file to run"
            inside.unknown(message, inside.component.span, "no app.psgi at its top", MEANT)
        return by_product(inside, application=unit(f"{inside.folder}/{name}"))


def heroku(build: Build) -> str | None:
    """How Heroku runs it. The buildpack installs what cpanfile lists."""
    name, component = application(build.copy.files), build.component
    build.keep(component.statement, "heroku-buildpack-perl")
    if build.service.version is not None:
        build.degrade(build.service.version, "chosen by the stack", "The buildpack uses the stack's Perl.")
    if not name:
        fault = Diagnostic("CAMP445", f"{component.name} has no command that starts it", component.span, help=MEANT)
        build.fault(fault)
        return None
    if "cpanfile" not in build.copy.files:
        build.copy.add("cpanfile", "requires 'Starman';\n", component.content.span)
    return f"starman --listen :$PORT {shlex.quote(name)}"
