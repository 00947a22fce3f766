"""Build the folders that Docker builds images from, without the rest of the target."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from support import phases

from camp2iac.catalogue import load
from camp2iac.diagnostics import Diagnostics
from camp2iac.record import asdict
from camp2iac.targets import programs
from camp2iac.targets.containers.images import DOTFILES, ImageBuild, prepare
from camp2iac.targets.containers.images.context import ImageContext
from camp2iac.targets.containers.offers.runtimes import runtime
from camp2iac.targets.kit import copies

PLAN = """\
camp_version: CAMP 1.1
name: shop
artifacts:
  - name: web
    artifact_type: {type}
    content: {content}
    requirements:
      - requirement_type: {host}
        fulfillment: id:host
{requirements}
services:
  - id: host
    characteristics:
      - {{ characteristic_type: {product}{version} }}
"""


@dataclass(frozen=True)
class Image:
    """The prepared build of the component ``web``."""

    build: ImageBuild

    @property
    def files(self) -> dict[str, bytes]:
        return {each.path: each.data for each in self.build.copy.documents()}

    @property
    def dockerfile(self) -> str:
        return self.files["build/web/Dockerfile"].decode()

    @property
    def stages(self) -> list[str]:
        return self.dockerfile.split("\nFROM ")[1:]

    @property
    def context(self) -> dict[str, object]:
        """What its template knew."""
        release = next(iter(reversed(self.build.runtime.tags)))
        return asdict(ImageContext.of(self.build, release))

    @property
    def codes(self) -> list[str]:
        return [each.code for each in self.build.faults]

    def lines(self, start: str) -> list[str]:
        return [line for line in self.dockerfile.splitlines() if line.startswith(start)]

    def outcome(self, words: str) -> tuple[str, str]:
        found = [each for each in self.build.outcomes if each.statement.words.startswith(words)]
        return found[-1].outcome.value, found[-1].how

    def write(self, folder: Path) -> Path:
        for document in self.build.copy.documents():
            place = folder / document.path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(document.data)
            place.chmod(0o755 if document.executable else 0o644)
        return folder / "build" / "web"


def of(folder: Path, plan: str, files: Mapping[str, str | bytes]) -> Image:
    """The image of the component ``web``."""
    (folder / "camp.yaml").write_text(plan)
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(text.encode() if isinstance(text, str) else text)
    loaded = phases.load(folder / "camp.yaml", leave_out=[folder / "environments", folder / "infra"])
    compiled = phases.compile(loaded)
    assert loaded.source is not None, compiled.diagnostics
    assert compiled.topology is not None, compiled.diagnostics
    topology = programs.check(
        compiled.topology, loaded.source.package, load((), Diagnostics(), {}), Diagnostics()
    ).topology
    component = topology.components["web"]
    service = topology.services[component.host]
    known, copy = runtime(service.product), copies.take(component, loaded.source.package, DOTFILES)
    assert known is not None
    assert copy is not None
    build = ImageBuild(topology, component, service, known, copy)
    prepare(build)
    return Image(build)


def image(
    folder: Path,
    kind: tuple[str, str, str],
    files: Mapping[str, str | bytes],
    *,
    version: str = "",
    content: str = "{ href: web/ }",
    requirements: str = "",
    characteristics: str = "",
) -> Image:
    """The image of one artifact: its type, the requirement for its host, and the characteristic of that."""
    given = f', version: "{version}"' if version else ""
    plan = PLAN.format(
        type=kind[0], host=kind[1], product=kind[2], version=given, content=content, requirements=requirements
    )
    return of(folder, plan + characteristics, files)
