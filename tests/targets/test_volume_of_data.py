"""The data of a service is on its volume, also if the plan mounts that where an image has no data."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support import phases

from camp2iac.synth import hcl

PLAN = """\
camp_version: CAMP 1.1
name: shop
services:
  - id: database
    characteristics:
      - characteristic_type: PostgreSQL
"""
VOLUME = "      - {{ characteristic_type: org.camp2iac:Volume, size: 1 GiB{} }}\n"
DATA = "/var/lib/postgresql/data"


@pytest.mark.parametrize(
    ("volumes", "paths"),
    [
        ([""], {"data": DATA}),
        ([", mount: /srv/x"], {"data": DATA}),
        ([f", mount: {DATA}"], {"data": DATA}),
        ([", name: logs", ""], {"data": DATA, "logs": "/srv/logs"}),
        ([", name: a, mount: /srv/a", ", name: b"], {"a": "/srv/a", "b": DATA}),
        ([f", name: a, mount: {DATA}", ", name: b"], {"a": "/srv/a", "b": DATA}),
        ([", name: b, mount: /srv/b", ", name: a, mount: /srv/a"], {"a": DATA, "b": "/srv/b"}),
    ],
)
@pytest.mark.parametrize("target", ["docker", "kubernetes"])
def test_it_is_where_the_image_has_its_data(
    target: str, volumes: list[str], paths: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "camp.yaml").write_text(PLAN + "".join(map(VOLUME.format, volumes)))
    environment = tmp_path / "dev.yaml"
    environment.write_text(f"target: {target}\n")
    made = phases.compile(phases.load(tmp_path, leave_out=[environment]), environment=environment)
    assert made.result is not None
    text = "".join(hcl.write(made.result.lowered.module).values())
    form = (
        r"volume_name +=.*database_(\w+)\.name\n +container_path += \"(.*)\""
        if target == "docker"
        else r"volume_mount \{\n +name +=\s\"(\w+)\"\n +mount_path = \"(.*)\""
    )
    found = {name: path for name, path in re.findall(form, text) if name in paths}
    assert found == paths
    moved = {f"volume {name}" for name, path in paths.items() if f"name: {name}, mount: {path}" not in "".join(volumes)}
    said = {row.how.partition(",")[0]: row.why for row in made.result.statements if "image of PostgreSQL" in row.why}
    assert set(said) <= moved
    assert bool(said) == any(
        "mount: /srv/x" in each or f"a, mount: {DATA}" in each or "b, mount" in each for each in volumes
    )
