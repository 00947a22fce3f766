"""The formats: one module or package for each, with its importer as ``IMPORTER``. ``-`` in the name of a format is
``_`` in the name of its module."""
