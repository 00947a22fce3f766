"""Networks, ports, security groups and floating IPs of Heat templates."""

from __future__ import annotations

import re

from camp2iac.importers import SourcePart
from camp2iac.importers.formats.hot.template import HotResource, HotTemplate
from camp2iac.importers.formats.hot.values import HotValues
from camp2iac.importers.tiers import ImportedApplication, ImportedTier, plain_name, unique
from camp2iac.record import Record, field

_CIDR = re.compile(r"(\d{1,3}\.){3}\d{1,3}/\d{1,2}", re.ASCII)
_ADDRESS = re.compile(r"(\d{1,3}\.){3}\d{1,3}", re.ASCII)
NET = ("OS::Neutron::Net", "OS::Neutron::ProviderNet")
ROUTERS = ("OS::Neutron::Router", "OS::Neutron::RouterInterface", "OS::Neutron::RouterGateway")
FLOATING = ("OS::Neutron::FloatingIP", "OS::Nova::FloatingIP")
ASSOCIATIONS = ("OS::Neutron::FloatingIPAssociation", "OS::Nova::FloatingIPAssociation")
SECURITY = ("OS::Neutron::SecurityGroup", "OS::Nova::SecurityGroup")
_NOT_SAID = "its value is not in the source"
_OF_PLATFORM = "the platform decides it"


class HotNetworks(Record):
    """Adds networks. ``names``: by the id of the resource, or by the name of a network that exists."""

    application: ImportedApplication
    values: HotValues
    names: dict[str, str] = field(default_factory=dict)
    ports: dict[int, list[ImportedTier]] = field(default_factory=dict)  # the tiers of a port

    def add(self, template: HotTemplate) -> None:
        """Add the networks of a template, with their subnets."""
        for resource in template.of(*NET):
            name = self._name(resource.name)
            self.names[_key(resource)] = name
            self.application.networks[name] = {}
            resource.kept(f"Networks, {name}")
            for key, value in resource.properties():
                if key == "name":
                    value.changed(f"Networks, {name}", "the plan has the name of the resource")
                else:
                    value.left_out(_OF_PLATFORM)
        for resource in template.of("OS::Neutron::Subnet"):
            self._subnet(resource)
        for resource in template.of(*ROUTERS):
            self._router(resource)

    def _name(self, wanted: str) -> str:
        return unique(plain_name(wanted, "network"), set(self.names.values()))

    def _subnet(self, resource: HotResource) -> None:
        part = resource.property("network_id", "network")
        target = self.values.reference(part, resource.template)
        name = self.names.get(_key(target)) if target is not None else None
        if part is None or name is None:
            resource.part.left_out("the source has no network for it")
            return
        self.names[_key(resource)] = name
        resource.kept(f"Networks, {name}")
        part.kept(f"Networks, {name}")
        network = self.application.networks[name]
        for key, value in resource.properties():
            text = self.values.static(value, resource.template) or ""
            if key == "cidr" and _CIDR.fullmatch(text):
                network["cidr"] = text
                value.kept(f"Networks, {name}, cidr")
            elif key == "cidr":
                value.left_out(_NOT_SAID, f"write  cidr  of the network {name}")
            elif key == "dns_nameservers" and value.is_list:
                texts = [self.values.static(each, resource.template) or "" for each in value.items()]
                found = [each for each in texts if _ADDRESS.fullmatch(each)]
                if found:
                    network["dns"] = list(dict.fromkeys(found))
                    value.kept(f"Networks, {name}, dns")
                else:
                    value.left_out(_NOT_SAID)
            elif key not in ("network_id", "network"):
                value.left_out(_OF_PLATFORM)

    def _router(self, resource: HotResource) -> None:
        for key, value in resource.properties():
            inner = value.get("network") if key == "external_gateway_info" else None
            if key == "network_id" or inner is not None:
                self.external(inner if inner is not None else value, resource.template)
        resource.part.kept("the module creates a router")

    def external(self, part: SourcePart, template: HotTemplate) -> None:
        """The network with the floating IPs."""
        text = self.values.static(part, template)
        if text:
            self.application.environment["external_network"] = text
            part.kept("environment, external_network")
        else:
            part.changed("variable external_network", "the operator gives the value")

    def connect(self, tier: ImportedTier, part: SourcePart, template: HotTemplate) -> None:
        """Put a tier on the network that a value names."""
        target = self.values.reference(part, template)
        name = self.names.get(_key(target)) if target is not None else None
        text = self.values.static(part, template) if target is None else None
        if text:
            key = f"existing {text}"
            if key not in self.names:
                self.names[key] = self._name(text)
                self.application.networks[self.names[key]] = {"existing": text}
            name = self.names[key]
        if name is None:
            part.changed("the network main", "the source does not name the network", "write  networks  into Placement")
            return
        listed = tier.placement.setdefault("networks", [])
        assert isinstance(listed, list)  # noqa: S101 - it is only set here
        if name not in listed:
            listed.append(name)
        part.kept(f"Placement, networks: {name}")

    def port(self, tier: ImportedTier, part: SourcePart, template: HotTemplate) -> None:
        """Put a tier on the network of a port, with its security groups."""
        target = self.values.reference(part, template)
        if target is None or target.type != "OS::Neutron::Port":
            part.left_out("the source has no such port")
            return
        part.kept("Placement, networks")
        target.kept("Placement, networks")
        self.ports.setdefault(id(target), []).append(tier)
        for key, value in target.properties():
            if key in ("network_id", "network"):
                self.connect(tier, value, target.template)
            elif key == "security_groups":
                self.security_groups(tier, value, target.template)
            elif key == "fixed_ips":
                self._fixed(value)
            else:
                value.left_out(_OF_PLATFORM)

    def _fixed(self, part: SourcePart) -> None:
        for item in part.items() if part.is_list else ():
            for key, value in item.entries() if item.is_mapping else ():
                if key == "ip_address":
                    value.left_out(
                        "instances of a tier have different addresses", "write  addresses  in the environment file"
                    )
                else:
                    value.kept("Placement, networks")

    def security_groups(self, tier: ImportedTier, part: SourcePart, template: HotTemplate) -> None:
        """Open what the security groups of a tier open, and name those that exist."""
        for each in part.items() if part.is_list else (part,):
            target = self.values.reference(each, template)
            text = self.values.static(each, template) if target is None else None
            if target is not None and target.type in SECURITY:
                target.kept("Ports")
                for key, value in target.properties():
                    if key == "rules" and value.is_list:
                        for rule in value.items():
                            self._rule(tier, rule, template)
                    else:
                        value.left_out("the module names its groups")
                each.kept("Ports")
            elif text and text != "default":
                listed = tier.placement.setdefault("security_groups", [])
                assert isinstance(listed, list)  # noqa: S101 - it is only set here
                if text not in listed:
                    listed.append(text)
                each.kept("Placement, security_groups")
            else:
                each.left_out(
                    "the module has its own rules" if text else _NOT_SAID, "write  security_groups  into Placement"
                )

    def _rule(self, tier: ImportedTier, rule: SourcePart, template: HotTemplate) -> None:
        said = (
            {key: self.values.static(value, template) or "" for key, value in rule.entries()} if rule.is_mapping else {}
        )
        protocol = said.get("protocol", said.get("ip_protocol", "")).lower()
        first = said.get("port_range_min", said.get("from_port", ""))
        last = said.get("port_range_max", said.get("to_port", "")) or first
        source = said.get("remote_ip_prefix", said.get("cidr", "")) or "0.0.0.0/0"
        numbers = [int(each) for each in (first, last) if each.isascii() and each.isdecimal() and len(each) < 6]
        right = len(numbers) == 2 and 0 < numbers[0] <= numbers[1] < 65536 and protocol in ("tcp", "udp")
        if (
            said.get("direction", "ingress") != "ingress"
            or said.get("remote_mode")
            or not _CIDR.fullmatch(source)
            or not right
        ):
            rule.left_out("the module opens what the plan's connections need", "write  Ports")
            return
        everyone = source == "0.0.0.0/0"
        if numbers == [22, 22] and protocol == "tcp":
            if not everyone:
                self.application.environment["ssh_from"] = source
            rule.changed(
                "environment, ssh_from",
                "SSH is for the addresses in ssh_from",
                "write  ssh_from  in the environment file",
            )
            return
        ports = "-".join(str(each) for each in dict.fromkeys(numbers))
        tier.open(protocol, [ports], "anywhere" if everyone else source)
        rule.kept("Ports")

    def floating(self, template: HotTemplate, servers: dict[int, ImportedTier]) -> None:
        """Give floating IPs to the tiers whose servers or ports have one."""
        for resource in template.of(*FLOATING, *ASSOCIATIONS):
            network = resource.property("floating_network", "floating_network_id", "pool")
            if network is not None:
                self.external(network, template)
            part = resource.property("port_id", "server_id")
            target = self.values.reference(part, template)
            tiers = self.ports.get(id(target), []) if target is not None else []
            if target is not None and id(target) in servers:
                tiers = [servers[id(target)]]
            for tier in tiers:
                tier.placement["floating"] = True
            if tiers:
                resource.part.kept("Placement, floating")
            elif part is not None:
                resource.part.left_out("it belongs to no instance of the source")
            else:
                resource.part.kept("Placement, floating")


def _key(resource: HotResource) -> str:
    return f"{id(resource.template)}/{resource.name}"
