"""A plan with the values of one environment: a step between reading a plan and building its topology.

First the overrides of the environment file replace values of the plan (:mod:`.overrides`), then parameters get their
values where the compiler must know them (:mod:`.parameters`). Other parameters become Terraform variables. The plan
itself never changes. See docs/adr/0025-values-of-environments.md.
"""

from __future__ import annotations

from functools import cache

from camp2iac.camp.model import PlanDocument, ServiceSpecification
from camp2iac.catalogue import Catalogue
from camp2iac.catalogue.model import Product
from camp2iac.diagnostics import Diagnostics
from camp2iac.topology.match import match
from camp2iac.topology.statements import Statements
from camp2iac.topology.substitution import values
from camp2iac.topology.substitution.given import Given, Substituted
from camp2iac.topology.substitution.overrides import Overriding
from camp2iac.topology.substitution.parameters import Replacing, SecretAttribute
from camp2iac.topology.substitution.places import SET, Override, Parts, Places
from camp2iac.topology.substitution.rebuild import Changes, rebuilt
from camp2iac.topology.substitution.settle import settle
from camp2iac.topology.usage import ServiceDraft, usage

__all__ = ["SET", "Given", "Places", "Substituted", "settle", "substitute"]


def substitute(plan: PlanDocument, catalogue: Catalogue, given: Given, diagnostics: Diagnostics) -> Substituted:
    """The plan with the values of an environment.

    Reports overrides of what the plan does not have (CAMP608, 609, 612), values that are not known (CAMP504), and
    secrets where the compiler must know a value (CAMP505).
    """
    overridden: tuple[Override, ...] = ()
    parts = Parts()
    displaced: set[str] = set()
    if len(given.overrides):
        names = {id_: draft.name for id_, draft in _drafts(plan, catalogue).items()}
        overriding = Overriding(given.overrides, catalogue, names, diagnostics)
        overriding.check(plan.artifacts)
        plan = rebuilt(plan, Changes(overriding.service, overriding.requirements, overriding.declared))
        overridden, parts, displaced = tuple(overriding.places), overriding.parts, overriding.displaced
    known = values.read(plan, given, diagnostics)
    replacing = Replacing(known, catalogue, _secrets(plan, catalogue), parts=parts)
    plan = rebuilt(plan, Changes(replacing.service, replacing.requirements, replacing.declared))
    return Substituted(
        plan,
        frozenset(known.used),
        frozenset(displaced),
        frozenset(name for name in known.used if known.unchecked(name)),
        Places(replacing.uses, overridden, replacing.parts, plan.file),
    )


def _secrets(plan: PlanDocument, catalogue: Catalogue) -> SecretAttribute:
    """A function that says whether an attribute of a service's product is secret."""

    @cache
    def drafts() -> dict[int, ServiceDraft]:
        return _drafts(plan, catalogue)

    @cache
    def product(spec: int) -> Product | None:
        draft = drafts().get(spec)
        found = match(draft, catalogue, Statements(), Diagnostics()) if draft is not None else None
        return found.product if found is not None else None

    def secret(spec: ServiceSpecification, name: str) -> bool:
        chosen = product(id(spec))
        form = chosen.attributes.get(name) if chosen is not None else None
        return form is not None and form.secret

    return secret


def _drafts(plan: PlanDocument, catalogue: Catalogue) -> dict[int, ServiceDraft]:
    """The services of a plan by the identity of their specifications. Their errors are reported later."""
    found = usage(plan, catalogue, Diagnostics())
    return {id(draft.spec): draft for draft in found.drafts.values() if draft.spec is not None}
