"""Checks of the layout."""
