"""Content that user data has room for only if it is compressed: when, in which form, and on an instance."""

from __future__ import annotations

import gzip
import hashlib
import io
import random
import re
import subprocess
import tarfile
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pytest
from support import phases
from support.plans import CASES

from camp2iac.synth import hcl
from camp2iac.targets.base import LedgerEntry
from camp2iac.targets.facts import CompressedContent
from camp2iac.targets.openstack.machine import build
from camp2iac.targets.openstack.machine.content import DeliveredContent
from camp2iac.targets.openstack.machine.delivery import choose
from camp2iac.targets.openstack.machine.render import SCRIPTS, render

ORIGINAL, LIMIT = build._made, build.LIMIT
ARCHIVE = CASES / "content/compressed/expected/openstack/archives/web.tar.gz"
PLAN = """\
camp_version: CAMP 1.1
name: shop
artifacts:
  - name: web
    artifact_type: org.python:src
    content: { href: web/ }
    requirements:
      - { requirement_type: com.python:wsgi, com.python.wsgi.application: main/app, fulfillment: id:python }
      - { requirement_type: org.sql:ConnectTo, fulfillment: id:db }
"""
PARTS = """\
      - requirement_type: org.camp2iac:Process
        web: python main.py
        release: python main.py
        worker: { command: python main.py, tier: background }
"""
REST = """\
  - name: tables
    artifact_type: org.sql:SqlScript
    content: { href: tables.sql }
    requirements:
      - { requirement_type: org.sql:ExecuteAt, fulfillment: id:db }
services:
  - id: python
    characteristics: [{ characteristic_type: org.python:version }]
  - id: db
    characteristics: [{ characteristic_type: PostgreSQL }]
"""
FILES = (
    """\
camp_version: CAMP 1.1
name: shop
artifacts:
"""
    + "".join(
        f"""\
  - name: {name}
    artifact_type: org.linux:Files
    content: {{ href: {name} }}
    requirements: [{{ requirement_type: "org.linux:RunOn", fulfillment: "id:box" }}]
"""
        for name in ("first", "second", "third")
    )
    + "services:\n  - id: box\n    characteristics: [{ characteristic_type: Linux }]\n"
)


def code(lines: int) -> bytes:
    """A program with numbers, of which DEFLATE saves two thirds."""
    of = random.Random(7)
    return "".join(f"RATE_{each} = {of.randrange(10**6)}\n" for each in range(lines)).encode()


@dataclass(frozen=True)
class Made:
    """``sizes``: of each document that was built, by its tier, in the order of building."""

    codes: list[str]
    documents: dict[str, bytes]
    files: dict[str, str]
    facts: tuple[CompressedContent, ...]
    statements: tuple[LedgerEntry, ...]
    sizes: list[tuple[str, int]]

    @property
    def compressed(self) -> set[str]:
        return {path for path in self.documents if path.startswith("archives/")}

    def how(self, words: str) -> str:
        return next(each.how for each in self.statements if each.statement.words.startswith(words))


class Make(Protocol):
    """Compiles a plan with these files for OpenStack, in place or from an archive."""

    def __call__(
        self, files: dict[str, bytes], plan: str = "", environment: str = "", limit: int = LIMIT, *, pdp: bool = False
    ) -> Made: ...


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Make:
    def made_of(
        files: dict[str, bytes], plan: str = "", environment: str = "", limit: int = LIMIT, *, pdp: bool = False
    ) -> Made:
        folder = tmp_path / "plan"
        for name, data in {
            "camp.yaml": (plan or PLAN + REST).encode(),
            "web/main.py": b"app = 1\n",
            "tables.sql": b"",
            **files,
        }.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)
        given = tmp_path / "openstack.yaml"
        given.write_text(f"target: openstack\nimage: debian-12\nssh_from: 192.0.2.0/24\n{environment}")
        sizes: list[tuple[str, int]] = []

        def counted(given: build.MachineInput) -> build._Made:
            made = ORIGINAL(given)
            sizes.append((given.tier.id, made.size))
            return made

        monkeypatch.setattr(build, "_made", counted)
        for module in (build, choose):
            monkeypatch.setattr(module, "LIMIT", limit)
        source = folder
        if pdp:
            source = tmp_path / "shop.tar"
            with tarfile.open(source, "w") as archive:
                archive.add(folder, ".")
        compiled = phases.compile(phases.load(source), environment=given, output=folder / "infra")
        assert compiled.result is not None
        lowered = compiled.result.lowered
        return Made(
            [each.code for each in compiled.diagnostics if each.level.value == "error"],
            {each.path: each.data for each in lowered.documents},
            hcl.write(lowered.module),
            lowered.facts.compressed,
            compiled.result.statements,
            sizes,
        )

    return made_of


def test_what_fits_is_not_compressed(made: Make) -> None:
    found = made({"web/rates.py": code(1_000)})
    assert (found.codes, found.compressed, found.facts) == ([], set(), ())
    assert found.how("org.python:src") == "in a virtual environment"


def test_a_folder_is_an_archive(made: Make) -> None:
    rates = code(3_000)
    found = made({"web/rates.py": rates, "web/lib/é.py": b""})
    assert (found.codes, found.compressed) == ([], {"archives/web.tar.gz"})
    assert found.how("org.python:src") == "in a virtual environment, compressed in the user data"
    data = found.documents["archives/web.tar.gz"]
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        files = {each.name: archive.extractfile(each).read() for each in archive if each.isfile()}
    assert files == {"content/rates.py": rates, "content/main.py": b"app = 1\n", "content/lib/é.py": b""}
    digest = hashlib.sha256(data).hexdigest()
    assert f'web_sha256 = "{digest}"' in found.files["python.tf"]
    assert found.files["python.tf"].count("precondition {") == 2
    template = found.documents["cloud-init/python.yaml.tftpl"].decode()
    assert '/opt/shop/web.packed/content.tar.gz\n    encoding: b64\n    content: "${filebase64(web)}"\n' in template
    [fact] = found.facts
    assert (fact.owner, fact.file, fact.size, fact.compressed) == (
        *("web", "archives/web.tar.gz"),
        *(len(rates) + 8, len(data)),
    )


def test_a_file_is_unpacked_by_cloud_init(made: Make) -> None:
    """Scripts find it where they would without compression."""
    script = b"".join(b"INSERT INTO rates VALUES (%d);\n" % each for each in range(3_000))
    plain, found = made({"tables.sql": b"SELECT 1;\n"}), made({"tables.sql": script})
    assert (found.codes, found.compressed) == ([], {"archives/tables.gz"})
    assert gzip.decompress(found.documents["archives/tables.gz"]) == script
    before, after = (each.documents["cloud-init/db.yaml.tftpl"].decode() for each in (plain, found))
    data = 'content: "${filebase64(tables)}"'
    assert after == before.replace(f"encoding: b64\n    {data}", f"encoding: gz+b64\n    {data}") != before
    for name in ("db.install.sh", "db.configure.sh"):
        assert found.documents[f"cloud-init/{name}"] == plain.documents[f"cloud-init/{name}"]
    assert f'tables_sha256 = "{hashlib.sha256(script).hexdigest()}"' in found.files["db.tf"]
    assert 'tables        = "${path.module}/archives/tables.gz"' in found.files["db.tf"]
    assert found.files["db.tf"].count("precondition {") == 2
    assert found.how("ExecuteAt") == "once, on its instance, compressed in the user data"


def test_of_a_package_in_an_archive(made: Make) -> None:
    """The output has the archive, and not the files of the folder beside it."""
    found = made({"web/rates.py": code(3_000)}, pdp=True)
    assert (found.codes, found.compressed) == ([], {"archives/web.tar.gz"})
    assert not any(path.startswith("content/web") for path in found.documents)
    assert found.files["python.tf"].count("precondition {") == 1


def test_the_largest_are_compressed_until_the_others_fit(made: Make) -> None:
    files = {"first/rates": code(800), "second/rates": code(1_500), "third/rates": code(100)}
    found = made(files, FILES)
    assert (found.codes, found.compressed) == ([], {"archives/second.tar.gz"})
    found = made(files, FILES, limit=found.sizes[-1][1] - 1)
    assert (found.codes, found.compressed) == ([], {"archives/first.tar.gz", "archives/second.tar.gz"})


def test_the_limit(made: Make) -> None:
    """The document that just fits is not compressed, and the one that just fits compressed is."""
    files = {"web/rates.py": code(300)}
    plain = dict(made(files).sizes)["python"]
    assert made(files, limit=plain).compressed == set()
    found = made(files, limit=plain - 1)
    assert (found.codes, found.compressed) == ([], {"archives/web.tar.gz"})
    compressed = dict(found.sizes)["python"]
    assert compressed < plain - 1
    found = made(files, limit=compressed)
    assert (found.codes, found.compressed) == ([], {"archives/web.tar.gz"})
    found = made(files, limit=compressed - 1)
    assert (found.codes, found.compressed) == (["CAMP428"], set())


def test_the_size_that_is_counted_is_that_of_the_user_data(made: Make) -> None:
    """base64 of the archive counts as Terraform writes it."""
    found = made({"web/rates.py": code(3_000)})
    data = found.documents["archives/web.tar.gz"]
    size, other = dict(found.sizes)["python"], made({"web/rates.py": code(3_100)})
    more = len(other.documents["archives/web.tar.gz"]) - len(data)
    assert abs(dict(other.sizes)["python"] - size - more * 4 / 3) < 4


def test_what_does_not_become_smaller(made: Make) -> None:
    found = made({"web/photo.jpg": random.Random(1).randbytes(45_000)})
    assert (found.codes, found.compressed) == (["CAMP428"], set())


@pytest.mark.parametrize(
    "more",
    ["object_store: true\n", "releases: { from: s3, endpoint: https://s3.example.org, bucket: shop-releases }\n"],
)
def test_other_ways_come_first(made: Make, more: str) -> None:
    found = made({"web/rates.py": code(3_000)}, environment=f"{more}on_change: replace\n")
    assert (found.codes, found.facts) == ([], ())


@pytest.mark.parametrize("change", ["replace", "ignore"])
def test_on_change_stays(made: Make, change: str) -> None:
    found = made({"web/rates.py": code(3_000)}, environment=f"on_change: {change}\n")
    assert found.compressed == {"archives/web.tar.gz"}
    assert ("user_data," in found.files["python.tf"]) == (change == "ignore")


def test_all_tiers_of_a_component_have_the_same_form(made: Make) -> None:
    """The list with the digest identifies a release, which runs once on all of them."""
    files, plan = {"web/rates.py": code(300)}, PLAN + PARTS + REST
    sizes = made(files, plan, limit=20_000).sizes
    one, other = (
        [size for tier, size in sizes if tier == name][1]
        for name in ("background", "python")  # with small scripts
    )
    assert one != other
    found = made(files, plan, limit=max(one, other) - 1)
    assert (found.codes, found.compressed) == ([], {"archives/web.tar.gz", "archives/web-background.tar.gz"})
    assert len({found.documents[path] for path in found.compressed}) == 1
    templates = [found.documents[f"cloud-init/{tier}.yaml.tftpl"].decode() for tier in ("python", "background")]
    assert all(
        re.search(r"  - path: \S+\.sha256\n    content: \|\n      \$\{\w+\}  content\.tar\.gz\n", text)
        for text in templates
    )


def test_the_archive_is_checked_and_unpacked_once(tmp_path: Path) -> None:
    """The parts of an install script that the content needs, run for the archive of the case."""
    app, archive = tmp_path / "opt/web", tmp_path / "opt/web.packed/content.tar.gz"
    archive.parent.mkdir(parents=True)
    archive.write_bytes(ARCHIVE.read_bytes())
    sums = tmp_path / "opt/web.sha256"
    sums.write_text(f"{hashlib.sha256(ARCHIVE.read_bytes()).hexdigest()}  content.tar.gz\n")
    sent = DeliveredContent("archive", str(archive), str(sums), str(archive.parent), folder=str(app), packed=True)
    texts = [str(render(SCRIPTS, name, {"contents": [sent]})) for name in ("fetch.sh.j2", "content.sh.j2")]
    text = "\n".join(['set -Eeuo pipefail\nsay() { echo "$*"; }', *texts])
    subprocess.run(["bash", "-c", text], check=True, capture_output=True)
    there = {path.name: path.read_bytes() for path in app.iterdir()}
    assert there == {path.name: path.read_bytes() for path in (CASES / "content/compressed/web").glob("*.py")}
    assert all(path.stat().st_mode & 0o777 == 0o644 for path in app.iterdir())
    (app / "made").touch()
    subprocess.run(["bash", "-c", text], check=True, capture_output=True)
    assert (app / "made").exists(), "it is not unpacked again"
    archive.write_bytes(b"something else")
    done = subprocess.run(["bash", "-c", text], check=False, capture_output=True, text=True)
    assert done.returncode != 0
    assert "content.tar.gz: FAILED" in done.stdout
