"""Find the product of each service, from its characteristics and from how it is used."""

from __future__ import annotations

from pathlib import Path

from camp2iac.camp import edits
from camp2iac.camp.model import Characteristic
from camp2iac.camp.nodes import Node, Scalar, Sequence
from camp2iac.catalogue import Catalogue, LinkForm, Product, Version, VersionRange
from camp2iac.catalogue.model import ProductAttribute
from camp2iac.catalogue.recipe import Recipe
from camp2iac.diagnostics import Diagnostic, Diagnostics, Fix
from camp2iac.diagnostics.suggest import choices, nearest
from camp2iac.record import Record
from camp2iac.topology import statement_kinds as kinds
from camp2iac.topology.duplicates import Once
from camp2iac.topology.model import Statement
from camp2iac.topology.requirements import PROFILE, RequirementKind
from camp2iac.topology.statements import Statements
from camp2iac.topology.usage import ServiceDraft

EXTERNAL = Product(
    name="external",
    title="External service",
    role="service",
    description="A service that exists elsewhere.",
    characteristics={},
    requirements={},
    artifacts={},
    options={},
    labels={},
    releases=(),
    available={},
    port=None,
    attributes={
        "user": ProductAttribute("user", "string", None, False, "The user that components log in as."),
        "password": ProductAttribute("password", "string", None, True, "The password of the user."),
    },
    link=LinkForm("", "{host}", False, False, "external"),
    needs=(),
    data=None,
    default=False,
    recipe=Recipe(),
    folder=Path(),
)


class Match(Record, frozen=True):
    """A product, what selected it, and the range of releases. ``other``: characteristics that no product has."""

    product: Product
    chosen_by: tuple[Statement[str], ...]
    version: Statement[VersionRange] | None
    other: tuple[Characteristic, ...]


def match(draft: ServiceDraft, catalogue: Catalogue, statements: Statements, diagnostics: Diagnostics) -> Match | None:
    """The product of a service; None (and CAMP304) if none fits. The choice is recorded."""
    wanted = [
        c
        for c in (draft.spec.characteristics if draft.spec else ())
        if not c.characteristic_type.value.startswith(PROFILE)
        or catalogue.with_characteristic(c.characteristic_type.value)
    ]
    known = [c for c in wanted if catalogue.with_characteristic(c.characteristic_type.value)]
    other = tuple(c for c in wanted if c not in known)
    candidates = (
        [p for p in catalogue if all(c.characteristic_type.value in p.characteristics for c in known)] if known else []
    )
    if not known:
        if draft.spec is not None and draft.spec.href is not None:
            return Match(EXTERNAL, (), None, other)
        candidates = _by_use(draft, catalogue)
    fitting = [product for product in candidates if _fits(product, draft)] or candidates
    if not fitting:
        if draft.spec is None or draft.spec.whole:
            _none(draft, known, catalogue, diagnostics)
        return None
    _unknown(draft, other, catalogue, diagnostics)
    product = min(fitting, key=lambda p: (not p.default, p.name))
    version = _version(draft, product, known, statements, diagnostics)
    return Match(product, _chosen(draft, product, known, version, statements), version, other)


def _unknown(
    draft: ServiceDraft, other: tuple[Characteristic, ...], catalogue: Catalogue, diagnostics: Diagnostics
) -> None:
    for characteristic in other:
        type_ = characteristic.characteristic_type
        best = nearest(type_.value, catalogue.types())
        diagnostics.add(
            Diagnostic(
                "CAMP303",
                f"{draft.name} has a characteristic that no product of the catalogue has: {type_.value}",
                type_.span,
                label="unknown characteristic type",
                help="" if best else "run  camp2iac catalogue list  to see the products",
                fixes=edits.type_(type_.span, "characteristic_type", type_.value, best),
                mistake=f"characteristic {type_.value}",
            )
        )


def _by_use(draft: ServiceDraft, catalogue: Catalogue) -> list[Product]:
    for use in sorted(draft.uses, key=lambda use: use.kind is RequirementKind.CONNECT):  # a host is chosen by its users
        artifact = use.part.artifact.artifact_type.value
        requirement = use.requirement.requirement_type.value if use.requirement else ""
        asked = catalogue.with_requirement(requirement)
        if found := [p for p in asked if use.kind is RequirementKind.CONNECT or artifact in p.artifacts] or list(asked):
            return found
        role = "runtime" if use.kind is RequirementKind.HOST else "service"
        if use.kind is not RequirementKind.CONNECT and (
            found := [p for p in catalogue.with_artifact(artifact) if p.role == role]
        ):
            return found
    return []


def _fits(product: Product, draft: ServiceDraft) -> bool:
    runs = product.role == "runtime" and any(use.kind is RequirementKind.HOST for use in draft.uses)
    return all(
        product.link is not None or runs  # a component on it is called
        if use.kind is RequirementKind.CONNECT
        else use.part.artifact.artifact_type.value in product.artifacts
        for use in draft.uses
    )


def _none(draft: ServiceDraft, known: list[Characteristic], catalogue: Catalogue, diagnostics: Diagnostics) -> None:
    if known:
        types = [c.characteristic_type.value for c in known]
        offered = {type_ for p in catalogue.with_characteristic(types[0]) for type_ in p.characteristics}
        odd = next((c for c in known if c.characteristic_type.value not in offered), known[-1])
        diagnostics.add(
            Diagnostic(
                "CAMP304",
                f"no product of the catalogue has all characteristics of {draft.name}: {', '.join(types)}",
                odd.characteristic_type.span,
                label="no product has this one and the others",
                help="remove one of them, or add a catalogue with such a product:  --catalogue DIR",
            )
        )
    elif not (
        draft.spec and [c for c in draft.spec.characteristics if not c.characteristic_type.value.startswith(PROFILE)]
    ):
        span = draft.spec.id.span if draft.spec and draft.spec.id else draft.uses[0].span if draft.uses else draft.span
        names = [type_ for type_ in catalogue.types() if ":" not in type_]
        diagnostics.add(
            Diagnostic(
                "CAMP304",
                f"the product of {draft.name} is unknown, because it has no characteristic",
                span,
                label="which product is this?",
                help="add a characteristic, such as  - characteristic_type: PostgreSQL\n"
                f"(the catalogue has {choices(draft.name, names)})",
            )
        )
    elif draft.spec is not None:
        first = next(c for c in draft.spec.characteristics if not c.characteristic_type.value.startswith(PROFILE))
        type_ = first.characteristic_type
        best = nearest(type_.value, catalogue.types())
        diagnostics.add(
            Diagnostic(
                "CAMP304",
                f"{draft.name} has a characteristic that no product of the catalogue has: {type_.value}",
                type_.span,
                label="unknown characteristic type",
                context=(draft.spec.id.span,) if draft.spec.id else (),
                help="" if best else "run  camp2iac catalogue list , or add your own:  --catalogue DIR",
                fixes=edits.type_(type_.span, "characteristic_type", type_.value, best),
            )
        )


def _version(
    draft: ServiceDraft,
    product: Product,
    known: list[Characteristic],
    statements: Statements,
    diagnostics: Diagnostics,
) -> Statement[VersionRange] | None:
    once = Once(draft.name, diagnostics)
    keys = [(c, product.characteristics[c.characteristic_type.value]) for c in known]
    given = [(c, key, c.extensions[key]) for c, key in keys if key and key in c.extensions]
    for characteristic, key, _ in given:
        once.first(f"the version of {product.title}", characteristic.extensions.key(key).span)
    for characteristic, key, node in given:
        exact = isinstance(node, Sequence) and len(node) == 1 and isinstance(node.items[0], Scalar)
        text = f"[{node.items[0].text}]" if exact else node.text if isinstance(node, Scalar) else ""  # type: ignore[union-attr]
        wanted = VersionRange.parse(text)
        line = characteristic.characteristic_type.span
        if wanted is None:
            diagnostics.add(
                Diagnostic(
                    "CAMP302",
                    f"the {key} of {draft.name} is not a version or a range of versions: {_shown(node)}",
                    node.span,
                    label="a version such as 15, a range such as [13,18), or latest belongs here",
                    context=(line,),
                    help=f'write, for example,  {key}: "{_any(product)}"',
                )
            )
            return None
        if product.known_releases and not any(release in wanted for release in product.known_releases):
            releases = [str(release) for release in product.known_releases]
            near = _nearest(product, wanted)
            spoken = f"{', '.join(releases[:-1])} and {releases[-1]}" if len(releases) > 1 else releases[0]
            diagnostics.add(
                Diagnostic(
                    "CAMP301",
                    f"camp2iac knows no release of {product.title} in the range {text}",
                    node.span,
                    label=wanted.words(),
                    context=(line,),
                    notes=(f"the catalogue has {spoken}",),
                    help=f'write  {key}: "{_any(product)}"  for any of these, or  {key}: "{near}"  for the nearest',
                    fixes=tuple(Fix(f'{key}: "{each}"', node.span, f'"{each}"') for each in (_any(product), near)),
                )
            )
            return None
        place = characteristic.extensions.key(key).span
        return statements.say(draft.subject, kinds.VERSION, wanted, f"{product.title} {text}", place)
    return None


def _shown(node: Node) -> str:
    """What is written where a version belongs."""
    if isinstance(node, Scalar):
        return node.text.strip() or ("an empty string" if node.quoted else "no value")
    return "a list" if isinstance(node, Sequence) else "a mapping"


def _next(version: Version) -> str:
    *head, last = version.text.split(".")
    return ".".join((*head, str(int(last) + 1)))


def _any(product: Product) -> str:
    return f"[{product.known_releases[0]},{_next(product.known_releases[-1])})" if product.known_releases else "1.0"


def _nearest(product: Product, wanted: VersionRange) -> str:
    above = [r for r in product.known_releases if wanted.high is not None and not r < wanted.high]
    near = above[0] if above else product.known_releases[-1]
    return f"[{near},{_next(near)})"


def _chosen(
    draft: ServiceDraft,
    product: Product,
    known: list[Characteristic],
    version: Statement[VersionRange] | None,
    statements: Statements,
) -> tuple[Statement[str], ...]:
    """The choice as one statement for all characteristics that selected the product. The version is a statement too."""
    if not known:
        return ()
    named = [c for c in known if c.characteristic_type.value.rpartition(":")[2].lower() == product.title.lower()]
    generic = [c for c in known if c not in named]
    if version is not None and (len(known) == 1 or not generic):
        return ()
    types = ", ".join(sorted(c.characteristic_type.value.rpartition(":")[2] for c in generic))
    words = f"{types}: {product.title}" if types else product.title
    place = (generic or known)[0].characteristic_type.span
    return (statements.say(draft.subject, kinds.PRODUCT, product.name, words, place),)
