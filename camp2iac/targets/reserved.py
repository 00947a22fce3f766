"""Reserved names: what :mod:`camp2iac.targets.kit.names` has, under the name that OpenStack knows it by."""

from camp2iac.targets.kit.names import VARIABLES

__all__ = ["VARIABLES"]
