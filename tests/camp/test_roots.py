"""``root`` in content: a folder above ``href`` that travels with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from camp2iac import read

PLAN = """\
camp_version: CAMP 1.1
name: shop
artifacts:
  - name: api
    artifact_type: org.nodejs:src
    content: {{ {content} }}
    requirements:
      - requirement_type: org.nodejs:HostOn
"""


def problems(folder: Path, content: str) -> list[str]:
    for name in ("apps/api/server.js", "apps/my api/server.js", "libs/a.js"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("")
    (folder / "camp.yaml").write_text(PLAN.format(content=content))
    return [each.code for each in read(folder / "camp.yaml").diagnostics if each.level.value == "error"]


@pytest.mark.parametrize(
    ("content", "codes"),
    [
        ("href: apps/api/, root: ./", []),
        ("href: apps/api/, root: .", []),
        ('href: apps/api, root: "pdp:!"', []),
        ("href: apps/api/, root: apps", []),
        ("href: apps/api/, root: ./apps/", []),
        ("href: apps/api/, root: apps/api", []),
        ("href: apps/api/, root: libs", ["CAMP221"]),
        ("href: apps/api/, root: ap", ["CAMP221"]),
        ("href: apps/api/, root: ../", ["CAMP221"]),
        ("href: apps/api/, root: /", ["CAMP221"]),
        ('href: apps/api/, root: ""', ["CAMP221"]),
        ("href: apps/api/, root: 5", ["CAMP124"]),
        ("href: apps/api/, root: [a]", ["CAMP124"]),
        ("href: apps/my api/, root: ./", ["CAMP221"]),
        ("href: apps/api/server.js, root: apps/", ["CAMP221"]),
        ("href: nowhere/, root: ./", ["CAMP211"]),
        ("href: 'https://example.org/a.tar.gz', root: ./", ["CAMP221"]),
        ("data: aGVsbG8=, root: ./", ["CAMP221"]),
    ],
)
def test_a_root_contains_the_content(content: str, codes: list[str], tmp_path: Path) -> None:
    assert problems(tmp_path, content) == codes
