"""The resources that pods ask for, in the form in which the API returns them."""

from __future__ import annotations

from collections.abc import Mapping

from camp2iac.topology.model import Compute


def cpu(cores: int, share: int) -> str:
    """A part of some cores: ``1``, ``500m``."""
    thousandths = max(cores * 1000 // share, 1)
    return str(thousandths // 1000) if thousandths % 1000 == 0 else f"{thousandths}m"


def memory(mebibytes: int, share: int = 1) -> str:
    """A part of some memory: ``2Gi``, ``512Mi``."""
    found = max(mebibytes // share, 1)
    return f"{found // 1024}Gi" if found % 1024 == 0 else f"{found}Mi"


def requests(compute: Compute, share: int) -> Mapping[str, str]:
    """What each pod asks for. ``share``: the workloads of the tier, which divide its Compute."""
    found = {}
    if compute.cores is not None:
        found["cpu"] = cpu(compute.cores, share)
    if compute.disk:  # 0 asks for nothing
        found["ephemeral-storage"] = memory(compute.disk, share)
    if compute.memory is not None:
        found["memory"] = memory(compute.memory, share)
    return found


def limits(compute: Compute) -> Mapping[str, str]:
    """The most that each pod may use. A process above its memory ends, so it may use all that the tier has."""
    return {"memory": memory(compute.memory)} if compute.memory is not None else {}
