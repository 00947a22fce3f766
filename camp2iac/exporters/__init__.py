"""Writes a plan in the format of another tool: ``camp2iac export``, the opposite of :mod:`camp2iac.importers`.

:func:`export` writes the files of a format with one of the exporters of :mod:`.registry`, and says what happens to each
statement of the plan. :mod:`.formats` has one module or package for each format.
"""

from __future__ import annotations

from camp2iac.exporters.exporting import Exported, ExportedFile, Exporter, ExportSource, export

__all__ = ["ExportSource", "Exported", "ExportedFile", "Exporter", "export"]
