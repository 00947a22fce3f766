"""``python -m camp2iac``."""

from camp2iac.start import main

main()
