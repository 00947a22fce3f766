"""Generates Terraform blocks from the layout."""
