"""Finds out what a repository is: its applications, what they run, and which services they use.

:func:`look` reads the files of a package and executes nothing. :mod:`.plan` writes a plan from the findings. The rules
are data: :mod:`.rules`.
"""

from __future__ import annotations

from camp2iac.detect.applications import Application, Findings, look

__all__ = ["Application", "Findings", "look"]
