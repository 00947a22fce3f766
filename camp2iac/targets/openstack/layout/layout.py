"""The layout: where each part of the plan is on the cloud."""

from __future__ import annotations

from collections.abc import Mapping

from camp2iac.record import replace
from camp2iac.synth.module import Value
from camp2iac.targets.base import Environment
from camp2iac.targets.kit import exposures, service_ports
from camp2iac.targets.kit.passwords import generated_passwords
from camp2iac.targets.openstack.layout import (
    bastions,
    callers,
    companion_parts,
    connections,
    cross_region,
    encrypted_links,
    endpoints,
    flavors,
    images,
    key_pairs,
    listeners,
    machine_groups,
    names,
    networks,
    passwords,
    process_tiers,
    proxied,
    proxy_tiers,
    regions,
    settings,
    software_sources,
    stores,
    values,
)
from camp2iac.targets.openstack.layout.companion_parts import PlacedPart
from camp2iac.targets.openstack.layout.cross_region import Crossing
from camp2iac.targets.openstack.layout.flavors import Flavor
from camp2iac.targets.openstack.layout.images import Image
from camp2iac.targets.openstack.layout.key_pairs import KeyPair
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup
from camp2iac.targets.openstack.layout.networks import Net
from camp2iac.targets.openstack.layout.regions import Regions
from camp2iac.targets.openstack.layout.security_group_rules import SecurityGroupRule
from camp2iac.targets.openstack.layout.settings import OpenStackSettings
from camp2iac.targets.openstack.layout.software_sources import ChosenSource
from camp2iac.targets.openstack.layout.traffic import Traffic
from camp2iac.topology.ids import slug
from camp2iac.topology.model import Topology


class OpenStackLayout(Traffic, frozen=True):
    """All decisions of a compilation. The layout does not change afterwards.

    ``plan``: the topology without the HAProxy tiers that this target adds. ``networks``: by key
    (:func:`~camp2iac.targets.openstack.layout.networks.key`). ``implied``: the components that are public by default.
    ``crossings``: the connections between regions. ``flavors``, ``images``, ``key_pairs``: by tier. ``generated``: the
    services with generated passwords. ``passwords``: by service or tier. ``members``: the values of IP() and IPALL() on
    each tier. ``sources``: by service, where its software comes from. ``rules``: of the tiers' security groups.
    ``proxied``: the components and services that users reach only through a load balancer or a web server. ``parts``:
    by tier, what companions have on its instances. ``encrypted``: the services whose links use TLS.
    """

    plan: Topology
    environment: Environment
    settings: OpenStackSettings
    regions: Regions
    networks: Mapping[str, Net]
    implied: frozenset[str]
    crossings: tuple[Crossing, ...]
    flavors: Mapping[str, Flavor]
    images: Mapping[str, Image]
    key_pairs: Mapping[str, KeyPair]
    generated: frozenset[str]
    passwords: Mapping[str, Value]
    members: Mapping[str, Mapping[str, Value]]
    sources: Mapping[str, ChosenSource]
    rules: Mapping[str, tuple[SecurityGroupRule, ...]]
    proxied: frozenset[str]
    parts: Mapping[str, tuple[PlacedPart, ...]]
    encrypted: frozenset[str]

    @property
    def app(self) -> str:
        """The application's name in the form of a host name."""
        return names.application(self.topology)

    @property
    def app_on_instances(self) -> str:
        """The application's name in paths, units, users and databases on instances."""
        return slug(self.settings.application) if self.settings.application else self.app

    def public(self, group: MachineGroup) -> bool:
        """Whether a tier has a public endpoint."""
        return any(endpoint.public for endpoint in self.endpoints[group.id])

    def floating(self, group: MachineGroup) -> bool:
        """Whether a tier's load balancer, or else each of its instances, has a floating IP.

        It has one if it is public, if the plan asks for it, or if links from other regions use it.
        """
        alone = group.tier.balance is None
        return self.public(group) or group.vip_outside or (alone and (group.floating or bool(group.outside)))

    @staticmethod
    def of(plan: Topology, environment: Environment) -> OpenStackLayout:
        """The layout of a topology in an environment. The checks find out whether it is possible."""
        plan = callers.balanced(plan)
        given, implied = settings.read(environment), exposures.implied(plan)
        plan = process_tiers.split(plan)
        ports, where = process_tiers.ports(plan, service_ports.listening(plan)), regions.choose(plan, given)
        ends = endpoints.of_tiers(plan, ports, implied, given)
        encrypted = encrypted_links.choose(plan) if given.encrypt_links else frozenset()
        ports = {**ports, **encrypted_links.ports(plan, encrypted, ports)}
        for_links = listeners.of_tiers(plan, ports, where, implied, ends)
        proxies = proxy_tiers.place(plan, ends, for_links, given)
        topology, where = proxies.topology(plan), proxies.regions(where)
        nets = networks.choose(topology, given, where)
        groups = machine_groups.choose(topology, given, where, nets, proxies.before)
        crossings = cross_region.crossings(topology, groups, proxies.behind, implied)
        groups = cross_region.mark(topology, groups, proxies.behind, implied, crossings)
        generated = generated_passwords(topology)
        regional = {group.region.alias: group.region for group in groups.values()}
        known = {alias: values.members(topology, groups, region) for alias, region in regional.items()}
        members = {id_: known[group.region.alias] for id_, group in groups.items()}
        ports = {**ports, **proxies.ports(), **stores.ports(plan, given)}
        chosen_images = {id_: images.choose(group) for id_, group in groups.items()}
        os = {id_: image.system for id_, image in chosen_images.items()}
        layout = OpenStackLayout(
            topology=topology,
            groups=groups,
            before=proxies.before,
            behind=proxies.behind,
            beside=proxies.beside,
            ports=ports,
            front_ports={**service_ports.fronts(plan), **proxies.fronts},
            endpoints={id_: found for id_, found in proxies.endpoints(ends).items() if id_ in groups},
            listeners=for_links,
            plan=plan,
            environment=environment,
            settings=given,
            regions=where,
            networks=nets,
            implied=implied,
            crossings=crossings,
            flavors={id_: flavors.choose(group) for id_, group in groups.items()},
            images=chosen_images,
            key_pairs={id_: key_pairs.choose(group) for id_, group in groups.items()},
            generated=generated,
            passwords=passwords.passwords(topology, generated, ports, members),
            members=members,
            sources=software_sources.of_services(topology, os, given.sources),
            rules={},
            proxied=frozenset(),
            parts={},
            encrypted=encrypted,
        )
        parts = companion_parts.by_tier(layout, environment.companions)
        more = (
            *bastions.rules(layout, given.bastion, given.comment("ssh_from")),
            *companion_parts.rules(parts, given),
        )
        rules = connections.derive(layout, more)
        return replace(layout, rules=rules, proxied=proxied.proxied(layout), parts=parts)
