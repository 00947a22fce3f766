"""``camp2iac content``: each file of the content, and what is left out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from running import PLAN, Command

WANTED = """\
web: web/  (camp.yaml:6)
    web/guestbook.py   38 B  no rule excludes it
    web/logo.svg    2.0 KiB  no rule excludes it
  2 files, 2.0 KiB
  left out:
    web/.gitignore                    6 B  it configures git
    web/__pycache__/        1 file, 2 B  never content unless git tracks it
    web/a.log                       3 B  web/.gitignore:1: *.log
"""


@pytest.fixture
def files(shop: Path) -> Path:
    (shop / "web/logo.svg").write_bytes(b" " * 2048)
    (shop / "web/.gitignore").write_text("*.log\n")
    (shop / "web/a.log").write_text("abc")
    (shop / "web/__pycache__").mkdir()
    (shop / "web/__pycache__/a.pyc").write_text("ab")
    return shop


def test_for_people(files: Path, camp2iac: Command) -> None:
    done = camp2iac("content", "camp.yaml", "-q")
    assert (done.status, done.err) == (0, "")
    assert [line.split() for line in done.out.splitlines()[:8]] == [line.split() for line in WANTED.splitlines()]
    assert done.out.endswith("\ncontent: 2 files, 2.0 KiB; left out: 3 files, 11 B\n")


def test_for_programs(files: Path, camp2iac: Command) -> None:
    done = camp2iac("content", ".", "-e", "environments/heroku.yaml", "--output", "json", "-q")
    assert done.status == 0
    document = json.loads(done.out)
    assert (document["name"], document["plan"]) == ("guestbook", "camp.yaml")
    assert document["content"] == {"files": 2, "bytes": 2086}
    assert document["left_out"] == {"files": 3, "bytes": 11}
    (only,) = document["artifacts"]
    assert (only["artifact"], only["line"], only["column"], only["kind"], only["where"]) == (
        *("web", 6, 22),
        *("package", "web"),
    )
    assert only["files"][0] == {"path": "web/guestbook.py", "bytes": 38, "why": "unruled"}
    rule = {"where": "web/.gitignore:1", "pattern": "*.log"}
    assert only["left_out"][2] == {"path": "web/a.log", "files": 1, "bytes": 3, "why": "rule", "rule": rule}
    assert only["total"]["content"] == {"files": 2, "bytes": 2086}


def test_other_kinds_of_content(shop: Path, camp2iac: Command) -> None:
    """Data in the plan, a URL without its secrets, a file, and the same content twice."""
    more = """\
  - name: data
    artifact_type: org.html:Site
    content: { data: aGVsbG8= }
  - name: far
    artifact_type: com.java:JAR
    content: { href: "https://example.com/shop.jar?X-Amz-Signature=abcdef0123456789" }
  - name: again
    artifact_type: org.html:Site
    content: { href: web/guestbook.py }
"""
    (shop / "camp.yaml").write_text(PLAN.replace("org.camp2iac:Networks", f"{more}org.camp2iac:Networks"))
    done = camp2iac("content", "camp.yaml", "-q")
    assert "data: data  (camp.yaml:21)\n  in the plan, 5 B\n" in done.out
    assert "far: https://example.com/shop.jar?•••  (camp.yaml:24)\n  at a URL" in done.out
    assert "    web/guestbook.py  38 B  the plan names it\n" in done.out
    assert "content: 2 files, 43 B;" in done.out
    assert "abcdef" not in done.out
    entries = json.loads(camp2iac("content", "camp.yaml", "-q", "--output", "json").out)["artifacts"]
    assert [(each["kind"], each.get("bytes")) for each in entries[1:3]] == [("data", 5), ("url", None)]


def test_a_secret_is_an_error_with_strict(shop: Path, camp2iac: Command) -> None:
    (shop / "web/.npmrc").write_text("//registry.example.com/:_authToken=abcdefgh\n")
    done = camp2iac("content", "camp.yaml")
    assert done.status == 0
    assert "CAMP141" in done.err
    strict = camp2iac("content", "camp.yaml", "--strict")
    assert strict.status == 1
    assert strict.out == done.out
    assert "abcdefgh" not in done.out + done.err


def test_names_with_control_characters_are_not_printed(shop: Path, camp2iac: Command) -> None:
    (shop / "web/.gitignore").write_text("*.log\n")
    (shop / "web/\x1b[31mred.log").write_text("")
    done = camp2iac("content", "camp.yaml", "-q")
    assert "red.log" in done.out
    assert "\x1b" not in done.out


def test_without_a_plan(shop: Path, camp2iac: Command) -> None:
    (shop / "camp.yaml").write_text("camp_version: [")
    done = camp2iac("content", "camp.yaml")
    assert (done.status, done.out) == (1, "")
    assert camp2iac("content", "missing.yaml").status == 2
