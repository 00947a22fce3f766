"""Annotations of Score files that ``camp2iac export score`` writes and ``camp2iac import score`` reads.

The Score specification has annotations for programs, and no other place for these.
"""

from __future__ import annotations

BUILD = "org.camp2iac/build"
"""Of a workload whose image is ``.``: the folder with its Dockerfile, and its code in the folder ``content``."""

VERSION = "org.camp2iac/version"
"""Of a resource: the releases of the product that the plan accepts, such as ``[13,18)``."""
