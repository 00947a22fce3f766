"""What a newcomer runs. The proofs, which need more than a plain machine has, are in `proofs/`."""

from __future__ import annotations

pytest_plugins = [
    "support.installed",  # hides targets of third parties
    "support.shared",  # --regen, the fixture `golden`
    "support.share",  # expected output without copies, kept so by --regen
    "support.skips",  # what was skipped, counted by reason; in CI some reasons fail
    "support.slow",  # what the quick run leaves out; --costs
    "support.tracked",  # what git says about the project, asked once
    "support.terraform",  # the fixture `terraform`, and what it used in the last line
]
