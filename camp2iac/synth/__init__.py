"""Terraform as data, and its writers. This package knows modules, cloud-config and output folders, but not CAMP."""
