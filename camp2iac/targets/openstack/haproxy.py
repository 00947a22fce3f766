"""A cloud without Octavia: a machine with HAProxy before each tier that the plan wants balanced.

The machine is a tier of its own, made here as if the plan had it: what is true of tiers (file, group, address, sums) is
true of it. Its members are the addresses of all machines that there may be, so that scaling tells it nothing new.
"""

from __future__ import annotations

from collections.abc import Mapping

from camp2iac.catalogue.loader import built_in
from camp2iac.diagnostics import Span
from camp2iac.record import Record, replace
from camp2iac.targets.base import Ledger, Remedy
from camp2iac.targets.openstack.endpoints import Endpoint, endpoints, implied
from camp2iac.targets.openstack.facts import ports
from camp2iac.targets.openstack.links import doors
from camp2iac.targets.openstack.regions import Regions
from camp2iac.targets.openstack.settings import OpenStackSettings
from camp2iac.topology.model import Balance, Reference, Service, Statement, TextValue, Tier, Topology
from camp2iac.topology.statement_kinds import ATTRIBUTE, NETWORKS
from camp2iac.topology.statements import Statements, Subject, SubjectKind

PRODUCT = "haproxy"
_ALGORITHMS = {"round-robin": "roundrobin", "least-connections": "leastconn", "source": "source"}


class ProxyPlacement(Record, frozen=True):
    """The topology with its HAProxy tiers, and all tiers' regions.

    ``before``: the id of each HAProxy tier to the tier, as the plan has it, behind it.
    """

    topology: Topology
    regions: Regions
    before: Mapping[str, Tier]

    @property
    def behind(self) -> Mapping[str, str]:
        """The tiers behind one, each to the id of its HAProxy tier."""
        return {tier.id: id_ for id_, tier in self.before.items()}


def name(tier: str) -> str:
    """The id of what stands before a tier: its HAProxy tier, or the network of its balancer's address."""
    return f"{tier}-balancer"


def place(topology: Topology, regions: Regions, settings: OpenStackSettings) -> ProxyPlacement:
    """Put a tier with HAProxy before each that is to be balanced, where the environment says so."""
    if settings.balancer != "haproxy":
        return ProxyPlacement(topology, regions, {})
    before = {name(tier.id): tier for tier in topology.tiers.values() if tier.balance}
    tiers, services = dict(topology.tiers), dict(topology.services)
    for id_, tier in before.items():
        assert tier.balance is not None  # noqa: S101 - chosen so
        tiers[tier.id] = replace(tier, balance=None)
        tiers[id_] = _tier(topology, id_, tier)
        services[id_] = _service(topology, id_, tier, tier.balance, regions, settings)
    made = replace(topology, tiers=dict(sorted(tiers.items())), services=dict(sorted(services.items())))
    of = {**regions.of, **{id_: regions.of[tier.id] for id_, tier in before.items()}}
    return ProxyPlacement(made, replace(regions, of=of), before)


def _tier(topology: Topology, id_: str, tier: Tier) -> Tier:
    """One machine where the tier behind it is: region, zone, key pair and its first network, its users' way to it."""
    shared = tier.networks
    if shared is not None:
        nets = {shared.value[0]}
        for link in (link for service in tier.services for link in topology.users(service)):
            user = topology.tiers[topology.components[link.component].tier]
            theirs = user.networks.value if user.networks else ()
            if shared.value[0] not in theirs:
                nets |= set([net for net in shared.value if net in theirs][:1])
        value = tuple(net for net in shared.value if net in nets)
        shared = Statements().say(_subject(id_), NETWORKS, value, shared.words, shared.span)
    return replace(
        tier,
        id=id_,
        services=(id_,),
        scale=None,
        compute=None,
        spread=None,
        together=None,
        networks=shared,
        floating=None,
        volumes=(),
        ports=(),
        balance=None,
        span=tier.balance.span if tier.balance else tier.span,
    )


def _service(
    topology: Topology,
    id_: str,
    tier: Tier,
    statement: Statement[Balance],
    regions: Regions,
    settings: OpenStackSettings,
) -> Service:
    balance = statement.value
    listening = ports(topology)
    found = endpoints(topology, tier, listening, implied(topology), settings, Ledger())
    fronts = [f"{end.outside}:{end.listen}:{'http' if end.protocol == 'http' else 'tcp'}" for end in found]
    fronts += [f"{door.port}:{door.port}:tcp" for door in doors(topology, tier, listening, regions.of)]
    given: dict[str, TextValue] = {
        "algorithm": _text(_ALGORITHMS[balance.algorithm], statement.span),
        "members": TextValue((Reference("IPALL", tier.id, statement.span),), statement.span),
        "ports": _text(",".join(fronts), statement.span),
    }
    if balance.health:
        given["health"] = _text(balance.health, statement.span)
    if balance.sticky:
        given["sticky"] = _text("true", statement.span)
    product = built_in(PRODUCT)
    own, subject = Statements(), _subject(id_)
    attributes = {
        key: own.say(subject, ATTRIBUTE, text, statement.words, statement.span, name=key) for key, text in given.items()
    }
    return Service(id_, id_, product, id_, None, (), None, attributes, (), (), statement.span)


def _subject(id_: str) -> Subject:
    """The HAProxy service: what is said of it is no statement of the plan, and has an outcome of its own."""
    return Subject(SubjectKind.SERVICE, id_, id_)


def _text(words: str, span: Span) -> TextValue:
    return TextValue((words,), span)


def taken(found: tuple[Endpoint, ...]) -> tuple[Endpoint, ...]:
    """The endpoints of a tier as its HAProxy machine has them: it listens where users ask."""
    return tuple(replace(endpoint, listen=endpoint.outside, balanced=False, front=True) for endpoint in found)


def account(stands: ProxyPlacement, ledger: Ledger) -> None:
    """What becomes of the plan's word: it is balanced, by one machine."""
    for id_, tier in stands.before.items():
        assert tier.balance is not None  # noqa: S101 - chosen so
        ledger.degrade(
            tier.balance,
            "a machine with HAProxy",
            f"The environment says that the cloud has no load balancer: one machine with HAProxy, {id_}, stands "
            f"before {tier.id}. While it is away, so is what is behind it.",
            Remedy("a cloud with Octavia has balancers that outlive a machine", "balancer: octavia"),
        )
