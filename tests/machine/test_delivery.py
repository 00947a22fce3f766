"""Which way content reaches a machine: by its size, before the machine's document is built."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from support import phases

from camp2iac.targets.openstack.machine import build
from camp2iac.targets.openstack.machine.delivery.choose import ContentSize, taken

PLAN = "camp_version: CAMP 1.1\nname: shop\nartifacts:\n"
ARTIFACT = """\
  - name: {name}
    artifact_type: org.linux:Files
    content: {{ href: {name} }}
    requirements: [{{ requirement_type: "org.linux:RunOn", fulfillment: "id:box" }}]
"""
BOX = "services:\n  - id: box\n    characteristics:\n      - characteristic_type: Linux\n"


def compiled(
    folder: Path, sizes: dict[str, int], *, store: bool, monkeypatch: pytest.MonkeyPatch
) -> tuple[int, set[str], list[str]]:
    """How often a document was built, whose content is in the object store, and the codes of what is wrong."""
    folder.mkdir()
    for name, size in sizes.items():
        (folder / name).mkdir()
        (folder / name / "data").write_bytes(random.Random(size).randbytes(size))
    (folder / "camp.yaml").write_text(PLAN + "".join(ARTIFACT.format(name=name) for name in sizes) + BOX)
    environment = folder / "openstack.yaml"
    environment.write_text(f"target: openstack\nos: debian-12\nobject_store: {str(store).lower()}\n")
    built = []
    made = build._made
    monkeypatch.setattr(build, "_made", lambda given: built.append(given) or made(given))
    made = phases.compile(phases.load(folder), environment=environment, output=folder / "infra")
    codes = [d.code for d in made.diagnostics if d.level.value != "note"]
    return len(built), set(built[-1].outside), codes


@pytest.mark.parametrize(
    ("sizes", "built", "outside"),
    [
        ({"a": 1_000, "b": 2_000}, 1, set()),
        ({"a": 1_000, "b": 60_000}, 1, {"b"}),
        ({"a": 40_000, "b": 60_000, "c": 50_000}, 1, {"a", "b", "c"}),
        ({"a": 20_000, "b": 20_000}, 1, {"b"}),  # of two that are as large, the last by name
        ({"a": 35_000}, 2, {"a"}),  # it alone fits, but not what the machine has besides
        ({"a": 3_000, "b": 34_000}, 1, {"b"}),
    ],
)
def test_the_largest_go_to_the_object_store(
    sizes: dict[str, int], built: int, outside: set[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert compiled(tmp_path / "plan", sizes, store=True, monkeypatch=monkeypatch) == (built, outside, [])


def test_without_an_object_store_it_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = compiled(tmp_path / "plan", {"a": 60_000}, store=False, monkeypatch=monkeypatch)
    assert found == (1, set(), ["CAMP428"])


def test_what_two_have_in_common_is_counted_once() -> None:
    assert taken({"a": ContentSize(3, {"x": 4}), "b": ContentSize(3, {"x": 4})}) == 4
