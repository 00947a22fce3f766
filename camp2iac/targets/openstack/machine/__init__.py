"""What makes a tier's machines what they are: their cloud-init document, and what Terraform must hold for it."""

from camp2iac.targets.openstack.machine.contract import TierInfrastructure, TierSoftware

__all__ = ["TierInfrastructure", "TierSoftware"]
