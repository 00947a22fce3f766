"""The tests of an output with a backend mock only its providers."""

from __future__ import annotations

import re
from pathlib import Path

from support.plans import EXAMPLES

from camp2iac import read


def test_arguments_of_a_backend_are_no_providers(tmp_path: Path) -> None:
    environment = tmp_path / "production.yaml"
    environment.write_text(
        "target: heroku\nregion: eu\napp: shop\n"
        "backend: { s3: { bucket: b, key: k, region: eu-west-1, use_lockfile: true } }\n"
    )
    made = read(EXAMPLES / "guestbook").compile(environment)
    assert made.ok, made.diagnostics
    text = made.files()["terraform-tests/plan.tftest.hcl"].decode()
    assert re.findall(r'mock_provider "(\w+)"', text) == ["heroku"]
