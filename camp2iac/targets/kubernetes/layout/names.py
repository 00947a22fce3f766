"""Names in the cluster, of variables and of files, derived only from ids in the plan."""

from __future__ import annotations

import hashlib
import re

from camp2iac.targets.containers.layout.names import application, count, file, identifier, variable
from camp2iac.topology.ids import slug
from camp2iac.topology.model import Topology

MOST = 52
"""The characters of a name: a CronJob's pods get 11 more, and 63 are allowed."""

PART_OF, NAME, COMPONENT = (f"app.kubernetes.io/{each}" for each in ("part-of", "name", "component"))

__all__ = ["application", "count", "file", "identifier", "key", "own", "pod_volume", "shortened", "variable"]


def shortened(name: str, most: int = MOST) -> str:
    """A name that is not too long: its end is replaced by a digest."""
    if len(name) <= most:
        return name
    return f"{name[: most - 9].rstrip('-')}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"


def own(topology: Topology, name: str) -> str:
    """A variable of the platform's own. The plan can have a parameter or secret with the name."""
    taken = {variable(each) for each in (*topology.parameters, *topology.secrets)}
    return f"cluster_{name}" if name in taken else name


def key(path: str) -> str:
    """The key of a file in a ConfigMap or a Secret."""
    found = re.sub(r"[^A-Za-z0-9._-]", "_", path.strip("/"))
    return found if len(found) <= 200 else f"{found[:180]}-{hashlib.sha256(path.encode()).hexdigest()[:12]}"


def pod_volume(name: str) -> str:
    """The name of a volume in a pod, and the beginning of that of its claim."""
    found = shortened(slug(name), 40)
    return f"volume-{found}" if found in ("files", "secrets") or found.startswith("writable-") else found
