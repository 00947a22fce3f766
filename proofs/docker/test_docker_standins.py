"""Each image that products and load balancers use has a stand-in."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

IMAGES = Path(__file__).with_name("images")
PRODUCTS = Path(__file__).parents[2] / "camp2iac/catalogue/products"


def used() -> set[str]:
    """The names of all images in docker.yaml, without what comes before and the tag."""
    found = set()
    for path in PRODUCTS.glob("*/docker.yaml"):
        said = yaml.safe_load(path.read_text())
        for image in [said.get("image"), *said.get("build", {}).get("images", {}).values()]:
            if image:
                found.add(image.rpartition("/")[2].partition(":")[0])
    return found


def test_every_image_has_a_stand_in() -> None:
    found = used()
    assert {"postgres", "haproxy", "python"} <= found
    assert not {name for name in found if not (IMAGES / name / "Dockerfile").exists()}


@pytest.mark.parametrize("path", sorted(IMAGES.glob("*/Dockerfile")), ids=lambda path: path.parent.name)
def test_what_is_copied_is_there(path: Path) -> None:
    lines = [
        line.split() for line in path.read_text().splitlines() if line.startswith("COPY ") and "--from" not in line
    ]
    for name in (name for words in lines for name in words[1:-1]):
        if path.parent.name != "base":  # `make` adds its certificates
            assert (path.parent / name).exists(), name
