"""Reading CAMP: located YAML, packages, the plan's grammar, integrity, and other dialects recognised."""

from camp2iac.camp.reader import Source, read

__all__ = ["Source", "read"]
