"""What ``synth`` did for one environment: compile it, and write its output or compare with it. Prints nothing."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from camp2iac.cli import session
from camp2iac.record import Record, replace

if TYPE_CHECKING:
    from camp2iac.compilation import Compilation
    from camp2iac.diagnostics import Diagnostic
    from camp2iac.plan import Plan
    from camp2iac.review.delivery import Written
    from camp2iac.synth.writers import Form


class SynthOptions(Record, frozen=True):
    """The plan, its environment files, and the options. Without a file, ``target`` names the platform."""

    plan: Path | None
    environments: tuple[Path, ...]
    target: str | None
    overrides: Mapping[str, str]
    output: str | None
    form: Form
    catalogue: tuple[Path, ...]
    strict: bool
    signer: str | None
    check: bool
    force: bool
    lose: tuple[str, ...]
    report: str
    watch: bool
    discovered: bool = False  # the environment files are all files in environments/

    @property
    def runs(self) -> tuple[Path | None, ...]:
        """The environment files to compile for; None for the target without a file."""
        return self.environments or (None,)

    def place(self, environment: Path | None) -> Path:
        """The output folder of an environment."""
        if self.output is None or self.prints:
            return session.default_output(self.plan, environment, self.target)
        return Path(self.output)

    @property
    def prints(self) -> bool:
        """Whether to print the output instead of writing it."""
        return self.output == "-"


class Account(Record, frozen=True, eq=False):
    """One environment.

    ``shown``: the diagnostics of the plan and the environment. ``written``: the result of writing or comparing; None if
    errors prevented it. ``refused``: why nothing was written. ``hidden``: generated files that git ignores.
    """

    environment: Path | None
    place: Path
    made: Compilation
    shown: session.Shown
    written: Written | None = None
    refused: tuple[Diagnostic, ...] = ()
    hidden: tuple[Diagnostic, ...] = ()

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """All diagnostics, except advice about the owner of an add-on whose present owner the refusal names."""
        known = {each.span for each in self.refused if each.code == "CAMP720"}
        found = (each for each in self.shown.diagnostics if each.code != "CAMP454" or each.span not in known)
        return (*found, *self.refused, *self.hidden)

    @property
    def wrong(self) -> bool:
        """Whether there is an error. Then nothing was written, unless only git ignores what was."""
        return not self.made.ok or session.failed(self.diagnostics) or bool(self.refused)

    @property
    def done(self) -> Written | None:
        """The result of writing or comparing; None if nothing was written because of an error."""
        return self.written if not self.refused else None

    def status(self, given: SynthOptions) -> int:
        """The exit status for this environment."""
        if self.wrong:
            return 1
        return 2 if given.check and self.written is not None and self.written.changed else 0


def account(read: Plan, given: SynthOptions, environment: Path | None, states: session.States) -> Account:
    """Compile the plan for one environment, and write or compare its output."""
    place = given.place(environment)
    made = read.compile(
        environment, target=given.target, overrides=given.overrides, catalogue=given.catalogue, output=place
    )
    shown = states.shared(made, session.shown(made, read, given.plan, given.environments, strict=given.strict))
    found = Account(environment, place, made, shown)
    if found.wrong:
        return found
    if given.form == "cdktf" and made.is_module:
        return replace(found, refused=(_no_module(environment),))
    if given.prints:
        return found
    base = session.folder(given.plan)
    if given.output is None and (trap := session.astray(place, base)):
        from camp2iac.synth.folder import leads_away

        return replace(found, refused=(leads_away(base, trap),))
    written = made.write(format=given.form, check=given.check, force=given.force, lose=given.lose)
    refused = tuple(session.renamed(each, shown.names) for each in written.refused)
    hidden = () if given.check or refused else _hidden(written, place, given)
    return replace(found, written=written, refused=refused, hidden=hidden)


def opened(given: SynthOptions) -> Plan:
    """Read the plan, once for all environments."""
    places = [given.place(environment) for environment in given.runs]
    return session.read(given.plan, strict=given.strict, signer=given.signer, leave_out=[*places, *given.environments])


def accounts(read: Plan, given: SynthOptions) -> list[Account]:
    """Compile the plan for each environment, and write or compare. An error in one does not stop the others."""
    states = session.States(given.strict)
    return [account(read, given, environment, states) for environment in given.runs]


def _hidden(written: Written, place: Path, given: SynthOptions) -> tuple[Diagnostic, ...]:
    """CAMP706 for files of the output that git ignores. The output's own .gitignore must be written before."""
    from camp2iac.cli.hidden import hidden

    found = hidden(place, [*written.written, *written.unchanged], given.plan)
    each = [found] if found is not None else []
    return tuple(session.severe(each) if given.strict else each)


def _no_module(environment: Path | None) -> Diagnostic:
    """CAMP714: CDKTF writes root modules only."""
    from camp2iac.diagnostics import Diagnostic

    return Diagnostic(
        "CAMP714",
        f"{environment} asks for a child module, and CDKTF writes only root modules",
        help="write  --format hcl  or  --format json,  or remove  module: true",
    )
