"""Heroku: an app per component, add-ons for services, builds from copies of the content.

``layout`` decides, ``checks`` find errors, ``resources`` writes the module, and ``account`` records the outcome of each
statement of the plan. ``runtimes`` prepares the content of each language for its buildpack.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from camp2iac.targets.base import Context, Lowered
from camp2iac.topology.model import Topology

if TYPE_CHECKING:
    from camp2iac.synth.module import Module
    from camp2iac.targets.deployed import Inventory
    from camp2iac.targets.module_tests import ModuleTests
    from camp2iac.targets.secret_table import SecretTable


class HerokuTarget:
    """The target ``heroku``."""

    name = "heroku"
    title = "Heroku"

    @property
    def environment_schema(self) -> Mapping[str, Any]:
        """The JSON Schema of the environment file."""
        from camp2iac.targets.kit import environment_schema

        return environment_schema(__name__)

    @property
    def product_schema(self) -> Mapping[str, object]:
        """The JSON Schema of a product's ``heroku.yaml``."""
        from camp2iac.targets.heroku import offers

        return offers.schema()

    @property
    def inventory(self) -> Inventory:
        """What reports show of deployed resources."""
        from camp2iac.targets.heroku.inventory import INVENTORY

        return INVENTORY

    @property
    def secrets(self) -> SecretTable:
        """How secrets are made, kept and rotated."""
        from camp2iac.targets.heroku.secrets import SECRETS

        return SECRETS

    def tests(self, module: Module) -> ModuleTests:
        """What the tests of a module need."""
        from camp2iac.targets.heroku import tested

        return tested.of(module)

    def lower(self, topology: Topology, context: Context) -> Lowered:
        """Terraform for the topology. Pure. Reports CAMP440 to 448, CAMP615 to 619, CAMP633 to 636 and CAMP765."""
        from camp2iac.synth.module import Module
        from camp2iac.targets.heroku import checks, facts, offers
        from camp2iac.targets.heroku.account import account
        from camp2iac.targets.heroku.keeping import KEEPS
        from camp2iac.targets.heroku.layout.layout import HerokuLayout
        from camp2iac.targets.heroku.replacing import REPLACING
        from camp2iac.targets.heroku.resources import readme, resources, tracking
        from camp2iac.targets.kit import run_checks
        from camp2iac.targets.kit.protection import protect, unprotected

        if not offers.sound((service.product for service in topology.services.values()), context.diagnostics):
            return Lowered(Module(), ())
        layout = HerokuLayout.of(topology, context.environment, context.package, context.broken)
        run_checks(checks, layout, context.diagnostics)
        account(layout, context.ledger)
        module = resources(layout)
        documents = tuple(document for app in layout.apps.values() for document in app.build.documents)
        known = protect(module, tracking.tracked(layout, module), KEEPS, context.environment)
        context.diagnostics.extend(unprotected(known, KEEPS, context.environment, topology))
        says, meaning = readme.text(layout), facts.of(layout)
        return Lowered(module, documents, says, tracked=known, replacing=REPLACING, facts=meaning)


__all__ = ["HerokuTarget"]
