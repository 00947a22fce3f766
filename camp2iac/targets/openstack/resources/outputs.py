"""Outputs: the application's URLs, the instances' addresses, and initial passwords."""

from __future__ import annotations

from camp2iac.synth.module import Value, expr, ref, template
from camp2iac.targets.kit import ModuleBuilder
from camp2iac.targets.openstack.layout import bastions, names
from camp2iac.targets.openstack.layout.endpoints import Endpoint
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup
from camp2iac.targets.openstack.layout.values import password
from camp2iac.targets.openstack.resource_types import FLOATING_IP, LOAD_BALANCER, PORT
from camp2iac.targets.openstack.resources.dns_records import addresses
from camp2iac.topology.model import Service


def add(made: ModuleBuilder, layout: OpenStackLayout, group: MachineGroup) -> None:
    """The outputs of one tier."""
    _add_urls(made, layout, group)
    _add_records(made, layout, group)
    _add_addresses(made, group)


def _add_urls(made: ModuleBuilder, layout: OpenStackLayout, group: MachineGroup) -> None:
    """An output for each endpoint: ``NAME_url`` for the first of a component, with the port in the name for others."""
    named: set[str] = set()
    for endpoint in layout.endpoints[group.id]:
        if not endpoint.public and not endpoint.balanced and not endpoint.front:
            continue
        each = group.many and not endpoint.balanced
        stem = names.label(endpoint.component.id, "urls" if each else "url")
        what = "URL" if endpoint.public else "Internal URL"
        made.output(
            stem if stem not in named else f"{stem}_{endpoint.outside}",
            f"{what}s of {endpoint.component.id}, by instance." if each else f"{what} of {endpoint.component.id}.",
            _url_by_instance(group, endpoint) if each else _url(group, endpoint),
            made.plan(endpoint.reason),
            endpoint.exposure.span,
        )
        named.add(stem)


def _add_records(made: ModuleBuilder, layout: OpenStackLayout, group: MachineGroup) -> None:
    """An output ``NAME_dns`` for the host names of each component that the operator creates records for."""
    asked: dict[str, list[Endpoint]] = {}
    for endpoint in layout.endpoints[group.id]:
        if endpoint.public and endpoint.exposure.hosts:
            asked.setdefault(endpoint.component.id, []).append(endpoint)
    for id_, endpoints in asked.items():
        hosts = [each.exposure.hosts for each in endpoints if each.exposure.hosts]
        made_here = {host for each in endpoints for host in each.records}
        names_ = sorted({host for statement in hosts for host in statement.value} - made_here)
        if names_:
            made.output(
                names.label(id_, "dns"),
                f"Addresses for the host names of {id_}: create an A record for each.",
                {host: addresses(group) for host in names_},
                made.plan(f"{id_}, Expose: hosts"),
                hosts[0].span,
            )


def _url(group: MachineGroup, endpoint: Endpoint) -> Value:
    before, after = endpoint.url()
    hosts = endpoint.exposure.hosts.value if endpoint.exposure.hosts else ()
    named = [host for host in hosts if not host.startswith("*")]
    # the certificate is for the name, not for the address
    if endpoint.certificate and named and (endpoint.public or endpoint.front):
        return f"{before}{named[0]}{after}"
    if endpoint.public:
        return template(before, ref(f"{FLOATING_IP}.{group.label}", ".address"), after)
    if endpoint.front:
        return template(before, group.address(group), after)
    return template(before, ref(f"{LOAD_BALANCER}.{group.label}", ".vip_address"), after)


def _url_by_instance(group: MachineGroup, endpoint: Endpoint) -> Value:
    before, after = endpoint.url()
    if group.outside:  # more floating IPs than instances
        one = template(before, ref(f"{FLOATING_IP}.{group.label}", "[name].address"), after)
        return expr("{ for name in keys(", group.machines, ") : name => ", one, " }")
    one = template(before, expr("floating.address"), after)
    return expr("{ for name, floating in ", ref(f"{FLOATING_IP}.{group.label}"), " : name => ", one, " }")


def add_bastion(made: ModuleBuilder, layout: OpenStackLayout) -> None:
    """The address of the bastion, for ``ssh -J``."""
    bastion = bastions.find(layout, layout.settings.bastion)
    if bastion is not None:
        made.output(
            "ssh_jump_host",
            f"Address of the tier {bastion.group.id}, through which SSH reaches the others: ssh -J USER@ADDRESS.",
            bastions.address(bastion.group, public=layout.public(bastion.group)),
            layout.settings.comment("ssh_from"),
            layout.environment.span("ssh_from"),
        )


def add_passwords(made: ModuleBuilder, layout: OpenStackLayout) -> None:
    """The generated passwords of products that people log in to."""
    for id_ in sorted(layout.generated):
        service, name = layout.topology.services[id_], names.label(id_, "password")
        if service.product.login:
            made.output(
                name,
                f"Initial password of {_user(service)}{service.name}. To show it: terraform output -raw {name}",
                password(id_),
                made.plan(f"{id_}, {service.product.title}"),
                service.span,
                sensitive=True,
            )


def _user(service: Service) -> str:
    statement = service.attributes.get("user")
    user = statement.value.literal if statement else None
    return f"the user {user} of " if user else ""


def _add_addresses(made: ModuleBuilder, group: MachineGroup) -> None:
    net = group.nets[0]
    where = f" on the network {net.id}" if net.span else ""
    origin = group.tier.span
    if not group.many:
        description = f"Address of the tier {group.id}{where}, for SSH."
        made.output(f"{group.label}_address", description, ref(f"local.{group.local(net)}"), origin=origin)
        return
    port = ref(f"{PORT}.{group.label}_{net.label}")
    if group.every_slot:
        address = ref(port.address, "[name].all_fixed_ips[0]")
        value = expr("{ for name in keys(", group.machines, ") : name => ", address, " }")
    else:
        value = expr("{ for name, port in ", port, " : name => port.all_fixed_ips[0] }")
    description = f"Addresses of the tier {group.id}{where}, by instance, for SSH."
    made.output(f"{group.label}_addresses", description, value, origin=origin)
