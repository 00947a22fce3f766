"""Outcomes of Expose: Heroku's router serves one HTTP endpoint of each app."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from camp2iac.diagnostics import Fix
from camp2iac.diagnostics.suggest import listed
from camp2iac.targets.base import LedgerEntry
from camp2iac.targets.heroku.layout.apps import routed
from camp2iac.targets.heroku.layout.layout import HerokuLayout
from camp2iac.targets.heroku.layout.settings import HerokuSettings
from camp2iac.targets.kit import degraded, kept, lost
from camp2iac.topology.model import Component, Exposure, Statement


def outcomes(layout: HerokuLayout, component: Component) -> Iterator[LedgerEntry]:
    """The outcomes of a component's exposures."""
    settings, first = layout.settings, routed(component)
    if component.silent is not None:
        yield _open(component.silent, settings)
    for exposure in component.exposures:
        if exposure is first:
            yield from _http(exposure, settings, image=layout.given.image(component) is not None)
            continue
        why = (
            f"Heroku's router supports HTTP, not {exposure.protocol.upper()}."
            if exposure.protocol != "http"
            else "An app has one port."
        )
        for statement in statements(exposure):
            yield lost(statement, why, "Serve it over HTTP, in its own app.")


def statements(exposure: Exposure) -> list[Statement[Any]]:
    """All statements of an exposure."""
    all_ = (exposure.port, exposure.outside, exposure.public, exposure.silent, exposure.hosts, exposure.tls)
    return [statement for statement in all_ if statement is not None]


def _http(exposure: Exposure, settings: HerokuSettings, *, image: bool) -> Iterator[LedgerEntry]:
    if exposure.port is not None:
        uses = "The image must use $PORT too." if image else "The generated Procfile uses $PORT."
        yield degraded(
            exposure.port,
            "$PORT, chosen by Heroku",
            f"A dyno must listen on $PORT, and only Heroku's router can reach it. {uses}",
            f"None needed, unless something depends on port {exposure.port.value}.",
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
        "None: users connect to these ports.",
    )


def _public(statement: Statement[bool], settings: HerokuSettings) -> LedgerEntry:
    if statement.value:
        return kept(statement, "herokuapp.com")
    if settings.fir:
        return lost(
            statement,
            "Apps of the generation fir have no internal routing.",
            settings.fix("generation: cedar", "cedar", "in another space", "space", "generation"),
        )
    if settings.space:
        return kept(statement, "internal routing")
    return lost(
        statement,
        "Everyone who knows an app's name can reach it.",
        f"Apps in a Private Space can be internal: `space: NAME` in {settings.file}.",
    )


def _open(silent: Statement[bool], settings: HerokuSettings) -> LedgerEntry:
    """The outcome of the default, not public: an app is public unless the plan says otherwise."""
    why = "The plan does not make it public, but everyone who knows an app's name can reach it."
    if settings.space and not settings.fir:
        help_: str | Fix = Fix(
            "- { requirement_type: org.camp2iac:Expose, public: false }",
            note="this makes the app internal",
            file=silent.span.file,
        )
    elif settings.fir:
        help_ = settings.fix(
            "generation: cedar", "cedar", "another space, with internal routing", "space", "generation"
        )
    else:
        space = f"`public: false`, and `space: NAME` in {settings.file}"
        help_ = f"Add authentication to the application, or move it into a Private Space: write {space}."
    return lost(silent, why, help_)


def _hosts(statement: Statement[tuple[str, ...]]) -> LedgerEntry:
    wild = [host for host in statement.value if host.startswith("*.")]
    if not wild:
        return kept(statement, "domains; DNS targets are an output")
    return degraded(
        statement,
        "domains; no certificate for some",
        f"Heroku issues automatic certificates only for single names: {listed(wild)} has no TLS.",
        "List each host, or upload your own certificate: `heroku certs:add`",
    )


def _tls(exposure: Exposure, statement: Statement[bool], settings: HerokuSettings) -> LedgerEntry:
    """The router serves TLS, with automatic certificates for herokuapp.com and for single public names."""
    wild = [host for host in (exposure.hosts.value if exposure.hosts else ()) if host.startswith("*.")]
    internal = settings.space and exposure.public is not None and not exposure.public.value
    if not statement.value:
        return degraded(statement, "both", "Heroku's router also serves TLS.", "None needed.")
    if wild or (internal and exposure.hosts):
        whose = listed(wild) if wild else "An internal app"
        return degraded(
            statement,
            "not for every name",
            f"{whose} has no certificate: Heroku issues them only for single, public names.",
            "List each host, or upload your own certificate: `heroku certs:add`",
        )
    return kept(statement, "Heroku's certificate")
