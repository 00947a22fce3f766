"""A target for Nomad: each component that is a container image becomes a job."""

from camp2iac import Fix, Outcome
from camp2iac.targets import kit
from camp2iac.targets.api import Component, Context, Lowered, Topology, Value, call

SCHEME = "docker://"
NO_IMAGE = "Nomad runs images from a registry."
PUBLIC = "The network of the nodes decides who can connect."

PLACES = (
    kit.Place("artifact", (Outcome.KEPT, Outcome.LOST), NO_IMAGE),
    kit.Place("env", (Outcome.KEPT, Outcome.DEGRADED), "Jobs cannot refer to addresses, ports and secrets of other services."),
    kit.Place("expose.port", (Outcome.KEPT,)),
    kit.Place("expose.public", (Outcome.LOST,), PUBLIC),
    kit.Place("parameter", (Outcome.KEPT,)),
    kit.Place("product", (Outcome.KEPT, Outcome.LOST), NO_IMAGE),
    kit.Place("scale", (Outcome.KEPT,)),
)


class NomadTarget:
    """The target ``nomad``."""

    name = "nomad"
    title = "Nomad"
    environment_schema = {
        "type": "object",
        "additionalProperties": False,
        "properties": {"datacenter": {"type": "string", "description": "Where the jobs run. Default: dc1."}},
    }

    def lower(self, topology: Topology, context: Context) -> Lowered:
        """Write one job for each component."""
        module = kit.ModuleBuilder(topology, context.environment)
        module.head({"nomad": ("hashicorp/nomad", "~> 2.4")})
        known: dict[tuple[str, str], Value] = {}
        for parameter in topology.parameters.values():
            name = kit.names.variable(parameter.id)
            known["parameter", parameter.id] = module.parameter(parameter, name)
            context.ledger.keep(parameter.statement, f"-var {name}=...")
        counts: dict[str, Value] = {}
        for tier in topology.tiers.values():
            counts[tier.id] = 1
            if tier.scale:
                name, initial = kit.names.identifier(tier.id, "count"), tier.scale.value.initial
                where = module.plan(f"{tier.id}, Scale")
                counts[tier.id] = module.variable(name, f"Number of {tier.id}.", "number", initial, comment=where)
                context.ledger.keep(tier.scale, f"-var {name}=N")
        for component in topology.components.values():
            href = str(component.content.href or "")
            if href.startswith(SCHEME):
                context.ledger.keep(component.statement, f"job {component.id}")
                _job(component, href.removeprefix(SCHEME), counts[component.tier], known, module, context)
            else:
                fix = Fix(f"content: {{ href: {SCHEME}REGISTRY/NAME }}", note="Push the image to a registry.")
                context.ledger.lose(component.statement, NO_IMAGE, fix)
        return Lowered(module.module, ())


def _job(
    component: Component,
    image: str,
    count: Value,
    known: dict[tuple[str, str], Value],
    module: kit.ModuleBuilder,
    context: Context,
) -> None:
    """Write a job in the form of Nomad's API: https://developer.hashicorp.com/nomad/api-docs/json-jobs."""
    environment: dict[str, Value] = {}
    for variable in component.variables:
        found = kit.resolve(variable.value, module.topology, lambda part: known.get((part.kind, part.name)))
        environment[variable.name] = found.value
        if found.missing:
            context.ledger.degrade(variable.statement, "a part is empty", "Nomad cannot resolve all of its references.")
        else:
            context.ledger.keep(variable.statement, "Env")
    ports = {f"port{port.value}": port for port in (exposure.port for exposure in component.exposures) if port}
    reserved: Value = tuple({"Label": name, "Value": port.value, "To": port.value} for name, port in ports.items())
    kept = [kit.kept(port, f"port {port.value} of its nodes") for port in ports.values()]
    kept += [kit.kept(statement, "docker") for statement in module.topology.services[component.host].chosen_by]
    lost = [kit.lost(exposure.public, PUBLIC) for exposure in component.exposures if exposure.public]
    kit.enter(context.ledger, kept + lost)
    config: Value = {"image": image, "ports": tuple(ports)}
    task: Value = {"Name": component.id, "Driver": "docker", "Config": config, "Env": environment}
    group: Value = {"Name": component.id, "Count": count, "Networks": ({"ReservedPorts": reserved},), "Tasks": (task,)}
    datacenters = (context.environment.get("datacenter", default="dc1"),)
    job: Value = {"ID": component.id, "Name": component.id, "Datacenters": datacenters, "TaskGroups": (group,)}
    module.resource(
        kit.names.file(component.id, "job"),
        "nomad_job",
        kit.names.identifier(component.id),
        comment=module.plan(component.id),
        origin=component.span,
        jobspec=call("jsonencode", job),
        json=True,
    )
