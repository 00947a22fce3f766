"""Volumes of one machine: each where no other is, and none over what the system needs to run (CAMP325)."""

from __future__ import annotations

from posixpath import normpath

from camp2iac.catalogue import Catalogue
from camp2iac.diagnostics import Diagnostic, Diagnostics, Label
from camp2iac.topology.ids import slug
from camp2iac.topology.model import Said, Tier, Topology, Volume

# Folders that are the system's, with all that is in them; and such that hold others.
_WHOLE = (
    "/bin", "/boot", "/dev", "/etc", "/lib", "/lib32", "/lib64", "/libx32", "/proc", "/run", "/sbin", "/sys", "/usr",
    "/var/lib/camp", "/var/lib/cloud", "/var/lib/dpkg", "/var/lib/systemd",
)  # fmt: skip
_ITSELF = (
    "/", "/home", "/opt", "/root", "/tmp", "/var", "/var/cache", "/var/lib", "/var/log", "/var/tmp",  # noqa: S108
)  # fmt: skip


def check(topology: Topology, catalogue: Catalogue, diagnostics: Diagnostics) -> None:
    """Compare the mounts of each tier with the system's folders and with one another."""
    for tier in topology.tiers.values():
        sound = []
        for said in tier.volumes:
            if whose := _taken(mount(said.value), f"/opt/{slug(topology.name)}"):
                diagnostics.add(_system(said, whose))
            else:
                sound.append(said)
        _compare(tier, sound, diagnostics)


def mount(volume: Volume) -> str:
    """Where a volume is mounted, without what means nothing in a path."""
    return "/" + normpath(volume.mount or f"/srv/{volume.name}").lstrip("/")


def _taken(path: str, ours: str) -> str:
    """The folder that a mount would hide; empty where there is none."""
    if path in _ITSELF or path == ours:
        return path
    return next((folder for folder in _WHOLE if f"{path}/".startswith(f"{folder}/")), "")


def _system(said: Said[Volume], whose: str) -> Diagnostic:
    name = said.value.name
    return Diagnostic(
        "CAMP325",
        f"the volume {name} of {said.node} would hide {whose}, which the machine needs to run",
        said.span,
        label=f"this is mounted on {mount(said.value)}",
        help=f"mount it elsewhere, such as  mount: /srv/{name}",
    )


def _compare(tier: Tier, volumes: list[Said[Volume]], diagnostics: Diagnostics) -> None:
    """Each with the one around it: in the order of their paths that is the last one which a path is below."""
    around: list[Said[Volume]] = []
    for said in sorted(volumes, key=lambda said: (f"{mount(said.value)}/", said.span)):
        path = mount(said.value)
        while around and not f"{path}/".startswith(f"{mount(around[-1].value)}/"):
            around.pop()
        if around:
            diagnostics.add(_two(tier, *sorted((around[-1], said), key=lambda each: each.span)))
        around.append(said)


def _two(tier: Tier, first: Said[Volume], second: Said[Volume]) -> Diagnostic:
    one, two = mount(first.value), mount(second.value)
    where = f"both on {one}" if one == two else "one inside of the other"
    return Diagnostic(
        "CAMP325",
        f"machines of {tier.id} are to mount two volumes {where}: {first.value.name} and {second.value.name}",
        second.span,
        label=f"this is mounted on {two}",
        related=(Label(first.span, f"and this on {one}"),),
        help=f"mount them beside each other, such as  mount: /srv/{second.value.name}",
    )
