"""Errors in a plan or an environment file on Docker: one file per check."""
