"""``python -m camp2iac.cli``."""

from camp2iac.cli import main

main()
