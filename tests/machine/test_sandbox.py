"""What units may do: systemd's own rating of every unit of the examples, the cases and the products' samples."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from camp2iac.catalogue.sandbox import Sandbox
from camp2iac.targets.openstack.machine import sandbox, users
from tests.machine import sandboxes
from tests.machine.sandboxes import PRODUCTS, Unit, kind, scores

PAGE = Path(__file__).parents[2] / "docs" / "sandbox.md"
MEASURED = 252  # other versions of systemd rate other directives
#: the highest exposure of each kind of unit
LIMITS = {
    "process": 2.0,
    "server": 2.0,
    "root server": 3.0,
    "report": 2.0,
    "route": 2.0,
    "volume": 4.5,
    "confined": 8.5,
    "container": 9.0,
    "release": 10.0,  # it builds and installs as root
}
OTHERS = {
    "container": "a container (podman)",
    "confined": "a packaged server on RHEL 9 and similar systems",
    "volume": "`camp-volume-NAME`: formats and mounts a volume",
    "route": "`camp-route`: sets the route to the outside",
    "report": "`camp-report`: reports whether the instance is ready",
}


@pytest.fixture
def systemd() -> None:
    """systemd rates units without running them."""
    if why := sandboxes.rates():
        pytest.skip(why)


def rated(units: Sequence[Unit]) -> None:
    wrong = []
    for unit, exposure in zip(units, scores(units), strict=True):
        if exposure > LIMITS[kind(unit)]:
            wrong.append(f"{unit.where}: {unit.path}: {exposure}, at most {LIMITS[kind(unit)]} for a {kind(unit)}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.usefixtures("systemd")
def test_units_of_examples_and_cases() -> None:
    units = sandboxes.committed()
    assert len({unit.path for unit in units}) > 20
    rated(units)


@pytest.mark.usefixtures("systemd")
@pytest.mark.parametrize("os", ["debian-12", "debian-13", "ubuntu-22.04", "rhel-9"])
def test_units_of_products(os: str) -> None:
    names = sandboxes.samples(os)
    assert len(names) > 10
    rated([unit for name in names for unit in sandboxes.sample(name, os)])


def test_every_packaged_server_has_a_sandbox() -> None:
    without = [product.name for product in PRODUCTS.values() if product.recipe.unit and product.recipe.sandbox is None]
    assert not without


def test_every_relaxation_has_a_reason() -> None:
    for product in PRODUCTS.values():
        needs = product.recipe.sandbox
        if needs and (needs.writable_executable_memory or needs.system_calls):
            assert needs.reason, product.name


@pytest.mark.usefixtures("systemd")
def test_systemd_knows_every_directive(tmp_path: Path) -> None:
    """An unknown key or value is only a warning to systemd."""
    texts = {
        "process": f"DynamicUser=yes\n{sandbox.process(None, ['/srv/a'], low_port=False, shared=False)}",
        "relaxed": f"User=daemon\n{sandbox.process(JIT, ['/srv/a'], low_port=True, shared=True)}",
        "server": f"User=daemon\n{sandbox.server(JIT, ['/srv/a'])}",
        "root": sandbox.server(Sandbox(starts_as_root=True), []),
        "confined": sandbox.confined(["/srv/a"]),
        "container": sandbox.container(),
        "volume": sandbox.volume(),
        "report": sandbox.report(),
        "route": sandbox.route(),
    }
    files = [tmp_path / f"{name}.service" for name in texts]
    for file, text in zip(files, texts.values(), strict=True):
        file.write_text(f"[Service]\nExecStart=/bin/true\n{text}")
    words = ["systemd-analyze", "verify", *map(str, files)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert not [line for line in done.stderr.splitlines() if any(file.name in line for file in files)]


JIT = Sandbox(reason="a compiler", writable_executable_memory=True, system_calls=("@resources",))


def test_relaxations_reach_the_unit() -> None:
    strict = sandbox.process(None, [], low_port=False, shared=False)
    assert "MemoryDenyWriteExecute=yes" in strict
    assert "SystemCallFilter=~@privileged @resources\n" in strict
    assert "CapabilityBoundingSet=\n" in strict
    relaxed = sandbox.process(JIT, [], low_port=True, shared=False)
    assert "MemoryDenyWriteExecute=yes" not in relaxed
    assert "# MemoryDenyWriteExecute stays off: a compiler\n" in relaxed
    assert "SystemCallFilter=~@privileged\n" in relaxed
    assert "CapabilityBoundingSet=CAP_NET_BIND_SERVICE\n" in relaxed


def test_a_volume_below_a_home_directory_stays_visible() -> None:
    assert "ProtectHome=yes" in sandbox.process(None, ["/srv/data"], low_port=False, shared=False)
    assert "ProtectHome=read-only" in sandbox.process(None, ['"/home/a b"'], low_port=False, shared=False)
    text = sandbox.server(Sandbox(), ['"/root/my data"'])
    assert "ProtectHome=read-only" in text
    assert 'ReadWritePaths="-/root/my data"' in text


def test_the_id_of_a_user_depends_only_on_its_name() -> None:
    assert users.uid("camp-web") == users.uid("camp-web") != users.uid("camp-worker")
    assert all(65_536 <= users.uid(f"camp-{n}") < 100_000 for n in range(1000))


@pytest.mark.usefixtures("systemd")
def test_the_page(golden: Callable[[Path, str], None]) -> None:
    if sandboxes.version() != MEASURED:
        pytest.skip(f"docs/sandbox.md is NOT COMPARED: it has the ratings of systemd {MEASURED}")
    text = PAGE.read_text()
    for name, table in (("products", products()), ("others", others())):
        begin = f"<!-- {name}: written by `pytest tests/machine/test_sandbox.py --regen` -->\n"
        end = f"<!-- end of {name} -->"
        assert begin in text, name
        text = re.sub(f"{re.escape(begin)}.*?{re.escape(end)}", lambda _: f"{begin}{table}{end}", text, flags=re.DOTALL)  # noqa: B023
    golden(PAGE, text)


def products() -> str:
    rows = ["| product | processes | server | what it may do besides | why |\n|---|---|---|---|---|\n"]
    for product in PRODUCTS.values():
        os = next((os for os in ("debian-12", "debian-13") if product.name in sandboxes.samples(os)), None)
        units = sandboxes.sample(product.name, os) if os else ()
        units = [unit for unit in units if mine(unit, product.name)]
        own = dict(zip(map(kind, units), scores(units), strict=True))
        needs = product.recipe.sandbox or Sandbox()
        server = own.get("root server" if needs.starts_as_root else "server", "–")
        cells = (product.title, own.get("process", own.get("container", "–")), server, relaxations(needs) or "–")
        rows.append(f"| {' | '.join(map(str, cells))} | {needs.reason or '–'} |\n")
    return "".join(rows)


def mine(unit: Unit, name: str) -> bool:
    """Whether a unit of a sample is of the product itself, not of what the sample connects to it."""
    product = PRODUCTS[name]
    if not unit.packaged:
        return product.role == "runtime"
    unit_ = product.recipe.unit
    return unit_ is not None and (product.recipe.late or product.server or unit_.drop_in in unit.path)


def relaxations(needs: Sandbox) -> str:
    found = [
        "native code" if needs.writable_executable_memory else "",
        *(f"`{group}`" for group in needs.system_calls),
        "starts as root" if needs.starts_as_root else "",
        *(f"`{name}`" for name in needs.capabilities),
        f"writes {', '.join(f'`{path}`' for path in needs.writable)}" if needs.writable else "",
    ]
    return ", ".join(part for part in found if part)


def others() -> str:
    found: dict[str, set[float]] = {}
    units = (*sandboxes.committed(), *(u for os in ("debian-12", "rhel-9") for u in _every(os)))
    for unit, exposure in zip(units, scores(units), strict=True):
        found.setdefault(kind(unit), set()).add(exposure)
    rows = "".join(f"| {label} | {max(found[name])} |\n" for name, label in OTHERS.items() if name in found)
    return f"| unit | exposure |\n|---|---|\n{rows}"


def _every(os: str) -> list[Unit]:
    return [unit for name in sandboxes.samples(os) for unit in sandboxes.sample(name, os)]
