"""Volume: data that survives the instance."""

from __future__ import annotations

from camp2iac.camp.nodes import Mapping
from camp2iac.diagnostics import Span
from camp2iac.diagnostics.located import located
from camp2iac.topology import quantities
from camp2iac.topology import statement_kinds as kinds
from camp2iac.topology.characteristics.reading import ServiceReading, text
from camp2iac.topology.model import Volume


def read(reading: ServiceReading, given: Mapping, _span: Span) -> None:
    """Record the Volume."""
    name = text(given, "name") or "data"
    size, mount, type_ = text(given, "size") or "", text(given, "mount"), text(given, "type")
    parts = [
        name if "name" in given else "",
        f"size {size}",
        f"mount {mount}" if mount else "",
        f"type {type_}" if type_ else "",
    ]
    words = f"Volume: {', '.join(part for part in parts if part)}"
    volume = Volume(label(name), located(quantities.gibibytes(size), given["size"].span), mount, type_)
    reading.say(kinds.VOLUME, volume, words, given.key("size").span, name=volume.name)


def label(name: str) -> str:
    """A volume's name in the form that a device and an address can have."""
    return name.lower().replace("_", "-").replace(".", "-")
