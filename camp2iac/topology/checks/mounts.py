"""Check that no volume hides another one, or a folder that the operating system needs (CAMP325)."""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import dirname, normpath

from camp2iac.catalogue import Catalogue
from camp2iac.diagnostics import Diagnostic, Label
from camp2iac.topology.ids import slug
from camp2iac.topology.model import Statement, Tier, Topology, Volume

# Folders of the operating system, with everything in them; links to them; folders of which a unit sees its own.
_WHOLE = (
    "/bin",
    "/boot",
    "/dev",
    "/etc",
    "/lib",
    "/lib32",
    "/lib64",
    "/libx32",
    "/proc",
    "/root/.ssh",
    "/run",
    "/sbin",
    "/snap",
    "/sys",
    "/tmp",  # noqa: S108 - a mount point, nothing is written there
    "/usr",
    "/var/cache/apt",
    "/var/lib/apt",
    "/var/lib/camp",
    "/var/lib/cloud",
    "/var/lib/dpkg",
    "/var/lib/private",
    "/var/lib/rpm",
    "/var/lib/systemd",
    "/var/lock",
    "/var/run",
    "/var/tmp",  # noqa: S108
)
# Folders that contain such folders, and home directories with the keys for SSH.
_ITSELF = (
    "/",
    "/home",
    *(f"/home/{user}" for user in ("almalinux", "centos", "cloud-user", "debian", "fedora", "rocky", "ubuntu")),
    "/opt",
    "/root",
    "/var",
    "/var/cache",
    "/var/lib",
    "/var/log",
    "/var/spool",
)


def check(topology: Topology, catalogue: Catalogue) -> Iterator[Diagnostic]:
    """Compare the mounts of each tier with each other and with the folders of the operating system."""
    for tier in topology.tiers.values():
        sound = []
        for statement in tier.volumes:
            if whose := taken(mount(statement.value), f"/opt/{slug(topology.name)}"):
                yield hidden(statement, whose)
            else:
                sound.append(statement)
        yield from _compare(tier, sound)
        yield from _data(topology, tier, sound)


def mount(volume: Volume) -> str:
    """The path where a volume is mounted, normalised."""
    return "/" + normpath(volume.mount or f"/srv/{volume.name}").lstrip("/")


def taken(path: str, ours: str) -> str:
    """The folder that a mount hides; empty if there is none. ``ours``: the folder with the content of the plan."""
    if path in _ITSELF or ours in (path, dirname(path)):
        return path
    return next((folder for folder in _WHOLE if f"{path}/".startswith(f"{folder}/")), "")


def _data(topology: Topology, tier: Tier, volumes: list[Statement[Volume]]) -> Iterator[Diagnostic]:
    """Volumes around the data of another service of the tier, which has no volume of its own. Both can be in it."""
    owners = {statement.subject.id for statement in volumes}
    for service in (topology.services[id_] for id_ in tier.services if id_ not in owners):
        for statement in volumes:
            data, path = service.product.data or "", mount(statement.value)
            if statement.subject.id in tier.services and data != path and f"{data}/".startswith(f"{path}/"):
                yield hidden(statement, f"the data of {service.name} in {data}", data)


def hidden(statement: Statement[Volume], whose: str, *others: str) -> Diagnostic:
    """CAMP325 for a folder of the instance. ``others``: paths that are taken."""
    name = statement.value.name
    return Diagnostic(
        "CAMP325",
        f"the volume {name} of {statement.subject.name} hides {whose}, which the instance needs",
        statement.span,
        label=f"this is mounted on {mount(statement.value)}",
        help=f"mount it elsewhere, for example  mount: {elsewhere(statement, *others)}",
    )


def elsewhere(statement: Statement[Volume], *others: str) -> str:
    """Another path for a volume, which does not overlap with other paths."""
    name = statement.value.name
    found = (f"/srv/{name}", f"/srv/{statement.subject.id}-{name}", f"/srv/volumes/{statement.subject.id}/{name}")
    free = (path for path in found if not any(_overlap(path, each) for each in others))
    return next((path for path in free if path != mount(statement.value)), found[-1])


def _overlap(one: str, other: str) -> bool:
    return f"{one}/".startswith(f"{other}/") or f"{other}/".startswith(f"{one}/")


def _compare(tier: Tier, volumes: list[Statement[Volume]]) -> Iterator[Diagnostic]:
    """Each mount with the one that contains it. In the order of the paths, this is the last one that is a parent."""
    around: list[Statement[Volume]] = []
    for statement in sorted(volumes, key=lambda statement: (f"{mount(statement.value)}/", statement.span)):
        path = mount(statement.value)
        while around and not f"{path}/".startswith(f"{mount(around[-1].value)}/"):
            around.pop()
        if around:
            yield _two(tier, *sorted((around[-1], statement), key=lambda each: each.span))
        around.append(statement)


def _two(tier: Tier, first: Statement[Volume], second: Statement[Volume]) -> Diagnostic:
    one, two = mount(first.value), mount(second.value)
    where = f"both mounted on {one}" if one == two else "mounted inside each other"
    return Diagnostic(
        "CAMP325",
        f"two volumes of {tier.id} are {where}: {first.value.name} and {second.value.name}",
        second.span,
        label=f"this is mounted on {two}",
        related=(Label(first.span, f"this is mounted on {one}"),),
        help=f"mount them in different places, for example  mount: {elsewhere(second, one)}",
    )
