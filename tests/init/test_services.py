"""Which database an application uses, if its drivers and its compose file differ."""

from __future__ import annotations

from pathlib import Path

import pytest

from camp2iac.camp.folder import FolderPackage
from camp2iac.catalogue import load
from camp2iac.detect import look

APP = "from flask import Flask\napp = Flask(__name__)\n"


def uses(folder: Path, requirements: str, compose: str) -> list[tuple[str, str, tuple[str, ...]]]:
    (folder / "app.py").write_text(APP)
    (folder / "requirements.txt").write_text(f"flask\n{requirements}\n")
    (folder / "compose.yaml").write_text(f"services:\n  web: {{ build: ., depends_on: [db] }}\n{compose}")
    findings = look(FolderPackage(folder, "app"), load())
    assert findings is not None
    [application] = findings.applications
    return [(use.product, use.why, tuple(product for product, _ in use.others)) for use in application.uses]


MYSQL = "  db: { image: 'mysql:8' }\n"
POSTGRES = "  db: { image: 'postgres:15' }\n"
PSYCOPG = "requirements.txt: psycopg2-binary"


@pytest.mark.parametrize(
    ("requirements", "compose", "expected"),
    [
        ("psycopg2-binary", MYSQL, [("postgresql", f"{PSYCOPG}; compose.yaml: mysql:8 has no driver", ())]),
        ("psycopg2-binary", POSTGRES, [("postgresql", "compose.yaml: postgres:15", ())]),
        ("psycopg2-binary\npymysql", MYSQL, [("mariadb", "compose.yaml: mysql:8", ())]),
        ("psycopg2-binary\npymysql", "", [("postgresql", PSYCOPG, ("mariadb",))]),
        ("requests", MYSQL, [("mariadb", "compose.yaml: mysql:8", ())]),
    ],
)
def test_the_database(tmp_path: Path, requirements: str, compose: str, expected: list[object]) -> None:
    assert uses(tmp_path, requirements, compose) == expected
