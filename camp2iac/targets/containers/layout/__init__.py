"""Decisions that are the same wherever containers run. Functions here write nothing."""
