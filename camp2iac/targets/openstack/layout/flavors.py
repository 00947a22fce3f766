"""Sizes of machines: the smallest that fits, or a variable where the environment knows none."""

from __future__ import annotations

from camp2iac.diagnostics import Diagnostic, Diagnostics
from camp2iac.diagnostics.suggest import choices, nearest
from camp2iac.record import Record, replace
from camp2iac.synth.module import Block, Value, body, expr, ref
from camp2iac.targets.base import Environment, Ledger
from camp2iac.targets.openstack.layout import names
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup
from camp2iac.targets.openstack.layout.settings import Size
from camp2iac.topology import quantities
from camp2iac.topology.model import Compute

FLAVOR = "openstack_compute_flavor_v2"


class Flavor(Record, frozen=True):
    """A tier's flavor. ``size``: what the environment says of it; None: a variable names it."""

    name: Value
    size: Size | None
    compute: Compute
    comment: str

    @property
    def checked(self) -> bool:
        """Whether the plan asks for something that the cloud can be asked about."""
        return any((self.compute.cores, self.compute.memory, self.compute.disk))

    @property
    def by_id(self) -> bool:
        """Whether ``name`` is an id."""
        return self.size is not None and self.size.by_id


def choose(shape: MachineGroup, ledger: Ledger, environment: Environment, diagnostics: Diagnostics) -> Flavor:
    """The size of a tier's machines (CAMP610: none fits, CAMP611: none has the name)."""
    statement, settings = shape.tier.compute, shape.settings
    compute = statement.value if statement else Compute()
    if settings.boot_volume:
        compute = replace(compute, disk=None)  # its own disk is that volume
    size = _size(shape, compute, environment, diagnostics) if settings.sizes or settings.size else None
    where = f"{settings.comment('size' if settings.size else 'sizes')}; " if size else ""
    flavor = Flavor(size.flavor if size else ref(f"var.{names.flavor(shape.id)}"), size, compute, where)
    if statement is None:
        return flavor
    words = size.flavor if size else f"variable {names.flavor(shape.id)}"
    if statement.value.os and not any(
        (statement.value.cores, statement.value.memory, statement.value.disk, statement.value.size)
    ):  # nothing else is said
        words = statement.value.os
    if statement.value.disk and settings.boot_volume:
        words += ", boots from a volume"
    ledger.keep(statement, words)
    return flavor


def _size(shape: MachineGroup, compute: Compute, environment: Environment, diagnostics: Diagnostics) -> Size | None:
    settings = shape.settings
    known = {size.name: size for size in settings.sizes}
    ours = environment.span("tiers", shape.id, "size")
    span = shape.tier.compute.span if shape.tier.compute else ours or shape.tier.span
    wanted = settings.size or compute.size
    if wanted is not None and wanted not in known:
        best = nearest(wanted, known)
        asks = f"{shape.id} asks" if not settings.size else f"{settings.file} asks for {shape.id}"
        diagnostics.add(
            Diagnostic(
                "CAMP611",
                f"{asks} for a size that {settings.file} does not have: {wanted}",
                ours or span,
                label="no size has this name",
                help=f"write  size: {best}" if best else f"the environment has {choices(wanted, known) or 'no sizes'}",
            )
        )
        return None
    candidates = [known[wanted]] if wanted else settings.sizes
    fitting = [size for size in candidates if _fits(size, compute)]
    if fitting:
        return fitting[0]
    largest = candidates[-1]
    diagnostics.add(
        Diagnostic(
            "CAMP610",
            f"no size in {settings.file} has what {shape.id} asks for: {words(compute)}",
            span,
            label=f"the nearest, {largest.name}, has {_has(largest)}",
            help=f"add a size to {settings.file}:\n"
            f"sizes: {{ {shape.id}: {{ flavor: FLAVOR, cores: {max(compute.cores or 1, largest.cores)}, "
            f"memory: {quantities.words(max(compute.memory or 0, largest.memory))} }} }}",
        )
    )
    return None


def _fits(size: Size, compute: Compute) -> bool:
    disk = compute.disk is None or size.disk is None or size.disk * 1024 >= compute.disk
    return disk and size.cores >= (compute.cores or 0) and size.memory >= (compute.memory or 0)


def words(compute: Compute) -> str:
    """``1 core and 2 GiB``."""
    parts = []
    if compute.cores:
        parts.append(f"{compute.cores} core{'s' if compute.cores > 1 else ''}")
    if compute.memory:
        parts.append(quantities.words(compute.memory))
    if compute.disk:
        parts.append(f"a disk of {quantities.words(compute.disk)}")
    return " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)


def _has(size: Size) -> str:
    return words(Compute(size.cores, size.memory, size.disk * 1024 if size.disk else None))


def block(shape: MachineGroup, flavor: Flavor, file: str) -> list[Block]:
    """The flavor as the cloud has it, held to what the plan asks for; nothing where it asks for nothing."""
    if not flavor.checked:
        return []
    compute = flavor.compute
    conditions = [
        f"self.{name} >= {least}"
        for name, least in (
            ("vcpus", compute.cores),
            ("ram", compute.memory),
            ("disk", -(-compute.disk // 1024) if compute.disk else None),
        )
        if least
    ]
    node = f"{file}: {shape.id}, Compute"
    message = f"The plan asks for {words(compute)} for the tier {shape.id} ({node})."
    check = Block("postcondition", body=body(condition=expr(" && ".join(conditions)), error_message=message))
    return [
        Block(
            "data",
            (FLAVOR, shape.label),
            body(Block("lifecycle", body=(check,)), **{"flavor_id" if flavor.by_id else "name": flavor.name}),
            comment=flavor.comment + node,
            origin=shape.tier.compute.span if shape.tier.compute else None,
        )
    ]


def named(shape: MachineGroup, flavor: Flavor) -> dict[str, Value]:
    """What a machine says its flavor is: its argument, by name or id."""
    if flavor.checked:
        return {"flavor_name": ref(f"data.{FLAVOR}.{shape.label}", ".name")}
    return {"flavor_id" if flavor.by_id else "flavor_name": flavor.name}


def why(flavor: Flavor) -> str:
    """A comment on a flavor that nobody asked for by its sizes; empty where its data source has one."""
    if flavor.checked or flavor.size is None:
        return ""
    asked = "" if flavor.compute.size or flavor.comment.endswith("size; ") else ", the smallest"
    return f"Flavor by {flavor.comment.removesuffix('; ')}{asked}."
