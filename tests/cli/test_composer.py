"""A composer.json that Heroku's PHP buildpack cannot read is reported before you deploy."""

from __future__ import annotations

from pathlib import Path

import pytest
from running import Command

PLAN = """\
camp_version: CAMP 1.1
name: it
artifacts:
  - name: web
    artifact_type: org.php:src
    content: { href: app/ }
    requirements:
      - { requirement_type: org.php:HostOn }
"""


@pytest.mark.parametrize(
    ("text", "sound"),
    [
        ("{}", True),
        ('{"require": {}}', True),
        ('{"require": []}', True),  # as PHP writes an empty object
        ('{"require": {"php": "~8.2.0"}}', True),
        ('{"require": "php"}', False),
        ('{"require": 8}', False),
        ("[]", False),
        ("{", False),
    ],
)
def test_composer_json(text: str, sound: bool, shop: Path, camp2iac: Command) -> None:
    (shop / "app").mkdir()
    (shop / "app/index.php").write_text("<?php echo 1;\n")
    (shop / "app/composer.json").write_text(text)
    (shop / "camp.yaml").write_text(PLAN)
    done = camp2iac("validate", "camp.yaml", "--target", "heroku")
    assert (done.status, "error[CAMP445]" in done.out) == ((0, False) if sound else (1, True)), done.out
