"""Load balancers of Heat templates (Octavia, and LBaaS of Neutron): instances with HAProxy."""

from __future__ import annotations

from camp2iac.importers import SourcePart
from camp2iac.importers.draft import DraftCharacteristic
from camp2iac.importers.formats.hot.servers import HotServers
from camp2iac.importers.formats.hot.template import HotResource, HotTemplate
from camp2iac.importers.formats.hot.values import HotValues
from camp2iac.importers.tiers import ImportedApplication, ImportedService, ImportedTier
from camp2iac.record import Record, field

_KINDS = {"LoadBalancer", "Listener", "Pool", "PoolMember", "HealthMonitor"}
_ALGORITHMS = {"ROUND_ROBIN": "roundrobin", "LEAST_CONNECTIONS": "leastconn", "SOURCE_IP": "source"}


class _Pool(Record):
    """A pool: its port for users, its members, and what else HAProxy gets."""

    resource: HotResource
    port: int = 80
    member_port: int = 8080
    tiers: list[ImportedTier] = field(default_factory=list)
    attributes: dict[str, str] = field(default_factory=dict)


def kind(resource: HotResource) -> str:
    """What a resource of a load balancer is; empty for other resources."""
    service, _, name = resource.type.rpartition("::")
    name = name.removeprefix("LBaaS::")
    return name if service in ("OS::Octavia", "OS::Neutron", "OS::Neutron::LBaaS") and name in _KINDS else ""


class HotBalancers(Record):
    """Adds a tier with HAProxy for each pool."""

    application: ImportedApplication
    values: HotValues
    servers: HotServers

    def add(self, templates: list[HotTemplate]) -> None:
        """Add the load balancers of all templates."""
        resources = [each for template in templates for each in template.all() if kind(each)]
        pools = {id(each): _Pool(each) for each in resources if kind(each) == "Pool"}
        for each in resources:
            if kind(each) == "PoolMember":
                self._member(each, pools)
            elif kind(each) in ("Listener", "HealthMonitor"):
                self._more(each, pools)
        for pool in pools.values():
            self._pool(pool)
        for each in resources:
            each.part.left_out("HAProxy has no such setting here", "write it into Attributes of HAProxy")

    def _number(self, part: SourcePart | None, template: HotTemplate, default: int) -> int:
        text = self.values.static(part, template) or ""
        fits = text.isascii() and text.isdecimal() and len(text) < 6 and 0 < int(text) < 65536
        if part is not None:
            if fits:
                part.kept("HAProxy, ports")
            else:
                part.changed("HAProxy, ports", "its value is not in the source", "write the port")
        return int(text) if fits else default

    def _target(self, part: SourcePart | None, template: HotTemplate) -> HotResource | None:
        """The resource that a value refers to, also if a group gives it to a nested template."""
        found = self.values.reference(part, template)
        if found is None and part is not None and template.above is not None:
            given = part.get("get_param")
            name = given.text() if given is not None and given.is_scalar else ""
            above = template.given.get(name)
            return self._target(above, template.above) if above is not None else None
        return found

    def _member(self, resource: HotResource, pools: dict[int, _Pool]) -> None:
        part = resource.property("pool", "pool_id")
        pool = pools.get(id(self._target(part, resource.template)))
        address = resource.property("address")
        server = self.values.reference(address, resource.template)
        tier = self.servers.tiers.get(id(server)) if server is not None else None
        if pool is None or tier is None:
            return
        pool.tiers.append(tier)
        pool.member_port = self._number(resource.property("protocol_port"), resource.template, pool.member_port)
        for each in (part, address, resource.part.get("type")):
            if each is not None:
                each.kept("HAProxy, members")

    def _more(self, resource: HotResource, pools: dict[int, _Pool]) -> None:
        default = self._target(resource.property("pool", "default_pool"), resource.template)
        for pool in pools.values():
            listener = self._target(pool.resource.property("listener"), pool.resource.template)
            if pool.resource is not default and listener is not resource:
                continue
            if kind(resource) == "Listener":
                pool.port = self._number(resource.property("protocol_port"), resource.template, pool.port)
            else:
                path = resource.property("url_path")
                text = self.values.static(path, resource.template)
                if path is not None and text and text.startswith("/"):
                    pool.attributes["health"] = text
                    path.kept("HAProxy, health")
            resource.kept("HAProxy")

    def _pool(self, pool: _Pool) -> None:
        resource = pool.resource
        tier = self.application.tier(resource.name, resource.part.where)
        service = ImportedService(self.application.id(resource.name, "balancer"), [DraftCharacteristic("HAProxy")])
        tier.services.append(service)
        resource.kept(f"service {service.id}: HAProxy")
        mode = (self.values.static(resource.property("protocol"), resource.template) or "HTTP").upper()
        suffix = "" if mode == "HTTP" else ":tcp"
        attributes = service.attributes()
        if pool.tiers:
            attributes["members"] = ",".join(dict.fromkeys(f"IPALL({each.name})" for each in pool.tiers))
        attributes["ports"] = f"{pool.port}:{pool.member_port}{suffix}"
        algorithm = resource.property("lb_algorithm", "lb_method")
        found = _ALGORITHMS.get(self.values.static(algorithm, resource.template) or "")
        if algorithm is not None and found:
            attributes["algorithm"] = found
            algorithm.kept("HAProxy, algorithm")
        if not suffix:
            attributes.update(pool.attributes)
        tier.placement["floating"] = True
        tier.open("tcp", [str(pool.port)], "anywhere")
        for each in pool.tiers:
            if not each.opens(pool.member_port):
                each.open("tcp", [str(pool.member_port)], tier.name)
