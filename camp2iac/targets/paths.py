"""Paths of components: what :mod:`camp2iac.targets.kit.paths` has, under the name that OpenStack knows it by."""

from camp2iac.targets.kit.paths import below

__all__ = ["below"]
