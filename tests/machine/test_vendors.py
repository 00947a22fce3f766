"""Software from the repositories of vendors: which release is chosen, and what instances install it with."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from support import phases

from camp2iac.synth import hcl
from tests.machine.conftest import Built

PLAN = """\
camp_version: CAMP 1.2
name: shop
services:
  - id: tools
    characteristics:
      - characteristic_type: {type}
"""
FINGERPRINT = "0123456789ABCDEF0123456789ABCDEF01234567"
PRODUCTS = Path(__file__).resolve().parents[2] / "camp2iac/catalogue/products"
Build = Callable[..., Built]


@pytest.fixture
def build(tmp_path: Path) -> Build:
    """Compiles a plan with one service. ``sources``: of the environment file."""

    def run(
        type_: str, version: str = "", sources: str = "", os: str = "debian-12", catalogue: tuple[Path, ...] = ()
    ) -> Built:
        plan, environment = tmp_path / "camp.yaml", tmp_path / "openstack.yaml"
        plan.write_text(PLAN.format(type=type_) + (f"        version: {version}\n" if version else ""))
        lines = f"sources: {sources}\n" if sources else ""
        environment.write_text(f"target: openstack\nimage: {os}\nssh_from: 192.0.2.0/24\n{lines}")
        compiled = phases.compile(phases.load(plan), environment=environment, catalogue=catalogue)
        if compiled.result is None:
            return Built({}, list(compiled.diagnostics), {})
        lowered = compiled.result.lowered
        texts = hcl.write(lowered.module) | {each.path: each.data.decode() for each in lowered.documents}
        outcomes = {each.statement.words: (each.outcome, each.how) for each in compiled.result.statements}
        return Built(texts | {"README": lowered.readme}, list(compiled.diagnostics), outcomes)

    return run


def vendor_of(built: Built) -> str:
    return built.files.get("cloud-init/tools.vendor.sh", "")


@pytest.mark.parametrize(
    ("type_", "version", "sources", "os", "release", "url"),
    [
        ("org.nodejs:runtime", '"[18,23)"', "", "debian-12", "18", ""),
        ("org.nodejs:runtime", '"[22,23)"', "", "debian-12", "22", "https://deb.nodesource.com/node_22.x"),
        ("org.nodejs:runtime", '"[20,25)"', "", "debian-12", "24", "https://deb.nodesource.com/node_24.x"),
        ("org.nodejs:runtime", "latest", "", "debian-12", "18", ""),
        ("org.nodejs:runtime", "latest", "vendor", "debian-12", "24", "https://deb.nodesource.com/node_24.x"),
        (
            "org.nodejs:runtime",
            "latest",
            "{ nodejs: vendor }",
            "debian-12",
            "24",
            "https://deb.nodesource.com/node_24.x",
        ),
        ("org.nodejs:runtime", '"[18,23)"', "vendor", "debian-12", "22", "https://deb.nodesource.com/node_22.x"),
        ("org.nodejs:runtime", '"[12,13)"', "vendor", "ubuntu-22.04", "12", ""),
        (
            "org.nodejs:runtime",
            '"[20,21)"',
            "",
            "rocky-9.4",
            "20",
            "https://rpm.nodesource.com/pub_20.x/nodistro/nodejs/$basearch",
        ),
        ("PostgreSQL", "latest", "vendor", "debian-13", "18", "https://apt.postgresql.org/pub/repos/apt"),
        ("PostgreSQL", '"[16,18)"', "{ default: distribution }", "debian-13", "17", ""),
        ("memcached", "latest", "vendor", "debian-12", "1.6", ""),
        ("org.mongodb:MongoDB", '"7.0"', "", "debian-12", "7.0", "https://repo.mongodb.org/apt/debian"),
        ("org.mongodb:MongoDB", '"8.0"', "vendor", "ubuntu-24.04", "8.0", "https://repo.mongodb.org/apt/ubuntu"),
        ("MariaDB", '"11.4"', "", "ubuntu-24.04", "11.4", "https://deb.mariadb.org/11.4/ubuntu"),
    ],
)
def test_the_choice(build: Build, type_: str, version: str, sources: str, os: str, release: str, url: str) -> None:
    built = build(type_, version, sources, os)
    assert built.codes == []
    script = vendor_of(built)
    how = next(how for words, (_, how) in built.ledger.items() if version.strip('"') in words)
    assert how.partition(",")[0] == release
    assert bool(script) == bool(url)
    if url:
        assert f"url={url}\n" in script or f"url='{url}'\n" in script
        assert url in built.files["README"]
        assert "from the repository of" in next(d.message for d in built.diagnostics if d.code == "CAMP433")
        assert "packages: [ca-certificates, curl, gpg]" in built.files["cloud-init/tools.yaml.tftpl"] or "rocky" in os
    else:
        assert "## Vendors" not in built.files["README"]


def test_latest_of_a_product_that_only_a_vendor_has(build: Build) -> None:
    """It has the repository of its vendor without a decision, in the form that it always had."""
    built = build("org.mongodb:MongoDB", "latest")
    assert built.codes == []
    assert vendor_of(built) == ""
    assert "bookworm/mongodb-org/8.0 main" in built.files["cloud-init/tools.yaml.tftpl"]


def test_distribution_forbids_every_vendor(build: Build) -> None:
    assert build("org.mongodb:MongoDB", "", "distribution").codes == ["CAMP434"]
    assert build("org.mongodb:MongoDB", "", "{ default: distribution, mongodb: vendor }").codes == []
    assert build("org.nodejs:runtime", '"[22,23)"', "distribution").codes == ["CAMP434"]
    assert build("org.nodejs:runtime", '"[22,23)"', "{ nodejs: distribution }").codes == ["CAMP434"]
    assert build("org.nodejs:runtime", '"[18,23)"', "distribution").codes == []


def test_a_mirror_with_a_key_and_a_port_of_its_own(build: Build) -> None:
    key = f"{{ url: 'http://mirror.example.org:8081/key.asc', fingerprint: {FINGERPRINT} }}"
    mirror = "https://mirror.example.org:8443/node/"
    built = build("org.nodejs:runtime", '"[22,23)"', f"{{ nodejs: {{ from: vendor, url: '{mirror}', key: {key} }} }}")
    assert built.codes == []
    script = vendor_of(built)
    assert "url=https://mirror.example.org:8443/node\n" in script
    assert "key_url=http://mirror.example.org:8081/key.asc\n" in script
    assert f"fingerprint={FINGERPRINT}\n" in script
    assert '--proto "=http,https"' in script
    assert "nodesource.com" not in script
    ports = [line for text in built.files.values() for line in text.splitlines() if "port_range_min" in line]
    assert any("8443" in line for line in ports)
    assert any("8081" in line for line in ports)


@pytest.mark.parametrize(
    "sources",
    [
        "both",
        "[vendor]",
        "{ nodejs: { url: https://mirror.example.org } }",
        "{ nodejs: { from: vendor, url: 'https://a:b@mirror.example.org' } }",
        "{ nodejs: { from: vendor, url: 'https://mirror.example.org/$(id)' } }",
        "{ nodejs: { from: vendor, key: { url: https://mirror.example.org, fingerprint: 1B1BE0B4 } } }",
    ],
)
def test_sources_that_are_not_clear(build: Build, sources: str) -> None:
    built = build("org.nodejs:runtime", "", sources)
    assert built.files == {}
    assert built.codes


def test_a_product_of_a_user_brings_its_vendor(build: Build, tmp_path: Path) -> None:
    catalogue = tmp_path / "catalogue"
    shutil.copytree(PRODUCTS / "memcached", catalogue / "memcached")
    product = catalogue / "memcached/product.yaml"
    vendor = f"""
  vendors:
    - name: acme
      title: ACME
      as_of: "2026-12-01"
      url: "https://packages.example.org/{{distribution}}/{{release}}"
      key: {{ url: https://packages.example.org/key.asc, fingerprint: {FINGERPRINT} }}
      pin: [memcached, "libacme*"]
      packages: [memcached, "acme-{{release}}", netcat-openbsd]
      version: "{{release}}.*"
      systems: {{ debian-12: {{ releases: ["1.7"] }} }}
  packages: [memcached]"""
    product.write_text(product.read_text().replace("\n  packages: [memcached]", vendor, 1))
    built = build("memcached", '"1.7"', catalogue=(catalogue,))
    assert built.codes == []
    script = vendor_of(built)
    assert "url=https://packages.example.org/debian/1.7\n" in script
    assert "Suites: bookworm\n" in script
    assert "packages=(memcached acme-1.7 netcat-openbsd)\n" in script
    assert "own=(memcached)" in script
    assert "Package: *\nPin: $pin\nPin-Priority: -1\n\nPackage: memcached libacme*\nPin: version 1.7.*\n" in script
    product.write_text(product.read_text().replace("{distribution}", "{planet}"))
    assert build("memcached", '"1.7"', catalogue=(catalogue,)).codes == ["CAMP306"]
    product.write_text(product.read_text().replace("{planet}", "x").replace(FINGERPRINT, "1B1BE0B4"))
    assert build("memcached", '"1.7"', catalogue=(catalogue,)).codes == ["CAMP311"]


def test_more_packages_for_links_and_extensions_come_from_the_vendor(tmp_path: Path) -> None:
    plan = tmp_path / "camp.yaml"
    (tmp_path / "app").mkdir()
    (tmp_path / "app/index.php").write_text("<?php\n")
    (tmp_path / "app/composer.json").write_text('{"require": {"ext-gd": "*", "ext-pdo_pgsql": "*"}}')
    plan.write_text(
        "camp_version: CAMP 1.2\nname: shop\nartifacts:\n"
        "  - name: web\n    artifact_type: org.php:src\n    content: { href: app/ }\n    requirements:\n"
        "      - { requirement_type: org.php:HostOn, fulfillment: id:pages }\n"
        "      - { requirement_type: org.sql:ConnectTo, fulfillment: id:database }\nservices:\n"
        "  - id: pages\n    characteristics: [{ characteristic_type: PHP, version: '8.4' }]\n"
        "  - id: database\n    characteristics: [{ characteristic_type: PostgreSQL }]\n"
    )
    compiled = phases.compile(phases.load(plan), target="openstack")
    assert compiled.result is not None
    texts = {each.path: each.data.decode() for each in compiled.result.lowered.documents}
    script = texts["cloud-init/pages.vendor.sh"]
    assert script.count(" php8.4-pgsql") == script.count(" php8.4-gd") == 2  # of packages and own
    assert "php-gd" not in texts["cloud-init/pages.yaml.tftpl"]
    assert "pgsql" not in texts["cloud-init/pages.yaml.tftpl"]


def test_names_in_sources_are_products_of_the_plan(build: Build) -> None:
    assert build("org.nodejs:runtime", "", "{ default: vendor, nodejs: vendor }").codes == []
    built = build("org.nodejs:runtime", "", "{ nodjs: vendor }")
    assert [diagnostic.code for diagnostic in built.diagnostics if diagnostic.code == "CAMP601"] == ["CAMP601"]


def test_a_project_is_built_with_the_compiler_of_the_vendor(tmp_path: Path) -> None:
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop/pom.xml").write_text("<project><artifactId>shop</artifactId><version>1</version></project>")
    (tmp_path / "camp.yaml").write_text(PROJECT)
    compiled = phases.compile(phases.load(tmp_path / "camp.yaml"), target="openstack")
    assert compiled.result is not None
    files = {each.path: each.data.decode() for each in compiled.result.lowered.documents}
    assert "packages=(temurin-21-jre temurin-21-jdk)\n" in files["cloud-init/shop.vendor.sh"]
    assert "jdk" not in next(line for line in files["cloud-init/shop.yaml.tftpl"].splitlines() if "packages: [" in line)


PROJECT = """\
camp_version: CAMP 1.2
name: shop
artifacts:
  - artifact_type: org.apache.maven:Project
    content: { href: shop/ }
    requirements:
      - requirement_type: com.java:RunOn
        fulfillment: id:shop
services:
  - id: shop
    characteristics:
      - characteristic_type: Java
        version: "21"
"""
