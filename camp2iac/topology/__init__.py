"""The intermediate model: what the application consists of, independent of any platform."""

from camp2iac.topology.build import build
from camp2iac.topology.model import Statement, Topology

__all__ = ["Statement", "Topology", "build"]
