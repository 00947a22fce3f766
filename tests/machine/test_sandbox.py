"""What units may do: systemd's own rating of every unit of the examples, the cases and the products' samples."""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from os import chown, geteuid
from pathlib import Path

import pytest
from support import phases

from camp2iac.catalogue.sandbox import Sandbox
from camp2iac.diagnostics import Severity
from camp2iac.targets.openstack.layout.sandboxes import Allowance
from camp2iac.targets.openstack.machine import sandbox, users
from tests.machine import sandboxes
from tests.machine.sandboxes import PRODUCTS, Unit, kind, scores

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "sandbox.md"
MEASURED = 252  # other versions of systemd rate other directives
#: the highest exposure of each kind of unit
LIMITS = {
    "process": 2.0,
    "server": 2.0,
    "root server": 3.0,
    "report": 2.0,
    "logs": 2.0,
    "route": 2.0,
    "certificate": 2.0,
    "volume": 4.5,
    "confined": 8.5,
    "container": 9.0,
    "once": 3.0,
    "backup": 3.0,
    "release": 10.0,  # it builds and installs as root
}
OTHERS = {
    "container": "a container (podman)",
    "confined": "a packaged server on RHEL 9 and similar systems",
    "volume": "`camp-volume-NAME`: formats and mounts a volume",
    "route": "`camp-route`: sets the route to the outside",
    "report": "`camp-report`: reports whether the instance is ready",
    "logs": "`camp-logs`: sends the journal to a server, if the environment asks for it",
    "certificate": "`camp-certificate`: gets and renews certificates for HAProxy",
    "once": "`camp-once-NAME`: computes the identity of a release, or records a failed run",
    "backup": "`camp-backup`: reads all data, and becomes the users of servers to dump them",
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
        "allowed": sandbox.process(None, [], low_port=True, shared=False, allowed=EVERYTHING),
        "server": f"User=daemon\n{sandbox.server(JIT, ['/srv/a'])}",
        "root": sandbox.server(Sandbox(starts_as_root=True), []),
        "confined": sandbox.confined(["/srv/a"]),
        "container": sandbox.container(),
        "volume": sandbox.volume(),
        "report": sandbox.report(),
        "route": sandbox.route(),
        "companion": sandbox.companion(),
    }
    files = [tmp_path / f"{name}.service" for name in texts]
    for file, text in zip(files, texts.values(), strict=True):
        file.write_text(f"[Service]\nExecStart=/bin/true\n{text}")
    words = ["systemd-analyze", "verify", *map(str, files)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert not [line for line in done.stderr.splitlines() if any(file.name in line for file in files)]


SCHEMA = json.loads((ROOT / "camp2iac/targets/openstack/environment.schema.json").read_text())
ALLOWED = SCHEMA["properties"]["sandbox"]["additionalProperties"]["properties"]
GROUPS = re.findall(r"[a-z-]+", ALLOWED["system_calls"]["items"]["pattern"].partition("@(")[2])
EVERYTHING = Allowance(
    reason="a test",
    writable=("/srv/a b",),
    capabilities=tuple(ALLOWED["capabilities"]["items"]["enum"]),
    system_calls=tuple(f"@{group}" for group in GROUPS),
    address_families=tuple(ALLOWED["address_families"]["items"]["enum"]),
)
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


PLAN = """\
camp_version: CAMP 1.1
name: shop
artifacts:
  - name: web
    artifact_type: org.python:src
    content: { href: web/ }
    requirements:
      - { requirement_type: org.camp2iac:Process, web: python main.py, worker: python worker.py }
      - { requirement_type: org.camp2iac:Expose, port: 80 }
  - name: pages
    artifact_type: org.php:src
    content: { href: pages/ }
  - name: box
    artifact_type: org.opencontainers:Image
    content: { href: "docker://docker.io/library/nginx:1" }
    requirements:
      - { requirement_type: org.camp2iac:Expose, port: 8080 }
"""


def compiled(folder: Path, given: str) -> phases.Compiled:
    (folder / "camp.yaml").write_text(PLAN)
    for name in ("web/main.py", "web/worker.py", "pages/index.php"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("print()\n" if name.endswith(".py") else "<?php\n")
    (folder / "prod.yaml").write_text(f"target: openstack\nsandbox:\n{given}")
    return phases.compile(phases.load(folder / "camp.yaml"), environment=folder / "prod.yaml")


def units_of(made: phases.Compiled, tier: str) -> dict[str, str]:
    """The units of a tier, by name, without the indentation of cloud-init."""
    assert made.result is not None
    (document,) = [each for each in made.result.lowered.documents if each.path == f"cloud-init/{tier}.yaml.tftpl"]
    parts = re.split(r"(?m)^  - path: ", document.data.decode())
    return {Path(part.split("\n")[0]).name: re.sub(r"(?m)^      ", "", part) for part in parts}


def test_the_operator_allows_more(tmp_path: Path) -> None:
    given = "  web: { writable: [/srv/shared], capabilities: [CAP_NET_RAW], system_calls: ['@resources', chown],"
    made = compiled(tmp_path, f"{given} address_families: [AF_PACKET], reason: It sends pings }}\n")
    units = units_of(made, "web")
    for name, bound in (
        ("shop-web.service", "CAP_NET_BIND_SERVICE CAP_NET_RAW"),
        ("shop-web.worker.service", "CAP_NET_RAW"),
    ):
        unit = units[name]
        assert "# Allowed by the environment file: It sends pings\n" in unit
        assert "ReadWritePaths=-/srv/shared\n" in unit
        assert f"AmbientCapabilities={bound}\n" in unit
        assert f"CapabilityBoundingSet={bound}\n" in unit
        assert "SystemCallFilter=~@privileged\nSystemCallFilter=chown\n" in unit
        assert "RestrictAddressFamilies=AF_UNIX AF_INET6 AF_INET AF_NETLINK AF_PACKET\n" in unit
        assert "MemoryDenyWriteExecute=yes\n" in unit
        assert "IPAddressDeny=169.254.169.254" in unit
    assert made.result is not None
    (entry,) = [e for e in made.result.statements if e.statement.words.startswith("org.python:src")]
    assert entry.how.endswith(
        "; its sandbox also allows: writes /srv/shared; CAP_NET_RAW; @resources; chown; AF_PACKET"
    )


def test_native_code_gives_the_reason_of_the_operator(tmp_path: Path) -> None:
    made = compiled(tmp_path, "  web: { writable_executable_memory: true, reason: Numba }\n")
    assert "# MemoryDenyWriteExecute stays off: Numba\n" in units_of(made, "web")["shop-web.service"]


@pytest.mark.parametrize(
    ("given", "code", "help_"),
    [
        ("  web: { writable: [/srv/a] }\n", "CAMP314", "reason"),
        ("  web: { reason: x, writable: [srv] }\n", "CAMP311", "/srv/shared"),
        ("  web: { reason: x, writable: [/proc/sys] }\n", "CAMP311", "/srv/shared"),
        ("  web: { reason: x, writable: [/srv/../etc] }\n", "CAMP311", "/srv/shared"),
        ("  web: { reason: x, capabilities: [CAP_NET_RAV] }\n", "CAMP311", "CAP_NET_RAW"),
        ("  web: { reason: x, capabilities: [CAP_SYS_TIME] }\n", "CAMP311", ""),
        ("  web: { reason: x, system_calls: ['@module'] }\n", "CAMP311", "@resources"),
        ("  web: { reason: x, sockets: [AF_PACKET] }\n", "CAMP313", ""),
        ("  wep: { reason: x, writable: [/srv/a] }\n", "CAMP601", "web"),
        ("  pages: { reason: x, writable: [/srv/a] }\n", "CAMP615", "product of your own"),
        ("  box: { reason: x, writable: [/srv/a] }\n", "CAMP615", "remove it"),
    ],
)
def test_what_the_operator_cannot_allow(tmp_path: Path, given: str, code: str, help_: str) -> None:
    errors = [each for each in compiled(tmp_path, given).diagnostics if each.level is Severity.ERROR]
    assert [each.code for each in errors] == [code]
    assert help_ in errors[0].help
    assert errors[0].span is not None
    assert errors[0].span.file.endswith("prod.yaml")


WRITERS = """\
camp_version: CAMP 1.1
name: shop
artifacts:
  - name: web
    artifact_type: org.php:src
    content: { href: pages/ }
    requirements:
      - { requirement_type: org.php:RunOn, fulfillment: id:host }
  - name: thumbs
    artifact_type: org.php:src
    content: { href: pages/ }
    requirements:
      - { requirement_type: org.php:RunOn, fulfillment: id:host }
      - { requirement_type: org.camp2iac:Process, worker: php index.php }
services:
  - id: host
    characteristics:
      - { characteristic_type: org.php:version }
      - { characteristic_type: org.camp2iac:Volume, size: 1 GiB, mount: /srv/files }
"""
PYTHON = WRITERS.replace("org.php", "org.python").replace("thumbs", "worker").replace("php index.php", "python main.py")


def written(folder: Path, plan: str) -> tuple[dict[str, str], str]:
    """The units of the tier ``host``, and its scripts."""
    for name in ("web/main.py", "pages/index.php", "pages/main.py"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("")
    (folder / "camp.yaml").write_text(plan)
    made = phases.compile(phases.load(folder / "camp.yaml"), target="openstack")
    assert made.result is not None
    scripts = [each.data.decode() for each in made.result.lowered.documents if each.path.endswith(".sh")]
    return units_of(made, "host"), "\n".join(scripts)


@pytest.mark.parametrize("plan", [WRITERS, PYTHON], ids=["with the server", "two processes"])
def test_who_shares_a_volume_can_write_to_each_others_files(tmp_path: Path, plan: str) -> None:
    """Each unit has this umask, and the folder gives its files to the group. The same file is then written twice."""
    units, scripts = written(tmp_path, plan)
    units = {name: unit for name, unit in units.items() if "[Service]" in unit and "camp-" not in name}
    assert len(units) == 2, list(units)
    masks = {match[1] for unit in units.values() if (match := re.search(r"(?m)^UMask=(\d+)$", unit))}
    assert len(re.findall(r"(?m)^UMask=", "".join(units.values()))) == 2
    assert masks == {sandbox.SHARED}
    assert "chgrp camp-data-host /srv/files\nchmod 2775 /srv/files\n" in scripts
    for user in re.findall(r"(?m)^User=(camp-\S+)$", "".join(units.values())):
        assert f"usermod --append --groups camp-data-host {user}\n" in scripts


@pytest.mark.skipif(geteuid() != 0, reason="root can become other users")
def test_the_umask_is_the_one_that_lets_the_group_write() -> None:
    with tempfile.TemporaryDirectory(dir="/tmp") as name:
        folder, group = Path(name), 65_500
        chown(folder, 0, group)
        folder.chmod(0o2775)
        for user in (65_601, 65_602):
            script = f"mkdir -p {folder}/a && echo {user} >> {folder}/a/both"
            who = {"user": user, "group": user, "extra_groups": [group], "umask": int(sandbox.SHARED, 8)}
            done = subprocess.run(["/bin/sh", "-c", script], capture_output=True, text=True, check=False, **who)
            assert done.returncode == 0, done.stderr
        assert (folder / "a/both").read_text() == "65601\n65602\n"


def test_a_single_writer_keeps_its_files_to_itself(tmp_path: Path) -> None:
    start = PYTHON.index("  - name: worker")
    units, _ = written(tmp_path, PYTHON[:start] + PYTHON[PYTHON.index("services:") :])
    assert [unit.count("UMask=0077\n") for name, unit in units.items() if name == "shop-web.service"] == [1]


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
    for product in (each for each in PRODUCTS.values() if not each.managed):
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
