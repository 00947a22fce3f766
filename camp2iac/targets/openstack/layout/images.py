"""Images: which one a tier's machines are made of, by the operating system or by the environment's word on the tier."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from camp2iac.diagnostics import Diagnostic, Diagnostics, Label
from camp2iac.synth.module import Block, Value, body, ref
from camp2iac.targets.base import Environment
from camp2iac.targets.openstack.layout import names
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup
from camp2iac.targets.openstack.layout.settings import is_id, os_of

IMAGE = "openstack_images_image_v2"


def system(shape: MachineGroup) -> str:
    """The operating system of a tier's machines: the plan's word, else the environment's."""
    compute = shape.tier.compute
    return (compute.value.os if compute else None) or shape.settings.os


def given(shape: MachineGroup) -> str | None:
    """The image by name or id; None where the environment does not say it."""
    if _own(shape):
        return shape.settings.image
    return shape.region.settings.image_of(system(shape))


def image(shape: MachineGroup) -> Value:
    """Its id."""
    found = given(shape)
    return found if found and is_id(found) else ref(f"data.{IMAGE}.{_label(shape)}", ".id")


def blocks(shapes: Iterable[MachineGroup]) -> list[Block]:
    """The images that machines of one region are made of, the newest of each name."""
    made = {}
    for shape in sorted(shapes, key=_place):
        found = given(shape)
        if found and is_id(found):
            continue
        settings = shape.settings if _own(shape) else shape.region.settings
        where = "image" if _own(shape) or system(shape) not in settings.images else "images"
        made[_label(shape)] = Block(
            "data",
            (IMAGE, _label(shape)),
            body(name=found or ref(f"var.{variable(shape)}"), most_recent=True),
            comment=settings.comment(where) if found else "",
        )
    return list(made.values())


def variable(shape: MachineGroup) -> str:
    """The variable that names an image where the environment names none."""
    os = system(shape)
    return shape.region.label("image" if os == shape.region.settings.os else f"image_{_of(os)}")


def questions(shapes: Iterable[MachineGroup]) -> Iterator[tuple[str, str]]:
    """The variables, with the operating system that each is about."""
    found = {variable(shape): system(shape) for shape in sorted(shapes, key=_place) if given(shape) is None}
    yield from found.items()


def check(shape: MachineGroup, environment: Environment, diagnostics: Diagnostics) -> None:
    """CAMP621: an image whose name tells another operating system than the plan asks for."""
    statement = shape.tier.compute
    found = given(shape)
    explicit = shape.settings.own.get("os", "").startswith("tiers")
    has = shape.settings.os if explicit else os_of(found) if found else None
    if statement is None or statement.value.os is None or not _own(shape) or has in (None, statement.value.os):
        return
    span = environment.span("tiers", shape.id, "image")
    diagnostics.add(
        Diagnostic(
            "CAMP621",
            f"{shape.id} asks for {statement.value.os}, and {environment.shown} gives it an image with {has}: {found}",
            span or statement.span,
            label="another operating system",
            related=(Label(statement.span, "asked for here"),) if span else (),
            help=f"name an image with {statement.value.os}, or say what is on this one  os: {statement.value.os}",
        )
    )


def _own(shape: MachineGroup) -> bool:
    """Whether the environment gives the tier an image of its own."""
    return "image" in shape.settings.own and shape.settings.image != shape.region.settings.image


def _label(shape: MachineGroup) -> str:
    """``machine``; the tier's name where it has its own; else for another operating system ``debian_13``."""
    if _own(shape):
        return shape.label
    os = system(shape)
    return shape.region.label("machine" if os == shape.region.settings.os else _of(os))


def _of(os: str) -> str:
    return names.label(os.replace(".", "-"))


def _place(shape: MachineGroup) -> tuple[bool, str, str]:
    os = system(shape)
    return os != shape.region.settings.os, os, shape.id
