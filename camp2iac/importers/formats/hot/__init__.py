"""Heat templates (HOT): servers, networks, volumes, groups, user data."""

from __future__ import annotations

from camp2iac.camp.nodes import Scalar
from camp2iac.diagnostics import Diagnostic
from camp2iac.diagnostics.suggest import short
from camp2iac.importers import DraftPlan, ImportSource
from camp2iac.importers.draft import DraftCharacteristic
from camp2iac.importers.formats.hot.balancers import HotBalancers
from camp2iac.importers.formats.hot.networks import HotNetworks
from camp2iac.importers.formats.hot.servers import HotServers
from camp2iac.importers.formats.hot.template import HotResource, HotTemplate, read_template
from camp2iac.importers.formats.hot.values import HANDLES, HotValues
from camp2iac.importers.tiers import PROFILE, ImportedApplication, ImportedService, plain_name

_WAITS = (*HANDLES, "OS::Heat::WaitCondition", "AWS::CloudFormation::WaitCondition", "OS::Heat::SwiftSignal")
_RULES = ("Alarm", "ScalingPolicy", "Gnocchi", "CronTrigger")


class Hot:
    """Imports Heat templates."""

    title = "Heat templates"
    files = ("*.hot", "main.y*ml", "template.y*ml", "*.yaml", "*.yml", "*.template")
    several = False

    def read(self, source: ImportSource) -> DraftPlan | None:
        """The plan; None after an error that ends the reading."""
        main = source.main[0]
        templates = read_template(source, main)
        if templates is None:
            if not source.diagnostics.failed:
                source.diagnostics.add(_nothing(main, "it has no heat_template_version"))
            return None
        plan = DraftPlan(plain_name(main.rpartition("/")[2].partition(".")[0], "application"))
        described = templates[0].part.get("description")
        if described is not None and isinstance(described.node, Scalar):
            plan.description = " ".join(described.node.text.split())[:500]
        application = ImportedApplication(plan)
        values = HotValues(source, plan.name)
        networks = HotNetworks(application, values)
        servers = HotServers(application, values, networks)
        for step in (networks.add, servers.add, servers.volumes, servers.deployments):
            for template in templates:
                step(template)
        for template in templates:
            networks.floating(template, servers.tiers)
        HotBalancers(application, values, servers).add(templates)
        for template in templates:
            for resource in template.all():
                _rest(application, resource)
            _parameters(template)
        if not application.tiers:
            source.diagnostics.add(_nothing(main, "it has no servers"))
            return None
        return application.finish()


def _rest(application: ImportedApplication, resource: HotResource) -> None:
    """What is left of a resource: its dependencies, and resources that a plan does not have."""
    depends = resource.part.get("depends_on")
    if depends is not None:
        depends.kept("the order of the plan")
    if resource.type == "OS::Swift::Container":
        service = ImportedService(
            application.id(resource.name, "store"), [DraftCharacteristic(f"{PROFILE}ObjectStore")]
        )
        application.alone.append(service)
        resource.kept(f"service {service.id}: an object store")
    elif resource.type in _WAITS:
        resource.part.changed(
            "camp-status", "each instance reports when it is ready", "set  callback  in the environment file"
        )
    elif any(word in resource.type for word in _RULES):
        resource.part.left_out("no platform of camp2iac scales by rules", "write  scale  in the environment file")
    resource.part.left_out("the plan has no such statement")


def _parameters(template: HotTemplate) -> None:
    for name, part in template.parameters.items():
        if name in template.used:
            part.changed("the values that use it", "the plan has its default, or the operator gives the value")
        else:
            part.left_out("no part of the plan uses it")


def _nothing(main: str, why: str) -> Diagnostic:
    message = f"{short(main)} describes no application: {why}"
    return Diagnostic("CAMP773", message, help="import a template with resources such as OS::Nova::Server")


IMPORTER = Hot()
