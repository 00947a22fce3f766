"""Data that stay on a volume, but that the server does not start with any more."""

from __future__ import annotations

from camp2iac.catalogue.versions import Version
from camp2iac.synth.tracked import Tracked
from camp2iac.topology.model import Topology


def of_product(old: Tracked, now: Tracked) -> str:
    """Why another product cannot read the data, in words; empty if the product stays."""
    if not (old.holds_data and old.product and now.product) or old.product == now.product:
        return ""
    return f"{now.product} cannot read the data of {old.product} and starts without data"


def of_release(old: Tracked, now: Tracked, topology: Topology | None) -> str:
    """Why another release of the product does not start with the data, in words; empty if it does.

    An older release does not. A newer one does, unless its product says otherwise (``upgrades_data``). ``topology``: of
    ``now``. None: the product is not known, and a newer release counts as one that does.
    """
    was, is_ = Version.parse(old.release), Version.parse(now.release)
    if not old.outlives or old.product != now.product or was is None or is_ is None:
        return ""
    service = topology.services.get(now.node) if topology is not None else None
    if is_ > was and (service is None or service.product.upgrades_data):
        return ""
    if is_ == was:
        return ""
    return f"{now.product} {now.release} does not start with the data of {old.product} {old.release}"
