"""What the plan itself declares: networks, parameters, secrets."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.targets.base import LedgerEntry, Remedy
from camp2iac.targets.heroku.layout import names
from camp2iac.targets.heroku.layout.layout import HerokuLayout
from camp2iac.targets.kit import degraded, kept, lost
from camp2iac.topology.model import Statement

_SPACE = "A Private Space is one network, with addresses of its own choice."


def outcomes(layout: HerokuLayout) -> Iterator[LedgerEntry]:
    """Networks, then parameters and secrets."""
    for declared in layout.topology.networks.values():
        yield network(layout, declared.statement)
    for parameter in layout.topology.parameters.values():
        yield kept(parameter.statement, f"variable {names.variable(parameter.id)}")
    for secret in layout.topology.secrets.values():
        asked = f"variable {names.variable(secret.id)}, sensitive"
        yield kept(secret.statement, asked if secret.length is None else "generated, in the state")


def network(layout: HerokuLayout, statement: Statement[object]) -> LedgerEntry:
    """A network, or the networks of a tier."""
    if layout.settings.space:
        return degraded(
            statement, f"the space {layout.settings.space}", _SPACE, Remedy("None: a space is not divided.")
        )
    return lost(statement, *_no_networks(layout))


def _no_networks(layout: HerokuLayout) -> tuple[str, Remedy]:
    """Why there are no networks, the same words for all who ask, and what comes nearest."""
    addons = layout.attachments.addons
    what = ""
    if len(addons) == 1:
        noun = next(iter(addons.values())).offer.noun
        what = f" The {noun} can be reached from anywhere, with TLS and its password."
        private = f"with private dynos and a private {noun} plan."
    elif addons:
        what = " The add-ons can be reached from anywhere, with TLS and their passwords."
        private = "with private dynos and private plans of the add-ons."
    else:
        private = "with private dynos."
    why = f"Apps share Heroku's network: no networks, subnets or addresses of one's own.{what}"
    return why, Remedy(f"A Private Space has a network of its own: `space: NAME` in {layout.settings.file}, {private}")
