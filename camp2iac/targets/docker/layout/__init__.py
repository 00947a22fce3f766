"""Decisions for a plan on a Docker engine. Functions here write nothing."""
