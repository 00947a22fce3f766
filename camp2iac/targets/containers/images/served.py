"""The folders of volumes that a web server serves: the attribute ``files``."""

from __future__ import annotations

import re

from camp2iac.topology.model import Service

_WORD = r"(?!\.\.?(?:/|$))[A-Za-z0-9._~+@-]+"
_PAIR = re.compile(rf"(/(?:{_WORD}/)+)=((?:/{_WORD})+)/?")


def pairs(service: Service) -> tuple[tuple[str, str], ...]:
    """Pairs of a path and the folder that is served there. Other values than folders of volumes are left out."""
    statement = service.attributes.get("files")
    text = (statement.value.literal or "") if statement is not None else ""
    found = (_PAIR.fullmatch(each.strip()) for each in text.split(","))
    return tuple((pair[1], pair[2]) for pair in found if pair)


def inside(service: Service, mount: str) -> bool:
    """Whether it serves a folder of the volume at this path."""
    return bool(mount) and any(folder == mount or folder.startswith(f"{mount}/") for _, folder in pairs(service))
