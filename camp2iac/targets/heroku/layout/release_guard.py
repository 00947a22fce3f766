"""What keeps a release command from running with the configuration of another build.

Heroku runs the release command of the last build whenever the configuration changes: also when Terraform removes all
variables (``destroy``), or removes a variable that only the next build does without. The command would fail, and with
it the apply. So its first words compare a variable with what the build expects. A copy of content has that in a file,
which Terraform reads for the variable too, so that the digest is in one place. Source:
https://devcenter.heroku.com/articles/release-phase, and heroku/terraform-provider-heroku#382 (2026-12-01).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from camp2iac.diagnostics import Span
from camp2iac.record import Record
from camp2iac.synth.module import RELEASE, Value, call, expr, template
from camp2iac.targets.heroku.layout.attachments import Attachments
from camp2iac.targets.heroku.layout.configuration import Configuration
from camp2iac.targets.kit.copies import Copy

VARIABLE = "CAMP2IAC_RELEASE"
"""The configuration variable of an app that has a release command."""


class ReleaseGuard(Record, frozen=True):
    """``value``: of the variable, a digest of the names of the app's variables. ``file``: its path in the module."""

    value: str
    file: str

    @property
    def test(self) -> str:
        """For an image, which has no file: ends a release command if the configuration is for another build."""
        return f'[ "${{{VARIABLE}-}}" = {self.value} ] || exit 0'

    @property
    def read(self) -> Value:
        """The variable's value, from the file in the copy."""
        return call("trimspace", call("file", template(expr("path.module"), f"/{self.file}")))

    def before(self, copy: Copy, command: str, origin: Span) -> str:
        """A release command that runs only with its configuration; adds the file to its copy.

        Without the file, which a ``.slugignore`` can exclude, the command runs: none is left out silently.
        """
        copy.add(RELEASE, f"{self.value}\n", origin)
        variable = f'"${{{VARIABLE}-}}"'
        return f'[ {variable} = "$(cat {RELEASE} || echo {variable})" ] || exit 0; {command}'


def guard(component: str, attachments: Attachments, configuration: Configuration) -> ReleaseGuard:
    """The guard of a component's app."""
    names = {*configuration.plain, *configuration.sensitive, *_attached(component, attachments)}
    return ReleaseGuard(_digest(names), f"build/{component}/{RELEASE}")


def _attached(component: str, attachments: Attachments) -> Iterator[str]:
    for addon in attachments.owned(component):
        yield f"{addon.service.id} {addon.creates or ''}"
    for attachment in attachments.of(component):
        yield f"{attachment.addon.service.id} {attachment.name}"


def _digest(names: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(sorted(names)).encode()).hexdigest()[:8]
