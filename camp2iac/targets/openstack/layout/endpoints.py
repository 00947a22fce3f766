"""Where users reach the application: what each exposure comes to, and what becomes of its statements."""

from __future__ import annotations

from collections.abc import Mapping

from camp2iac.record import Record, replace
from camp2iac.targets import paths
from camp2iac.targets.base import Ledger, Remedy
from camp2iac.targets.openstack.layout.settings import OpenStackSettings
from camp2iac.topology.model import Component, Exposure, Tier, Topology

_USUAL = {"http": 80, "https": 443}


class Endpoint(Record, frozen=True):
    """An exposure, decided.

    ``listen``: the process's port; ``outside``: the port that users ask. ``balanced``: by the tier's balancer.
    ``certificate``: the reference of what ends TLS at the balancer. ``path``: below which the component answers.
    ``implied``: the plan does not say it (:func:`implied`). ``front``: it is at a machine with HAProxy, which
    stands before the tier.
    """

    component: Component
    exposure: Exposure
    listen: int
    outside: int
    public: bool
    balanced: bool
    protocol: str
    certificate: str | None
    path: str = ""
    implied: bool = False
    front: bool = False

    @property
    def reason(self) -> str:
        """The plan's node that a comment names."""
        return f"{self.component.id}, {'public by default' if self.implied else 'Expose'}"

    @property
    def suffix(self) -> tuple[str, ...]:
        """What tells its resources from those of the tier's other endpoints: nothing for port 80, else the port."""
        return () if self.outside == _USUAL["http"] else (str(self.outside),)

    def url(self) -> tuple[str, str]:
        """What stands before and after the address."""
        scheme = "https" if self.certificate else self.protocol
        return f"{scheme}://", ("" if _USUAL.get(scheme) == self.outside else f":{self.outside}") + self.path


def implied(topology: Topology) -> frozenset[str]:
    """The components that users come to though the plan does not say so: it says nothing at all of who may come.

    Those that answer requests and that nothing else of the plan connects to. A plan without the profile then serves
    its users here as it does on a platform where every application is public.
    """
    statement = any(component.exposures for component in topology.components.values())
    opened = any(tier.ports or tier.floating for tier in topology.tiers.values())
    if statement or opened:
        return frozenset()
    return frozenset(
        component.id
        for component in topology.components.values()
        if topology.services[component.host].product.port is not None
        and (not component.processes or any(process.type == "web" for process in component.processes))
        and not topology.users(component.host)
    )


def endpoints(
    topology: Topology,
    tier: Tier,
    ports: Mapping[str, int],
    bare: frozenset[str],
    settings: OpenStackSettings,
    ledger: Ledger,
) -> tuple[Endpoint, ...]:
    """Those of a tier's components, by the port that users ask. Takes every statement of an exposure.

    ``bare``: the components that are public without the plan's word (:func:`implied`).
    """
    found = []
    for component in topology.tier_components(tier.id):
        path = paths.below(component, component.id if len(topology.services[component.host].components) > 1 else "")
        for exposure in component.exposures:
            listen = exposure.port.value if exposure.port else ports.get(component.id, _USUAL["http"])
            made = _endpoint(component, exposure, listen, tier, settings, ledger)
            found.append(replace(made, path=path if made.protocol == "http" else ""))
        if component.silent:
            ledger.keep(component.silent, "no address outside")
        if component.id in bare:
            listen = ports.get(component.id, _USUAL["http"])
            outside = _USUAL["http"] if tier.balance else listen
            nothing = Exposure(None, None, None, None, None, "http", component.span)
            balanced = tier.balance is not None
            found.append(Endpoint(component, nothing, listen, outside, True, balanced, "http", None, path, True))
    return tuple(sorted(found, key=lambda e: (e.outside, e.component.id, e.listen)))


def _endpoint(
    component: Component, exposure: Exposure, listen: int, tier: Tier, settings: OpenStackSettings, ledger: Ledger
) -> Endpoint:
    balanced = tier.balance is not None
    certificate = _certificate(component, exposure, settings, ledger, balanced=balanced)
    if exposure.port:
        ledger.keep(exposure.port, str(listen))
    plan = exposure.span.file
    outside = exposure.outside.value if exposure.outside else _USUAL["https"] if certificate else listen
    if exposure.outside and (balanced or outside == listen):
        ledger.keep(exposure.outside, str(outside))
    elif exposure.outside:
        ledger.degrade(
            exposure.outside,
            str(listen),
            f"No balancer stands before {tier.id}: users ask the machine itself, and its process listens at {listen}.",
            Remedy("a balancer takes one port to another", "- characteristic_type: org.camp2iac:Balance", file=plan),
        )
        outside = listen
    public = bool(exposure.public and exposure.public.value)
    if exposure.public:
        ledger.keep(exposure.public, "a floating address" if public else "no address outside")
    if exposure.silent:
        ledger.keep(exposure.silent, "no address outside")
    if exposure.hosts and settings.dns and not public:
        why = f"{component.id} is not public: records would lead to an address that is known inside alone."
        ledger.degrade(exposure.hosts, "no DNS records", why, Remedy("open it", "public: true", file=plan))
    elif exposure.hosts and settings.dns:
        zone = settings.dns.rstrip(".")
        strange = [host for host in exposure.hosts.value if host != zone and not host.endswith(f".{zone}")]
        if strange:
            ledger.degrade(exposure.hosts, f"records in {zone}", f"{', '.join(strange)}: not in the zone {zone}.")
        else:
            ledger.keep(exposure.hosts, "DNS records")
    elif exposure.hosts:
        ledger.degrade(
            exposure.hosts,
            "no DNS records",
            "The environment names no DNS zone: records are the operator's to make, for the address in the outputs.",
            Remedy("the zone that the names are in", "dns: example.org", file=settings.file),
        )
    return Endpoint(component, exposure, listen, outside, public, balanced, exposure.protocol, certificate)


def _certificate(
    component: Component, exposure: Exposure, settings: OpenStackSettings, ledger: Ledger, *, balanced: bool
) -> str | None:
    """Whose TLS a balancer ends: the environment's; None where there is none to be had, which is CAMP467."""
    if exposure.tls is None:
        return None
    if not exposure.tls.value:
        ledger.keep(exposure.tls, "plain HTTP")
        return None
    found = settings.certificates.get(component.id)
    if balanced and settings.balancer == "octavia" and found and exposure.protocol == "http":
        ledger.keep(exposure.tls, "the balancer's certificate")
        return found
    remedy = Remedy(
        "a balancer of the cloud's, and the address of a certificate in its key manager",
        f"certificates: {{ {component.id}: https://KEY-MANAGER/v1/containers/ID }}",
        file=settings.file,
    )
    ledger.lose(exposure.tls, f"Nothing ends TLS before {component.id}.", remedy)
    return None
