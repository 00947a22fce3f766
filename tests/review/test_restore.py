"""What CAMP720 says to restore: the lines of git's HEAD, without secrets; only the place if git does not have them."""

from __future__ import annotations

import hashlib
import subprocess
from pathlib import Path

import pytest

from camp2iac.cli import run
from camp2iac.review.restore import FormerPlace, restore

PLAN = """\
services:
  - name: The rows
    id: database
    characteristics:
      - characteristic_type: PostgreSQL
      - characteristic_type: org.camp2iac:Attributes
        password: hunter22

      - characteristic_type: org.camp2iac:Volume
        name: data
        size: 10 GiB

  - id: web
    characteristics: [{ characteristic_type: Machine }]
org.camp2iac:Secrets:
  seal: { generate: 32 }
"""
DIGEST = hashlib.sha256(PLAN.encode()).hexdigest()


@pytest.mark.parametrize(
    ("line", "item", "first", "last"),
    [
        (9, False, 9, 11),
        (11, False, 9, 11),
        (3, True, 2, 11),
        (2, True, 2, 11),
        (13, True, 13, 14),
        (16, False, 16, 16),
    ],
)
def test_the_block_around_a_line(line: int, item: bool, first: int, last: int) -> None:
    said = restore("it", FormerPlace("camp.yaml", line, DIGEST, item), lambda _: PLAN.encode())
    head, *rest = said.split("\n")
    where = f"line {first}" if first == last else f"lines {first} to {last}"
    assert head == f"restore it, {where} of camp.yaml in git's HEAD:"
    assert [each.replace("•••", "hunter22") for each in rest] == PLAN.split("\n")[first - 1 : last]
    assert "hunter22" not in said


def test_a_long_block_is_cut() -> None:
    text = "services:\n  - id: a\n" + "    x: 1\n" * 20
    place = FormerPlace("camp.yaml", 2, hashlib.sha256(text.encode()).hexdigest(), item=True)
    lines = restore("it", place, lambda _: text.encode()).split("\n")
    assert (len(lines), lines[-1]) == (18, "  # and 5 more lines")


@pytest.mark.parametrize("data", [None, b"another version"])
def test_another_version_is_not_quoted(data: bytes | None) -> None:
    said = restore("it", FormerPlace("camp.yaml", 9, DIGEST), lambda _: data)
    assert said == "restore it: it was at camp.yaml:9 when the previous output was compiled"


def test_a_dropped_volume(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    here = Path(__file__).parent / "refusals"
    folder = tmp_path / "shop"
    (folder / "web").mkdir(parents=True)
    (folder / "web" / "app.py").write_text("def app(environ, start_response): return []\n")
    for file in ("camp.yaml", "openstack.yaml"):
        (folder / file).write_text((here / file).read_text())
    command = ["synth", str(folder / "camp.yaml"), "-e", str(folder / "openstack.yaml"), "-o", str(folder / "infra")]
    assert run([*command, "-q"]) == 0
    for words in (["init", "-q"], ["add", "--all"], ["commit", "-q", "-m", "shop"]):
        who = ("-c", "user.name=shop", "-c", "user.email=shop@example.org")
        subprocess.run(["git", "-C", folder, *who, *words], check=True, capture_output=True)
    volume = "      - characteristic_type: org.camp2iac:Volume\n        size: 10 GiB\n"
    text = (folder / "camp.yaml").read_text()
    (folder / "camp.yaml").write_text(f"# a remark\n{text.replace(volume, '')}")
    capsys.readouterr()
    assert run(command) == 1
    said = capsys.readouterr().err
    number = text[: text.index(volume)].count("\n") + 1
    where = f"restore the volume data of database, lines {number} to {number + 1} of camp.yaml in git's HEAD:"
    assert where in said
    indented = [f"            {line}" for line in volume.splitlines()]
    assert "\n".join(indented) in said
