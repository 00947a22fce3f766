"""What keeps a release command from running with the configuration of another build.

Heroku runs the release command of the last build whenever the configuration changes: also when Terraform removes all
variables (``destroy``), or removes a variable that only the next build does without. The command would fail, and with
it the apply. So its first words compare a variable with what the build expects. Source:
https://devcenter.heroku.com/articles/release-phase, and heroku/terraform-provider-heroku#382 (2026-12-01).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from camp2iac.record import Record
from camp2iac.targets.heroku.layout.attachments import Attachments
from camp2iac.targets.heroku.layout.configuration import Configuration

VARIABLE = "CAMP2IAC_RELEASE"
"""The configuration variable of an app that has a release command."""


class ReleaseGuard(Record, frozen=True):
    """``value``: of the variable, a digest of the names of the app's variables."""

    value: str

    @property
    def test(self) -> str:
        """The command that ends a release command successfully if the configuration is for another build."""
        return f'[ "${{{VARIABLE}-}}" = {self.value} ] || exit 0'

    def before(self, command: str) -> str:
        """A release command that runs only with its configuration."""
        return f"{self.test}; {command}"


def guard(component: str, attachments: Attachments, configuration: Configuration) -> ReleaseGuard:
    """The guard of a component's app."""
    return _of({*configuration.plain, *configuration.sensitive, *_attached(component, attachments)})


def _attached(component: str, attachments: Attachments) -> Iterator[str]:
    for addon in attachments.owned(component):
        yield f"{addon.service.id} {addon.creates or ''}"
    for attachment in attachments.of(component):
        yield f"{attachment.addon.service.id} {attachment.name}"


def _of(names: Iterable[str]) -> ReleaseGuard:
    return ReleaseGuard(hashlib.sha256("\n".join(sorted(names)).encode()).hexdigest()[:8])
