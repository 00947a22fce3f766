"""Docker: a container for each service and each process, on networks of the plan.

``layout`` decides, ``checks`` find errors, ``resources`` writes the module, and ``account`` records the outcome of each
statement of the plan. ``images`` writes the Dockerfile of each component, and ``offers`` has the official images.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from camp2iac.targets.base import Context, Lowered
from camp2iac.topology.model import Topology

if TYPE_CHECKING:
    from camp2iac.synth.module import Module
    from camp2iac.targets.deployed import Inventory
    from camp2iac.targets.module_tests import ModuleTests
    from camp2iac.targets.secret_table import SecretTable


class DockerTarget:
    """The target ``docker``."""

    name = "docker"
    title = "Docker"

    @property
    def environment_schema(self) -> Mapping[str, object]:
        """The JSON Schema of the environment file."""
        from camp2iac.targets.kit import environment_schema

        return environment_schema(__name__)

    @property
    def product_schema(self) -> Mapping[str, object]:
        """The JSON Schema of a product's ``docker.yaml``."""
        from camp2iac.targets.containers import offers

        return offers.schema()

    @property
    def inventory(self) -> Inventory:
        """What reports show of deployed resources."""
        from camp2iac.targets.docker.inventory import INVENTORY

        return INVENTORY

    @property
    def secrets(self) -> SecretTable:
        """How secrets are made, kept and rotated."""
        from camp2iac.targets.docker.secrets import SECRETS

        return SECRETS

    def tests(self, module: Module) -> ModuleTests:
        """What the tests of a module need."""
        from camp2iac.targets.docker import tested

        return tested.of(module)

    def lower(self, topology: Topology, context: Context) -> Lowered:
        """Terraform for the topology. Pure. Reports CAMP311, CAMP470 to CAMP474."""
        from camp2iac.synth.module import Module
        from camp2iac.targets.containers import checks as shared
        from camp2iac.targets.containers import offers
        from camp2iac.targets.docker import checks, facts
        from camp2iac.targets.docker.account import account
        from camp2iac.targets.docker.keeping import KEEPS
        from camp2iac.targets.docker.layout.layout import DockerLayout
        from camp2iac.targets.docker.replacing import REPLACING
        from camp2iac.targets.docker.resources import documents, readme, resources, tracking
        from camp2iac.targets.kit import run_checks
        from camp2iac.targets.kit.protection import protect, unprotected

        if not offers.sound((service.product for service in topology.services.values()), context.diagnostics):
            return Lowered(Module(), ())
        layout = DockerLayout.of(topology, context.environment, context.package, context.broken)
        run_checks(shared, layout, context.diagnostics)
        run_checks(checks, layout, context.diagnostics)
        account(layout, context.ledger)
        module = resources(layout)
        known = protect(module, tracking.tracked(layout, module), KEEPS, context.environment)
        context.diagnostics.extend(unprotected(known, KEEPS, context.environment, topology))
        return Lowered(
            module,
            documents(layout),
            readme.text(layout),
            tracked=known,
            replacing=REPLACING,
            facts=facts.of(layout),
        )


__all__ = ["DockerTarget"]
