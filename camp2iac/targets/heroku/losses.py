"""What a platform of apps has no place for, or serves in its own way: placement, ports, balancing, exposures.

Each says why, and what to do instead. The words are part of the product: ``camp2iac port`` prints them.
"""

from __future__ import annotations

from typing import Any

from camp2iac.diagnostics.suggest import listed
from camp2iac.synth.module import ref
from camp2iac.targets.base import Remedy
from camp2iac.targets.heroku import names, tables
from camp2iac.targets.heroku.lowering import Lowering
from camp2iac.topology.model import Component, Exposure, Service, Statement, Tier

_SPACE = "A Private Space is one network, with addresses of its own choice."


def networks(low: Lowering) -> tuple[str, Remedy]:
    """Why there are no networks, the same words for all who ask, and what comes nearest."""
    addons = low.wiring.addons
    what = ""
    if len(addons) == 1:
        noun = next(iter(addons.values())).offer.noun
        what = f" The {noun} can be reached from anywhere, with TLS and its password."
        private = f"with private dynos and a private {noun} plan."
    elif addons:
        what = " The add-ons can be reached from anywhere, with TLS and their passwords."
        private = "with private dynos and private plans of the add-ons."
    else:
        private = "with private dynos."
    why = f"Apps share Heroku's network: no networks, subnets or addresses of one's own.{what}"
    return why, Remedy(f"A Private Space has a network of its own: `space: NAME` in {low.settings.file}, {private}")


def plan(low: Lowering) -> None:
    """The networks of the plan itself."""
    why, remedy = networks(low)
    for network in low.topology.networks.values():
        if low.settings.space:
            low.ledger.degrade(
                network.statement, f"the space {low.settings.space}", _SPACE, Remedy("None: a space is not divided.")
            )
        else:
            low.ledger.lose(network.statement, why, remedy)


def tier(low: Lowering, tier: Tier) -> None:
    """Where a tier's machines are to be, and what is open on them."""
    ledger, settings = low.ledger, low.settings
    dynos = bool(low.topology.tier_components(tier.id))
    if tier.networks is not None:
        if settings.space:
            ledger.degrade(
                tier.networks, f"the space {settings.space}", _SPACE, Remedy("None: a space is not divided.")
            )
        else:
            ledger.lose(tier.networks, *networks(low))
    if tier.region is not None:
        if tier.region.value == settings.region:
            ledger.keep(tier.region, settings.region)
        else:
            ledger.lose(
                tier.region,
                f"Heroku's regions are its own: this is in {settings.region}.",
                settings.remedy("region: us", "or eu", "region"),
            )
    if tier.zone is not None:
        ledger.lose(
            tier.zone,
            "Heroku alone decides which machines run what, in which zone.",
            Remedy("None needed for dynos: one that fails is started elsewhere."),
        )
    for statement in (tier.spread, tier.together):
        if statement is not None and dynos:
            ledger.lose(
                statement,
                "Heroku alone decides which machines run the dynos.",
                Remedy(
                    "Dynos from performance-m on do not share their machine with others; where they run stays "
                    "Heroku's secret."
                ),
            )
        elif statement is not None:
            ledger.lose(
                statement,
                "Heroku alone decides which machines run the add-on.",
                Remedy("Plans with high availability (premium) keep a copy on another machine."),
            )
    if tier.floating is not None:
        if tier.floating.value:
            ledger.lose(
                tier.floating,
                "Apps are behind Heroku's router: no address is one's own.",
                Remedy("Users ask by name. Add-ons (fixie, quotaguardstatic) have fixed addresses to go out by."),
            )
        else:
            ledger.keep(tier.floating, "no address of its own")
    if tier.key_pair is not None:
        ledger.lose(
            tier.key_pair,
            "Nobody logs in to a dyno or an add-on with a key.",
            Remedy("For a shell: heroku ps:exec, or heroku run bash"),
        )
    for ports in tier.ports:
        ledger.lose(
            ports,
            "Only Heroku's router reaches a dyno, by HTTP on one port; an add-on has its own port.",
            Remedy("Offer it over HTTP, as an app of its own."),
        )
    _volumes(low, tier, dynos)
    _balance(low, tier, dynos)
    if tier.scale is not None and not dynos:
        ledger.lose(
            tier.scale,
            "An add-on is one; its vendor scales it, by its plan.",
            Remedy("Plans with high availability (premium) keep a second one ready."),
        )


def _volumes(low: Lowering, tier: Tier, dynos: bool) -> None:
    if not dynos:
        return
    hosts = {component.host for component in low.topology.tier_components(tier.id)}
    for statement in (volume for volume in tier.volumes if volume.subject.id in hosts):
        low.ledger.lose(
            statement,
            "A dyno's disk is empty again at each restart, once a day at least.",
            Remedy("Keep data in a database, or files in an object store (add-on bucketeer)."),
        )


def _balance(low: Lowering, tier: Tier, dynos: bool) -> None:
    if tier.balance is None:
        return
    if not dynos:
        low.ledger.lose(tier.balance, "An add-on is one: there is nothing to balance.", Remedy("None needed."))
        return
    balance = tier.balance.value
    sticky = balance.sticky and not low.settings.fir
    if sticky:
        for component in low.topology.tier_components(tier.id):
            low.resource(
                low.file(component),
                "heroku_app_feature",
                names.identifier(component.id, "sticky"),
                comment=low.plan(f"{tier.balance.subject.heading}, Balance: sticky"),
                origin=tier.balance.span,
                app_id=ref(low.app(component), ".id"),
                name="http-session-affinity",
            )
    spreads = "Heroku's router spreads requests over the dynos by chance"
    sticks = " and sends a visitor back to the same one by a cookie" if sticky else ""
    if balance.sticky and not sticky:
        low.ledger.degrade(
            tier.balance,
            "balanced, not sticky",
            "Session affinity is of the generation cedar alone.",
            Remedy("Keep sessions in a store that all dynos ask."),
        )
        return
    if balance.health:
        low.ledger.degrade(
            tier.balance,
            "balanced, not asked",
            f"{spreads}{sticks}{',' if sticks else ''} and asks no health path. "
            "A dyno that hangs keeps getting its share.",
            Remedy(f"Heroku has none. Let something outside ask {balance.health}."),
        )
    else:
        low.ledger.degrade(
            tier.balance, "balanced by chance", f"{spreads}{sticks}.", Remedy("Heroku has no other way.")
        )


def placed(low: Lowering, service: Service) -> None:
    """A service that is to share machines with others."""
    if service.placed is not None:
        low.ledger.degrade(
            service.placed,
            "apps of their own",
            "Each component has an app of its own and each service is an add-on: they share no machines.",
            Remedy("None needed, as long as they do not use the same disk."),
        )


def balancer(low: Lowering, service: Service) -> None:
    """A product that balances: Heroku's router does."""
    why = f"Heroku's router stands before every app; {service.product.title} cannot."
    for statement in (
        *service.chosen_by,
        *([service.version] if service.version else []),
        *service.attributes.values(),
    ):
        low.ledger.lose(statement, why, Remedy("Use Balance for what it offers; the router does the rest."))
    own = low.topology.tiers[service.tier]
    if own.compute is not None and len(own.services) == 1:
        low.ledger.lose(own.compute, why, Remedy("None needed."))


def exposures(low: Lowering, component: Component) -> list[str]:
    """Where users reach a component; gives its host names."""
    ledger, hosts = low.ledger, [str(host) for host in low.settings.of("domains", component)]
    if component.silent is not None:
        _open(low, component.silent)
    first = next((e for e in component.exposures if e.protocol == "http"), None)
    for exposure in component.exposures:
        if exposure is first:
            hosts += _http(low, exposure)
            continue
        why = (
            f"Heroku's router speaks HTTP, not {exposure.protocol.upper()}."
            if exposure.protocol != "http"
            else "An app has one port."
        )
        for statement in _said(exposure):
            if statement is not None:
                ledger.lose(statement, why, Remedy("Offer it over HTTP, as an app of its own."))
    return list(dict.fromkeys(hosts))


def _http(low: Lowering, exposure: Exposure) -> list[str]:
    ledger = low.ledger
    if exposure.port is not None:
        ledger.degrade(
            exposure.port,
            "$PORT, Heroku's choice",
            "A dyno listens where $PORT says, and only Heroku's router reaches it. The generated Procfile does so.",
            Remedy(f"None needed, as long as nothing else counts on {exposure.port.value}."),
        )
    if exposure.outside is not None:
        port = exposure.outside.value
        if port == 80:
            ledger.keep(exposure.outside, "80, and 443 with TLS")
        elif port == 443:
            ledger.keep(exposure.outside, "443 with TLS, and 80")
        else:
            ledger.degrade(
                exposure.outside,
                "80 and 443",
                f"Heroku's router listens on 80 and 443, not on {port}.",
                Remedy("None: users have to ask there."),
            )
    if exposure.public is not None:
        if exposure.public.value:
            ledger.keep(exposure.public, "herokuapp.com")
        elif low.settings.fir:
            ledger.lose(
                exposure.public,
                "Apps of the generation fir have no internal routing.",
                low.settings.remedy("generation: cedar", "in another space", "space", "generation"),
            )
        elif low.settings.space:
            ledger.keep(exposure.public, "internal routing")
        else:
            ledger.lose(
                exposure.public,
                "Whoever knows an app's name reaches it.",
                Remedy(f"Apps in a Private Space can be internal: `space: NAME` in {low.settings.file}."),
            )
    if exposure.silent is not None:
        _open(low, exposure.silent)
    if exposure.tls is not None:
        _tls(low, exposure, exposure.tls)
    if exposure.hosts is None:
        return []
    wild = [host for host in exposure.hosts.value if host.startswith("*.")]
    if wild:
        ledger.degrade(
            exposure.hosts,
            "domains; no certificate for some",
            f"Heroku's automatic certificates are for single names: {listed(wild)} is without TLS.",
            Remedy("Name each host, or upload a certificate of your own: heroku certs:add"),
        )
    else:
        ledger.keep(exposure.hosts, "domains; see the output for DNS")
    return list(exposure.hosts.value)


def _said(exposure: Exposure) -> tuple[Statement[Any] | None, ...]:
    return exposure.port, exposure.outside, exposure.public, exposure.silent, exposure.hosts, exposure.tls


def _open(low: Lowering, silent: Statement[bool]) -> None:
    """That something is not public, where the plan leaves it to the default: an app is, unless it is told otherwise."""
    settings, why = low.settings, "The plan does not open it, and whoever knows an app's name reaches it."
    if settings.space and not settings.fir:
        remedy = Remedy(
            "Spelled out, it is internal",
            "- { requirement_type: org.camp2iac:Expose, public: false }",
            file=silent.span.file,
        )
    elif settings.fir:
        remedy = settings.remedy("generation: cedar", "in another space, has internal routing", "space", "generation")
    else:
        space = f"`public: false`, and `space: NAME` in {settings.file}"
        remedy = Remedy(f"Let it ask who calls; or write {space}: a Private Space hides it.")
    low.ledger.lose(silent, why, remedy)


def _tls(low: Lowering, exposure: Exposure, statement: Statement[bool]) -> None:
    """TLS is the router's: with its own certificate for herokuapp.com, with automatic ones for single public names."""
    wild = [host for host in (exposure.hosts.value if exposure.hosts else ()) if host.startswith("*.")]
    internal = low.settings.space and exposure.public is not None and not exposure.public.value
    if not statement.value:
        low.ledger.degrade(statement, "both", "Heroku's router answers with TLS too.", Remedy("None needed."))
    elif wild or (internal and exposure.hosts):
        whose = listed(wild) if wild else "An app that is internal"
        low.ledger.degrade(
            statement,
            "not for every name",
            f"{whose} has no certificate of Heroku's, which are for single names that are public.",
            Remedy("Name each host, or upload a certificate of your own: heroku certs:add"),
        )
    else:
        low.ledger.keep(statement, "Heroku's certificate")


def unbuildable(low: Lowering, component: Component) -> None:
    """A component whose runtime has no buildpack: nothing of it is made."""
    service = low.topology.services[component.host]
    why = f"Heroku has no buildpack that is {service.product.title}."
    remedy = low.settings.remedy(
        f"buildpacks: {{ {component.id}: [URL] }}", "if you know one; the Procfile is yours then", "buildpacks"
    )
    if said_so := tables.no_place(service.product.name):
        why, remedy = said_so[0], Remedy(said_so[1])
    statements: list[Statement[Any]] = [
        component.statement,
        *component.options.values(),
        *(p.statement for p in component.processes),
    ]
    statements += [variable.statement for variable in component.variables]
    statements += [link.statement for link in component.links]
    statements += [job.statement for job in service.jobs]
    for each in component.exposures:
        statements += [part for part in _said(each) if part is not None]
    if component.silent is not None:
        low.ledger.keep(component.silent, "not deployed")
    statements += [*service.chosen_by, *([service.version] if service.version else []), *service.attributes.values()]
    for statement in statements:
        low.ledger.lose(statement, why, remedy)
