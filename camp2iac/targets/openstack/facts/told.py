"""Secrets that the module generates, and instances that get the operator's credentials."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from camp2iac.targets.facts import Told
from camp2iac.targets.openstack.layout import stores
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.targets.openstack.layout.releases import HttpsReleases, Releases, S3Releases
from camp2iac.targets.openstack.machine.contract import TierSoftware
from camp2iac.topology import images


def of(layout: OpenStackLayout, machines: Mapping[str, TierSoftware]) -> Iterator[Told]:
    """These secrets. What the plan says about secrets is not in it: every platform has that."""
    for id_ in layout.generated:
        yield Told("password", id_)
    for id_ in sorted(layout.encrypted):
        yield Told("private key", id_)
    own = {service.id for service in stores.own(layout.plan)}
    for id_ in own:
        yield Told("credentials", id_)
    for id_, group in layout.groups.items():
        releases = group.settings.releases
        if releases is not None and machines[id_].downloads and _private(releases):
            yield Told("credentials for releases")
            yield Told("credentials for releases", "", id_)
    for component in layout.plan.components.values():
        node = layout.plan.planned_id(component.id)
        for link in component.links:
            if link.service in own:
                yield Told("credentials", link.service, node)
        image = images.of(component)
        if image is not None and image.registry in layout.settings.registries:
            yield Told(f"login at {image.registry}")
            yield Told(f"login at {image.registry}", "", node)


def _private(releases: Releases) -> bool:
    """Whether reading them needs credentials."""
    if isinstance(releases, S3Releases):
        return True
    return releases.private if isinstance(releases, HttpsReleases) else releases.private or releases.ssh
