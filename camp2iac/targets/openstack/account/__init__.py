"""The outcome of each statement of the plan, derived only from the layout. One module for each subject."""

from __future__ import annotations

from camp2iac.targets.base import Ledger
from camp2iac.targets.openstack.account import declarations, exposures, machines, placement
from camp2iac.targets.openstack.layout.layout import OpenStackLayout


def account(layout: OpenStackLayout, ledger: Ledger) -> None:
    """Write all outcomes into the ledger."""
    for group in layout.groups.values():
        machines.account(layout, group, ledger)
        placement.account(layout, group, ledger)
    exposures.account(layout, ledger)
    declarations.account(layout, ledger)
