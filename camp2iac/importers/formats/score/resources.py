"""Resources of Score workloads: services of the plan, volumes, endpoints, and what the operator has to give."""

from __future__ import annotations

import re

from camp2iac.catalogue import Catalogue
from camp2iac.catalogue.versions import VersionRange
from camp2iac.importers import software
from camp2iac.importers.draft import DraftArtifact, DraftPlan, DraftService
from camp2iac.importers.part import SourcePart
from camp2iac.importers.score_names import VERSION
from camp2iac.importers.software import SoftwareMatch
from camp2iac.record import Record, field, replace

_PRODUCTS = {
    "postgres": "postgresql",
    "postgres-instance": "postgresql",
    "mysql": "mariadb",
    "mysql-instance": "mariadb",
    "mariadb": "mariadb",
    "redis": "redis",
    "valkey": "valkey",
    "mongodb": "mongodb",
    "amqp": "rabbitmq",
    "rabbitmq": "rabbitmq",
    "memcached": "memcached",
}
#: Products that are a class of a type which is not their own.
_CLASSES = {"mysql": ("mariadb",), "redis": ("valkey",)}
_NO_NAME = re.compile(r"\W+", re.ASCII)
#: What an output of a resource is in the plan, by product; ``{id}`` and ``{name}`` are replaced.
_OUTPUTS = {
    "host": "IP({id})",
    "hostname": "IP({id})",
    "port": "PORT({id})",
    "password": "PASSWORD({id})",
    "username": "{name}",
    "user": "{name}",
    "name": "{name}",
    "database": "{name}",
    "vhost": "{name}",
    "connection": "{scheme}://{name}:PASSWORD({id})@IP({id}):PORT({id})/{name}",
}


class ScoreResource(Record):
    """A resource of a workload. ``service``: of the plan, if a product of the catalogue provides it."""

    name: str
    type: str
    part: SourcePart
    service: DraftService | None = None
    match: SoftwareMatch | None = None
    database: str = ""

    def output(self, name: str) -> str | None:
        """The value of an output in the plan; None if the plan has none."""
        if self.service is None or self.match is None:
            return None
        form = _OUTPUTS.get(name)
        if form is None:
            return None
        if self.match.product in ("redis", "valkey", "memcached"):
            if name in ("username", "user"):
                return "" if self.match.product == "memcached" else "default"
            if "{name}" in form:
                return None
        scheme = self.match.schemes[0] if self.match.schemes else ""
        return form.format(id=self.service.id, name=self.database, scheme=scheme)


class ScoreWorkload(Record):
    """A workload: its document, its resources, and the artifacts of its containers."""

    name: str
    document: SourcePart
    resources: dict[str, ScoreResource] = field(default_factory=dict)
    artifacts: list[DraftArtifact] = field(default_factory=list)
    services: list[DraftService] = field(default_factory=list)


def read(workload: ScoreWorkload, plan: DraftPlan, catalogue: Catalogue, shared: dict[str, ScoreResource]) -> None:
    """Read the resources of a workload. ``shared``: those with an ``id``, which several workloads can have."""
    part = workload.document.get("resources")
    for name, entry in part.entries("a mapping of resources") if part is not None else ():
        type_ = entry.get("type")
        if type_ is None or not type_.is_scalar:
            entry.wrong("a mapping with the type of the resource")
            continue
        made = ScoreResource(name, type_.text(), entry)
        workload.resources[name] = made
        class_ = entry.get("class")
        named = class_.text() if class_ is not None and class_.is_scalar else ""
        product = named if named in _CLASSES.get(made.type, ()) else _PRODUCTS.get(made.type)
        if product is None:
            continue
        id_ = entry.get("id")
        key = f"{made.type} {id_.text()}" if id_ is not None else ""
        if key and key in shared:
            first = shared[key]
            made.service, made.match, made.database = first.service, first.match, first.database
            entry.kept(f"service {first.service.id if first.service else ''}, which workloads share")
            continue
        _service(made, plan, catalogue, workload.name, product)
        if key:
            shared[key] = made


def _service(made: ScoreResource, plan: DraftPlan, catalogue: Catalogue, workload: str, product: str) -> None:
    made.match = software.named(product, catalogue)
    release = _release(made)
    if release is not None:
        made.match = replace(made.match, range=release.text())
    made.service = made.match.service(plan.id_for(made.name), made.part.where)
    plan.services.append(made.service)
    made.database = _NO_NAME.sub("_", f"{workload}_{made.name}").strip("_")[:30] or "app"
    if not made.database[0].isalpha():
        made.database = f"app_{made.database}"[:30]
    known = catalogue[product].attributes
    values = made.service.characteristic("org.camp2iac:Attributes").values if "user" in known else {}
    for key in ("database", "vhost", "user"):
        if key in known:
            values[key] = made.database
    for key, each in made.part.entries():
        to = f"service {made.service.id}: {made.match.characteristic}"
        if key == "metadata" and release is not None:
            release.kept(to)
        elif key == "class" and each.is_scalar and each.text() in _CLASSES.get(made.type, ()):
            each.kept(to)
        elif key == "type" and made.type.startswith("mysql") and product == "mariadb" and not _is_class(made):
            each.changed(to, "MariaDB runs instead: it has the protocol of MySQL, and other releases")
        elif key == "type" or key == "id":
            each.kept(to)
        elif key == "class":
            each.left_out("the environment file decides what a service costs", "write a size, or a plan of an add-on")
        else:
            each.left_out("it is for the program that creates the resource")


def _is_class(made: ScoreResource) -> bool:
    class_ = made.part.get("class")
    return class_ is not None and class_.is_scalar and class_.text() in _CLASSES.get(made.type, ())


def _release(made: ScoreResource) -> SourcePart | None:
    """The releases of a product that an export wrote."""
    part = made.part.get("metadata")
    for key in ("annotations", VERSION):
        part = part.get(key) if part is not None and part.is_mapping else None
    return part if part is not None and part.is_scalar and VersionRange.parse(part.text()) is not None else None


def rest(workload: ScoreWorkload) -> None:
    """Record resources that no product provides."""
    for made in workload.resources.values():
        if made.part.has_fate:
            continue
        if made.type == "environment":
            made.part.kept("parameters and secrets of the plan")
        elif made.type in ("volume", "dns", "route", "service-port"):
            made.part.left_out(*_UNUSED[made.type])
        else:
            made.part.changed(
                "secrets and parameters of the plan",
                f"the catalogue has no service for the type {made.type[:40]}, so the operator gives its outputs",
                "or write a service with an  href,  and a requirement ConnectTo",
            )


_UNUSED = {
    "volume": ("no container mounts it", ""),
    "dns": ("the host name is a decision of the operator", "write  hosts: [shop.example.org]  in org.camp2iac:Expose"),
    "route": ("it has no port of the workload", "write a requirement org.camp2iac:Expose"),
    "service-port": ("no variable uses it", "write a requirement ConnectTo"),
}
