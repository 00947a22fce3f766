"""The intermediate model: what the application consists of, on no platform in particular."""

from camp2iac.topology.build import build
from camp2iac.topology.model import Said, Topology

__all__ = ["Said", "Topology", "build"]
