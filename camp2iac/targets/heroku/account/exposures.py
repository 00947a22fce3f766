"""What becomes of Expose: Heroku's router serves one HTTP endpoint of each app."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from camp2iac.diagnostics.suggest import listed
from camp2iac.targets.base import LedgerEntry, Remedy
from camp2iac.targets.heroku.layout.apps import routed
from camp2iac.targets.heroku.layout.layout import HerokuLayout
from camp2iac.targets.heroku.layout.settings import HerokuSettings
from camp2iac.targets.kit import degraded, kept, lost
from camp2iac.topology.model import Component, Exposure, Statement


def outcomes(layout: HerokuLayout, component: Component) -> Iterator[LedgerEntry]:
    """Where users reach a component."""
    settings, first = layout.settings, routed(component)
    if component.silent is not None:
        yield _open(component.silent, settings)
    for exposure in component.exposures:
        if exposure is first:
            yield from _http(exposure, settings)
            continue
        why = (
            f"Heroku's router speaks HTTP, not {exposure.protocol.upper()}."
            if exposure.protocol != "http"
            else "An app has one port."
        )
        for statement in statements(exposure):
            yield lost(statement, why, Remedy("Offer it over HTTP, as an app of its own."))


def statements(exposure: Exposure) -> list[Statement[Any]]:
    """All that an exposure says."""
    all_ = (exposure.port, exposure.outside, exposure.public, exposure.silent, exposure.hosts, exposure.tls)
    return [statement for statement in all_ if statement is not None]


def _http(exposure: Exposure, settings: HerokuSettings) -> Iterator[LedgerEntry]:
    if exposure.port is not None:
        yield degraded(
            exposure.port,
            "$PORT, Heroku's choice",
            "A dyno listens where $PORT says, and only Heroku's router reaches it. The generated Procfile does so.",
            Remedy(f"None needed, as long as nothing else counts on {exposure.port.value}."),
        )
    if exposure.outside is not None:
        yield _outside(exposure.outside)
    if exposure.public is not None:
        yield _public(exposure.public, settings)
    if exposure.silent is not None:
        yield _open(exposure.silent, settings)
    if exposure.tls is not None:
        yield _tls(exposure, exposure.tls, settings)
    if exposure.hosts is not None:
        yield _hosts(exposure.hosts)


def _outside(statement: Statement[int]) -> LedgerEntry:
    words = {80: "80, and 443 with TLS", 443: "443 with TLS, and 80"}
    if statement.value in words:
        return kept(statement, words[statement.value])
    return degraded(
        statement,
        "80 and 443",
        f"Heroku's router listens on 80 and 443, not on {statement.value}.",
        Remedy("None: users have to ask there."),
    )


def _public(statement: Statement[bool], settings: HerokuSettings) -> LedgerEntry:
    if statement.value:
        return kept(statement, "herokuapp.com")
    if settings.fir:
        return lost(
            statement,
            "Apps of the generation fir have no internal routing.",
            settings.remedy("generation: cedar", "in another space", "space", "generation"),
        )
    if settings.space:
        return kept(statement, "internal routing")
    return lost(
        statement,
        "Whoever knows an app's name reaches it.",
        Remedy(f"Apps in a Private Space can be internal: `space: NAME` in {settings.file}."),
    )


def _open(silent: Statement[bool], settings: HerokuSettings) -> LedgerEntry:
    """That something is not public, where the plan leaves it to the default: an app is, unless it is told otherwise."""
    why = "The plan does not open it, and whoever knows an app's name reaches it."
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
    return lost(silent, why, remedy)


def _hosts(statement: Statement[tuple[str, ...]]) -> LedgerEntry:
    wild = [host for host in statement.value if host.startswith("*.")]
    if not wild:
        return kept(statement, "domains; see the output for DNS")
    return degraded(
        statement,
        "domains; no certificate for some",
        f"Heroku's automatic certificates are for single names: {listed(wild)} is without TLS.",
        Remedy("Name each host, or upload a certificate of your own: heroku certs:add"),
    )


def _tls(exposure: Exposure, statement: Statement[bool], settings: HerokuSettings) -> LedgerEntry:
    """TLS is the router's: with its own certificate for herokuapp.com, with automatic ones for single public names."""
    wild = [host for host in (exposure.hosts.value if exposure.hosts else ()) if host.startswith("*.")]
    internal = settings.space and exposure.public is not None and not exposure.public.value
    if not statement.value:
        return degraded(statement, "both", "Heroku's router answers with TLS too.", Remedy("None needed."))
    if wild or (internal and exposure.hosts):
        whose = listed(wild) if wild else "An app that is internal"
        return degraded(
            statement,
            "not for every name",
            f"{whose} has no certificate of Heroku's, which are for single names that are public.",
            Remedy("Name each host, or upload a certificate of your own: heroku certs:add"),
        )
    return kept(statement, "Heroku's certificate")
