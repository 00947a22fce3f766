"""OpenStack: networks, instances with cloud-init, volumes, load balancers."""

from camp2iac.targets.openstack.target import OpenStackTarget

__all__ = ["OpenStackTarget"]
