"""Dependencies that need a compiler, which instances do not have."""

from __future__ import annotations

from pathlib import Path

import pytest

from camp2iac.camp.folder import FolderPackage
from camp2iac.catalogue import load
from camp2iac.detect import look


@pytest.mark.parametrize(
    ("requirement", "instead"),
    [
        ("psycopg2==2.9.9", "psycopg2-binary"),
        ("uWSGI>=2.0", "gunicorn"),
        ("psycopg2-binary", ""),
        ("psycopg[binary]", ""),
    ],
)
def test_a_note_names_what_needs_none(requirement: str, instead: str, tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text(f"flask\n{requirement}\n")
    (tmp_path / "app.py").write_text("from flask import Flask\napp = Flask(__name__)  # DATABASE_URL\n")
    [application] = look(FolderPackage(tmp_path, "./"), load()).applications
    said = [note for note in application.notes if "compiler" in note]
    assert [instead in note and note.startswith("requirements.txt: ") for note in said] == [True] * bool(instead)
