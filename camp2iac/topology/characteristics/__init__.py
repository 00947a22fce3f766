"""Read the profile's characteristics of a service into statements. One module per characteristic."""

from __future__ import annotations

from camp2iac.camp.model import Characteristic
from camp2iac.camp.nodes import Mapping
from camp2iac.diagnostics import Diagnostics, Span
from camp2iac.topology.characteristics import attributes, balance, compute, placement, ports, scale, volume
from camp2iac.topology.characteristics.reading import ServiceReading, text
from camp2iac.topology.duplicates import Once
from camp2iac.topology.profile import CHARACTERISTICS, known, sound
from camp2iac.topology.requirements import PROFILE
from camp2iac.topology.statements import Statements, Subject

_READERS = {
    "Attributes": attributes.read,
    "Balance": balance.read,
    "Compute": compute.read,
    "ObjectStore": lambda reading, given, span: None,  # it selects the product, which records it
    "Placement": placement.read,
    "Ports": ports.read,
    "Scale": scale.read,
    "Volume": volume.read,
}


def read(
    characteristics: tuple[Characteristic, ...], service: Subject, statements: Statements, diagnostics: Diagnostics
) -> dict[str, Span]:
    """Record the profile's characteristics of a service, and skip others.

    Returns the networks that they name, with their places.
    """
    reading, once = ServiceReading(service, statements, diagnostics), Once(service.name, diagnostics)
    for characteristic in characteristics:
        type_, given = characteristic.characteristic_type, characteristic.extensions
        if not type_.value.startswith(PROFILE):
            continue
        name = known(type_.value, type_.span, CHARACTERISTICS, "characteristic", diagnostics)
        if name is None or not sound(name, given, service.name, diagnostics, type_.span):
            continue
        fresh = [once.first(*once_only) for once_only in _single(name, given, type_.span)]
        if all(fresh):
            _READERS[name](reading, given, type_.span)
    return reading.networks


def _single(name: str, given: Mapping, span: Span) -> list[tuple[str, Span, str]]:
    """What a service can have only once: for each part of a characteristic its words, its place and the help."""
    if name in ("Scale", "Compute", "Balance"):
        return [(name, span, f"write one {name} with all of its keys")]
    if name == "Volume":
        label = volume.label(text(given, "name") or "data")
        return [(f"the volume {label}", span, "rename one of them, for example  name: uploads")]
    if name in ("Placement", "Attributes"):
        what = {"Placement": "Placement's {}", "Attributes": "the attribute {}"}[name]
        return [(what.format(key), entry.key.span, "keep one of them") for key, entry in given.entries.items()]
    return []  # several Ports open more ports
