"""The version, here so that nothing has to look for the package's metadata at run time; a test compares the two."""

VERSION = "0.1.0"
