"""The images that a module uses: the engine gets them before Terraform asks for them."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from docker_engine import held

ROOT = Path(__file__).resolve().parents[2]


def used(module: Path) -> set[str]:
    """The images of services, and those that Dockerfiles build on."""
    text = "".join(path.read_text() for path in module.glob("*.tf"))
    pulled = set(re.findall(r'resource "docker_image" "[^"]+" \{\s+name += "([^"]+)"\s+keep_locally', text))
    for path in module.glob("build/*/Dockerfile"):
        stages: set[str] = set()
        for image, stage in re.findall(r"^FROM (\S+)(?: AS (\S+))?$", path.read_text(), re.M):
            pulled |= {image} - stages
            stages.add(stage)
    return pulled


def give_images(module: Path) -> None:
    """Let the engine have them, from Docker Hub or as stand-ins. Skips if one cannot be had."""
    missing = sorted(used(module) - held("docker_image"))
    done = subprocess.run([ROOT / "proofs/docker/images/make", *missing], check=False, timeout=1800)
    if done.returncode == 75:
        pytest.skip("NO IMAGE, see above")
    assert not done.returncode
