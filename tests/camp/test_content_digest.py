"""``sha256`` beside ``href`` or ``data`` is compared with the content, if the reader has it (CAMP219)."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

import pytest

from camp2iac.camp import Source, read
from camp2iac.diagnostics import Diagnostics
from camp2iac.topology import unread
from camp2iac.topology.statements import Statements, Subject, SubjectKind

FILE = b"CREATE TABLE notes (text text);\n"
RIGHT = hashlib.sha256(FILE).hexdigest()
PLAN = """\
camp_version: CAMP 1.1
artifacts:
  - artifact_type: org.sql:SqlScript
    content: {{ {content}, sha256: {digest} }}
"""


def reading(folder: Path, content: str, digest: str) -> tuple[Source | None, Diagnostics]:
    (folder / "db").mkdir()
    (folder / "db/schema.sql").write_bytes(FILE)
    (folder / "camp.yaml").write_text(PLAN.format(content=content, digest=digest))
    diagnostics = Diagnostics()
    return read(folder / "camp.yaml", name="camp.yaml", diagnostics=diagnostics), diagnostics


HELD = {"a file": "href: db/schema.sql", "data": f"data: {base64.b64encode(FILE).decode()}"}


@pytest.mark.parametrize("content", HELD.values(), ids=HELD)
@pytest.mark.parametrize("digest", [RIGHT, RIGHT.upper(), f'"{RIGHT}"'])
def test_content_that_matches(content: str, digest: str, tmp_path: Path) -> None:
    found, diagnostics = reading(tmp_path, content, digest)
    assert not diagnostics.items
    assert found is not None
    assert found.plan.artifacts[0].content.verified


@pytest.mark.parametrize("content", HELD.values(), ids=HELD)
@pytest.mark.parametrize("digest", ["0" * 64, RIGHT[:-1], "shop", "12345678"])
def test_content_that_does_not(content: str, digest: str, tmp_path: Path) -> None:
    _, diagnostics = reading(tmp_path, content, digest)
    (found,) = diagnostics.items
    assert found.code == "CAMP219"
    assert found.notes[0].endswith(RIGHT)
    assert found.notes[1].endswith(digest)
    assert not any(fix.sure for fix in found.fixes)


@pytest.mark.parametrize("content", ["href: db/", "href: https://example.org/shop.war", 'href: "pdp:!"'])
def test_content_that_the_reader_cannot_compare(content: str, tmp_path: Path) -> None:
    found, diagnostics = reading(tmp_path, content, "0" * 64)
    assert not diagnostics.items
    assert found is not None
    assert not found.plan.artifacts[0].content.verified


def test_a_digest_that_was_checked_is_not_lost(tmp_path: Path) -> None:
    (tmp_path / "app.war").write_bytes(FILE)
    (tmp_path / "camp.yaml").write_text(PLAN.format(content="href: app.war", digest=RIGHT))
    diagnostics = Diagnostics()
    source = read(tmp_path / "camp.yaml", name="camp.yaml", diagnostics=diagnostics)
    assert source is not None
    found = Statements()
    unread.artifact(Subject(SubjectKind.ARTIFACT, "app", "app"), source.plan.artifacts[0], found)
    assert not found.all()
