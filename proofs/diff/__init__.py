"""The corpus of edits: each is planned by real Terraform, and compared with what `camp2iac diff` says offline."""
