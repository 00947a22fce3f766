"""Build the topology of a plan."""

from __future__ import annotations

from camp2iac.camp.model import PlanDocument
from camp2iac.catalogue import Catalogue
from camp2iac.diagnostics import Diagnostics
from camp2iac.topology import (
    calls,
    characteristics,
    checks,
    components,
    confidential,
    declarations,
    fulfillment,
    href_secrets,
    process_tiers,
    services,
    tiers,
    written_secrets,
)
from camp2iac.topology.model import Topology
from camp2iac.topology.renames import reading as renames
from camp2iac.topology.renames import statements as former_names
from camp2iac.topology.renames.former import FormerNames
from camp2iac.topology.state import BuildState, Procfiles, no_procfiles
from camp2iac.topology.statements import Statements
from camp2iac.topology.usage import usage


def build(
    plan: PlanDocument,
    catalogue: Catalogue,
    name: str,
    diagnostics: Diagnostics,
    procfiles: Procfiles = no_procfiles,
) -> Topology:
    """Build the topology of a plan.

    Args:
        plan: the plan as read, with its references resolved.
        catalogue: the products that services can be.
        name: the name of the output: ``name:`` of the environment, else of the plan, else the package's name.
        diagnostics: receives the errors (CAMP3xx, CAMP205, CAMP206). If it contains errors, do not use the result.
        procfiles: reads the Procfile of content.
    """
    statements = Statements()
    plan, renamed = renames.read(plan, diagnostics)
    former_names.say(renamed, statements)
    used = usage(plan, catalogue, diagnostics)
    declared = declarations.read(plan, statements, diagnostics)
    state = BuildState(
        used, declared, catalogue, statements, diagnostics, procfiles=procfiles, former=FormerNames.of(renamed)
    )
    fulfillment.hosts(state)
    for draft in used.drafts.values():
        services.choose(draft, state)
    calls.resolve(state)
    fulfillment.others(state)
    networks = {
        draft.id: characteristics.read(draft.spec.characteristics, draft.subject, statements, diagnostics)
        for draft in sorted(used.drafts.values(), key=lambda draft: draft.id)
        if draft.spec is not None
    }
    made = tiers.make(networks, state)
    deployed = components.make(made, state)
    placed, deployed = process_tiers.make(made.tiers, deployed, state)
    offered, secrets = href_secrets.ask(services.make(made.of, deployed, state), declared, statements, diagnostics)
    topology = Topology(
        name=name,
        title=plan.labels.name.value if plan.labels.name else name,
        description=plan.labels.description.value if plan.labels.description else "",
        tags=tuple(sorted({tag.value for tag in plan.labels.tags})),
        origin=plan.origin.value if plan.origin else "",
        file=plan.file.rpartition("/")[2],
        components=deployed,
        services=offered,
        tiers=placed,
        networks=declared.networks,
        parameters=declared.parameters,
        secrets=secrets,
        span=plan.labels.name.span if plan.labels.name else plan.camp_version.span,
        statements=statements.all(),
        renames=renamed,
    )
    checks.run(topology, catalogue, diagnostics)
    written_secrets.report(plan, diagnostics)
    return confidential.mark(topology)
