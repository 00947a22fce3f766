"""From a plan to its topology."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from camp2iac.camp.model import Plan
from camp2iac.catalogue import Catalogue, Product
from camp2iac.diagnostics import Diagnostic, Diagnostics, Label, Span
from camp2iac.diagnostics.secrets import HIDDEN, is_secret
from camp2iac.diagnostics.suggest import nearest
from camp2iac.record import Record, field, replace
from camp2iac.topology import artifacts, characteristics, checks, confidential, declarations, tiers
from camp2iac.topology.ids import slug
from camp2iac.topology.match import Match, match
from camp2iac.topology.model import Component, Job, Link, Service, Statement, TextValue, Topology
from camp2iac.topology.requirements import RequirementKind
from camp2iac.topology.usage import ArtifactDraft, ServiceDraft, Usage, Use, usage


class _Work(Record):
    """What the steps below share."""

    usage: Usage
    catalogue: Catalogue
    diagnostics: Diagnostics
    matches: dict[str, Match] = field(default_factory=dict)
    statements: list[Statement[Any]] = field(default_factory=list)


def build(plan: Plan, catalogue: Catalogue, name: str, diagnostics: Diagnostics) -> Topology:
    """The topology of a plan.

    Args:
        plan: as read; its references are resolved.
        catalogue: what services can be.
        name: what the output is named after: the environment's ``name:``, else the plan's, else the package's.
        diagnostics: takes what is wrong (CAMP3xx, CAMP205, CAMP206). With errors in it the result is not fit for use.
    """
    work = _Work(usage(plan, catalogue, diagnostics), catalogue, diagnostics)
    statement = declarations.read(plan, diagnostics)
    _hosts(work)
    for draft in work.usage.drafts.values():
        _match(draft, work)
    _open_ends(work)
    found = {
        draft.id: characteristics.read(draft.spec.characteristics if draft.spec else (), draft.name, diagnostics)
        for draft in work.usage.drafts.values()
    }
    made = tiers.make(work.usage.drafts, found, work.matches, statement.networks, diagnostics)
    components = _components(work, made.of)
    components = _silent(components, work, {tier for tier, each in made.tiers.items() if each.ports})
    services = _services(work, found, made.of, components)
    work.statements += [*made.statements, *statement.other]
    work.statements += [network.statement for network in statement.networks.values()]
    work.statements += [parameter.statement for parameter in statement.parameters.values()]
    work.statements += [secret.statement for secret in statement.secrets.values()]
    topology = Topology(
        name=name,
        title=plan.labels.name.value if plan.labels.name else name,
        description=plan.labels.description.value if plan.labels.description else "",
        tags=tuple(sorted({tag.value for tag in plan.labels.tags})),
        origin=plan.origin.value if plan.origin else "",
        file=plan.file.rpartition("/")[2],
        components=components,
        services=services,
        tiers=made.tiers,
        networks=statement.networks,
        parameters=statement.parameters,
        secrets=statement.secrets,
        span=plan.labels.name.span if plan.labels.name else plan.camp_version.span,
        statements=tuple(sorted(work.statements, key=lambda statement: statement.span)),
    )
    checks.run(topology, catalogue, diagnostics)
    return confidential.mark(topology)


def _hosts(work: _Work) -> None:
    """An artifact that names no service to run on gets one of its own, if its type is one that runs."""
    for part in work.usage.parts.values():
        hosts = part.of(RequirementKind.HOST)
        if not hosts and not part.of(RequirementKind.LOAD):
            runtimes = [
                p for p in work.catalogue.with_artifact(part.artifact.artifact_type.value) if p.role == "runtime"
            ]
            if runtimes:
                use = Use(part, RequirementKind.HOST, None)
                part.uses.append(use)
                hosts = [use]
        for use in hosts[:1]:
            if use.draft is None:
                use.draft = work.usage.drafts.get(part.id) or ServiceDraft(part.id, part.name, None, part.artifact.span)
                work.usage.drafts[part.id] = use.draft
                use.draft.uses.append(use)
        for extra in hosts[1:]:
            work.diagnostics.add(
                Diagnostic(
                    "CAMP308",
                    f"{part.name} is to run on two services",
                    extra.span,
                    label="an artifact runs on one",
                    help="keep one of them; if it needs both, put them on one tier:  org.camp2iac:Placement, tier",
                )
            )


def _match(draft: ServiceDraft, work: _Work) -> None:
    found = match(draft, work.catalogue, work.diagnostics)
    if found is not None:
        work.matches[draft.id] = found
        work.statements += [*found.chosen_by, *([found.version] if found.version else [])]
        for characteristic in found.other:
            type_ = characteristic.characteristic_type
            work.statements.append(Statement(type_.value, draft.name, type_.value, type_.span))
        for characteristic in draft.spec.characteristics if draft.spec else ():
            type_ = characteristic.characteristic_type
            key = found.product.characteristics.get(type_.value)
            for name, entry in characteristic.extensions.entries.items():
                if not type_.value.startswith("org.camp2iac:") and name != key:
                    words = HIDDEN if is_secret(name) else _words(entry.value)
                    says = f"{type_.value.rpartition(':')[2]}: {name} {words}"
                    work.statements.append(Statement(name, draft.name, says, entry.key.span))
        if draft.spec is not None:
            for name, entry in draft.spec.extensions.entries.items():
                work.statements.append(Statement(name, draft.name, f"{name}: {_words(entry.value)}", entry.key.span))


def _words(node: Any) -> str:
    return " ".join(str(node.plain).split())[:60]


def _open_ends(work: _Work) -> None:
    """A requirement that names no service takes the only one of the plan that fits, else one of its own."""
    for part in work.usage.parts.values():
        for use in part.of(RequirementKind.CONNECT, RequirementKind.LOAD):
            if use.draft is not None or use.requirement is None:
                continue
            type_ = use.requirement.requirement_type.value
            wanted = {p.name for p in work.catalogue.with_requirement(type_)}
            if use.kind is RequirementKind.LOAD:
                wanted |= {
                    p.name
                    for p in work.catalogue.with_artifact(part.artifact.artifact_type.value)
                    if p.role == "service"
                }
            fitting = [
                d
                for d in work.usage.drafts.values()
                if d.id in work.matches and work.matches[d.id].product.name in wanted
            ]
            if len(fitting) == 1:
                use.draft = fitting[0]
                fitting[0].uses.append(use)
                continue
            product = min(
                (work.catalogue[name] for name in wanted), key=lambda p: (not p.default, p.name), default=None
            )
            if product is None or fitting:
                names = ", ".join(sorted(d.name for d in fitting))
                work.diagnostics.add(
                    Diagnostic(
                        "CAMP304",
                        f"{part.name} {use.kind.value} a service, but nothing says which",
                        use.span,
                        label=f"{names} would all do" if fitting else "no service of this plan fits",
                        help="add  fulfillment: id:NAME",
                    )
                )
                continue
            use.draft = ServiceDraft(
                slug(f"{part.id}-{product.name}"), f"{part.name} {product.name}", None, part.artifact.span
            )
            use.draft = work.usage.drafts.setdefault(use.draft.id, use.draft)
            use.draft.uses.append(use)
            work.matches.setdefault(use.draft.id, Match(product, (), None, ()))


def _components(work: _Work, tier_of: dict[str, str]) -> dict[str, Component]:
    made: dict[str, Component] = {}
    for part in sorted(work.usage.parts.values(), key=lambda part: part.id):
        found = artifacts.needs(part, work.catalogue, work.diagnostics)
        host = next((use for use in part.of(RequirementKind.HOST) if use.draft is not None), None)
        links, statement = _links(part, work)
        work.statements += [*found.statements(), *statement, *_others(part)]
        if host is None or host.draft is None:
            if not part.of(RequirementKind.LOAD) and _readable(part):
                _homeless(part, work)
            continue
        if host.draft.id not in work.matches:
            continue
        if host.draft.spec is not None and host.draft.spec.href is not None:
            _stranger(part, host.draft, host.draft.spec.href.span, work)
            continue
        product = work.matches[host.draft.id].product
        taken, other = artifacts.options(host, product, part.name, work.diagnostics)
        component = artifacts.component(part, host.draft.id, tier_of[host.draft.id], product, links, found, taken)
        made[part.id] = component
        work.statements += [component.statement, *taken.values(), *other]
    return made


def _silent(components: dict[str, Component], work: _Work, opened: set[str]) -> dict[str, Component]:
    """Those that answer requests and are not exposed, while others are, state that: nobody outside reaches them.

    ``opened``: the tiers whose Ports say who does.
    """
    if not any(component.exposures for component in components.values()):
        return components
    made = dict(components)
    for id_, one in components.items():
        port = work.matches[one.host].product.port
        web = port is not None and (not one.processes or any(process.type == "web" for process in one.processes))
        if web and not one.exposures and one.tier not in opened:
            statement = Statement(False, one.name, "not exposed", one.statement.span)
            made[id_] = replace(one, silent=statement)
            work.statements.append(statement)
    return made


def _others(part: ArtifactDraft) -> list[Statement[str]]:
    """Extension keys of an artifact and its content: legal CAMP that nobody here reads."""
    artifact = part.artifact
    entries = (*artifact.extensions.entries.items(), *artifact.content.extensions.entries.items())
    return [
        Statement(name, part.name, f"{name}: {_words(entry.value)}", entry.key.span)
        for name, entry in entries
        if name != "sha256"
    ]


def _readable(part: ArtifactDraft) -> bool:
    """Whether its content was accepted; what was refused is not reported again."""
    return part.artifact.content.data != b""  # what the reader leaves of refused content


def _homeless(part: ArtifactDraft, work: _Work) -> None:
    type_ = part.artifact.artifact_type
    kinds = sorted({name for product in work.catalogue for name in product.artifacts})
    best = nearest(type_.value, kinds)
    work.diagnostics.add(
        Diagnostic(
            "CAMP303",
            f"nothing says what {part.name} runs on or is loaded into, and its type does not tell: {type_.value}",
            type_.span,
            label="unknown artifact type" if type_.value not in kinds else "what is it loaded into?",
            help=f"write  artifact_type: {best}"
            if best and best != type_.value
            else "add a requirement with a fulfillment",
        )
    )
    work.statements.append(artifacts.artifact_said(part.artifact, part.name))


def _stranger(part: ArtifactDraft, draft: ServiceDraft, href: Span, work: _Work) -> None:
    work.diagnostics.add(
        Diagnostic(
            "CAMP317",
            f"{part.name} is to run on {draft.name}, which the plan says exists already",
            href,
            label="nothing is installed on what stands here",
            related=(Label(part.artifact.span, "this is to run there"),),
            help=f"leave out the href: then {draft.name} is a machine, or an app, of this plan's",
        )
    )


def _links(part: ArtifactDraft, work: _Work) -> tuple[list[Link], list[Statement[Any]]]:
    uses = [use for use in part.of(RequirementKind.CONNECT) if use.draft is not None and use.draft.id in work.matches]
    products = {use.draft.id: work.matches[use.draft.id].product for use in uses if use.draft}
    customary = Counter(product.link.variable for product in products.values() if product.link)
    links: dict[str, Link] = {}
    statements: list[Statement[Any]] = []
    for use in uses:
        assert use.draft is not None  # noqa: S101 - for the type checker
        product = products[use.draft.id]
        if product.link is None:
            _unlinkable(use, use.draft, product, work)
            continue
        taken, other = artifacts.options(use, product, part.name, work.diagnostics)
        names = [f"{use.draft.id.upper().replace('-', '_')}_URL"]
        if product.link.variable and customary[product.link.variable] == 1:
            names.append(product.link.variable)
        spoken = Statement(use.draft.id, part.name, f"{use.local_type} {use.draft.name}", use.span)
        first = links.get(use.draft.id)
        if first is not None:
            if _parts(taken) != _parts(first.options):
                _twice(use, use.draft, first, work)
            spoken = replace(spoken, same=first.statement)
            statements += [spoken, *(replace(taken[key], same=first.options.get(key)) for key in taken), *other]
            continue
        links[use.draft.id] = Link(part.id, use.draft.id, tuple(dict.fromkeys(names)), taken, spoken, use.span)
        statements += [spoken, *taken.values(), *other]
    return list(links.values()), statements


def _parts(options: Mapping[str, Statement[TextValue]]) -> dict[str, tuple[object, ...]]:
    return {key: option.value.parts for key, option in options.items()}


def _twice(use: Use, draft: ServiceDraft, first: Link, work: _Work) -> None:
    work.diagnostics.add(
        Diagnostic(
            "CAMP308",
            f"{use.part.name} connects to {draft.name} twice, and not in the same way",
            use.span,
            label="its variables would have two values",
            related=(Label(first.span, "the other way"),),
            help="keep one of them, or let another artifact connect in the other way",
        )
    )


def _unlinkable(use: Use, draft: ServiceDraft, product: Product, work: _Work) -> None:
    work.diagnostics.add(
        Diagnostic(
            "CAMP305",
            f"{use.part.name} connects to {draft.name}, but {product.title} offers nothing to connect to",
            use.span,
            label="no address or credentials to hand over",
            help="leave the requirement out, or name another service",
        )
    )


def _services(
    work: _Work,
    found: dict[str, characteristics.Characteristics],
    tier_of: dict[str, str],
    components: dict[str, Component],
) -> dict[str, Service]:
    hosted: dict[str, list[str]] = {}
    for component in components.values():
        hosted.setdefault(component.host, []).append(component.id)
    made: dict[str, Service] = {}
    for draft in sorted(work.usage.drafts.values(), key=lambda draft: draft.id):
        if draft.id not in work.matches:
            continue
        matched = work.matches[draft.id]
        trait = found.get(draft.id) or characteristics.Characteristics()
        jobs: list[Job] = []
        for use in sorted(draft.uses, key=lambda use: use.span):
            if use.kind is RequirementKind.LOAD:
                job, statement = artifacts.job(use, draft.id, matched.product, draft.name, work.diagnostics)
                jobs.append(job)
                work.statements += [*statement]
        href = draft.spec.href if draft.spec else None
        href_said = Statement(href.value, draft.name, f"href {href.value}", href.span) if href else None
        work.statements += [statement for statement in (href_said, *trait.statements()) if statement is not None]
        made[draft.id] = Service(
            id=draft.id,
            name=draft.name,
            product=matched.product,
            tier=tier_of[draft.id],
            href=href_said,
            chosen_by=matched.chosen_by,
            version=matched.version,
            attributes=dict(sorted(trait.attributes.items())),
            components=tuple(sorted(hosted.get(draft.id, ()))),
            jobs=tuple(jobs),
            span=draft.spec.id.span if draft.spec and draft.spec.id else draft.span,
            placed=trait.tier,
        )
    return made
