"""Errors in a plan wherever it runs in containers: one file per check."""
