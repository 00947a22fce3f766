"""Outcomes of the plan's own declarations: networks, parameters, secrets."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.targets.base import LedgerEntry
from camp2iac.targets.heroku.layout import names
from camp2iac.targets.heroku.layout.layout import HerokuLayout
from camp2iac.targets.kit import degraded, kept, lost
from camp2iac.topology.model import Statement

_SPACE = "A Private Space is one network, and Heroku assigns its addresses."


def outcomes(layout: HerokuLayout) -> Iterator[LedgerEntry]:
    """The outcomes of networks, then of parameters and secrets."""
    for declared in layout.topology.networks.values():
        yield network(layout, declared.statement)
    for parameter in layout.topology.parameters.values():
        yield kept(parameter.statement, f"variable {names.variable(parameter.id)}")
    for secret in layout.topology.secrets.values():
        asked = f"variable {names.variable(secret.id)}, sensitive"
        yield kept(secret.statement, asked if secret.length is None else "generated, in the state")


def network(layout: HerokuLayout, statement: Statement[object]) -> LedgerEntry:
    """The outcome of a network, or of the networks of a tier."""
    if layout.settings.space:
        return degraded(statement, f"the space {layout.settings.space}", _SPACE, "None: a space has no subnets.")
    return lost(statement, *_no_networks(layout))


def _no_networks(layout: HerokuLayout) -> tuple[str, str]:
    """Why there are no networks, and the closest alternative. All statements about networks have the same words."""
    addons = layout.attachments.addons
    what = ""
    if len(addons) == 1:
        noun = next(iter(addons.values())).offer.noun
        what = f" The {noun} is reachable from anywhere, with TLS and a password."
        private = f"with private dynos and a private {noun} plan."
    elif addons:
        what = " The add-ons are reachable from anywhere, with TLS and passwords."
        private = "with private dynos and private plans of the add-ons."
    else:
        private = "with private dynos."
    why = f"Apps share Heroku's network and have no networks, subnets or addresses of their own.{what}"
    return why, f"A Private Space has its own network: `space: NAME` in {layout.settings.file}, {private}"
