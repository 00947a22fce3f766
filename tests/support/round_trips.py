"""What an application consists of, in a form in which two topologies can be compared: :func:`facets`.

Each facet is a mapping from the part of the plan to what is compared of it.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from pathlib import Path

from camp2iac import read
from camp2iac.importers import read as import_source
from camp2iac.importers import registry
from camp2iac.targets.containers.layout.names import word
from camp2iac.targets.kit import service_ports
from camp2iac.topology.model import Component, Service, Topology
from support.exports import PlanExport

Facet = Mapping[object, object]


def imported(format_: str, export: PlanExport, place: Path) -> Topology | str:
    """The topology of an export that was written to a folder and imported again; or why there is none."""
    export.write(place)
    importer = registry.find(format_)
    assert importer is not None
    found = import_source(format_, importer, place)
    if found.plan is None:
        return "refused"
    (place / "camp.yaml").write_text(found.plan.text(format_, found.main[0]))
    for name, data in found.plan.files.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(data)
    compiled = read(place).compile(target="docker").compiled.result
    return compiled.topology if compiled is not None else "not compiled"


def _components(topology: Topology) -> Facet:
    """Each component, and the kind of its artifact."""
    return {each.id: each.kind for each in topology.components.values()}


def _resources(topology: Topology) -> dict[str, Service]:
    """The services that components connect to, and that run where the application does."""
    return {
        each.id: each
        for each in topology.services.values()
        if each.product.role == "service" and each.href is None and topology.users(each.id)
    }


def _products(topology: Topology) -> Facet:
    return {id_: each.product.name for id_, each in _resources(topology).items()}


def _releases(topology: Topology) -> Facet:
    return {id_: str(each.version.value) if each.version else "" for id_, each in _resources(topology).items()}


def _links(topology: Topology) -> Facet:
    """What each component connects to, except services elsewhere, which have no name in a format."""
    return _of(
        topology,
        lambda each: {
            link.callee or link.service for link in each.links if topology.services[link.service].href is None
        },
    )


def _ports(topology: Topology) -> Facet:
    """The ports that the plan names, and those of the products of components that answer."""
    usual = service_ports.listening(topology)
    found = {
        each.id: {(end.port.value if end.port else usual.get(each.id), end.protocol == "udp") for end in each.exposures}
        for each in _all(topology)
    }
    return {id_: ports or {(usual[id_], False)} for id_, ports in found.items() if ports or id_ in usual}


def _public(topology: Topology) -> Facet:
    """The ports for users, if the plan has an Expose anywhere. Otherwise, the platform decides it."""
    usual = service_ports.listening(topology)
    if not any(each.exposures for each in _all(topology)):
        return {}
    public = {each.id: [end for end in each.exposures if end.public and end.public.value] for each in _all(topology)}
    return {
        id_: {end.port.value if end.port else usual.get(id_) for end in ends} for id_, ends in public.items() if ends
    }


def _hosts(topology: Topology) -> Facet:
    return _of(topology, lambda each: {host for end in each.exposures if end.hosts for host in end.hosts.value})


def _numbers(topology: Topology) -> Facet:
    """The initial number of instances, if it is not one."""
    scales = {each.id: topology.tiers[each.tier].scale for each in _all(topology)}
    return {id_: scale.value.initial for id_, scale in scales.items() if scale and scale.value.initial != 1}


def _sizes(topology: Topology) -> Facet:
    sizes = {each.id: topology.tiers[each.tier].compute for each in _all(topology)}
    found = {id_: (each.value.cores, each.value.memory) for id_, each in sizes.items() if each}
    return {id_: each for id_, each in found.items() if each != (None, None)}


def _processes(topology: Topology) -> Facet:
    return _of(topology, lambda each: {word(process.type) for process in each.processes if process.type != "web"})


def _schedules(topology: Topology) -> Facet:
    return _of(topology, lambda each: {(one.name, one.command, one.zone, one.deadline) for one in each.schedules})


def _variables(topology: Topology) -> Facet:
    """The names of the variables that the plan sets, without those of links."""
    return _of(topology, lambda each: {variable.name for variable in each.variables})


def _secrets(topology: Topology) -> Facet:
    """The names of secrets and of parameters with a secret value, that are used."""
    named = {*topology.secrets, *(each.id for each in topology.parameters.values() if each.confidential)}
    return {_upper(name): True for name in named & set(topology.references_to)}


def _parameters(topology: Topology) -> Facet:
    """The names of other parameters that are used, and their defaults."""
    plain = {each.id: each.default for each in topology.parameters.values() if not each.confidential}
    return {_upper(id_): str(default).lower() for id_, default in plain.items() if id_ in topology.references_to}


def _volumes(topology: Topology) -> Facet:
    """The volumes of components, and where they are mounted."""
    hosts = {each.host: each.id for each in _all(topology)}
    found = {
        (hosts.get(each.subject.id), each.value.mount or f"/srv/{each.value.name}")
        for tier in topology.tiers.values()
        for each in tier.volumes
    }
    return {each: True for each in found if each[0] is not None}


def _data(topology: Topology) -> Facet:
    """The services with a volume."""
    own = _resources(topology)
    return {
        each.subject.id: True for tier in topology.tiers.values() for each in tier.volumes if each.subject.id in own
    }


def _loads(topology: Topology) -> Facet:
    """The SQL scripts that are loaded into services."""
    jobs = [(id_, job) for id_, each in _resources(topology).items() for job in each.jobs if job.kind == "sql"]
    return {(id_, posixpath.basename(job.content.path)): True for id_, job in jobs if job.content.path}


FACETS: Mapping[str, Callable[[Topology], Facet]] = {
    "components": _components,
    "products": _products,
    "releases": _releases,
    "links": _links,
    "ports": _ports,
    "public": _public,
    "hosts": _hosts,
    "numbers": _numbers,
    "sizes": _sizes,
    "processes": _processes,
    "schedules": _schedules,
    "variables": _variables,
    "secrets": _secrets,
    "parameters": _parameters,
    "volumes": _volumes,
    "data": _data,
    "loads": _loads,
}


def differing(before: Topology, after: Topology) -> dict[str, str]:
    """The facets that differ, and how."""
    found = {}
    for name, facet in FACETS.items():
        old, new = facet(before), facet(after)
        parts = [key for key in {**old, **new} if old.get(key) != new.get(key)]
        if parts:
            found[name] = "; ".join(
                f"{key}: {_shown(old.get(key))} -> {_shown(new.get(key))}" for key in sorted(parts, key=str)
            )
    return found


def _shown(value: object) -> str:
    return ", ".join(sorted(map(str, value))) or "none" if isinstance(value, set) else str(value)


def _all(topology: Topology) -> list[Component]:
    return [each for each in topology.components.values() if not each.part_of]


def _of(topology: Topology, get: Callable[[Component], set[object] | set[str]]) -> Facet:
    return {each.id: found for each in _all(topology) if (found := get(each))}


def _upper(id_: str) -> str:
    return re.sub(r"\W", "_", id_).upper()
