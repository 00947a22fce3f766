"""OpenStack: networks, machines with cloud-init, volumes, balancers."""

from camp2iac.targets.openstack.target import OpenStackTarget

__all__ = ["OpenStackTarget"]
