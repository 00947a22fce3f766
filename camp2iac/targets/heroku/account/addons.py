"""Outcomes of services that are add-ons, and of the connections to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from camp2iac.diagnostics import Fix
from camp2iac.diagnostics.suggest import listed
from camp2iac.targets.base import LedgerEntry
from camp2iac.targets.heroku.layout import values
from camp2iac.targets.heroku.layout.attachments import Addon
from camp2iac.targets.heroku.layout.layout import HerokuLayout
from camp2iac.targets.heroku.layout.words import an, capital
from camp2iac.targets.heroku.offers import AddonPlan
from camp2iac.targets.kit import degraded, kept, lost
from camp2iac.topology.model import Compute, Link, Service, Statement, Volume


def outcomes(layout: HerokuLayout, addon: Addon) -> Iterator[LedgerEntry]:
    """The outcomes of an add-on's service."""
    service = addon.service
    release = f" {addon.version}" if addon.version else ""
    for statement in service.chosen_by:
        yield _chosen(addon, statement, release)
    if service.version is not None and addon.version is not None:
        yield kept(service.version, str(addon.version))
    elif service.version is not None:
        yield degraded(
            service.version,
            f"chosen by {addon.addon.name}",
            f"The vendor of {addon.addon.name} chooses the release.",
            "Check it after the first apply: `heroku addons:open NAME`",
        )
    for name, attribute in service.attributes.items():
        option = addon.addon.options.get(name)
        if option is None:
            yield lost(
                attribute,
                f"Heroku generates the name, user and password of {an(addon.offer.noun)} and has no such setting.",
                "None needed if the application reads them from its URL variable.",
            )
        elif not values.resolve(attribute.value, layout.topology).missing:
            yield kept(attribute, f"option {option}")
    for link in layout.topology.users(service.id):
        if addon.addon.by_service:
            yield _store(addon, link)
        else:
            yield from _parts(addon, link) if addon.addon.suffixes else _link(layout, addon, link)
    yield from _sizes(layout, addon)


def _chosen(addon: Addon, statement: Statement[str], release: str) -> LedgerEntry:
    """The outcome of what names the product."""
    runs, title = addon.addon.runs, addon.service.product.title
    if not runs or runs in (title, *(named.title for named in addon.service.named)):
        return kept(statement, f"{addon.addon.name}{release}")
    return degraded(
        statement,
        f"{addon.addon.name}: {runs}",
        f"{addon.addon.name} runs {runs}, which speaks the protocol of {title}.",
        "Use only what both have.",
    )


def asked(layout: HerokuLayout, service: Service) -> tuple[Statement[Compute] | None, tuple[Statement[Volume], ...]]:
    """Compute and Volume of a service itself. Compute of a tier with components is for their dynos."""
    tier = layout.topology.tiers.get(service.tier)
    if tier is None:
        return None, ()
    volumes = tuple(statement for statement in tier.volumes if statement.subject.id == service.id)
    own = tier.compute is not None and tier.compute.subject.id == service.id
    return (tier.compute if own and not layout.topology.tier_components(tier.id) else None), volumes


def _link(layout: HerokuLayout, addon: Addon, link: Link) -> Iterator[LedgerEntry]:
    title, scheme = listed(link.variables), addon.addon.scheme
    own = addon.service.product.link.url.split("://")[0] if addon.service.product.link else scheme
    attached = {a.variable for a in layout.attachments.of(link.component) if a.link is link}
    if link.component == addon.owner.id and addon.creates:
        attached.add(addon.creates)
    if absent := [name for name in link.variables if name not in attached]:
        yield degraded(
            link.statement,
            f"without {listed(absent)}",
            f"An attachment creates only variables that end in _URL, so there is no {listed(absent)}.",
            layout.settings.fix(
                f"variables: {{ {link.component}: {{ {absent[0]}: ... }} }}",
                "...",
                "",
                "variables",
                link.component,
                absent[0],
            ),
        )
    elif scheme == "rediss":
        yield degraded(
            link.statement,
            f"{title}: rediss://",
            "Heroku requires TLS with a self-signed certificate: the URL begins with rediss://, whereas instances "
            "get redis://.",
            "Configure the client to use TLS without verifying the certificate (ssl_cert_reqs=none in redis-py, "
            "rejectUnauthorized: false in clients for Node.js).",
        )
    elif scheme and scheme != own:
        begins = f"The URL begins with {scheme}://, whereas instances get {own}://."
        drivers = " Most drivers accept both, but some (SQLAlchemy) do not." if scheme == "postgres" else ""
        yield degraded(
            link.statement,
            f"{title}: {scheme}://",
            f"{begins}{drivers}",
            f"If the application checks the scheme of the URL, accept both {own}:// and {scheme}://.",
        )
    else:
        yield kept(link.statement, title)
    for option in link.options.values():
        yield degraded(
            option,
            "chosen by Heroku, in the URL",
            f"Heroku generates the name of {an(addon.offer.noun)}. The URL contains it.",
            "None needed if the application reads it from the URL.",
        )


def _store(addon: Addon, link: Link) -> LedgerEntry:
    """The outcome of a link to a bucket, whose server clients know."""
    prefix = link.variables[0].removesuffix("_URL")
    made = listed([f"{prefix}_{suffix}" for suffix in addon.addon.suffixes])
    return degraded(
        link.statement,
        made,
        f"{addon.addon.name} is a bucket of AWS. It sets neither {prefix}_URL and {prefix}_ENDPOINT_URL nor the "
        "variables that SDKs read.",
        f"Pass {made} to the SDK, and an endpoint only if {prefix}_ENDPOINT_URL is set.",
    )


def _parts(addon: Addon, link: Link) -> Iterator[LedgerEntry]:
    """The outcomes of a link to an add-on that provides servers, user and password instead of a URL."""
    prefix = addon.addon.prefix if addon.after is None else link.variables[0].removesuffix("_URL")
    made = listed([f"{prefix}_{suffix}" for suffix in addon.addon.suffixes])
    yield degraded(
        link.statement,
        made,
        f"{addon.addon.name} requires a user and a password: it sets {made} instead of {listed(link.variables)}.",
        f"Change the application to read {made} if {link.variables[0]} is not set.",
    )
    for option in link.options.values():
        yield degraded(option, "chosen by Heroku", f"{addon.addon.name} generates it.", "Read it from there.")


def _sizes(layout: HerokuLayout, addon: Addon) -> Iterator[LedgerEntry]:
    """Compare Compute and Volume with the add-on's plan."""
    plan, name = addon.known, addon.plan.partition(":")[2]
    compute, volumes = asked(layout, addon.service)
    why = _holds(addon, name)
    help_ = _larger(layout, addon, compute.value if compute else None, [each.value for each in volumes])
    if compute is not None:
        shared = plan is not None and plan.memory == 0
        how = f"{name}: shared" if shared else f"{name}: {plan.memory_words}" if plan and plan.memory else name
        fits = plan is not None and _memory_fits(plan, compute.value)
        yield kept(compute, how) if fits else degraded(compute, how, why, help_)
    for statement in volumes:
        how = f"{name}: {plan.storage_words}" if plan and plan.storage else name
        fits = plan is not None and _storage_fits(plan, statement.value)
        yield kept(statement, how) if fits else degraded(statement, how, why, help_)


def _holds(addon: Addon, name: str) -> str:
    """The memory and storage of an add-on's plan, as a sentence."""
    plan, noun = addon.known, addon.offer.noun
    if plan is None or plan.memory is None:
        return f"The memory and storage of {an(name)} {noun} are not published."
    if not plan.memory:
        holds = f" and has {plan.storage_words} of storage" if plan.storage else ""
        return f"{capital(an(name))} {noun} shares the memory of its server{holds}."
    holds = f" and {plan.storage_words} of storage" if plan.storage else " and loses its data at a restart"
    return f"{capital(an(name))} {noun} has {plan.memory_words} of memory{holds}."


def _larger(layout: HerokuLayout, addon: Addon, compute: Compute | None, volumes: Sequence[Volume]) -> str | Fix:
    """The plan to write, or the command that lists plans."""
    fit = _fitting(addon, compute, volumes)
    if fit is None or fit is addon.known:
        return f"List the plans of {addon.addon.name}: `heroku addons:plans {addon.addon.name}`"
    if addon.place and addon.addon.tier(fit.name) != addon.addon.tier(addon.plan.partition(":")[2]):
        return (
            f"Heroku cannot change a database that exists to {fit.name}, which is large enough: create one, and copy "
            "the data with `heroku pg:copy` (docs/targets/heroku.md). Before the first apply: "
            f"`addons: {{ {addon.service.id}: {addon.addon.name}:{fit.name} }}`."
        )
    parts = (
        f"{fit.memory_words} of memory" if fit.memory else "",
        f"{fit.storage_words} of disk" if fit.storage else "",
    )
    plan, service = f"{addon.addon.name}:{fit.name}", addon.service.id
    path = ("addons", service, "plan") if layout.settings.owner(service) else ("addons", service)
    return layout.settings.fix(f"addons: {{ {service}: {plan} }}", plan, ", ".join(filter(None, parts)), *path)


def _memory_fits(plan: AddonPlan, compute: Compute) -> bool:
    """Whether the memory is enough. Sizes are compared by their numbers: Heroku's 4 GB are enough for 4 GiB."""
    if plan.memory is None:
        return False
    asked_for = compute.memory is not None or compute.cores is not None
    return not asked_for or (plan.memory > 0 and plan.memory * 1024 >= (compute.memory or 0) * 1000)


def _storage_fits(plan: AddonPlan, volume: Volume) -> bool:
    return plan.storage is not None and plan.storage >= volume.size * 1000


def _fitting(addon: Addon, compute: Compute | None, volumes: Sequence[Volume]) -> AddonPlan | None:
    """The smallest plan that is large enough, of the same family if that has one, and never a smaller family."""
    plans, known = list(addon.addon.plans.values()), addon.known
    family, only = (known.name.partition("-")[0], known.only) if known else ("", "")
    alike = [plan for plan in plans if plan.name.partition("-")[0] == family]
    later = plans[plans.index(known) + 1 :] if known else plans
    for plan in (*alike, *(plan for plan in later if plan.only == only and plan not in alike)):
        fits = compute is None or _memory_fits(plan, compute)
        if fits and all(_storage_fits(plan, volume) for volume in volumes):
            return plan
    return None
