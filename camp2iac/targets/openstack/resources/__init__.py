"""The layout as resources of Terraform."""
