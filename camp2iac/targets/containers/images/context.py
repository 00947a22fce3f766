"""The names that templates of Dockerfiles can use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, TypeAlias

from camp2iac.catalogue.versions import Version
from camp2iac.record import Record

if TYPE_CHECKING:
    from camp2iac.targets.containers.images import ImageBuild

Fact: TypeAlias = "str | bool | tuple[str, ...] | tuple[tuple[str, str], ...]"
"""What the module of a product found in the content."""


class ImageContext(Record, frozen=True):
    """What a template knows.

    Attributes:
        name: The component's name. In a comment: `{{ name | remark }}`.
        image: The official image of the release.
        release: The release.
        images: Other images, by the names in `docker.yaml`.
        settings: The settings in `docker.yaml`.
        at: The folder of the content where the application is built and runs. Empty: its top.
        packages: Packages of Debian for the build and the processes: those of the plan, and time zones.
        tools: Packages of Debian that only the build needs.
        folders: Mount points of volumes, which the processes can write.
        command: Whether a command builds the application: the script `camp-build`.
        find: What the module of the product found in the content.
    """

    name: str
    image: str
    release: str
    images: Mapping[str, str]
    settings: Mapping[str, str]
    at: str
    packages: tuple[str, ...]
    tools: tuple[str, ...]
    folders: tuple[str, ...]
    command: bool
    find: Mapping[str, Fact]

    @classmethod
    def of(cls, build: ImageBuild, release: Version) -> ImageContext:
        """What the template of a build knows."""
        runtime, component, product = build.runtime, build.component, build.service.product
        zones = any(schedule.zone != "UTC" for schedule in component.schedules)
        asked = (name for each in component.packages for name in each.families.get("debian", ()))
        packages = _once((*asked, *(["tzdata"] if zones else [])))
        compiles = product.recipe.compiles
        tools = _once(name for each in build.compiles for name in compiles.get(each, ()))
        return cls(
            component.name,
            runtime.based(release),
            str(release),
            runtime.others(release),
            runtime.settings,
            component.content.at,
            packages,
            tuple(sorted(set(tools) - {*runtime.has, *packages})),
            _folders(build),
            bool(build.command),
            build.facts,
        )


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _folders(build: ImageBuild) -> tuple[str, ...]:
    """The mount points on the tiers of its processes."""
    component, tiers = build.component, build.topology.tiers
    on = dict.fromkeys((component.tier, *(process.on for process in component.processes if process.on)))
    mounts = (volume.value.mount for id_ in on if id_ in tiers for volume in tiers[id_].volumes)
    return tuple(sorted({mount for mount in mounts if mount}))
