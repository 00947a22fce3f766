"""The proofs use the plugins of the tests, in `tests/`."""

from __future__ import annotations

import sys
from pathlib import Path

# Last: `openstack` is openstacksdk to the lab, not the tests of that name.
sys.path.append(str(Path(__file__).resolve().parent.parent / "tests"))

pytest_plugins = ["support.shared", "support.skips", "support.slow", "support.terraform"]
