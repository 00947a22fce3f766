"""Read CAMP plans: located YAML, packages, the plan's grammar, integrity, and detection of other formats."""

from camp2iac.camp.reader import Source, read

__all__ = ["Source", "read"]
