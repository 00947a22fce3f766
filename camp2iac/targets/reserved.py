"""Names that Terraform keeps for itself."""

from __future__ import annotations

# https://developer.hashicorp.com/terraform/language/values/variables#arguments
VARIABLES = frozenset({"count", "depends_on", "for_each", "lifecycle", "locals", "providers", "source", "version"})
