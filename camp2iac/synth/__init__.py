"""Terraform as data, and its writers. Knows no CAMP: only what a module, a cloud-config and an output folder are."""
