"""What is lost when a resource of the engine is destroyed, by type. ``resources/tracking.py`` names what matters."""

from __future__ import annotations

from collections.abc import Mapping

from camp2iac.synth.tracked import Keeps
from camp2iac.targets.docker import resource_types as types

KEEPS: Mapping[str, Keeps] = {
    types.VOLUME: Keeps.DATA,
    types.CONTAINER: Keeps.DATA,  # if it has a product that keeps data, and no volume
    types.PASSWORD: Keeps.KEY,  # generated secrets of the plan: see tracking
    types.IMAGE: Keeps.NOTHING,  # built or pulled again
    types.NETWORK: Keeps.NOTHING,
}
"""Each type of :mod:`.resource_types`. A test requires a line for each."""
