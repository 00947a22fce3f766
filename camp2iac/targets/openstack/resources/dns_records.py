"""DNS records for the host names of public endpoints."""

from __future__ import annotations

from camp2iac.synth.module import Ref, Value, expr, ref
from camp2iac.targets.kit import ModuleBuilder
from camp2iac.targets.openstack.layout import names
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup
from camp2iac.targets.openstack.resource_types import DNS_RECORD_SET, DNS_ZONE, FLOATING_IP


def add(made: ModuleBuilder, layout: OpenStackLayout, group: MachineGroup) -> None:
    """The records of a tier's public endpoints, in the zone of the environment file and in the module's own region."""
    hosts = {host: endpoint for endpoint in layout.endpoints[group.id] for host in endpoint.records}
    for host, endpoint in sorted(hosts.items()):
        made.resource(
            group.file,
            DNS_RECORD_SET,
            names.label(host.replace("*", "any")),
            comment=made.plan(f"{endpoint.component.id}, Expose: hosts"),
            origin=endpoint.exposure.span,
            zone_id=ref(f"data.{DNS_ZONE}.main", ".id"),
            name=f"{host}.",
            type="A",
            ttl=300,
            records=addresses(group),
        )


def addresses(group: MachineGroup) -> Value:
    """The public addresses of a tier, for its host names."""
    if not group.many or group.tier.balance is not None:
        return (ref(f"{FLOATING_IP}.{group.label}", ".address"),)
    if group.outside:  # more floating IPs than instances
        one = Ref(f"{FLOATING_IP}.{group.label}", "[name].address")
        return expr("[for name in keys(", group.machines, ") : ", one, "]")
    return expr("[for floating in ", Ref(f"{FLOATING_IP}.{group.label}"), " : floating.address]")


def add_zone(made: ModuleBuilder, layout: OpenStackLayout) -> None:
    """The data source of the zone, if the environment file names one."""
    settings = layout.settings
    if settings.dns:
        name, comment = f"{settings.zone_of_names}.", settings.comment("dns")
        made.data(layout.regions.home.file, DNS_ZONE, "main", comment=comment, name=name)
