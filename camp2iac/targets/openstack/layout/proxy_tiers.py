"""HAProxy tiers, for clouds without Octavia: an instance with HAProxy in front of each tier with Balance.

A tier that has one instance and no load balancer has HAProxy on that instance, if it serves HTTPS.

The instance is a tier, as if it were in the plan, with a file, security group, addresses and sums like any other. Its
members are the addresses of all possible instances, so that scaling does not change it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from camp2iac.catalogue.loader import built_in
from camp2iac.diagnostics import Span
from camp2iac.record import Record, field, replace
from camp2iac.targets.kit.service_ports import FrontPort
from camp2iac.targets.openstack.layout.endpoints import Endpoint
from camp2iac.targets.openstack.layout.listeners import Listener
from camp2iac.targets.openstack.layout.regions import Regions
from camp2iac.targets.openstack.layout.settings import OpenStackSettings
from camp2iac.topology.model import Balance, Reference, Service, Statement, TextValue, Tier, Topology
from camp2iac.topology.statement_kinds import ATTRIBUTE, NETWORKS
from camp2iac.topology.statements import Statements, Subject, SubjectKind

PRODUCT = "haproxy"
_ALGORITHMS = {"round-robin": "roundrobin", "least-connections": "leastconn", "source": "source"}


class ProxyPlacement(Record, frozen=True):
    """The HAProxy tiers.

    ``before``: maps the id of each HAProxy tier to the plan's tier behind it. ``fronts``: maps the services to their
    ports. ``beside``: maps tiers of the plan to the HAProxy service on their own instance.
    """

    before: Mapping[str, Tier]
    fronts: Mapping[str, tuple[FrontPort, ...]]
    beside: Mapping[str, str] = field(default_factory=dict)

    @property
    def behind(self) -> Mapping[str, str]:
        """Maps the tiers behind HAProxy to their HAProxy tiers, by id."""
        return {tier.id: id_ for id_, tier in self.before.items()}

    def topology(self, plan: Topology) -> Topology:
        """The plan's topology, with these tiers and their services."""
        tiers, services = dict(plan.tiers), dict(plan.services)
        for id_, tier in self.before.items():
            tiers[tier.id] = replace(tier, balance=None)
            tiers[id_] = _tier(plan, id_, tier)
            if tier.balance is not None:
                services[id_] = _balancing(id_, tier, tier.balance, self.fronts[id_])
        for tier_id, id_ in self.beside.items():
            tier = plan.tiers[tier_id]
            tiers[tier_id] = replace(tier, services=(*tier.services, id_))
            services[id_] = _beside(id_, tier, self.fronts[id_])
        return replace(plan, tiers=dict(sorted(tiers.items())), services=dict(sorted(services.items())))

    def regions(self, regions: Regions) -> Regions:
        """The regions of all tiers. An HAProxy tier is in the region of the tier behind it."""
        return replace(regions, of={**regions.of, **{id_: regions.of[tier.id] for id_, tier in self.before.items()}})

    def ports(self) -> Mapping[str, int]:
        """The ports of these tiers, and of their services, which have the same ids."""
        usual = built_in(PRODUCT).port if self.fronts else None
        found = {id_: fronts[0].outside if fronts else usual for id_, fronts in self.fronts.items()}
        return {id_: port for id_, port in found.items() if port is not None}

    def endpoints(self, found: Mapping[str, tuple[Endpoint, ...]]) -> Mapping[str, tuple[Endpoint, ...]]:
        """The endpoints of all tiers. Those of a tier behind HAProxy are at the HAProxy tier, on the port for users."""
        moved = {
            id_: tuple(replace(each, listen=each.outside, balanced=False, front=True) for each in found[tier.id])
            for id_, tier in self.before.items()
        }
        own = {id_: tuple(_own(each) for each in found[id_]) for id_ in self.beside}
        return {**found, **own, **dict.fromkeys(self.behind, ()), **moved}


def name(tier: str) -> str:
    """The id of a tier's HAProxy tier, or of the network of its load balancer's address."""
    return f"{tier}-balancer"


def place(
    plan: Topology,
    endpoints: Mapping[str, Sequence[Endpoint]],
    listeners: Mapping[str, Sequence[Listener]],
    settings: OpenStackSettings,
) -> ProxyPlacement:
    """An HAProxy tier for each tier with Balance, if the environment file has ``balancer: haproxy``.

    HAProxy on each single instance that serves HTTPS, whatever the environment file has.
    """
    balanced = [tier for tier in plan.tiers.values() if tier.balance and settings.balancer == "haproxy"]
    before = {name(tier.id): tier for tier in balanced}
    fronts = {id_: _fronts(endpoints[tier.id], listeners.get(tier.id, ())) for id_, tier in before.items()}
    secured = {id_: _fronts(own, ()) for id_, ends in endpoints.items() if (own := [e for e in ends if _local(e)])}
    beside = {id_: beside_name(id_) for id_ in secured}
    return ProxyPlacement(before, {**fronts, **{beside[id_]: ports for id_, ports in secured.items()}}, beside)


def beside_name(tier: str) -> str:
    """The id of the HAProxy service on a tier's own instance."""
    return f"{tier}-https"


def _local(endpoint: Endpoint) -> bool:
    return endpoint.certificate is not None and not endpoint.balanced


def _own(endpoint: Endpoint) -> Endpoint:
    """An endpoint of a tier with HAProxy beside its process."""
    return replace(endpoint, listen=endpoint.outside, front=True) if _local(endpoint) else endpoint


def _fronts(endpoints: Sequence[Endpoint], listeners: Sequence[Listener]) -> tuple[FrontPort, ...]:
    ends = [FrontPort(end.outside, end.listen, "http" if end.protocol == "http" else "tcp") for end in endpoints]
    own = (listener for listener in listeners if not listener.endpoint)
    return (*ends, *(FrontPort(listener.port, listener.member, "tcp") for listener in own))


def _tier(topology: Topology, id_: str, tier: Tier) -> Tier:
    """One instance, in the region and zone of the tier behind it, with the same key pair and security groups.

    It is on the tier's first network, and on networks of its users. Every field is set here, so that a new field of
    ``Tier`` needs a decision for HAProxy tiers.
    """
    return Tier(
        id=id_,
        services=(id_,),
        scale=None,
        compute=None,
        region=tier.region,
        zone=tier.zone,
        spread=None,
        together=None,
        networks=_networks(topology, id_, tier),
        floating=None,
        key_pair=tier.key_pair,
        volumes=(),
        ports=(),
        balance=None,
        span=tier.balance.span if tier.balance else tier.span,
        security_groups=tier.security_groups,
        parts=(),
        follows="",
    )


def _networks(topology: Topology, id_: str, tier: Tier) -> Statement[tuple[str, ...]] | None:
    """The first of the tier's networks, and the first shared one with each user that is not on that one."""
    said = tier.networks
    if said is None:
        return None
    nets = {said.value[0]}
    for link in (link for service in tier.services for link in topology.users(service)):
        user = topology.tiers[topology.components[link.component].tier]
        theirs = user.networks.value if user.networks else ()
        if said.value[0] not in theirs:
            nets |= set([net for net in said.value if net in theirs][:1])
    value = tuple(net for net in said.value if net in nets)
    return Statements().say(_subject(id_), NETWORKS, value, said.words, said.span)


def _balancing(id_: str, tier: Tier, statement: Statement[Balance], fronts: Sequence[FrontPort]) -> Service:
    balance = statement.value
    given: dict[str, TextValue] = {
        "algorithm": _text(_ALGORITHMS[balance.algorithm], statement.span),
        "members": TextValue((Reference("IPALL", tier.id, statement.span),), statement.span),
        "ports": _text(",".join(map(str, fronts)), statement.span),
    }
    if balance.health:
        given["health"] = _text(balance.health, statement.span)
    if balance.sticky:
        given["sticky"] = _text("true", statement.span)
    return _service(id_, id_, given, statement.words, statement.span)


def _beside(id_: str, tier: Tier, fronts: Sequence[FrontPort]) -> Service:
    given = {"members": _text("127.0.0.1", tier.span), "ports": _text(",".join(map(str, fronts)), tier.span)}
    return _service(id_, tier.id, given, "HTTPS", tier.span)


def _service(id_: str, tier: str, given: Mapping[str, TextValue], words: str, span: Span) -> Service:
    own, subject = Statements(), _subject(id_)
    attributes = {key: own.say(subject, ATTRIBUTE, text, words, span, name=key) for key, text in given.items()}
    return Service(
        id=id_,
        name=id_,
        product=built_in(PRODUCT),
        tier=tier,
        href=None,
        chosen_by=(),
        version=None,
        attributes=attributes,
        components=(),
        jobs=(),
        span=span,
    )


def _subject(id_: str) -> Subject:
    """The HAProxy service. Its statements are not in the plan, and are not in the report."""
    return Subject(SubjectKind.SERVICE, id_, id_)


def _text(words: str, span: Span) -> TextValue:
    return TextValue((words,), span)
