"""The software of a tier's instances: their cloud-init document, and what Terraform needs for it."""

from camp2iac.targets.openstack.machine.contract import TierInfrastructure, TierSoftware

__all__ = ["TierInfrastructure", "TierSoftware"]
