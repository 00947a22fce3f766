"""The version, so that no code reads the package's metadata at run time. A test compares the two."""

VERSION = "0.1.0"
