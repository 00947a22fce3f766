"""The corpus of edits: each is planned by real Terraform, and compared with what `camp2iac diff` says offline."""

import sys
from pathlib import Path

# Last: `openstack` is openstacksdk to the lab, not the tests of that name.
sys.path.append(str(Path(__file__).resolve().parents[2] / "tests"))
