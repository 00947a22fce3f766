"""The database in Symfony's .env, which git has."""

from __future__ import annotations

from pathlib import Path

import pytest

from camp2iac.camp.folder import FolderPackage
from camp2iac.catalogue import load
from camp2iac.detect import look


@pytest.mark.parametrize(
    ("url", "noted"),
    [
        ('"sqlite:///%kernel.project_dir%/data/database.sqlite"', True),
        ("postgresql://app@127.0.0.1/app", False),
        ("postgresql://a@b/c\n# DATABASE_URL=sqlite:///x", False),
    ],
)
def test_sqlite_is_noted(url: str, noted: bool, tmp_path: Path) -> None:
    (tmp_path / "public").mkdir()
    (tmp_path / "public/index.php").write_text("<?php\n")
    (tmp_path / "composer.json").write_text('{"require": {"symfony/framework-bundle": "^7.0"}}')
    (tmp_path / ".env").write_text(f"APP_ENV=dev\nDATABASE_URL={url}\n")
    [application] = look(FolderPackage(tmp_path, "./"), load()).applications
    assert any(".env has SQLite" in note for note in application.notes) == noted
