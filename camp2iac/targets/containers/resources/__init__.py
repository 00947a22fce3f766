"""Blocks that are the same wherever containers run."""
