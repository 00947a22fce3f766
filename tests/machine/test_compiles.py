"""Dependencies that instances compile bring compilers and headers."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import phases

PLAN = """\
camp_version: CAMP 1.1
name: shop
artifacts:
  - name: web
    artifact_type: org.python:src
    content: { href: web/ }
    requirements:
      - { requirement_type: org.python:runtime, fulfillment: "id:python" }
      - { requirement_type: org.camp2iac:Process, web: exec python server.py }
services:
  - { id: python, characteristics: [{ characteristic_type: org.python:version }] }
"""


def packages(folder: Path, files: dict[str, str], os: str = "debian-12") -> str:
    (folder / "web/requirements").mkdir(parents=True)
    (folder / "camp.yaml").write_text(PLAN)
    for name, text in ({"server.py": ""} | files).items():
        (folder / "web" / name).write_text(text)
    environment = folder / "environment.yaml"
    environment.write_text(f"target: openstack\nos: {os}\n")
    made = phases.compile(phases.load(folder), environment=environment, output=folder / "infra")
    assert made.ok, made.diagnostics
    assert made.result is not None
    [text] = [d.data.decode() for d in made.result.lowered.documents if d.path.endswith(".tftpl")]
    return text.partition("\npackages: [")[2].partition("]")[0]


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (
            {"requirements.txt": "flask\nPsycopg2 >= 2.9 ; python_version > '3'\n"},
            "python3-venv, build-essential, python3-dev, libpq-dev",
        ),
        (
            {
                "requirements.txt": "-r requirements/prod.txt\n",
                "requirements/prod.txt": "-r ../requirements.txt\nuWSGI==2\n",
            },
            "python3-venv, build-essential, python3-dev",
        ),
        ({"requirements.txt": "psycopg[c,pool]\n"}, "python3-venv, build-essential, python3-dev, libpq-dev"),
        (
            {"requirements.txt": "psycopg[binary]\npsycopg2-binary\n# uwsgi\n--index-url https://example.org/uwsgi\n"},
            "python3-venv",
        ),
        ({}, "python3-venv"),
    ],
)
def test_python(tmp_path: Path, files: dict[str, str], expected: str) -> None:
    assert packages(tmp_path, files) == expected


def test_on_rhel(tmp_path: Path) -> None:
    found = packages(tmp_path, {"requirements.txt": "psycopg2\n"}, "rocky-9")
    assert found == "python3.12, gcc, python3.12-devel, libpq-devel"
