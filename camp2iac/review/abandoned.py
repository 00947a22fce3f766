"""Data that stay on a volume, but that the server does not start with, or the application does not find."""

from __future__ import annotations

from camp2iac.catalogue.versions import Version
from camp2iac.diagnostics.suggest import listed
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


def of_database(old: Tracked, now: Tracked) -> str:
    """Why the application no longer finds its data: it uses a database of another name. Empty if it finds them.

    A name that goes while none comes is that of a database which nothing uses any more.
    """
    gone, new = _other_names(old, now)
    if not old.outlives or old.product != now.product or not (gone and new):
        return ""
    verb = "has" if len(gone) == 1 else "have"
    return f"{listed(gone)} {verb} the data, but the application uses the new database {listed(new)}"


def keep_database(old: Tracked, now: Tracked) -> str:
    """How the application finds its data again, in words."""
    gone, _ = _other_names(old, now)
    if len(old.databases) > 1:
        return f"undo the change, or keep the names of the databases: {listed(gone)}"
    return (
        f"undo the change, or if the plan has another name, write beside it  org.camp2iac:previously: {gone[0]}\n"
        f"or write  database: {gone[0]}  in org.camp2iac:Attributes of {now.node}, and the owner of its tables as  user"
    )


def _other_names(old: Tracked, now: Tracked) -> tuple[list[str], list[str]]:
    """The names of databases that only ``old`` has, and those that only ``now`` has."""
    was, are = set(old.databases), set(now.databases)
    return sorted(was - are), sorted(are - was)
