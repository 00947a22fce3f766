"""Two environments that differ in name and size have the same scripts, units and templates, byte for byte."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import phases

ROOT = Path(__file__).parents[2]
EVERY = ROOT / "tests" / "properties" / "every-form"
GUESTBOOK = ROOT / "examples" / "guestbook"

COMMON = """\
target: openstack
region: RegionOne
image: debian-12
external_network: public
"""
SIZES = {
    "staging": "sizes: { small: { flavor: m1.small, cores: 1, memory: 2 GiB, disk: 20 GiB } }\n",
    "production": "sizes: { small: { flavor: c5.huge, cores: 8, memory: 32 GiB, disk: 80 GiB } }\n",
}


def documents(plan: Path, name: str, more: str, folder: Path) -> dict[str, bytes]:
    file = folder / f"{name}.yaml"
    file.write_text(f"{COMMON}name: shop-{name}\napplication: shop\n{SIZES[name]}{more}")
    compiled = phases.compile(phases.load(plan), environment=file)
    assert compiled.ok, [each.message for each in compiled.diagnostics]
    assert compiled.result is not None
    return {document.path: document.data for document in compiled.result.lowered.documents}


CASES = [(plan, more) for plan in (EVERY, GUESTBOOK) for more in ("", "object_store: true\n", "on_change: ignore\n")]


@pytest.mark.parametrize(("plan", "more"), [*CASES, (GUESTBOOK, "balancer: haproxy\n")])
def test_the_scripts_are_the_same(plan: Path, more: str, tmp_path: Path) -> None:
    staging, production = (documents(plan, name, more, tmp_path) for name in SIZES)
    assert any(path.endswith(".sh") for path in staging)
    assert staging.keys() == production.keys()
    assert [path for path, data in staging.items() if data != production[path]] == []


def test_without_the_key_the_name_is_in_the_scripts(tmp_path: Path) -> None:
    file = tmp_path / "staging.yaml"
    file.write_text(f"{COMMON}name: shop-staging\n{SIZES['staging']}")
    compiled = phases.compile(phases.load(GUESTBOOK), environment=file)
    assert compiled.result is not None
    assert any(b"/etc/shop-staging/" in document.data for document in compiled.result.lowered.documents)
