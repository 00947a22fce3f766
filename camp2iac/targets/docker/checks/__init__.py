"""Errors in a plan or an environment file that only Docker knows: one file per check."""
