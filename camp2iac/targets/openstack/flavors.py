"""Sizes of machines: the smallest that fits, or a variable where the environment knows none; and images."""

from __future__ import annotations

from dataclasses import dataclass

from camp2iac.diagnostics import Diagnostic, Diagnostics
from camp2iac.diagnostics.suggest import choices, nearest
from camp2iac.synth.module import Block, Ref, Value, body, expr, ref
from camp2iac.targets.base import Ledger
from camp2iac.targets.openstack import names
from camp2iac.targets.openstack.settings import Settings, Size
from camp2iac.targets.openstack.tiers import Shape
from camp2iac.topology import quantities
from camp2iac.topology.model import Compute

FLAVOR = "openstack_compute_flavor_v2"
IMAGE = "openstack_images_image_v2"


@dataclass(frozen=True, slots=True)
class Flavor:
    """A tier's flavor. ``size``: what the environment says of it; None: a variable names it."""

    name: Value
    size: Size | None
    compute: Compute
    comment: str

    @property
    def checked(self) -> bool:
        """Whether the plan asks for something that the cloud can be asked about."""
        return any((self.compute.cores, self.compute.memory, self.compute.disk))


def choose(shape: Shape, settings: Settings, ledger: Ledger, diagnostics: Diagnostics) -> Flavor:
    """The size of a tier's machines (CAMP610: none fits, CAMP611: none has the name)."""
    said = shape.tier.compute
    compute = said.value if said else Compute()
    size = _size(shape, compute, settings, diagnostics) if settings.sizes else None
    where = f"{settings.comment('sizes')}; " if size else ""
    flavor = Flavor(size.flavor if size else ref(f"var.{names.flavor(shape.id)}"), size, compute, where)
    if said is None:
        return flavor
    words = size.flavor if size else f"variable {names.flavor(shape.id)}"
    if compute.os and len([part for part in (compute.cores, compute.memory, compute.disk, compute.size) if part]) == 0:
        words = compute.os
    ledger.keep(said, words)
    return flavor


def _size(shape: Shape, compute: Compute, settings: Settings, diagnostics: Diagnostics) -> Size | None:
    known = {size.name: size for size in settings.sizes}
    span = shape.tier.compute.span if shape.tier.compute else shape.tier.span
    if compute.size is not None and compute.size not in known:
        best = nearest(compute.size, known)
        diagnostics.add(
            Diagnostic(
                "CAMP611",
                f"{shape.id} asks for a size that {settings.file} does not have: {compute.size}",
                span,
                label="no size has this name",
                help=f"write  size: {best}" if best else f"the environment has {choices(compute.size, known)}",
            )
        )
        return None
    candidates = [known[compute.size]] if compute.size else settings.sizes
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


def block(shape: Shape, flavor: Flavor, file: str) -> list[Block]:
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
            body(Block("lifecycle", body=(check,)), name=flavor.name),
            comment=flavor.comment + node,
            origin=shape.tier.compute.span if shape.tier.compute else None,
        )
    ]


def name(shape: Shape, flavor: Flavor) -> Value:
    """What a machine says its flavor is."""
    return ref(f"data.{FLAVOR}.{shape.label}", ".name") if flavor.checked else flavor.name


def why(flavor: Flavor) -> str:
    """A comment on a flavor that nobody asked for by its sizes; empty where its data source has one."""
    if flavor.checked or flavor.size is None:
        return ""
    asked = "" if flavor.compute.size else ", the smallest"
    return f"Flavor by {flavor.comment.removesuffix('; ')}{asked}."


def os_of(shape: Shape, settings: Settings) -> str:
    """The operating system of a tier's machines: the plan's word, else the environment's."""
    compute = shape.tier.compute
    return (compute.value.os if compute else None) or settings.os


def image(os: str, settings: Settings) -> Ref:
    """The image with an operating system."""
    return ref(f"data.{IMAGE}.{image_label(os, settings)}", ".id")


def image_label(os: str, settings: Settings) -> str:
    """``machine``, or for another operating system than the environment's ``debian_13``."""
    return "machine" if os == settings.os else names.label(os.replace(".", "-"))


def image_variable(os: str, settings: Settings) -> str:
    """The variable that names an image where the environment names none."""
    return "image" if os == settings.os else f"image_{image_label(os, settings)}"


def images(systems: list[str], settings: Settings) -> list[Block]:
    """The images, the newest of each name."""
    blocks = []
    for os in sorted(set(systems), key=lambda os: (os != settings.os, os)):
        given = settings.image_of(os)
        where = "images" if os in settings.images else "image"
        blocks.append(
            Block(
                "data",
                (IMAGE, image_label(os, settings)),
                body(name=given or ref(f"var.{image_variable(os, settings)}"), most_recent=True),
                comment=settings.comment(where) if given else "",
            )
        )
    return blocks
