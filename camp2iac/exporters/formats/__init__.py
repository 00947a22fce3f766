"""One module or package for each format that a plan can be exported to, with the exporter as ``EXPORTER``."""
