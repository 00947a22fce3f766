"""Terraform variables: what :mod:`camp2iac.targets.kit.variables` has, under the name that OpenStack knows it by."""

from camp2iac.targets.kit.variables import of_parameter, of_secret, validation, variable, whole

__all__ = ["of_parameter", "of_secret", "validation", "variable", "whole"]
